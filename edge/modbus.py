"""One question on a serial line, and its answer: Modbus RTU. Only this module knows pymodbus.

    pace -> ask (pymodbus, one try) -> rtu: the answer among the noise -> count

pymodbus neither counts registers nor survives a stray byte, and waits long by default (devices.md §0.4-0.6), so
time-outs and framing are done here.
"""

import asyncio
import logging
import termios
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from enum import StrEnum

from pymodbus.client import AsyncModbusSerialClient
from pymodbus.exceptions import ConnectionException, ModbusIOException
from pymodbus.pdu import ModbusPDU

from edge.driver import DiscreteInputs, HoldingRegisters, InputRegisters, Read
from edge.rtu import WRITE_REGISTER, Ear, Question

TIMEOUT_S = 0.4
GAP_S = 0.02
"""Silence before each question: five times the 3.5 characters of 9600 baud, for adapters that turn slowly."""
QUIET_S = 0.1
"""Silence before the next question after a failure: whatever still comes is then over."""
BABBLE_S = 1.0
"""A line that is never quiet is asked all the same after this."""

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


class Asker:
    """An open line, asked one question at a time. See `asking`."""

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
    """A line nobody else uses: pymodbus locks the port. `connected` is False where it is missing or held by another."""
    logging.getLogger("pymodbus").setLevel(logging.CRITICAL)  # it reports each silence; they are counted by who asks
    ear = Ear(_now)
    client = AsyncModbusSerialClient(
        port, baudrate=baudrate, timeout=timeout_s, retries=0, reconnect_delay=0, trace_packet=ear.filter
    )
    try:
        with suppress(OSError, termios.error, ValueError):  # no port, hung up while opening, a rate it cannot do
            await client.connect()
        await asyncio.sleep(0)  # pymodbus starts to read in the loop's next turn
        yield Asker(client, ear)
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
