"""waystation-sim: simulated stations on pseudo-terminals, broken and healed on demand, and recordings of them."""

import asyncio
import json
import signal
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from simulators import control, registry
from simulators.chance import chance
from simulators.demo.history import forget
from simulators.demo.show import Show
from simulators.line_faults import LINE_FAULTS
from simulators.network import WAYS
from simulators.people import DAY_S
from simulators.recorder import record as write_recording
from simulators.scenario import BadScenario, Scenario, load, names, story
from simulators.serve import AlreadyRunning, Place, serve
from simulators.story_file import WrongStory, resume
from simulators.wired import station_toml

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Base = Annotated[
    Path, typer.Option(envvar="WAYSTATION_DEMO", help="The folder under which live stations are found by name.")
]
DEFAULT_BASE = Path("demo-data/stations")
Seconds = Annotated[float, typer.Option("--for", min=0.1, help="Seconds until it heals by itself.")]


def _fail(problem: object) -> NoReturn:
    typer.echo(f"waystation-sim: {problem}", err=True)
    raise typer.Exit(2)


def _load(which: str) -> Scenario:
    try:
        return load(which)
    except BadScenario as problem:
        _fail(problem)


def _ask(base: Path, station: str, order: dict[str, object]) -> dict[str, Any]:
    try:
        answer = control.ask(registry.find(base, station), order)
    except (registry.UnknownStation, control.NotRunning) as problem:
        _fail(problem)
    if "error" in answer:
        _fail(f"{station}: {answer['error']}")
    return answer


def _instant(text: str | None) -> float:
    if text is None or text == "now":
        return time.time()
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        _fail(f"{text!r} is not an instant such as 2026-11-20T06:00:00Z")
    return (given if given.tzinfo else given.replace(tzinfo=UTC)).timestamp()


def _address(text: str | None) -> tuple[str, int] | None:
    if text is None:
        return None
    host, colon, port = text.rpartition(":")
    if not (colon and port.isdigit()):
        _fail(f"{text!r} is not host:port")
    return host, int(port)


@app.command()
def run(
    scenario: str,
    run_folder: Annotated[Path | None, typer.Option("--run", help="Where its ports and its story live.")] = None,
    seed: Annotated[str | None, typer.Option(help="Another course of events; fixed once a folder began.")] = None,
    origin: Annotated[str | None, typer.Option(help="Day zero of the story; the folder remembers it.")] = None,
    relay_to: Annotated[str | None, typer.Option(help="host:port of the broker: a network that can drop.")] = None,
    relay_port: Annotated[int, typer.Option(help="The relay's port; 0 takes a free one.")] = 0,
    base: Base = DEFAULT_BASE,
) -> None:
    """Run a station in real time until SIGTERM or Ctrl-C; prints one line when it is ready."""
    told = _load(scenario)
    folder = (run_folder or base / told.name).absolute()
    try:
        begun = resume(folder, told, _instant(origin), seed)
    except WrongStory as problem:
        _fail(problem)
    place = Place(folder, base, _address(relay_to), relay_port)
    wall, steady = time.time(), time.monotonic()

    def now() -> float:
        return wall + time.monotonic() - steady

    def ready(listening: int | None) -> None:
        relay = "" if listening is None else f" relay=127.0.0.1:{listening}"
        print(f"ready station={folder.name} ports={folder / 'dev'}{relay}", flush=True)

    async def until_stopped() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        rng = chance(begun.seed, "line", wall)
        await serve(begun, place, now, rng, stop, ready)

    try:
        asyncio.run(until_stopped())
    except (AlreadyRunning, registry.NameTaken, OSError) as problem:
        _fail(problem)


@app.command(name="break")
def break_(
    station: str,
    facility: str,
    how: Annotated[str, typer.Option(help="The fault; a wrong name lists the right ones.")],
    size: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="How severe; the typical unless given.")] = None,
    base: Base = DEFAULT_BASE,
) -> None:
    """Break a facility of a live station, its `mains` or its `weather`."""
    _ask(base, station, {"do": "break", "facility": facility, "how": how, "size": size})
    print(f"{station}: {facility} is broken ({how})")


@app.command()
def heal(station: str, facility: str, base: Base = DEFAULT_BASE) -> None:
    """Repair a facility of a live station, its `mains` or its `weather`."""
    _ask(base, station, {"do": "heal", "facility": facility})
    print(f"{station}: {facility} is whole")


@app.command()
def line(
    station: str,
    line_name: Annotated[str, typer.Argument(metavar="LINE")],
    fault: Annotated[str, typer.Option(help=f"{', '.join(LINE_FAULTS)}, or heal.")],
    for_s: Seconds = 30.0,
    device: Annotated[str | None, typer.Option(help="Only this device's answers.")] = None,
    share: Annotated[float, typer.Option(min=0.0, max=1.0, help="The share of answers it hits.")] = 1.0,
    base: Base = DEFAULT_BASE,
) -> None:
    """Spoil a line of a live station for a while."""
    order = {"do": "line", "line": line_name, "fault": fault, "for_s": for_s, "device": device, "share": share}
    _ask(base, station, order)
    print(f"{station}: {line_name} healed" if fault == "heal" else f"{station}: {line_name} {fault} for {for_s:g} s")


@app.command()
def network(
    station: str,
    how: Annotated[str, typer.Argument(help=", ".join(WAYS))],
    for_s: Annotated[float | None, typer.Option("--for", help="Seconds until it is restored by itself.")] = None,
    base: Base = DEFAULT_BASE,
) -> None:
    """Cut, hang or restore the network of a live station that runs with a relay."""
    _ask(base, station, {"do": "network", "how": how, "for_s": for_s})
    print(f"{station}: network {how}")


@app.command()
def status(
    station: Annotated[str | None, typer.Argument()] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    base: Base = DEFAULT_BASE,
) -> None:
    """What stands in the live stations: faults, values, lines."""
    asked = [station] if station is not None else list(registry.running(base))
    answers = {name: _ask(base, name, {"do": "status"}) for name in asked}
    if as_json:
        print(json.dumps(answers, indent=1))
        return
    table = Table("station", "facility", "fault", "values")
    for name, answer in answers.items():
        for facility, stands in answer["facilities"].items():
            values = ", ".join(f"{key} {value:.1f}" for key, value in stands["values"].items() if value is not None)
            table.add_row(name, facility, stands["fault"] or "", values)
        for bus, stands in answer["lines"].items():
            table.add_row(name, bus, ", ".join(stands["faults"]), "plugged" if stands["plugged"] else "unplugged")
    Console().print(table)


@app.command()
def record(
    scenario: str,
    out: Path,
    days: Annotated[float | None, typer.Option(min=0.001, help="How many days, up to the end.")] = None,
    from_days: Annotated[float | None, typer.Option(help="Begin this many days before the end.")] = None,
    to_days: Annotated[float, typer.Option(min=0.0, help="Stop this many days before the end.")] = 0.0,
    end: Annotated[str, typer.Option(help="An instant such as 2026-11-20T06:00:00Z, or now.")] = "now",
    origin: Annotated[str | None, typer.Option(help="Day zero of the story; the end unless given.")] = None,
    run_folder: Annotated[Path | None, typer.Option("--run", help="Take origin and seed from this folder.")] = None,
    seed: str | None = None,
) -> None:
    """Write a recording of a scenario, faster than time."""
    told = _load(scenario)
    begin = from_days if from_days is not None else days
    if begin is None or begin <= to_days:
        _fail("say --days N, or --from-days N --to-days M with N above M")
    ends = _instant(end)
    zero = _instant(origin) if origin is not None else ends
    try:
        begun = story(told, zero, seed) if run_folder is None else resume(run_folder, told, zero, seed)
    except WrongStory as problem:
        _fail(problem)
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(f"{told.name}", total=1.0)
        rows = write_recording(
            begun, out, ends - begin * DAY_S, ends - to_days * DAY_S, lambda share: bar.update(task, completed=share)
        )
    print(f"recorded {rows} rows in {out}")


@app.command()
def wiring(
    scenario: str, run_folder: Annotated[Path | None, typer.Option("--run")] = None, base: Base = DEFAULT_BASE
) -> None:
    """Print the lines, devices and facilities of a scenario as the station.toml of its agent has them."""
    told = _load(scenario)
    print(station_toml(told, run_folder or base / told.name), end="")


@app.command()
def scenarios() -> None:
    """List the scenarios, what they are and how their facilities can break."""
    for name in names():
        told = _load(name)
        print(f"{name}: {told.title['zh']} / {told.title['en']}")
        for facility in told.breakable():
            print(f"  {facility}: {', '.join(told.faults_of(facility))}")


Folder = Annotated[Path, typer.Option("--folder", help="Where the demo keeps everything.")]


@app.command()
def demo(folder: Folder = Path("demo-data")) -> None:
    """Three simulated stations, a hub and a kiosk on loopback, with a tour; Ctrl-C stops all of it."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    folder.mkdir(parents=True, exist_ok=True)
    raise typer.Exit(Show(folder.absolute(), datetime.now(UTC), stop).run())


@app.command()
def demo_reset(folder: Folder = Path("demo-data")) -> None:
    """Forget the demo's stations, hub and history; the next start begins anew."""
    if registry.running(folder / "stations"):
        _fail(f"the demo in {folder} is running: stop it first")
    forget(folder)
    print(f"{folder} is gone")


def main() -> None:
    """The console script."""
    app()


if __name__ == "__main__":
    main()
