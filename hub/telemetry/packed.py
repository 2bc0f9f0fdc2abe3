"""The figures of a quarter-hour as a few bytes each, and back. Pure.

A figure as a row of its own takes 130 bytes with its keys; twenty of them, 96 times a day, at 190,000 stations, would
be 47 GB a day. Packed together they take about 5 bytes each: whole numbers in steps of `digits` decimals, the mean in
tenths of them, as differences (n from that of the figure before, lowest and highest from the mean), seven bits a byte
(the varint of Protocol Buffers, signs folded in by zigzag). What stands where is said once, in a layout that many
stations share.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256

from shared.quantities import UnknownQuantity, split
from shared.records import Figure

Place = tuple[str, str, int]
"""Facility, quantity, digits: decimals that are kept of lowest and highest, which are readings; of a mean one more."""
Layout = tuple[Place, ...]

FINE = 2
"""Of shares of time, and of what this hub does not know: stations round means to three decimals."""


@dataclass(frozen=True, slots=True)
class Folded:
    """One quantity of one facility over a quarter-hour, in its unit."""

    start: datetime
    n: int
    low: float
    mean: float
    high: float


def pack(figures: Sequence[Figure]) -> tuple[Layout, bytes]:
    """The figures in the order of their names: what stands where, and the numbers."""
    ordered = sorted(figures, key=lambda figure: (figure.facility, figure.quantity))
    layout, parts, before = [], [], 0
    for figure in ordered:
        digits = digits_of(figure.quantity)
        scale = 10**digits
        mean = round(figure.mean * scale * 10)
        middle = mean // 10
        layout.append((figure.facility, figure.quantity, digits))
        for number in (
            figure.n - before,
            mean,
            middle - round(figure.low * scale),
            round(figure.high * scale) - middle,
        ):
            folded = number << 1 if number >= 0 else (-number << 1) - 1
            parts.append(_SHORT[folded] if folded < len(_SHORT) else _varint(folded))
        before = figure.n
    return tuple(layout), b"".join(parts)


def unpack(start: datetime, layout: Sequence[Sequence[str | int]], packed: bytes) -> Iterator[tuple[str, str, Folded]]:
    """Facility, quantity and figure, one after the other."""
    numbers, n = _numbers(packed), 0
    for facility, quantity, digits in layout:
        scale = 10 ** int(digits)
        n += next(numbers)
        mean = next(numbers)
        low = mean // 10 - next(numbers)
        high = mean // 10 + next(numbers)
        yield str(facility), str(quantity), Folded(start, n, low / scale, mean / scale / 10, high / scale)


@cache
def layout_id(layout: Layout) -> int:
    """47 bits of its digest: the same layout has the same number everywhere, without asking the database."""
    digest = sha256(json.dumps(layout).encode()).digest()
    return int.from_bytes(digest[:6], "big") >> 1


@cache
def digits_of(quantity: str) -> int:
    """As many as are shown."""
    try:
        known, _socket = split(quantity)
    except UnknownQuantity:
        return FINE
    return FINE if known.two_state else known.decimals


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def _numbers(packed: bytes) -> Iterator[int]:
    folded = shift = 0
    for byte in packed:
        folded |= (byte & 127) << shift
        if byte & 128:
            shift += 7
        else:
            yield folded >> 1 if not folded & 1 else -(folded + 1 >> 1)
            folded = shift = 0


_SHORT = [_varint(number) for number in range(1 << 14)]
"""Most numbers take one or two bytes."""
