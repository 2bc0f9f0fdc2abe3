"""`waystation-hub quarantine …`: what the hub could not read."""

from collections import Counter
from typing import Annotated

import typer
from rich.progress import track
from sqlalchemy import Engine
from sqlmodel import Session

from hub.commands.here import DEFAULT_FOLDER, FolderOption, database, settings_of, time_of
from hub.database import check_schema, engine_for
from hub.errors import BadSettings
from hub.ingest import react, take_in
from hub.line import Arrived
from hub.quarantine import envelope_again
from hub.telemetry import store
from hub.telemetry.quarantine_room import Kept, kept, lost
from hub.telemetry.room import OF_ALL, OF_ONE

MB = 1024 * 1024
AT_ONCE = 500
app = typer.Typer(no_args_is_help=True, help="What the hub could not read, kept as bytes.")
IdArguments = Annotated[list[str] | None, typer.Argument(help="Ids as listed; all if none is given.")]
StationOption = Annotated[str, typer.Option("--station", help="Only of this station.")]
WhyOption = Annotated[str, typer.Option("--why", help="Only with these words in the reason.")]


@app.command("list")
def list_(
    station: StationOption = "",
    why: WhyOption = "",
    counts: Annotated[bool, typer.Option("--counts", help="Only how many, by station and reason.")] = False,
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """How much lies there and what had to go for want of room; then each, oldest first."""
    with database(settings_of(folder)) as session:
        rows, gone = kept(session, station, why), lost(session)
    room = (
        f"room for {OF_ONE.rows} and {OF_ONE.size // MB} MB a station, {OF_ALL.rows} and {OF_ALL.size // MB} MB in all"
    )
    typer.echo(f"{len(rows)} kept, {sum(row.size for row in rows)} bytes; {room}")
    for one in gone:
        since = one.at.isoformat(timespec="seconds")
        typer.echo(f"of {one.station or 'nobody'} {one.number} had no more room and are lost, the last at {since}")
    if counts:
        for (whose, reason), number in Counter((row.station, row.why) for row in rows).most_common():
            typer.echo(f"{number:8}  {whose:10}  {reason}")
        return
    for row in rows:
        since = row.at.isoformat(timespec="seconds")
        typer.echo(f"{row.id}  {row.station:10}  {since}  {row.part:8}  {row.size:6} bytes  {row.why}")


@app.command()
def retry(
    context: typer.Context,
    ids: IdArguments = None,
    station: StationOption = "",
    why: WhyOption = "",
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """Take it in again, as after an upgrade; what still cannot be read stays."""
    engine = engine_for(settings_of(folder).url)
    check_schema(engine)
    with Session(engine) as session:
        chosen = _chosen(kept(session, station, why), ids)
    applied = sum(
        _taken_in(engine, id_, context) for id_ in track(chosen, "Taking in again", disable=len(chosen) < 100)
    )
    engine.dispose()
    typer.echo(f"{applied} of {len(chosen)} taken in; the others stay")


@app.command()
def drop(
    ids: IdArguments = None,
    everything: Annotated[bool, typer.Option("--all", help="All there is.")] = False,
    station: StationOption = "",
    why: WhyOption = "",
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """Forget it for good."""
    if not (ids or everything or station or why):
        raise BadSettings("say which: ids, --station, --why, or --all")
    settings = settings_of(folder)
    with database(settings) as session:
        chosen = _chosen(kept(session, station, why), ids)
    dropped = 0
    for first in track(range(0, len(chosen), AT_ONCE), "Dropping", disable=len(chosen) < 20 * AT_ONCE):
        with database(settings) as session:
            dropped += store.drop_quarantined(session, chosen[first : first + AT_ONCE])
    typer.echo(f"{dropped} dropped")


def _chosen(rows: list[Kept], ids: list[str] | None) -> list[str]:
    return [row.id for row in rows if not ids or row.id in ids]


def _taken_in(engine: Engine, id_: str, context: typer.Context) -> bool:
    """One of them; whether it is out of quarantine now."""
    with Session(engine) as session:
        found = store.quarantined(session, [id_])
    now = time_of(context)
    try:
        arrived = [Arrived(row.topic, envelope_again(row.station, row.part, row.payload, now), now) for row in found]
    except ValueError:
        return False
    replies, judged = take_in(engine, arrived, now, again=True)
    if not any(reply.committed for reply in replies):
        return False
    with Session(engine) as session:
        gone = store.drop_quarantined(session, [id_])
        session.commit()
    react(engine, judged, now)
    return bool(gone)
