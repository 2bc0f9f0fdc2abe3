"""`python -m hub.migrations NAME [--again]`: write the next migration from the tables as the code has them now.

They are compared with a database in memory that the migrations so far have made. `--again` first removes the newest
step: for one that nobody has run yet.
"""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import alembic.command
import typer
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from hub.database import migration_config


def write(name: str, again: Annotated[bool, typer.Option(help="Replace the newest step.")] = False) -> None:
    """Write hub/migrations/versions/<number>_<name>.py."""
    config = migration_config()
    steps = list(ScriptDirectory.from_config(config).walk_revisions())
    if again and steps:
        Path(steps.pop(0).path).unlink()
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "head")
        made = alembic.command.revision(
            config, message=name, rev_id=f"{len(steps) + 1:04d}", autogenerate=True, head="head"
        )
    scripts = made if isinstance(made, list) else [made]
    for script in scripts:
        if script is not None:
            path = Path(script.path)
            path.write_text("".join(line for line in path.open() if "# ###" not in line))
            subprocess.run(
                [sys.executable, "-m", "ruff", "format", "-q", script.path], check=False, capture_output=True
            )
            subprocess.run(
                [sys.executable, "-m", "ruff", "check", "-q", "--fix", script.path], check=False, capture_output=True
            )
            typer.echo(script.path)


if __name__ == "__main__":
    typer.run(write)
