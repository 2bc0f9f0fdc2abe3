"""The figures of a month as lanes of 32 bits side by side: those of thousands of stations are added as whole numbers.

A sum over stations is one addition a station, whatever a month has of figures. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LAYOUT: tuple[tuple[str, int], ...] = (
    ("day", 31), ("cell", 7 * 24), ("occupation", 9), ("method", 4),
    ("face", 4), ("day_answers", 31), ("day_satisfied", 31), ("hour_answers", 24), ("hour_satisfied", 24), ("tag", 9),
    ("heard", 31), ("counted", 31), ("entered", 31), ("undirected", 31), ("beside", 31), ("flagged", 31),
    ("hours", 1), ("suspect", 1), ("undated", 1), ("answers_undated", 1),
)  # fmt: skip
"""Name and how many. A figure of a later version goes to the end: those before stay where they are.

day, cell: check-ins by day, and by weekday and hour. heard: days somebody knows of. counted: days with footfall;
entered, undirected: footfall of a day. beside: check-ins of the hours in which footfall was counted. flagged: hours
with more check-ins than people who can have come in. hours: those with footfall. suspect: quarter-hours not to be
trusted.
"""
WIDTH = 4
"""Octets of a lane. Four billion is more than all workers of the country can do in a month."""
_SIZES = dict(LAYOUT)
_AT: dict[str, int] = {}
for _name, _size in LAYOUT:
    _AT[_name] = sum(_SIZES[other] for other in _AT)
LANES = sum(_SIZES.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of a month, of one station or of many together."""

    numbers: Sequence[int] = (0,) * LANES

    def __getitem__(self, name: str) -> Sequence[int]:
        return self.numbers[_AT[name] : _AT[name] + _SIZES[name]]

    def total(self, name: str) -> int:
        """All lanes of this name."""
        return sum(self[name])

    @property
    def packed(self) -> bytes:
        """As it is stored."""
        return b"".join(number.to_bytes(WIDTH, "little") for number in self.numbers)


def tally(figures: Mapping[str, Mapping[int, int]]) -> Tally:
    """From figures by name and place; what is not there is nothing."""
    numbers = [0] * LANES
    for name, some in figures.items():
        for place, number in some.items():
            if not 0 <= place < _SIZES[name]:
                raise ValueError(f"{name} has no place {place}")
            numbers[_AT[name] + place] = number
    return Tally(tuple(numbers))


def added(packed: Iterable[bytes]) -> Tally:
    """Stored figures of many stations together."""
    whole = sum([int.from_bytes(one, "little") for one in packed])
    octets = whole.to_bytes(max(LANES * WIDTH, (whole.bit_length() + 7) // 8), "little")
    return Tally(tuple(int.from_bytes(octets[at : at + WIDTH], "little") for at in range(0, LANES * WIDTH, WIDTH)))
