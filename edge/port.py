"""A port on which a device talks unasked: bytes to its driver's stream, readings on. Only this module knows pyserial.

The port is read ten times a second rather than at every byte: a presence need not be told sooner, and a core has better
things to do. After an unplug pyserial raises three families of errors (devices.md §0.7); all mean one thing here.
"""

import asyncio
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import structlog
from serial import Serial

from edge.driver import Reading, Stream
from edge.settings import StreamDevice

Moment = TypeVar("Moment")

READ_S = 0.1
SILENT_S = 2.0
"""A radar that says nothing for so long is gone, or its adapter hangs: the port is opened anew."""
RESTART_S = 30.0
"""Silent for so long at an open port it has hung: it is started anew, and again after as long."""
COMMAND_S = 0.05
"""Between two commands."""
REOPEN_S = (1.0, 2.0, 5.0, 10.0)
"""Waits between attempts; the last one for ever."""
CHUNK = 4096


class PortSilent(Exception):
    """An open port on which no report has come for SILENT_S."""


class StreamPort(Generic[Moment]):
    """One device on its own port. `hear` gets a reading when it changes and every `every_s`, None for none."""

    def __init__(
        self,
        device: StreamDevice,
        hear: Callable[[str, Reading | None, Moment], None],
        clock: Callable[[], Moment],
        silent_s: float = SILENT_S,
        restart_s: float = RESTART_S,
    ) -> None:
        self._device, self._hear, self._clock = device, hear, clock
        self._silent_s, self._restart_s = silent_s, restart_s
        self._log = structlog.get_logger().bind(device=device.name, port=device.port)
        if device.driver.stream is None:
            raise TypeError(f"{device.driver.model} does not talk unasked")
        self._stream: Callable[[], Stream] = device.driver.stream
        self.device = device.name
        self._said: Reading | None = None
        self._said_at = -device.every_s
        self._gone = False
        self._spoke_at: float | None = None
        """When it last spoke, or was last started anew; None until a port is open."""
        self.connected: bool | None = None
        """Whether the port is open and the device speaks; None before the first attempt."""
        self.readings = 0
        """Reports understood."""
        self.reopened = 0
        """How often the port was lost or silent, or could not be opened."""
        self.restarts = 0
        """How often it was started anew."""

    async def run(self) -> None:
        """Read until cancelled, whatever the port does."""
        attempts = 0
        while True:
            readings = self.readings
            try:
                with Serial(self._device.port, self._device.baudrate, timeout=0, exclusive=True) as serial:
                    await self._listen(serial)
            except (OSError, termios.error, ValueError, PortSilent) as trouble:
                self._note_gone(trouble)
                if not isinstance(trouble, PortSilent):
                    self._spoke_at = None
            attempts = attempts + 1 if self.readings == readings else 0
            await asyncio.sleep(REOPEN_S[min(attempts, len(REOPEN_S) - 1)])

    async def _listen(self, serial: Serial) -> None:
        """Raises what pyserial raises, or PortSilent. Never returns."""
        stream = self._stream()
        heard_at = _now()
        self._spoke_at = self._spoke_at or heard_at
        if heard_at - self._spoke_at > self._restart_s:
            await self._restart(serial)
        while True:
            for reading in stream.hear(serial.read(CHUNK)):
                heard_at = self._spoke_at = _now()
                self.readings += 1
                self._say(reading)
            if _now() - heard_at > self._silent_s:
                raise PortSilent(f"no report for {self._silent_s:g} s")
            await asyncio.sleep(READ_S)

    async def _restart(self, serial: Serial) -> None:
        for command in self._device.driver.restart:
            serial.write(command)
            await asyncio.sleep(COMMAND_S)
        self._spoke_at = _now()
        self.restarts += bool(self._device.driver.restart)

    def _say(self, reading: Reading) -> None:
        self.connected = True
        if self._gone:
            self._gone = False
            self._log.info("device is back")
        if reading != self._said or _now() - self._said_at >= self._device.every_s:
            self._said, self._said_at = reading, _now()
            self._hear(self._device.name, reading, self._clock())

    def _note_gone(self, trouble: Exception) -> None:
        self.reopened += 1
        self.connected = False
        if not self._gone:
            self._gone = True
            there = "" if Path(self._device.port).exists() else "not there; "
            self._log.warning("device does not answer", why=f"{there}{trouble}")
        self._said = None
        self._hear(self._device.name, None, self._clock())


async def overheard(port: str, baudrate: int, seconds: float) -> bytes:
    """What comes in unasked, for a tool. Raises OSError, termios.error or ValueError where the port cannot be had."""
    heard = b""
    with Serial(port, baudrate, timeout=0, exclusive=True) as serial:
        until = _now() + seconds
        while _now() < until:
            heard += serial.read(CHUNK)
            await asyncio.sleep(READ_S)
    return heard


def _now() -> float:
    return asyncio.get_running_loop().time()
