"""A line on a pseudo-terminal: Modbus devices that are asked, or one device that talks unasked.

A request is cut out by its length and checked; who is meant answers after its latency, byte by byte at the baud rate.
Nobody meant, or a request whose check bytes are wrong, is silence. Faults are put on the line by name, for a time.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from random import Random

from simulators.codec import intact, request_length
from simulators.device import BROADCAST, Device, Talker
from simulators.line_faults import MODBUS, STREAM, UNPLUG, Exchange, Sent, Spoil, clash
from simulators.port import Port

GAP_S = 0.05
"""A pause this long ends a request; 3.5 characters in the standard, more because the agent's host may dawdle."""
REQUEST_LIMIT = 260


class NoSuchFault(ValueError):
    """A fault the line cannot have, or one for a device that is not on it."""


@dataclass(slots=True)
class LineFault:
    """A fault on the line until a time of the loop's clock, for one device or all, in a share of the answers."""

    how: str
    until: float
    device: str | None = None
    share: float = 1.0
    earlier: dict[bytes, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mounted:
    """A device on the line under its wired name."""

    name: str
    device: Device
    latency_s: tuple[float, float]


class Line:
    """What both sorts of line share: a port, and faults that end by themselves."""

    def __init__(
        self, name: str, port: Callable[[Callable[[bytes], None]], Port], faults: Mapping[str, Spoil], rng: Random
    ) -> None:
        self.name = name
        self.port = port(self.heard)
        self.faults: list[LineFault] = []
        self.answers = 0
        self._possible = faults
        self._rng = rng
        self._tasks: set[asyncio.Task[None]] = set()

    def heard(self, data: bytes) -> None:
        """The agent wrote bytes."""
        raise NotImplementedError

    def device_names(self) -> Sequence[str]:
        """The wired names of what is on the line."""
        raise NotImplementedError

    def open(self) -> None:
        """Appear."""
        self.port.plug()

    async def close(self) -> None:
        """Vanish, and end what is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.port.unplug()

    def spoil(self, how: str, for_s: float, device: str | None = None, share: float = 1.0) -> None:
        """Put a fault on the line for a time. Raises NoSuchFault, naming those there are."""
        if how != UNPLUG and how not in self._possible:
            raise NoSuchFault(f"{self.name} cannot have {how!r}; there are {', '.join([*self._possible, UNPLUG])}")
        if device is not None and device not in self.device_names():
            raise NoSuchFault(f"there is no {device!r} on {self.name}; there are {', '.join(self.device_names())}")
        if how == UNPLUG:
            self.port.unplug()
            asyncio.get_running_loop().call_later(for_s, self._replug)
        self.faults.append(LineFault(how, asyncio.get_running_loop().time() + for_s, device, share))

    def heal(self) -> None:
        """Take every fault off the line."""
        self.faults.clear()
        self.port.plug()

    def _replug(self) -> None:
        self.port.plug()

    def _spoilt(self, request: bytes, answer: bytes, name: str | None) -> Sent:
        now = asyncio.get_running_loop().time()
        self.faults = [fault for fault in self.faults if fault.until > now]
        for fault in self.faults:
            if fault.how != UNPLUG and fault.device in (None, name) and self._rng.random() < fault.share:
                earlier = fault.earlier.setdefault(request, answer)
                return self._possible[fault.how](Exchange(request, answer, earlier), self._rng)
        return [(0.0, answer)]

    async def _send(self, pieces: Sent) -> None:
        for pause, piece in pieces:
            if pause:
                await asyncio.sleep(pause)
            await self.port.send(piece)

    def _spawn(self, work: "asyncio.Task[None]") -> None:
        self._tasks.add(work)
        work.add_done_callback(self._tasks.discard)


class ModbusLine(Line):
    """A bus: one master asks, at most one device should answer."""

    def __init__(
        self,
        name: str,
        port: Callable[[Callable[[bytes], None]], Port],
        mounted: Sequence[Mounted],
        rng: Random,
    ) -> None:
        super().__init__(name, port, MODBUS, rng)
        self.mounted = mounted
        self.requests = 0
        self._buffer = b""
        self._last = 0.0

    def device_names(self) -> Sequence[str]:
        return [mounted.name for mounted in self.mounted]

    def heard(self, data: bytes) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() - self._last > GAP_S:
            self._buffer = b""
        self._last = loop.time()
        self._buffer = (self._buffer + data)[-REQUEST_LIMIT:]
        while (length := request_length(self._buffer)) is not None and length <= len(self._buffer):
            request, self._buffer = self._buffer[: length or None], self._buffer[length:] if length else b""
            self.requests += 1
            if intact(request):
                self._spawn(loop.create_task(self._serve(request)))
            else:
                self._buffer = b""

    async def _serve(self, request: bytes) -> None:
        unit = request[0]
        meant = [mounted for mounted in self.mounted if unit == BROADCAST or mounted.device.hears(unit)]
        waits = [self._rng.uniform(*mounted.latency_s) for mounted in meant]
        await asyncio.sleep(len(request) * self.port.byte_s + min(waits, default=0.0))
        answers = [(mounted.name, mounted.device.answer(request)) for mounted in meant]
        said = [(name, answer) for name, answer in answers if answer is not None]
        if unit == BROADCAST or not said:
            return
        self.answers += 1
        answer = reduce(clash, (answer for _, answer in said))
        await self._send(self._spoilt(request, answer, said[0][0]))


class StreamLine(Line):
    """A device that talks unasked, on a port of its own."""

    def __init__(self, name: str, port: Callable[[Callable[[bytes], None]], Port], talker: Talker, rng: Random) -> None:
        super().__init__(name, port, STREAM, rng)
        self.talker = talker

    def device_names(self) -> Sequence[str]:
        return [self.name]

    def open(self) -> None:
        super().open()
        self._spawn(asyncio.get_running_loop().create_task(self._talk()))

    def heard(self, data: bytes) -> None:
        said = self.talker.hear(data)
        if said:
            self._spawn(asyncio.get_running_loop().create_task(self.port.send(said)))

    async def _talk(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            frame = self.talker.frame()
            if frame:
                self.answers += 1
                await self._send(self._spoilt(b"", frame, self.name))
            due = max(due + self.talker.period_s, loop.time())
            await asyncio.sleep(due - loop.time())
