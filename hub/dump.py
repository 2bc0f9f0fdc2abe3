"""The whole database as one file, while the hub runs, and back again."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, make_url

from hub.database import engine_for
from hub.errors import BadSettings

SQLITE, POSTGRESQL = "hub.db", "hub.pgdump"
PAGES = 4096
"""Of a step: 16 MB."""
Progress = Callable[[int, int], None]
"""(done, all) in pages."""


def write(url: str, folder: Path, progress: Progress) -> Path:
    """A consistent copy of the database, in this folder. Raises BadSettings where it cannot be made."""
    if url.startswith("sqlite"):
        return _copy(url, folder / SQLITE, progress)
    path = folder / POSTGRESQL
    _postgresql(url, "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={path}"])
    return path


def empty(url: str) -> bool:
    """Whether nothing is there yet."""
    if url.startswith("sqlite"):
        return not file_of(url).exists()
    engine = engine_for(url)
    try:
        return not inspect(engine).get_table_names()
    finally:
        engine.dispose()


def read(path: Path, url: str) -> None:
    """Put the database back, in the place of the one that is there. Nobody else may use it meanwhile.

    Raises BadSettings for the copy of another kind of database.
    """
    expected = SQLITE if url.startswith("sqlite") else POSTGRESQL
    if path.name != expected:
        raise BadSettings(f"the backup is of another kind of database than database_url: {path.name}")
    if url.startswith("sqlite"):
        target = file_of(url)
        target.parent.mkdir(parents=True, exist_ok=True)
        # What the old database had not carried over yet belongs to it alone.
        for ending in ("-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
        os.chmod(path, 0o600)  # noqa: PTH101 — shutil and os keep modes apart
        shutil.move(path, target)
    else:
        words = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _postgresql(url, "pg_restore", [*words, "--dbname", _without_password(url), str(path)])


def file_of(url: str) -> Path:
    """Of an SQLite database."""
    return Path(str(make_url(url).database))


def _copy(url: str, target: Path, progress: Progress) -> Path:
    source, copy = engine_for(url), engine_for(f"sqlite:///{target}")
    with closing(source.raw_connection()) as there, closing(copy.raw_connection()) as here:
        # As this transaction sees it: without it every commit of ingest would begin the copy anew.
        driver: Any = there.driver_connection
        driver.execute("BEGIN")
        driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
        driver.backup(
            here.driver_connection,
            pages=PAGES,
            progress=lambda _state, left, all_: progress(all_ - left, all_),
            sleep=0,
        )
        driver.execute("ROLLBACK")
    source.dispose()
    copy.dispose()
    return target


def _postgresql(url: str, program: str, words: Sequence[str]) -> None:
    """Run one of PostgreSQL's own programs. The password goes by the environment: arguments are everybody's to read."""
    if shutil.which(program) is None:
        raise BadSettings(
            f"{program} is not on the PATH: apt install postgresql-client, of the server's version or later"
        )
    password = make_url(url).password
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    if program == "pg_dump":
        words = [*words, "--dbname", _without_password(url)]
    run = subprocess.run([program, *words], env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise BadSettings(f"{program}: {run.stderr.strip().splitlines()[0] if run.stderr.strip() else run.returncode}")


def _without_password(url: str) -> str:
    return make_url(url)._replace(drivername="postgresql", password=None).render_as_string(hide_password=False)
