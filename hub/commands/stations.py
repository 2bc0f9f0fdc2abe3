"""`waystation-hub station …`: the register."""

import os
from typing import Annotated, get_args

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from hub import brokers
from hub.commands import station_sheets
from hub.commands.here import DEFAULT_FOLDER, FolderOption, database, instant, settings_of, time_of
from hub.errors import BadSettings
from hub.keys import hub_keys
from hub.rulebook import rulebooks
from hub.settings import HubSettings
from hub.stations import store
from hub.stations.block import block
from hub.stations.roster import Filing
from hub.stations.store import Registered
from hub.telemetry import store as telemetry
from hub.trail import store as trail
from hub.unions import store as unions
from hub.unions.trees import Tree
from shared.opening import Opening
from shared.station_code import BadCode, StationKind, compact

app = typer.Typer(no_args_is_help=True, help="The register of stations.")
app.command("import")(station_sheets.import_)
app.command("export")(station_sheets.export)


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name in Chinese.")],
    folder: FolderOption = DEFAULT_FOLDER,
    name_en: Annotated[str, typer.Option(help="Name in English; the Chinese one if not given.")] = "",
    rulebook: Annotated[str, typer.Option(help="Rulebook of the region; as in hub.toml if not given.")] = "",
    adopt: Annotated[str, typer.Option(help="Rulebook whose rubric the union adopted.")] = "",
    commissioned: Annotated[str, typer.Option(help="When it opened, ISO 8601; now if not given.")] = "",
    opens: Annotated[str, typer.Option(help="Filed opening, local time.")] = "09:00",
    closes: Annotated[str, typer.Option(help="Filed closing, local time.")] = "17:00",
    code: Annotated[str, typer.Option(help="Official code.")] = "",
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(get_args(StationKind))}.")] = "normal",
    union: Annotated[str, typer.Option(help="Union in charge; in its place in the tree if it is there.")] = "",
    place: Annotated[str, typer.Option(help="Latitude and longitude, WGS-84: 31.2304,121.4737.")] = "",
    address: Annotated[str, typer.Option()] = "",
    plaque: Annotated[str, typer.Option(help="Plaque number.")] = "",
    staffing: Annotated[str, typer.Option()] = "unmanned",
) -> None:
    """Register a station; prints, once, the block for its station.toml with its secret."""
    settings = settings_of(folder)
    keys = hub_keys(settings.folder)
    which, where = _kind(kind), _place(place)
    region = _rulebook("--rulebook", rulebook or settings.rulebook)
    if adopt and rulebooks()[_rulebook("--adopt", adopt)].rubric is None:
        raise BadSettings(f"--adopt: {adopt} has no rubric")
    filing = Filing(
        name=name,
        name_en=name_en or name,
        rulebook=region,
        commissioned_at=instant("--commissioned", commissioned) if commissioned else time_of(context),
        rubric=adopt or None,
        kind=which,
        code=_code(code, which, region),
        union_name=union,
        address=address,
        plaque_number=plaque or None,
        staffing=staffing,
        opening=Opening(start=opens, end=closes),
    )
    with database(settings) as session:
        try:
            registered = store.add(session, filing, keys.sealed, os.urandom, trail.COMMAND_LINE, time_of(context))
        except store.CodeTaken as error:
            raise BadSettings(f"--code: {error}") from error
        except IntegrityError as error:
            raise BadSettings(f"--plaque: {plaque} hangs at another station") from error
        hung = unions.find(session, union, Tree.TERRITORY) if union else None
        registered.station.union = None if hung is None else hung.id
        registered.station.latitude, registered.station.longitude = where
        _note(context, session, "station.add", registered.station.id, name)
    brokers.tell(settings, time_of(context))
    _print_block(settings, registered)


@app.command("list")
def list_(context: typer.Context, folder: FolderOption = DEFAULT_FOLDER) -> None:
    """Every station, and when it was last heard."""
    now = time_of(context)
    table = Table("id", "name", "rulebook", "commissioned", "heard", "waiting", "")
    with database(settings_of(folder)) as session:
        heard = telemetry.all_heard(session)
        for station in store.all_stations(session):
            row = heard.get(station.id)
            said = "never" if row is None or row.at is None else f"{int((now - row.at).total_seconds())} s ago"
            mark = "revoked" if station.revoked_at else "history loading" if station.history_until else ""
            held = "" if row is None else str(row.held)
            commissioned = station.commissioned_at.date().isoformat()
            table.add_row(station.id, station.name, station.rulebook, commissioned, said, held, mark)
    Console().print(table)


@app.command()
def revoke(context: typer.Context, station: str, folder: FolderOption = DEFAULT_FOLDER) -> None:
    """It may connect no more, and is disconnected if it is."""
    settings = settings_of(folder)
    with database(settings) as session:
        if not store.revoke(session, station, time_of(context)):
            raise BadSettings(f"there is no station {station!r}, or it is revoked already")
        _note(context, session, "station.revoke", station)
    brokers.tell(settings, time_of(context))
    typer.echo(f"{station} revoked{'' if _ours(settings) else ': take it out of the users of your broker too'}")


@app.command()
def rotate(context: typer.Context, station: str, folder: FolderOption = DEFAULT_FOLDER) -> None:
    """Give it another secret, printed once; whoever is connected with the one before is disconnected.

    The key of its check-in codes changes too. Its outbox keeps everything until the secret is in its station.toml.
    """
    settings = settings_of(folder)
    keys = hub_keys(settings.folder)
    with database(settings) as session:
        registered = store.rotate(session, station, keys.sealed, os.urandom)
        if registered is None:
            raise BadSettings(f"there is no station {station!r}, or it is revoked")
        _note(context, session, "station.secret", station)
    brokers.tell(settings, time_of(context))
    _print_block(settings, registered)


@app.command()
def history(
    context: typer.Context,
    station: str,
    loading: Annotated[bool, typer.Option("--loading/--done", help="Whether its history is still being loaded.")],
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """Mark that a station's history is being loaded, or is complete: proposals say so until then."""
    with database(settings_of(folder)) as session:
        if not store.mark_history(session, station, time_of(context) if loading else None):
            raise BadSettings(f"there is no station {station!r}")


def _note(context: typer.Context, session: Session, what: str, station: str, new: str | None = None) -> None:
    trail.note(session, trail.COMMAND_LINE, "", what, time_of(context), station=station, new=new)


def _print_block(settings: HubSettings, registered: Registered) -> None:
    typer.echo(block(brokers.door(settings), registered.station.id, registered.secret))


def _ours(settings: HubSettings) -> bool:
    """Whether the hub writes its broker's users."""
    return brokers.door(settings).ours


def _rulebook(option: str, name: str) -> str:
    if name not in rulebooks():
        raise BadSettings(f"{option}: there is no rulebook {name!r}; there are {', '.join(rulebooks())}")
    return name


def _place(text: str) -> tuple[float, float] | tuple[None, None]:
    if not text:
        return None, None
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BadSettings(f"--place: {text!r} is not a place such as 31.2304,121.4737") from error
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise BadSettings(f"--place: {text!r} is not on this earth")
    return latitude, longitude


def _kind(text: str) -> StationKind:
    for kind in get_args(StationKind):
        if kind == text:
            return kind  # type: ignore[no-any-return]  # get_args of a Literal are its values
    raise BadSettings(f"--kind: there is no kind {text!r}; there are {', '.join(get_args(StationKind))}")


def _code(text: str, kind: StationKind, region: str) -> str | None:
    """The official code, by the region's rule; free text where the region has none. It may be given later."""
    if not text or rulebooks()[region].codes is None:
        return text or None
    try:
        return compact(text, kind)
    except BadCode as error:
        raise BadSettings(f"--code: {error}") from error
