"""A serial line with Modbus devices: one worker asks them in turn for ever.

    rounds: whose turn -> modbus: question and answer -> decode -> hear

Tries, probing of the silent, and the way back after an unplug are done here.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import structlog

from edge.driver import BadFrame, Reading
from edge.modbus import TIMEOUT_S, Asker, Failed, Failure, asking
from edge.rounds import Health, Rounds
from edge.settings import Line, ModbusDevice

Moment = TypeVar("Moment")

REOPEN_S = (1.0, 2.0, 5.0, 10.0)
"""Waits between attempts to open the port; the last one for ever."""
DEAF_S = 20.0
"""A line on which nobody answers for so long is opened anew: adapters hang, and a name may stand for another port."""


class Bus(Generic[Moment]):
    """One line. `hear` gets each device's reading, or None where there was no answer, and the clock's time of it.

    `unreadable` gets each question that something else than a device's silence left without a reading, and its time.
    """

    def __init__(
        self,
        line: Line,
        hear: Callable[[str, Reading | None, Moment], None],
        clock: Callable[[], Moment],
        timeout_s: float = TIMEOUT_S,
        unreadable: Callable[[str, Moment], None] = lambda _device, _at: None,
    ) -> None:
        self._line, self._hear, self._clock, self._timeout_s = line, hear, clock, timeout_s
        self._unreadable = unreadable
        self._devices = {device.name: device for device in line.devices}
        self._rounds = Rounds({device.name: device.every_s for device in line.devices}, 0.0)
        self._log = structlog.get_logger().bind(line=line.name, port=line.port)
        self.connected: bool | None = None
        """Whether the port is open; None before the first attempt."""
        self.answers: Counter[str] = Counter()
        """Readings by device."""
        self.failures: Counter[tuple[str, Failure]] = Counter()
        """Questions without a reading, by device and kind."""

    def health(self, device: str) -> Health:
        """How a device answers now."""
        return self._rounds.health(device)

    async def run(self) -> None:
        """Ask until cancelled, whatever line and port do."""
        attempts = 0
        while True:
            async with asking(self._line.port, self._line.baudrate, self._timeout_s) as asker:
                self._note_port(asker.connected)
                answers = self.answers.total()
                await self._ask_in_turn(asker)
                gone = not asker.connected
            attempts = attempts + 1 if self.answers.total() == answers else 0
            if gone:
                self._note_port(False)
                await self._wait_without_port(REOPEN_S[min(attempts, len(REOPEN_S) - 1)])

    async def _ask_in_turn(self, asker: Asker) -> None:
        """Until the port is gone, or nobody has answered for too long."""
        self._rounds.all_due(_now())
        patience_s = DEAF_S + max((device.every_s for device in self._line.devices), default=0)
        answered_at = _now()
        while asker.connected and _now() - answered_at < patience_s:
            name, due = self._rounds.next()
            if (wait_s := due - _now()) > 0:
                await asyncio.sleep(min(wait_s, 1.0))
                continue
            asked_at = _now()
            try:
                reading = await _ask(asker, self._devices[name])
            except Failed as failed:
                self._note_failure(name, failed, asked_at)
                await asker.settle()
            else:
                answered_at = _now()
                self._note_answer(name)
                self._hear(name, reading, self._clock())

    async def _wait_without_port(self, wait_s: float) -> None:
        """Until the next attempt to open it; meanwhile every poll is missed."""
        until = _now() + wait_s
        while (now := _now()) < until:
            name, due = self._rounds.next()
            if due > now:
                await asyncio.sleep(min(due, until) - now)
                continue
            self._rounds.unheard(name, now)
            self._count(name, Failure.PORT_GONE)
            self._hear(name, None, self._clock())

    def _note_answer(self, device: str) -> None:
        self.answers[device] += 1
        if self._rounds.answered(device, _now()):
            self._log.info("device is back", device=device)

    def _note_failure(self, device: str, failed: Failed, asked_at: float) -> None:
        self._count(device, failed.kind)
        if failed.kind is Failure.PORT_GONE:
            return
        before = self.health(device)
        if self._rounds.failed(device, asked_at, _now(), may_come=failed.may_come):
            self._hear(device, None, self._clock())
        if before is not self.health(device) is Health.OFFLINE:
            self._log.warning("device does not answer", device=device, why=str(failed))

    def _count(self, device: str, kind: Failure) -> None:
        self.failures[device, kind] += 1
        if kind is not Failure.SILENCE:
            self._unreadable(device, self._clock())

    def _note_port(self, connected: bool) -> None:
        if connected is self.connected:
            return
        if connected and self.connected is not None:
            self._log.info("port is back")
        elif not connected:
            there = Path(self._line.port).exists()
            self._log.warning("port is gone", why="held by another program, or broken" if there else "not there")
        self.connected = connected


async def _ask(asker: Asker, device: ModbusDevice) -> Reading:
    """One try at everything the driver reads. Raises Failed."""
    values: list[int] = []
    for read in device.driver.reads:
        values += await asker.read(device.address, read)
    try:
        return device.driver.decode(values)
    except BadFrame as bad:
        raise Failed(Failure.BAD_FRAME, str(bad)) from bad


def _now() -> float:
    return asyncio.get_running_loop().time()
