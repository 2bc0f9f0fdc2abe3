"""Simulated lines that run beside the test: real devices' twins on a pseudo-terminal, served from a thread."""

import asyncio
import termios
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random

from simulators.device import Talker, models
from simulators.line import Line, ModbusLine, Mounted, StreamLine
from simulators.port import Port

WORLD = {"voltage": 230.0, "power": 80.0, "power_factor": 1.0, "temperature": 21.5, "humidity": 50.0, "t1": 4.5}
CONSTANTS = {9600: termios.B9600, 19200: termios.B19200, 4800: termios.B4800, 115200: termios.B115200}
Spoilt = Sequence[tuple[str, float]]
FAST = 115_200
"""Bytes pass at this rate where a test is not about rates."""


class StrictPort(Port):
    """A port that understands only who speaks at its own rate, and is understood by nobody else."""

    rate = 9600

    def _right(self) -> bool:
        return self._fds is not None and termios.tcgetattr(self._fds[1])[4] == CONSTANTS[self.rate]

    def _read(self, controller: int) -> None:
        right, heard = self._right(), self._heard
        self._heard = heard if right else (lambda data: heard(bytes(byte ^ 0x55 for byte in data)))
        super()._read(controller)
        self._heard = heard

    def write(self, data: bytes) -> None:
        super().write(data if self._right() else bytes(byte ^ 0xAA for byte in data))


def mounted(model: str, address: int, world: Mapping[str, float] | None = None) -> Mounted:
    """One device on a line, quick to answer."""
    made = models()[model].on_line
    assert made is not None
    feels = WORLD if world is None else world
    return Mounted(f"{model}-{address}", made(address, feels.get), (0.0, 0.005))


@contextmanager
def running(make: Callable[[], Line], spoilt: Spoilt = ()) -> Iterator[Line]:
    """The line, on a loop of its own, until the block ends; with these faults on it (how, share) from the start."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def start() -> Line:
        line = make()
        line.open()
        for how, share in spoilt:
            line.spoil(how, 600, share=share)
        return line

    async def end(line: Line) -> None:
        await line.close()

    line = asyncio.run_coroutine_threadsafe(start(), loop).result(5)
    try:
        yield line
    finally:
        asyncio.run_coroutine_threadsafe(end(line), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


@contextmanager
def bus(
    link: Path, *devices: Mounted, port: type[Port] = Port, rate: int = FAST, spoilt: Spoilt = ()
) -> Iterator[Line]:
    """A Modbus line with these devices."""
    with running(lambda: ModbusLine("bus", partial(port, link, rate), devices, Random(1)), spoilt) as line:
        yield line


@contextmanager
def talker(link: Path, talking: Talker, spoilt: Spoilt = ()) -> Iterator[Line]:
    """A device that talks unasked."""
    with running(lambda: StreamLine("radar", partial(Port, link, FAST), talking, Random(1)), spoilt) as line:
        yield line
