"""Who is on a line: every baud rate and address asked in turn, until told to stop.

An address is asked what each model measures, for a device answers only what it has; whoever answers anything is asked
for its own address. The first baud rate at which somebody answers is the line's: the rest is asked at that one only.
"""

import termios
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edge.commissioning.models import Guess, address_read, guesses, questions
from edge.driver import Driver, Read, Reading
from edge.modbus import Asker, Failed, Failure, asking
from edge.port import overheard

TIMEOUT_S = 0.25
"""A meter answers within 0.12 s at 9600 baud; a scan has many silences to wait for."""
SLOW_TIMEOUT_S = 0.6
"""Below 4800 baud the wire alone takes longer."""
TRIES = 3
"""For an address that said something: one bad answer is noise, three are a clash or another baud rate."""
LISTEN_S = 0.8
FIRST_ADDRESS = 1
"""Every device ships with it."""


class NoPort(Exception):
    """The port is missing or held by another program; the message says which."""


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody at an address. Without guesses: something that answers and is no model known, or not to be read."""

    baudrate: int
    address: int
    guesses: tuple[Guess, ...] = ()
    garbled: bool = False
    """To some question bytes came and never made an answer: two devices at one address, noise, another baud rate."""


@dataclass(frozen=True, slots=True)
class Talker:
    """A device that talks unasked on a port of its own. Without a driver: bytes came and no model talks so."""

    baudrate: int
    driver: Driver | None = None
    reading: Reading = field(default_factory=dict)


Progress = Callable[[int, int, str], None]
"""Steps done, steps in all, and what is asked now."""


def missing_port(port: str) -> NoPort:
    """Why a port cannot be opened, as far as can be told."""
    if not Path(port).exists():
        return NoPort(f"{port} is not there: is the adapter plugged in? `ls /dev/serial/by-path` shows what is")
    return NoPort(f"{port} is held by another program (the agent?), or this user may not open it")


async def listen(port: str, models: Sequence[Driver], baudrates: Sequence[int], progress: Progress) -> Talker | None:
    """Whether somebody talks unasked, and which model. Raises NoPort."""
    talker = None
    for number, baudrate in enumerate(baudrates):
        progress(number, len(baudrates), f"listening at {baudrate} baud")
        try:
            heard = await overheard(port, baudrate, LISTEN_S)
        except ValueError:
            continue  # a rate that this adapter cannot do
        except (OSError, termios.error) as error:
            raise missing_port(port) from error
        for driver in models:
            readings = driver.stream().hear(heard) if driver.stream is not None else []
            if readings:
                return Talker(baudrate, driver, readings[-1])
        if heard:
            talker = Talker(baudrate)
    return talker


async def scan(
    port: str, models: Sequence[Driver], baudrates: Sequence[int], addresses: Sequence[int], progress: Progress
) -> AsyncIterator[Found]:
    """Everybody who answers on a line. Raises NoPort. The fresh device's address goes first, at every rate."""
    first = [FIRST_ADDRESS] if FIRST_ADDRESS in addresses else []
    rest = [address for address in addresses if address != FIRST_ADDRESS]
    turns = [(rate, first) for rate in baudrates if first] + [(rate, rest) for rate in baudrates]
    total, done = sum(len(asked) for _rate, asked in turns), 0
    right: int | None = None
    for rate, asked in turns:
        if right not in (None, rate):
            done += len(asked)
            continue
        async with asking(port, rate, TIMEOUT_S if rate >= 4800 else SLOW_TIMEOUT_S) as asker:
            if not asker.connected:
                raise missing_port(port)
            for address in asked:
                progress(done, total, f"{rate} baud, address {address}")
                done += 1
                found = await look(asker, models, rate, address)
                if found is not None:
                    right = rate
                    yield found


async def look(asker: Asker, models: Sequence[Driver], rate: int, address: int) -> Found | None:
    """Who is at one address; None is silence. Raises NoPort where the adapter is pulled out meanwhile."""
    heard: dict[Read, list[int] | None] = {}
    answered = garbled = False
    for read in questions(models):
        said = await _ask(asker, address, read)
        garbled |= said is Failure.GARBLED
        answered |= said not in (Failure.SILENCE, Failure.GARBLED)
        heard[read] = said if isinstance(said, list) else None
    if not (answered or garbled):
        return None
    for driver in models if answered else ():
        question = address_read(driver)
        if question is not None and all(heard.get(read) is not None for read in driver.reads):
            said = await _ask(asker, address, question)
            heard[question] = said if isinstance(said, list) else None
    found = tuple(guesses([driver for driver in models if driver.reads], address, heard))
    return Found(rate, address, found, garbled)


async def _ask(asker: Asker, address: int, read: Read) -> list[int] | Failure:
    """The values, or why there are none."""
    kind = Failure.SILENCE
    for _ in range(TRIES):
        try:
            return await asker.read(address, read)
        except Failed as failed:
            kind = failed.kind
            if kind is Failure.PORT_GONE:
                raise NoPort("the port went away while it was asked") from failed
            if kind is not Failure.GARBLED:
                break
            await asker.settle()
    return kind
