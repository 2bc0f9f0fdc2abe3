"""`waystation-hub quarantine …`: what the hub could not read."""

from typing import Annotated

import typer
from rich.progress import track
from sqlmodel import Session

from hub.commands.here import DEFAULT_FOLDER, FolderOption, database, settings_of, time_of
from hub.database import check_schema, engine_for
from hub.ingest import react, take_in
from hub.line import Arrived
from hub.quarantine import envelope_again
from hub.telemetry import store

app = typer.Typer(no_args_is_help=True, help="What the hub could not read, kept as bytes.")
IdArguments = Annotated[list[str] | None, typer.Argument(help="Ids as listed; all if none is given.")]


@app.command("list")
def list_(folder: FolderOption = DEFAULT_FOLDER) -> None:
    """What lies there, oldest first."""
    with database(settings_of(folder)) as session:
        for row in store.quarantined(session):
            since = row.at.isoformat(timespec="seconds")
            typer.echo(f"{row.id}  {row.station:10}  {since}  {row.part:8}  {len(row.payload):6} bytes  {row.why}")


@app.command()
def retry(context: typer.Context, ids: IdArguments = None, folder: FolderOption = DEFAULT_FOLDER) -> None:
    """Take it in again, as after an upgrade; what still cannot be read stays."""
    engine = engine_for(settings_of(folder).url)
    check_schema(engine)
    with Session(engine) as session:
        rows = list(store.quarantined(session, ids or None))
    applied = 0
    for row in track(rows, "Taking in again", disable=len(rows) < 100):
        now = time_of(context)
        try:
            payload = envelope_again(row.station, row.part, row.payload, now)
        except ValueError:
            continue
        replies, judged = take_in(engine, [Arrived(row.topic, payload, now)], now, again=True)
        if any(reply.committed for reply in replies):
            with Session(engine) as session:
                applied += store.drop_quarantined(session, [row.id])
                session.commit()
            react(engine, judged, now)
    engine.dispose()
    typer.echo(f"{applied} of {len(rows)} taken in; the others stay")


@app.command()
def drop(
    ids: IdArguments = None,
    everything: Annotated[bool, typer.Option("--all", help="All there is.")] = False,
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """Forget it for good."""
    with database(settings_of(folder)) as session:
        chosen = [row.id for row in store.quarantined(session)] if everything else list(ids or [])
        typer.echo(f"{store.drop_quarantined(session, chosen)} dropped")
