"""A serial line with Modbus devices: one worker asks them in turn for ever. Only this module knows pymodbus.

    rounds: whose turn -> pace -> ask (pymodbus, one try) -> rtu: the answer among the noise -> count -> decode -> hear

pymodbus neither counts registers nor survives a stray byte, and waits long by default (devices.md §0.4-0.6), so
time-outs, tries, framing, and the way back after an unplug are done here.
"""

import asyncio
import logging
import termios
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

import structlog
from pymodbus.client import AsyncModbusSerialClient
from pymodbus.exceptions import ConnectionException, ModbusIOException
from pymodbus.pdu import ModbusPDU

from edge.driver import BadFrame, DiscreteInputs, HoldingRegisters, InputRegisters, Read, Reading
from edge.rounds import Health, Rounds
from edge.rtu import WRITE_REGISTER, Ear, Question
from edge.settings import Line, ModbusDevice

Moment = TypeVar("Moment")

TIMEOUT_S = 0.4
GAP_S = 0.02
"""Silence before each question: five times the 3.5 characters of 9600 baud, for adapters that turn slowly."""
QUIET_S = 0.1
"""Silence before the next question after a failure: whatever still comes is then over."""
BABBLE_S = 1.0
"""A line that is never quiet is asked all the same after this."""
REOPEN_S = (1.0, 2.0, 5.0, 10.0)
"""Waits between attempts to open the port; the last one for ever."""
DEAF_S = 20.0
"""A line on which nobody answers for so long is opened anew: adapters hang, and a name may stand for another port."""

BROADCAST = 0
"""The address that everybody hears and nobody answers."""
FUNCTIONS: dict[type[Read], int] = {DiscreteInputs: 2, HoldingRegisters: 3, InputRegisters: 4}


class Failure(StrEnum):
    """Why a question has no reading."""

    SILENCE = "silence"
    GARBLED = "garbled"
    EXCEPTION = "exception"
    WRONG_COUNT = "wrong_count"
    BAD_FRAME = "bad_frame"
    PORT_GONE = "port_gone"


class Failed(Exception):
    """A question that got no reading: which kind of failure, the facts, and whether an answer may still come."""

    def __init__(self, kind: Failure, facts: str, *, may_come: bool = False) -> None:
        super().__init__(f"{kind}: {facts}")
        self.kind, self.may_come = kind, may_come


class Bus(Generic[Moment]):
    """One line. `hear` gets each device's reading, or None where there was no answer, and the clock's time of it."""

    def __init__(
        self,
        line: Line,
        hear: Callable[[str, Reading | None, Moment], None],
        clock: Callable[[], Moment],
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._line, self._hear, self._clock, self._timeout_s = line, hear, clock, timeout_s
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
        logging.getLogger("pymodbus").setLevel(logging.CRITICAL)  # it reports each silence; they are counted here
        attempts = 0
        while True:
            async with _opened(self._line, self._timeout_s) as (client, ear):
                self._note_port(client.connected)
                answers = self.answers.total()
                await self._ask_in_turn(client, ear)
                gone = not client.connected
            attempts = attempts + 1 if self.answers.total() == answers else 0
            if gone:
                self._note_port(False)
                await self._wait_without_port(REOPEN_S[min(attempts, len(REOPEN_S) - 1)])

    async def _ask_in_turn(self, client: AsyncModbusSerialClient, ear: Ear) -> None:
        """Until the port is gone, or nobody has answered for too long."""
        self._rounds.all_due(_now())
        patience_s = DEAF_S + max((device.every_s for device in self._line.devices), default=0)
        answered_at = _now()
        while client.connected and _now() - answered_at < patience_s:
            name, due = self._rounds.next()
            if (wait_s := due - _now()) > 0:
                await asyncio.sleep(min(wait_s, 1.0))
                continue
            asked_at = _now()
            try:
                reading = await self._ask(client, ear, self._devices[name])
            except Failed as failed:
                self._note_failure(name, failed, asked_at)
                await _quiet(ear, QUIET_S, since=_now())
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
            self.failures[name, Failure.PORT_GONE] += 1
            self._hear(name, None, self._clock())

    async def _ask(self, client: AsyncModbusSerialClient, ear: Ear, device: ModbusDevice) -> Reading:
        """One try at everything the driver reads. Raises Failed."""
        values: list[int] = []
        for read in device.driver.reads:
            await _quiet(ear, GAP_S, since=ear.last_at)
            values += await _answer(client, ear, Question(device.address, FUNCTIONS[type(read)]), read)
        try:
            return device.driver.decode(values)
        except BadFrame as bad:
            raise Failed(Failure.BAD_FRAME, str(bad)) from bad

    def _note_answer(self, device: str) -> None:
        self.answers[device] += 1
        if self._rounds.answered(device, _now()):
            self._log.info("device is back", device=device)

    def _note_failure(self, device: str, failed: Failed, asked_at: float) -> None:
        self.failures[device, failed.kind] += 1
        if failed.kind is Failure.PORT_GONE:
            return
        before = self.health(device)
        if self._rounds.failed(device, asked_at, _now(), may_come=failed.may_come):
            self._hear(device, None, self._clock())
        if before is not self.health(device) is Health.OFFLINE:
            self._log.warning("device does not answer", device=device, why=str(failed))

    def _note_port(self, connected: bool) -> None:
        if connected is self.connected:
            return
        if connected and self.connected is not None:
            self._log.info("port is back")
        elif not connected:
            there = Path(self._line.port).exists()
            self._log.warning("port is gone", why="held by another program, or broken" if there else "not there")
        self.connected = connected


class Asker:
    """A line that nobody else uses, asked one question at a time: for tools. See `asking`."""

    def __init__(self, client: AsyncModbusSerialClient, ear: Ear) -> None:
        self._client, self._ear = client, ear

    @property
    def connected(self) -> bool:
        """Whether the port is open."""
        return self._client.connected

    async def read(self, address: int, read: Read) -> list[int]:
        """What the device at this address answers. Raises Failed."""
        await _quiet(self._ear, GAP_S, since=self._ear.last_at)
        return await _answer(self._client, self._ear, Question(address, FUNCTIONS[type(read)]), read)

    async def write(self, address: int, register: int, value: int) -> None:
        """Function 06 on one device, which echoes it, or on everybody (0), where nobody answers. Raises Failed."""
        await _quiet(self._ear, GAP_S, since=self._ear.last_at)
        await _write(self._client, self._ear, address, register, value)

    async def settle(self) -> None:
        """Whatever still comes after a failure is then over."""
        await _quiet(self._ear, QUIET_S, since=_now())


@asynccontextmanager
async def asking(port: str, baudrate: int, timeout_s: float = TIMEOUT_S) -> AsyncIterator[Asker]:
    """A line for a tool's questions; `connected` is False where the port is missing or held by another program."""
    logging.getLogger("pymodbus").setLevel(logging.CRITICAL)
    async with _opened(Line("", port, baudrate, ()), timeout_s) as (client, ear):
        yield Asker(client, ear)


@asynccontextmanager
async def _opened(line: Line, timeout_s: float) -> AsyncIterator[tuple[AsyncModbusSerialClient, Ear]]:
    """A client for this line, connected if the port could be opened. Exclusive: pymodbus locks the port."""
    ear = Ear(_now)
    client = AsyncModbusSerialClient(
        line.port,
        baudrate=line.baudrate,
        timeout=timeout_s,
        retries=0,
        reconnect_delay=0,
        trace_packet=ear.filter,
    )
    try:
        with suppress(OSError, termios.error, ValueError):  # no port, hung up while opening, a rate it cannot do
            await client.connect()
        await asyncio.sleep(0)  # pymodbus starts to read in the loop's next turn
        yield client, ear
    finally:
        client.close()


async def _answer(client: AsyncModbusSerialClient, ear: Ear, question: Question, read: Read) -> list[int]:
    """What the device answered, as many values as were asked for. Raises Failed."""
    _check_there(client)
    ask = {2: client.read_discrete_inputs, 3: client.read_holding_registers, 4: client.read_input_registers}
    asked = ask[question.function](read.address, count=read.count, device_id=question.address)
    response = await _response(client, ear, question, asked)
    bits = isinstance(read, DiscreteInputs)
    values, expected = (response.bits, -(-read.count // 8) * 8) if bits else (response.registers, read.count)
    if len(values) != expected:
        raise Failed(Failure.WRONG_COUNT, f"{len(values)} values where {read.count} were asked for")
    return [int(value) for value in values[: read.count]]


async def _write(client: AsyncModbusSerialClient, ear: Ear, address: int, register: int, value: int) -> None:
    """Raises Failed."""
    _check_there(client)
    if address == BROADCAST:
        try:
            await client.write_register(register, value, device_id=address, no_response_expected=True)
        except ConnectionException as gone:
            raise Failed(Failure.PORT_GONE, str(gone)) from gone
        return
    asked = client.write_register(register, value, device_id=address)
    response = await _response(client, ear, Question(address, WRITE_REGISTER), asked)
    if (response.address, response.registers) != (register, [value]):
        raise Failed(Failure.BAD_FRAME, "the echo is not what was written")


def _check_there(client: AsyncModbusSerialClient) -> None:
    """The port may have gone in the silence before a question. Raises Failed."""
    if not client.connected:
        raise Failed(Failure.PORT_GONE, "it went away before the question")


async def _response(
    client: AsyncModbusSerialClient, ear: Ear, question: Question, asked: Awaitable[ModbusPDU]
) -> ModbusPDU:
    """What the device said to it. Raises Failed."""
    ear.listen_for(question)
    try:
        response = await asked
    except ConnectionException as gone:
        raise Failed(Failure.PORT_GONE, str(gone)) from gone
    except ModbusIOException as none:
        if not client.connected:
            raise Failed(Failure.PORT_GONE, "it went away while waiting for the answer") from none
        if ear.heard:
            facts = f"{ear.heard} bytes came, none of them the answer"
            raise Failed(Failure.GARBLED, facts, may_come=not ear.begun) from none
        raise Failed(Failure.SILENCE, f"no answer from address {question.address}", may_come=True) from none
    finally:
        ear.listen_for(None)
    if response.isError():
        raise Failed(Failure.EXCEPTION, f"exception {response.exception_code}")
    return response


async def _quiet(ear: Ear, quiet_s: float, since: float) -> None:
    """Returns when nothing has come for so long, or when the line babbles on and on."""
    latest = _now() + BABBLE_S
    while (wait_s := min(max(ear.last_at, since) + quiet_s, latest) - _now()) > 0:
        await asyncio.sleep(wait_s)


def _now() -> float:
    return asyncio.get_running_loop().time()
