"""When a station is open next, and what is filed of its closures, as everybody may read it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.opening import SHANGHAI, Closure, Opening

LOOKED_AHEAD_DAYS = 400
"""A station that does not open within this names no day."""
SHOWN_DAYS = 90
"""Closures that begin later are not shown yet."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A station's opening, seen from one instant."""

    open_now: bool
    closes_at: datetime | None
    """None: it is not open now."""
    opens_at: datetime | None
    """None: it is open now, or nobody knows when it will be."""
    today: tuple[str, str] | None
    """From, to. None: it does not open today."""
    closures: Sequence[Closure]
    """Those of today and of the next months, the first of them first."""


def hours(opening: Opening, now: datetime) -> Hours:
    """By the filed calendar alone."""
    today = now.astimezone(SHANGHAI).date()
    open_today, open_now = opening.open_on(today), opening.is_open(now)
    shown = [one for one in opening.closures if one.last >= today and (one.first - today).days <= SHOWN_DAYS]
    return Hours(
        open_now,
        _at(today, opening.end) if open_now else None,
        None if open_now else _opens(opening, today, now),
        (opening.start, opening.end) if open_today else None,
        sorted(shown, key=lambda one: (one.first, one.last)),
    )


def _opens(opening: Opening, today: date, now: datetime) -> datetime | None:
    for ahead in range(LOOKED_AHEAD_DAYS):
        day = today + timedelta(days=ahead)
        if opening.open_on(day) and (at := _at(day, opening.start)) > now:
            return at
    return None


def _at(day: date, time_of_day: str) -> datetime:
    """24:00 is the midnight that ends the day."""
    minutes = int(time_of_day[:2]) * 60 + int(time_of_day[3:])
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + timedelta(minutes=minutes)
