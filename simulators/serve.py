"""Runs one live station until it is told to stop, and leaves nothing behind."""

import asyncio
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from simulators import control, registry
from simulators.network import Relay
from simulators.scenario import Story
from simulators.station import Station

LOCK = "simulator.lock"


class AlreadyRunning(Exception):
    """Another process serves this run folder."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a station lives: its run folder, the base it is found under, and the broker its relay leads to, if any."""

    folder: Path
    base: Path
    relay_to: tuple[str, int] | None = None
    relay_port: int = 0


async def serve(
    begun: Story,
    place: Place,
    now: Callable[[], float],
    rng: Random,
    stop: asyncio.Event,
    ready: Callable[[int | None], None],
) -> None:
    """Live until `stop` is set; `ready` is called with the relay's port once everything is there.

    Raises AlreadyRunning, registry.NameTaken, and OSError when the relay's port is taken.
    """
    place.folder.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as ending:
        ending.enter_context(_alone(place.folder))
        relay, listening = None, None
        if place.relay_to is not None:
            relay = Relay(*place.relay_to)
            listening = await relay.listen(place.relay_port)
        station = Station(begun, place.folder, now, rng, relay)
        ending.callback(_sweep, place.folder / "dev")
        ending.push_async_callback(station.close)
        station.open()
        server = await control.listen(place.folder, station.obey)
        ending.callback((place.folder / control.NAME).unlink, missing_ok=True)
        ending.callback(server.close)
        link = registry.enter(place.base, place.folder)
        if link is not None:
            ending.callback(link.unlink, missing_ok=True)
        ready(listening)
        await stop.wait()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a file of the folder locked: a second station in it would take over the first one's ports."""
    lock = folder / LOCK
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        os.close(descriptor)
        raise AlreadyRunning(f"a simulated station already runs in {folder}") from problem
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(descriptor)


def _sweep(ports: Path) -> None:
    if ports.is_dir() and not any(ports.iterdir()):
        ports.rmdir()
