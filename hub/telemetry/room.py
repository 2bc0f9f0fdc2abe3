"""How much quarantine takes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """How much may lie there, or does."""

    rows: int
    size: int
    """Bytes."""


OF_ONE = Room(2_000, 32 * 1024 * 1024)
"""For one station: a day of a station whose every envelope is refused."""
OF_ALL = Room(100_000, 1024 * 1024 * 1024)
"""For all stations together."""


def too_many(sizes: Sequence[int], room: Room) -> int:
    """How many of the first must go so that the others fit. `sizes`: bytes, in the order of going."""
    left = Room(len(sizes), sum(sizes))
    going = 0
    while left.rows > room.rows or (left.size > room.size and left.rows):
        left = Room(left.rows - 1, left.size - sizes[going])
        going += 1
    return going
