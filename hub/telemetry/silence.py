"""Silence, pure: judged only over time in which the hub itself listened (design.md §3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.opening import Opening, whole_minute

SILENT_AFTER = timedelta(seconds=180)
"""Without an envelope for so long, a station's facilities are unknown (design.md §8)."""
ALERT_AFTER = 10
"""Opening minutes of silence after which the one alert opens (design.md §8)."""
FRESH = timedelta(seconds=30)
"""How long ago the hub may have noted that it listens and still be taken to."""


@dataclass(frozen=True, slots=True)
class Listened:
    """A time in which the hub was connected and subscribed."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Silence:
    """How long a station has said nothing to a hub that listened."""

    since: datetime
    """Hub time of its last envelope."""
    listened: timedelta
    open_minutes: int
    """Whole opening minutes of it in which the hub listened."""

    @property
    def silent(self) -> bool:
        """Whether its facilities are unknown."""
        return self.listened >= SILENT_AFTER

    @property
    def alarming(self) -> bool:
        """Whether somebody must look."""
        return self.silent and self.open_minutes >= ALERT_AFTER


def silence(heard_at: datetime, now: datetime, listened: Iterable[Listened], opening: Opening) -> Silence:
    """How long it has been silent."""
    total = timedelta()
    minutes: set[datetime] = set()
    for span in listened:
        until = now if now - span.until <= FRESH else span.until
        since, until = max(span.since, heard_at), min(until, now)
        if until <= since:
            continue
        total += until - since
        if len(minutes) < ALERT_AFTER:
            minutes |= _open_minutes(since, until, opening)
    return Silence(heard_at, total, len(minutes))


def _open_minutes(since: datetime, until: datetime, opening: Opening) -> set[datetime]:
    """The first opening minutes wholly inside, no more than are needed to judge."""
    found: set[datetime] = set()
    minute = whole_minute(since)
    if minute < since:
        minute += timedelta(minutes=1)
    while minute + timedelta(minutes=1) <= until and len(found) < ALERT_AFTER:
        if opening.is_open(minute):
            found.add(minute)
        minute += timedelta(minutes=1)
    return found
