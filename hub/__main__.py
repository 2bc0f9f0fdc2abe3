"""waystation-hub: reads clock, settings and signals, and hands them down."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Annotated

import structlog
import typer

from hub import brokers, clock, processes
from hub.commands import authority, backup, doctor, home_assistant, people, quarantine, stations, trail, unions, users
from hub.commands.here import DEFAULT_FOLDER, FolderOption, settings_of
from hub.database import check_schema, engine_for, migrate
from hub.errors import BadSettings, WrongSchema
from hub.keys import hub_keys
from hub.logs import set_up
from hub.ports import check_free, chosen_ports
from hub.settings import HubSettings
from hub.supervisor import Supervisor
from shared import watchdog

LOOK_EVERY_S = 0.2
app = typer.Typer(no_args_is_help=True, add_completion=False, help="The hub of Waystation (驿站).")
app.add_typer(stations.app, name="station")
app.add_typer(users.app, name="user")
app.add_typer(unions.app, name="union")
app.add_typer(people.app, name="people")
app.add_typer(trail.app, name="trail")
app.add_typer(quarantine.app, name="quarantine")
app.command()(authority.ca)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(doctor.doctor)
app.command("home-assistant")(home_assistant.home_assistant)


@app.callback()
def hub(context: typer.Context) -> None:
    """The hub of Waystation (驿站)."""
    context.obj = clock.now


@app.command()
def serve(folder: FolderOption = DEFAULT_FOLDER) -> None:
    """Run broker, ingest, clock, notices and web until told to stop; ports are in <folder>/ports.json."""
    settings = settings_of(folder)
    set_up(settings.log_level)
    manager = watchdog.here(os.getpid())
    hub_keys(settings.folder)
    engine = engine_for(settings.url)
    if settings.embedded:
        migrate(engine)
    check_schema(engine)
    engine.dispose()
    ports = chosen_ports(settings)
    check_free(settings, ports)
    brokers.tell(settings, clock.now())
    stopped = until_told()
    supervisor = Supervisor(processes.programs(settings, ports))
    typer.echo(f"http://{settings.web_host}:{ports.web}")
    try:
        while not stopped.wait(LOOK_EVERY_S):
            supervisor.look()
            manager.alive(time.monotonic())
    finally:
        manager.stopping()
        supervisor.stop()


@app.command("migrate")
def migrate_(folder: FolderOption = DEFAULT_FOLDER) -> None:
    """Bring the database to the schema this hub knows."""
    engine = engine_for(settings_of(folder).url)
    migrate(engine)
    engine.dispose()
    typer.echo("the database has the schema of this hub")


@app.command(hidden=True)
def ingest(
    folder: FolderOption = DEFAULT_FOLDER,
    number: Annotated[int, typer.Option(min=1, help="Which of `ingest_processes`.")] = 1,
) -> None:
    """One process of `serve`: takes in what stations say."""
    _child(folder, lambda settings, stopped: processes.run_ingest(settings, number, clock.now, stopped))


@app.command(hidden=True)
def keep(folder: FolderOption = DEFAULT_FOLDER) -> None:
    """One process of `serve`: forgets what has been kept long enough."""
    _child(folder, lambda settings, stopped: processes.run_keep(settings, clock.now, stopped))


@app.command("clock", hidden=True)
def clock_(folder: FolderOption = DEFAULT_FOLDER) -> None:
    """One process of `serve`: does what time brings."""
    _child(folder, lambda settings, stopped: processes.run_clock(settings, clock.now, stopped))


@app.command(hidden=True)
def notices(folder: FolderOption = DEFAULT_FOLDER) -> None:
    """One process of `serve`: tells people of alerts."""
    _child(folder, lambda settings, stopped: processes.run_notices(settings, clock.now, stopped))


@app.command(hidden=True)
def web(folder: FolderOption = DEFAULT_FOLDER) -> None:
    """One process of `serve`: shows pages."""
    settings = settings_of(folder)
    set_up(settings.log_level)
    processes.run_web(settings)


def until_told() -> Event:
    """Set at SIGTERM or SIGINT."""
    stopped = Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopped


def _child(folder: Path, run: Callable[[HubSettings, Event], None]) -> None:
    settings = settings_of(folder)
    set_up(settings.log_level)
    run(settings, until_told())


def main() -> None:
    """The command; what stops it at start is said in one line."""
    os.umask(0o077)  # the database, the broker's store and its log hold what only the hub may read
    try:
        app()
    except (BadSettings, WrongSchema) as error:
        structlog.get_logger("hub").debug("stopped", why=type(error).__name__)
        print(f"waystation-hub: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
