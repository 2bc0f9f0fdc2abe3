"""`waystation-hub station import|export`: the register as a file."""

import os
from pathlib import Path
from typing import Annotated

import typer

from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.commands.here import DEFAULT_FOLDER, FolderOption, database, settings_of, time_of
from hub.errors import BadSettings
from hub.register import export_store, import_store, workbook
from hub.register.store import Asked
from hub.register.wrong import Wrong
from hub.trail import store as trail

TITLE = "站点登记"


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="xlsx or csv, headers as exported.")],
    folder: FolderOption = DEFAULT_FOLDER,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look.")] = False,
) -> None:
    """Import a sheet: good rows are kept, every bad one is named and makes the exit code 1."""
    settings, now = settings_of(folder), time_of(context)
    operator = _operator(context)
    with database(settings) as session:
        try:
            batch = import_store.keep(session, operator, file.name, file.read_bytes(), settings.rulebook, now)
        except Wrong as error:
            raise BadSettings(f"{file}: {error}") from error
        if not dry_run:
            import_store.finish(session, operator, batch, settings.rulebook, os.urandom, now)
        bad, told = import_store.opened(batch).bad, batch.summary
        session.delete(batch)
    for number, faults in bad:
        for fault in faults:
            typer.echo(f"row {number}, {fault.column.zh}: {fault.value!r}: {fault.why.en}")
    done = "would be imported" if dry_run else "imported"
    typer.echo(f"{told['new']} new, {told['changed']} changed: {done}; {told['same']} unchanged; {told['bad']} bad")
    if bad:
        raise typer.Exit(1)


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(dir_okay=False, help="To be written: .xlsx or .csv.")],
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """Write the register to a sheet `import` reads. It holds the heads' numbers: only its owner may read it."""
    if file.suffix not in (".xlsx", ".csv"):
        raise BadSettings(f"{file}: a name ending in .xlsx or .csv")
    operator = _operator(context)
    with database(settings_of(folder)) as session:
        rows = list(export_store.rows(session, operator, Asked()))
        trail.note(session, operator.name, "", "register.export", time_of(context), new=str(len(rows)))
    header = export_store.header()
    is_csv = file.suffix == ".csv"
    content = workbook.comma_separated(header, rows) if is_csv else workbook.xlsx(header, rows, TITLE)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
    typer.echo(f"{len(rows)} stations")


def _operator(context: typer.Context) -> User:
    """Whoever may run commands here is the hub's administrator; no row is kept of them."""
    return User(
        name=trail.COMMAND_LINE, password_hash="", role=Role.ADMINISTRATOR, created_at=time_of(context), everywhere=True
    )
