"""Silence, pure: judged only over time in which the hub itself listened (design.md §3).

Whether a station is silent hangs on nothing but when it was last heard: who was heard last at or before one moment is,
who was heard later is not. So that moment is computed once, and compared with every station's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.opening import Opening, whole_hour

SILENT_AFTER = timedelta(seconds=180)
"""Without an envelope for so long, a station's facilities are unknown (design.md §8)."""
ALERT_AFTER = 10
"""Opening minutes of silence after which the one alert opens (design.md §8)."""
FRESH = timedelta(seconds=30)
"""How long ago the hub may have noted that it listens and still be taken to."""
LOOKED_BACK = timedelta(days=30)
"""Times of listening before that are not asked about: any three minutes since tell as much."""
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Listened:
    """A time in which the hub was connected and subscribed."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Silence:
    """Of one station."""

    since: datetime
    """Hub time of its last envelope."""
    silent: bool
    """Whether its facilities are unknown."""
    alarming: bool
    """Whether somebody must look."""


def joined(spans: Iterable[Listened]) -> list[Listened]:
    """As one listener's: several ingest processes listen at once, and while one of them does, the hub does.

    `spans` are in the order of `since`.
    """
    found: list[Listened] = []
    for span in spans:
        if found and span.since <= found[-1].until:
            found[-1] = Listened(found[-1].since, max(found[-1].until, span.until))
        else:
            found.append(span)
    return found


def silence(heard_at: datetime, silent: datetime | None, alarming: datetime | None) -> Silence:
    """Of a station last heard then, by the moments of `silent_by` and `alarming_by`."""
    is_silent = silent is not None and heard_at <= silent
    return Silence(heard_at, is_silent, is_silent and alarming is not None and heard_at <= alarming)


def silent_by(now: datetime, listened: Iterable[Listened]) -> datetime | None:
    """A station last heard then or before is silent: the hub has listened for three minutes since. None: none is."""
    missing = SILENT_AFTER
    for span in reversed(_times(now, listened)):
        if span.until - span.since >= missing:
            return span.until - missing
        missing -= span.until - span.since
    return None


def alarming_by(now: datetime, listened: Iterable[Listened], opening: Opening) -> datetime | None:
    """A station with these hours, silent and last heard then or before, has been so for ten whole opening minutes in
    which the hub listened. None: none has."""
    missing = ALERT_AFTER
    for span in reversed(_times(now, listened)):
        hour = whole_hour(span.until)
        while hour + HOUR > span.since:
            first, last = -((hour - span.since) // MINUTE), (span.until - hour) // MINUTE
            open_minutes = opening.mask(hour) & _minutes(first, last)
            if open_minutes.bit_count() >= missing:
                for _ in range(missing - 1):
                    open_minutes ^= 1 << (open_minutes.bit_length() - 1)
                return hour + (open_minutes.bit_length() - 1) * MINUTE
            missing -= open_minutes.bit_count()
            hour -= HOUR
    return None


def _times(now: datetime, listened: Iterable[Listened]) -> list[Listened]:
    """Up to now, in order: what two processes heard at once is one time, and one noted lately is taken to last."""
    lasting = (Listened(span.since, min(now, now if now - span.until <= FRESH else span.until)) for span in listened)
    return joined(sorted((span for span in lasting if span.since < span.until), key=lambda span: span.since))


def _minutes(first: int, last: int) -> int:
    first, last = max(0, first), min(60, last)
    return (1 << last) - (1 << first) if last > first else 0
