"""What goes wrong between a device and the agent (devices.md section 12). Pure: an answer in, what arrives out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from simulators.codec import BUSY, exception, sealed

LATE_S = 0.8
HOLE_S = 0.06
PUSHED_S = 0.35
"""Between frames that nobody asked for: an R4DCB08 with its automatic report on."""
NO_SENSOR = b"\x80\x00"
PZEM_BYTES = 20
ENERGY = slice(10, 14)
DATA = slice(3, -2)
"""Where the data of a Modbus answer to a read lies."""

Sent = list[tuple[float, bytes]]
"""Pieces with the pause before each, in seconds."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, the answer the device makes, and its first answer to the same request since the fault began."""

    request: bytes
    answer: bytes
    earlier: bytes


Spoil = Callable[[Exchange, Random], Sent]


def _upload(rng: Random) -> bytes:
    """A line of an XY-MD02 left in its upload mode, which talks plain text on a Modbus line."""
    return f"{rng.uniform(18, 30):04.1f},{rng.uniform(30, 70):04.1f}%\r\n".encode()


def _flipped(frame: bytes, rng: Random) -> bytes:
    spoilt = bytearray(frame)
    for place in rng.sample(range(len(frame)), min(len(frame), rng.randint(1, 3))):
        spoilt[place] ^= 1 << rng.randrange(8)
    return bytes(spoilt)


def _noise(rng: Random) -> bytes:
    return rng.randbytes(rng.randint(3, 30))


def _with_data(frame: bytes, data: bytes) -> bytes:
    return sealed(frame[:3] + data)


def _spiked(frame: bytes, rng: Random) -> bytes:
    data = bytearray(frame[DATA])
    if len(data) >= 2:
        place = rng.randrange(len(data) // 2) * 2
        data[place : place + 2] = b"\x7f\xf0"
    return _with_data(frame, bytes(data))


def _sensorless(frame: bytes) -> bytes:
    return _with_data(frame, NO_SENSOR * (len(frame[DATA]) // 2)) if len(frame[DATA]) >= 2 else frame


def _tenfold(frame: bytes) -> bytes:
    data = frame[DATA]
    words = [int.from_bytes(data[at : at + 2], "big", signed=True) for at in range(0, len(data) - 1, 2)]
    return _with_data(frame, b"".join(((word * 10) & 0xFFFF).to_bytes(2, "big") for word in words))


def clash(first: bytes, second: bytes) -> bytes:
    """Two devices answer at once: a 0 on the wire wins over a 1, and the longer one ends alone."""
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    both = bytes(left & right for left, right in zip(longer, shorter, strict=False))
    return both + longer[len(shorter) :]


def _energy_reset(frame: bytes) -> bytes:
    """A PZEM whose counter starts anew: words 5 and 6 of its ten are the energy."""
    data = bytearray(frame[DATA])
    if len(data) == PZEM_BYTES:
        data[ENERGY] = bytes(4)
    return _with_data(frame, bytes(data))


def _rival(frame: bytes, rng: Random) -> bytes:
    """What another device with the same id says to the same request."""
    return _with_data(frame, rng.randbytes(len(frame[DATA])))


MODBUS: Mapping[str, Spoil] = {
    "silent": lambda _said, _rng: [],
    "exception": lambda said, _rng: [(0, exception(said.request[0], said.request[1], BUSY))],
    "garble": lambda said, rng: [(0, _flipped(said.answer, rng))],
    "truncate": lambda said, rng: [(0, said.answer[: rng.randint(1, len(said.answer) - 1)])],
    "prefix": lambda said, rng: [(0, b"\x00" * rng.randint(1, 3) + said.answer)],
    "suffix": lambda said, rng: [(0, said.answer + b"\x00" * rng.randint(1, 2))],
    "echo": lambda said, _rng: [(0, said.request + said.answer)],
    "wrong_id": lambda said, _rng: [(0, sealed(bytes((said.answer[0] + 1,)) + said.answer[1:-2]))],
    "noise": lambda _said, rng: [(0, _noise(rng))],
    "delay": lambda said, _rng: [(LATE_S, said.answer)],
    "split": lambda said, _rng: [(0, said.answer[:2]), (HOLE_S, said.answer[2:])],
    "frozen": lambda said, _rng: [(0, said.earlier)],
    "spike": lambda said, rng: [(0, _spiked(said.answer, rng))],
    "no_sensor": lambda said, _rng: [(0, _sensorless(said.answer))],
    "tenfold": lambda said, _rng: [(0, _tenfold(said.answer))],
    "energy_reset": lambda said, _rng: [(0, _energy_reset(said.answer))],
    "clash": lambda said, rng: [(0, clash(said.answer, _rival(said.answer, rng)))],
    "unsolicited": lambda said, _rng: [(0, said.answer), (PUSHED_S, said.answer), (PUSHED_S, said.answer)],
    "ascii": lambda said, rng: [(0, said.answer), (PUSHED_S, _upload(rng)), (PUSHED_S, _upload(rng))],
}
"""The faults of a Modbus line by name."""

STREAM: Mapping[str, Spoil] = {
    name: MODBUS[name] for name in ("silent", "garble", "truncate", "prefix", "suffix", "noise", "split", "frozen")
}
"""Those that a device which talks unasked can have too."""

UNPLUG = "unplug"
"""The adapter is pulled out; it comes back under another number. The port itself does this."""

LINE_FAULTS = (*MODBUS, UNPLUG)
"""Every fault by name."""
