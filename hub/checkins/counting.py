"""Which check-ins count, where many come in a short time. Pure; the one place that says so.

Everything is kept. What the kiosk marked as one of a burst counts once in twenty seconds (kiosk.md §8): a crew that
comes in together is a few visits, a child at the glass is not a hundred.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

AGAIN_AFTER = timedelta(seconds=20)


class Tap(Protocol):
    """A check-in that stands, of one station."""

    @property
    def at(self) -> datetime: ...
    @property
    def burst(self) -> bool: ...


Some = TypeVar("Some", bound=Tap)


def counting(taps: Iterable[Some]) -> list[Some]:
    """Of the check-ins of one station those that count, in order of time, whatever order they come in.

    One without a mark always counts. One with a mark counts when nothing that counts came in the twenty seconds before.
    """
    found: list[Some] = []
    for tap in sorted(taps, key=lambda one: (one.at, one.burst)):
        if not tap.burst or not found or tap.at - found[-1].at >= AGAIN_AFTER:
            found.append(tap)
    return found


def left_out(taps: Sequence[Tap]) -> int:
    """How many of them do not count."""
    return len(taps) - len(counting(taps))
