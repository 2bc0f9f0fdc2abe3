"""The shape of a device model: what to ask of it, and what its answer means. The models are files of `edge/drivers/`.

A driver is facts and one pure function. It knows no port, no clock and no identity; `edge/bus.py` and `edge/port.py`
do the asking.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

Reading = Mapping[str, float]
"""Channel to value. A channel the device has no value for is absent: zero is not missing."""

Setting = float | str | bool
Options = Mapping[str, Setting]
"""Settings of one device, by the names its driver declares."""

Decode = Callable[[Sequence[int]], Reading]
"""Registers or bits in the order of `Driver.reads`, to a reading. Raises BadFrame and nothing else."""

TWO_STATE = "0/1"
"""The unit of a channel that is a contact: 0 or 1."""


class BadFrame(Exception):
    """An answer arrived whole and still cannot be what the device measured. The message names what was wrong."""


@dataclass(frozen=True, slots=True)
class HoldingRegisters:
    """Function 03."""

    address: int
    count: int


@dataclass(frozen=True, slots=True)
class InputRegisters:
    """Function 04."""

    address: int
    count: int


@dataclass(frozen=True, slots=True)
class DiscreteInputs:
    """Function 02."""

    address: int
    count: int


Read = HoldingRegisters | InputRegisters | DiscreteInputs


@dataclass(frozen=True, slots=True)
class AddressRegister:
    """The holding register with a device's own address: read to know the model, written (06) to change it."""

    register: int
    broadcast: bool = False
    """Written to everybody on the line (device 0) and not answered; otherwise to the device's present address."""


class Stream(Protocol):
    """Readings found in the bytes of a device that talks unasked. Keeps what is incomplete, at most one frame."""

    def hear(self, data: bytes) -> list[Reading]:
        """The readings these bytes complete, oldest first. Raises nothing, whatever the bytes are."""
        ...


def _answers_nothing(registers: Sequence[int]) -> Reading:
    raise BadFrame(f"a device that talks unasked has no registers, got {len(registers)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One device model. Either `reads` with `decode`, or `stream`."""

    model: str
    channels: Mapping[str, str]
    """Every channel the model may report, with its unit."""
    baudrate: int
    every_s: float
    """How often to ask, or for a stream how often an unchanged reading is passed on."""
    fresh_s: float
    """How long a reading says something about now."""
    reads: tuple[Read, ...] = ()
    decode: Decode = _answers_nothing
    stream: Callable[[], Stream] | None = None
    restart: tuple[bytes, ...] = ()
    """What starts a device that talks unasked anew, one after the other; empty where nothing is documented."""
    options: Mapping[str, tuple[Setting, ...]] = field(default_factory=dict)
    """Settings a device of this model may have, with their legal values, the default first."""
    tuned: Callable[[Options], Decode] | None = None
    """Makes `decode` for given options (all of them present)."""
    address: AddressRegister | None = None
    """How a device of this model is given its address; None where it has none."""
    power_on: float | None = None
    """What a channel shows after power-on before it has measured; alone among other values it is suspect."""

    def set_up(self, options: Options) -> "Driver":
        """This driver for a device with these options; what is not given is the default."""
        if self.tuned is None:
            return self
        chosen = {name: options.get(name, legal[0]) for name, legal in self.options.items()}
        return replace(self, decode=self.tuned(chosen))


def exactly(count: int, registers: Sequence[int]) -> None:
    """Raises BadFrame unless there are `count`: RTU does not tell the answer to another question from this one."""
    if len(registers) != count:
        raise BadFrame(f"{len(registers)} values where {count} were asked for")


def signed(word: int) -> int:
    """A 16-bit word as two's complement."""
    return word - 0x10000 if word & 0x8000 else word


def wide(low: int, high: int) -> int:
    """Two 16-bit words as one unsigned number."""
    return high << 16 | low
