"""Which check-in or answer is one of a burst (kiosk.md §8): the same at the kiosk and by phone. Pure.

Everything is kept; what looks like play is marked, and counted apart.
"""

from collections.abc import Collection, Iterable

SAME_LIMIT, SAME_WITHIN_S = 3, 60.0
"""More than this many check-ins of one occupation in this time are a burst."""
ALL_LIMIT, ALL_WITHIN_S = 8, 300.0
"""So are more than this many of any."""
FACES_LIMIT, FACES_WITHIN_S = 4, 60.0
"""More than this many answers to how satisfied somebody is, in this time, are a burst."""


def is_burst(occupation: str, earlier: Collection[tuple[str, float]]) -> bool:
    """Whether a check-in is one of many; `earlier` are (occupation, seconds ago) from the same place."""
    same = sum(1 for other, age in earlier if other == occupation and age < SAME_WITHIN_S)
    every = sum(1 for _, age in earlier if age < ALL_WITHIN_S)
    return same >= SAME_LIMIT or every >= ALL_LIMIT


def is_burst_of_faces(ages: Iterable[float]) -> bool:
    """Whether an answer is one of many; `ages` are the seconds since the others from the same place."""
    return sum(1 for age in ages if age < FACES_WITHIN_S) >= FACES_LIMIT
