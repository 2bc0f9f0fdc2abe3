"""Whether two boxes speak for one station, pure: a cloned card, or an old box that was never switched off.

One box has one boot after the other. Two boots that were heard in turns (A, B, and A again) are two boxes: from when
the later one began until one of them was heard last. An envelope that was long under way is no second box.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

LATE = timedelta(minutes=5)
"""How long after a reboot an envelope of the boot before may still arrive through a broker."""
GONE_AFTER = timedelta(days=1)
"""Two boxes not heard in turns for so long are one again."""


@dataclass(frozen=True, slots=True)
class Boot:
    """One boot of a station's box, as the hub heard it. Times are the hub's."""

    name: str
    first_at: datetime
    last_at: datetime
    first_connection: int
    connection: int
    """The highest number it said."""
    first_lowest: int
    """The lowest sequence number its outbox held when it was first heard."""
    lowest: int
    """The same when it was last heard."""


@dataclass(frozen=True, slots=True)
class Twins:
    """A time in which two boxes spoke."""

    since: datetime
    until: datetime


def twins(boots: Iterable[Boot]) -> list[Twins]:
    """The times in which two boxes spoke for the station, in order; those that meet are one."""
    ordered = sorted(boots, key=lambda boot: (boot.first_at, boot.name))
    found = [
        Twins(later.first_at, min(earlier.last_at, later.last_at))
        for index, earlier in enumerate(ordered)
        for later in ordered[index + 1 :]
        if earlier.last_at > later.first_at + LATE and later.last_at > later.first_at
    ]
    joined: list[Twins] = []
    for span in sorted(found, key=lambda span: span.since):
        if joined and span.since <= joined[-1].until:
            joined[-1] = Twins(joined[-1].since, max(joined[-1].until, span.until))
        else:
            joined.append(span)
    return joined


def within(spans: Sequence[Twins], start: datetime, end: datetime) -> Twins | None:
    """The last of these times that reaches into [start, end). None: only one box spoke then."""
    return next((span for span in reversed(spans) if span.since < end and span.until >= start), None)


def set_back(boots: Iterable[Boot]) -> list[datetime]:
    """When the box began again and knew less than before: its memory was restored from a copy, or lost."""
    ordered = sorted(boots, key=lambda boot: (boot.first_at, boot.name))
    return [
        later.first_at
        for earlier, later in pairwise(ordered)
        if earlier.last_at <= later.first_at + LATE
        and (later.first_connection <= earlier.connection or later.first_lowest < earlier.lowest)
    ]
