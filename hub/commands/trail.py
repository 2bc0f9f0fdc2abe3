"""`waystation-hub trail …`: the audit trail."""

import typer

from hub.commands.here import DEFAULT_FOLDER, FolderOption, database, settings_of
from hub.errors import BadSettings
from hub.trail import store

app = typer.Typer(no_args_is_help=True, help="The audit trail.")


@app.callback()
def trail() -> None:
    """The audit trail."""


@app.command()
def verify(folder: FolderOption = DEFAULT_FOLDER) -> None:
    """Whether the trail is whole: no row changed, none missing, none cut off. Exit 1 where it is not."""
    with database(settings_of(folder)) as session:
        found, length = store.verify(session), store.length(session)
    if found is not None:
        raise BadSettings(f"the trail is broken at row {found.row}: {found.why}")
    typer.echo(f"{length} rows, whole")
