"""Which check-in is one of a burst (kiosk.md §8): the same at the kiosk and by phone. Pure.

Everything is kept; what looks like play is marked, and counted apart.
"""

from collections.abc import Collection

SAME_LIMIT, SAME_WITHIN_S = 3, 60.0
"""More than this many check-ins of one occupation in this time are a burst."""
ALL_LIMIT, ALL_WITHIN_S = 8, 300.0
"""So are more than this many of any."""


def is_burst(occupation: str, earlier: Collection[tuple[str, float]]) -> bool:
    """Whether a check-in is one of many; `earlier` are (occupation, seconds ago) from the same place."""
    same = sum(1 for other, age in earlier if other == occupation and age < SAME_WITHIN_S)
    every = sum(1 for _, age in earlier if age < ALL_WITHIN_S)
    return same >= SAME_LIMIT or every >= ALL_LIMIT
