"""`waystation-edge commission`: the conversation with whoever stands before the device."""

import asyncio
import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from edge.commissioning.addressing import Refused, check_change, give_address, the_one
from edge.commissioning.blocks import Device, NotAdded, added, block
from edge.commissioning.search import TIMEOUT_S, Found, NoPort, Talker, listen, missing_port, scan
from edge.commissioning.words import found_words, talker_words
from edge.driver import Driver
from edge.drivers import drivers
from edge.health.options import OPTIONS
from edge.modbus import asking

BAUDRATES = "9600,4800,19200,115200"
STREAM_BAUDRATES = (115200, 256000)
STOPPED = 130
"""What a shell says of a program that Ctrl-C ended."""


def commission(
    port: Annotated[str, typer.Option(help="The adapter, by a name that survives a re-plug: /dev/serial/by-path/...")],
    model: Annotated[str | None, typer.Option(help="Look for this model only.")] = None,
    baudrates: Annotated[str, typer.Option(help="Rates to try, in this order.")] = BAUDRATES,
    addresses: Annotated[str, typer.Option(help="Addresses to ask, such as 1-247 or 1,10-20.")] = "1-64",
    set_address: Annotated[int | None, typer.Option(help="Give the one device found this address.")] = None,
    name: Annotated[str | None, typer.Option(help="Its name in station.toml.")] = None,
    station: Annotated[
        Path | None, typer.Option(help="The station's folder, with station.toml.", envvar="WAYSTATION_STATION")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Add the device at the end of station.toml.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: do what the options say.")] = False,
) -> None:
    """Find a device on a line, give it an address, and write it into station.toml. One device at a time."""
    try:
        if write and station is None:
            raise Refused("--write needs --station, the folder with station.toml")
        models = _models(model)
        talker, found = asyncio.run(_search(port, models, _numbers(baudrates), _numbers(addresses)))
        if talker is not None and talker.driver is not None:
            device = Device(talker.driver.model, port, talker.baudrate, name=name)
        else:
            device = _on_line(port, models, found, set_address, name, ask=not yes)
        _keep(device, station, write, ask=not yes)
    except (NoPort, Refused, NotAdded, OSError) as problem:
        typer.echo(f"waystation-edge: {problem}", err=True)
        raise typer.Exit(2) from problem
    except KeyboardInterrupt as stopped:
        typer.echo("waystation-edge: stopped; station.toml is as it was", err=True)
        raise typer.Exit(STOPPED) from stopped


def _models(model: str | None) -> Sequence[Driver]:
    if model is None:
        return list(drivers().values())
    if model not in drivers():
        raise Refused(f"there is no model {model!r}; there are {', '.join(drivers())}")
    return [drivers()[model]]


def _numbers(text: str) -> list[int]:
    """Numbers and ranges, in the order they are written. Raises Refused."""
    found: list[int] = []
    for part in text.split(","):
        low, dash, high = part.strip().partition("-")
        if not low.isdigit() or (dash and not high.isdigit()):
            raise Refused(f"{text!r} is not a list such as 1,10-20")
        found += range(int(low), int(high if dash else low) + 1)
    return list(dict.fromkeys(found))


async def _search(
    port: str, models: Sequence[Driver], baudrates: Sequence[int], addresses: Sequence[int]
) -> tuple[Talker | None, list[Found]]:
    """Who talks unasked, or else everybody who answers; each is told as soon as found. Raises NoPort."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task(port)

        def reached(done: int, total: int, what: str) -> None:
            progress.update(bar, completed=done, total=total, description=what)

        streams = [driver for driver in models if driver.stream is not None]
        asked = [driver for driver in models if driver.reads]
        talker = await listen(port, streams, STREAM_BAUDRATES, reached) if streams else None
        if talker is not None:
            typer.echo(talker_words(talker))
        if not asked or (talker is not None and talker.driver is not None):
            return talker, []
        found = []
        async for device in scan(port, asked, baudrates, addresses, reached):
            typer.echo(found_words(device))
            found.append(device)
    return talker, found


def _on_line(
    port: str, models: Sequence[Driver], found: Sequence[Found], address: int | None, name: str | None, *, ask: bool
) -> Device:
    """The one device of this line, with its address changed if that is wished. Raises Refused."""
    one = the_one(found)
    guess = one.guesses[0]
    if address is None and ask and guess.certain:
        answer: str = typer.prompt(f"Address (Enter keeps {one.address})", default=str(one.address))
        if not answer.isdigit():
            raise Refused(f"{answer!r} is not an address")
        address = int(answer)
    if address is not None and address != one.address:
        check_change(one, address)
        if ask and not typer.confirm(f"Give this {guess.driver.model} the address {address}?", default=True):
            raise Refused("nothing was changed")
        asyncio.run(_change(port, models, one, address))
        typer.echo(f"the {guess.driver.model} answers at address {address} now")
    return Device(guess.driver.model, port, one.baudrate, address or one.address, guess.options, name)


async def _change(port: str, models: Sequence[Driver], found: Found, address: int) -> None:
    async with asking(port, found.baudrate, TIMEOUT_S) as asker:
        if not asker.connected:
            raise missing_port(port)
        await give_address(asker, [driver for driver in models if driver.reads], found, address)


def _keep(device: Device, station: Path | None, write: bool, *, ask: bool) -> None:
    """Add the device to the file, or say what would be added. Raises NotAdded and OSError."""
    path = None if station is None else station / "station.toml"
    text = path.read_text(encoding="utf-8") if path is not None else ""
    new = block(text, device)
    typer.echo(new, nl=False)
    if path is None:
        return
    whole = added(text, new, {kind: options.keys() for kind, options in OPTIONS.items()})
    if write or (ask and typer.confirm(f"Add this at the end of {path}?", default=False)):
        _replace(path, whole)
        typer.echo(f"added to {path}; the agent reads it at its next start")


def _replace(path: Path, text: str) -> None:
    """The file with this text, or as it was: its mode stays, and a power cut leaves one of the two whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("x", encoding="utf-8") as file:
            beside.chmod(path.stat().st_mode & 0o777)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()
