"""waystation-edge: the station's agent and its tools."""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from edge import metrics
from edge.agent import Agent
from edge.commissioning.command import commission
from edge.doctor.command import doctor
from edge.entrances import GATE_OPTIONS
from edge.health.options import OPTIONS
from edge.inventory import station_facts
from edge.keep import Keep, KeepBroken, StationTaken
from edge.mqtt import BadHubAddress
from edge.recorder import Recorder
from edge.recording import BadRecording, open_recording
from edge.replay import replay as replay_recording
from edge.settings import Settings, SettingsError, load
from shared import watchdog
from shared.board import outbox_path
from shared.moment import ClockQuality, system_clock
from shared.outbox import Outbox, OutboxBroken, OutboxFull

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The agent of one rest station.")
console = Console(stderr=True)
BEAT_S = 0.2
Station = Annotated[
    Path, typer.Option("--station", help="The station's folder, with station.toml.", envvar="WAYSTATION_STATION")
]


@contextmanager
def _said_plainly() -> Iterator[None]:
    """A user's mistake is a sentence and exit code 2, not a traceback."""
    try:
        yield
    except SettingsError as error:
        for problem in error.problems:
            typer.echo(f"waystation-edge: {problem}", err=True)
        raise typer.Exit(2) from error
    except (StationTaken, BadRecording, BadHubAddress, OutboxFull, OutboxBroken, KeepBroken) as error:
        typer.echo(f"waystation-edge: {error}", err=True)
        raise typer.Exit(2) from error


def _settings(folder: Path) -> Settings:
    known = {kind: options.keys() for kind, options in OPTIONS.items()} | {"entrance": GATE_OPTIONS.keys()}
    return load(folder / "station.toml", known)


@app.command()
def run(
    station: Station,
    metrics_port: Annotated[
        int, typer.Option(help="Counters for Prometheus on this loopback port; 0: none.", min=0, max=65535)
    ] = 0,
) -> None:
    """Read the devices, judge, report; until SIGTERM or Ctrl-C."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    with _said_plainly():
        settings = _settings(station)
        agent = _agent(station, settings)
        if metrics_port:
            metrics.serve(metrics.Counted(agent), metrics_port)
        asyncio.run(_until_told(agent))
        agent.close()


def _agent(station: Path, settings: Settings) -> Agent:
    """The station's agent, under its lock."""
    keep = Keep(station)
    try:
        return Agent(station, settings, system_clock(keep.last_good()), keep)
    except BaseException:
        keep.close()
        raise


async def _until_told(agent: Agent) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    manager = watchdog.here(os.getpid())
    beating = asyncio.create_task(_beat(manager))
    try:
        await agent.run(stop)
    finally:
        beating.cancel()
        manager.stopping()


async def _beat(manager: watchdog.Watchdog) -> None:
    """On the agent's own loop: blocked with it, it says nothing."""
    while True:
        manager.alive(time.monotonic())
        await asyncio.sleep(BEAT_S)


@app.command()
def check(station: Station) -> None:
    """Read station.toml and say what is wrong with it, or what is wired."""
    with _said_plainly():
        settings = _settings(station)
    for facility in station_facts(settings.facilities).facilities:
        typer.echo(f"{facility.id}: {', '.join(facility.quantities) or 'no wires, judged by hand'}")


@app.command()
def replay(
    recording: Annotated[Path, typer.Argument(help="The recording's folder.")],
    station: Station,
    end: Annotated[str | None, typer.Option(help="'now' or a time: shift by whole weeks to end before it.")] = None,
    files: Annotated[Path | None, typer.Option(help="Where the files of [[source]] lie.")] = None,
    behind: Annotated[
        bool, typer.Option(help="The recording lies before what the station already knows: leave its memory alone.")
    ] = False,
    quiet: Annotated[bool, typer.Option(help="No progress bar.")] = False,
) -> None:
    """Judge a recording at full speed and put what it says into the station's outbox."""
    clock = system_clock()
    with _said_plainly(), ExitStack() as held:
        opened = open_recording(recording, files)
        until = None if end is None else clock().at if end == "now" else datetime.fromisoformat(end)
        keep = None if behind else held.enter_context(closing(Keep(station)))
        outbox = held.enter_context(closing(Outbox(outbox_path(station))))
        stamp = replace(clock(), clock=ClockQuality.PLAUSIBLE)
        if not (station / "station.toml").exists() or not _wired(station):
            outbox.put(station_facts(opened.facilities), stamp)
        progress = held.enter_context(_progress(quiet))
        bar = progress.add_task(opened.name, total=None)

        def reached(at: float) -> None:
            local = datetime.fromtimestamp(at).astimezone()
            progress.update(bar, description=f"{opened.name} {local:%m-%d %H:%M}")

        done = replay_recording(opened, outbox, stamp, until, behind, reached)
        if keep is not None:
            keep.put(done.memory)
    typer.echo(f"{done.samples} samples, {done.facts} facts, {done.first} to {done.last}")


def _wired(station: Path) -> bool:
    """Whether the station's own wiring names its facilities; a recording speaks for one that has none."""
    return bool(_settings(station).facilities)


def _progress(quiet: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=quiet, transient=True)


@app.command()
def record(
    station: Station,
    out: Annotated[Path, typer.Argument(help="A folder that does not exist yet.")],
    minutes: Annotated[float, typer.Option(help="For how long.")] = 60.0,
) -> None:
    """Write down what the devices say, as a recording; the agent must not be running."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with _said_plainly():
        if out.exists():
            typer.echo(f"waystation-edge: {out} exists already", err=True)
            raise typer.Exit(2)
        settings = _settings(station)
        agent = _agent(station, settings)
        recorder = Recorder(out, settings)
        asyncio.run(_for_a_while(agent, recorder, minutes * 60))
        recorder.close()
        agent.close()
    typer.echo(f"{recorder.samples} samples in {out}")


async def _for_a_while(agent: Agent, recorder: Recorder, seconds: float) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    loop.call_later(seconds, stop.set)
    agent.listener = recorder.hear
    await agent.run(stop)


app.command()(commission)
app.command()(doctor)


def main() -> None:
    """The command."""
    app()


if __name__ == "__main__":
    main()
