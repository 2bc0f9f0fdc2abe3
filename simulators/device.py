"""The shape of a simulated device. The models are the files of `simulators/devices/`."""

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Protocol

from shared.discovery import collect
from simulators.codec import (
    ILLEGAL_ADDRESS,
    ILLEGAL_VALUE,
    READ_HOLDING,
    WRITE_REGISTER,
    exception,
    registers_answer,
    two_words,
)

Source = Callable[[str], float | None]
"""What the world gives a channel now; None where nothing is connected or the sensor says nothing."""

BROADCAST = 0


class Device(Protocol):
    """A device on a Modbus line."""

    @property
    def address(self) -> int:
        """The unit it answers to."""

    def hears(self, unit: int) -> bool:
        """Whether a request to this unit is for it."""

    def live(self, now: float) -> None:
        """Time passes for what the device counts by itself."""

    def answer(self, request: bytes) -> bytes | None:
        """What it says to an intact request meant for it; None is silence."""


class Talker(Protocol):
    """A device that talks unasked on a port of its own."""

    period_s: float

    def frame(self) -> bytes:
        """The next thing it says; empty when it says nothing this time."""

    def hear(self, received: bytes) -> bytes:
        """What it says to bytes sent to it."""


@dataclass(frozen=True, slots=True)
class DeviceModel:
    """An entry of `simulators/devices/`: exactly one of `on_line` and `alone` is there."""

    channels: tuple[str, ...]
    latency_s: tuple[float, float] = (0.0, 0.0)
    """From the end of a request to the start of its answer, the least and the most."""
    on_line: Callable[[int, Source], Device] | None = None
    alone: Callable[[Source, Random], Talker] | None = None


@cache
def models() -> Mapping[str, DeviceModel]:
    """Every simulated device model by its name."""
    import simulators.devices

    return collect(simulators.devices, "DEVICE", DeviceModel)


def read_registers(request: bytes, unit: int, held: Mapping[int, int]) -> bytes:
    """Answer a read of registers from a map; asking for one that is not there is an illegal address."""
    start, count = two_words(request)
    if not 1 <= count <= 125:
        return exception(unit, request[1], ILLEGAL_VALUE)
    if any(address not in held for address in range(start, start + count)):
        return exception(unit, request[1], ILLEGAL_ADDRESS)
    return registers_answer(unit, request[1], [held[address] for address in range(start, start + count)])


def write_register(request: bytes, unit: int, held: MutableMapping[int, int], allowed: Mapping[int, range]) -> bytes:
    """Write one register where its range allows; the answer is the request."""
    address, value = two_words(request)
    if address not in allowed:
        return exception(unit, WRITE_REGISTER, ILLEGAL_ADDRESS)
    if value not in allowed[address]:
        return exception(unit, WRITE_REGISTER, ILLEGAL_VALUE)
    held[address] = value
    return request


def settings(request: bytes, unit: int, held: MutableMapping[int, int], allowed: Mapping[int, range]) -> bytes | None:
    """The functions 0x03 and 0x06 over a device's settings; None for any other function."""
    if request[1] == READ_HOLDING:
        return read_registers(request, unit, held)
    if request[1] == WRITE_REGISTER:
        return write_register(request, unit, held, allowed)
    return None
