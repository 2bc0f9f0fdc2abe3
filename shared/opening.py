"""When a station is open: filed hours and filed closures in Asia/Shanghai, a whole-hour offset."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from shared.shapes import Shape

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
FULL = (1 << 60) - 1
"""A mask of one hour: bit m is minute m."""


def _check(text: str) -> None:
    hours, colon, minutes = text.partition(":")
    if not (colon and len(hours) == 2 and len(minutes) == 2 and (hours + minutes).isdigit()):
        raise ValueError("a time of day such as 09:00")
    if int(minutes) > 59 or int(hours) * 60 + int(minutes) > 24 * 60:
        raise ValueError("a time of day from 00:00 to 24:00")


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


class Closure(Shape, frozen=True, kw_only=True):
    """Whole days on which the station is closed, filed with a reason."""

    first: date
    last: date
    reason: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError."""
        if self.last < self.first:
            raise ValueError("a closure ends on or after the day it begins")


class Opening(Shape, frozen=True, kw_only=True, dict=True):
    """The opening calendar. Unfiled hours are 9:00–17:00 every day (沪工援〔2018〕03号, chapter 2, 服务内容)."""

    start: str = "09:00"
    """A time of day, as is `end`: 00:00 to 24:00."""
    end: str = "17:00"
    weekdays: list[int] = msgspec.field(default_factory=lambda: list(range(7)))
    """Monday is 0."""
    closures: list[Closure] = []

    def __post_init__(self) -> None:
        """Raises ValueError."""
        for text in (self.start, self.end):
            _check(text)
        if _minutes(self.end) <= _minutes(self.start):
            raise ValueError("opening ends after it starts; 00:00 to 24:00 is all day")
        if not all(0 <= day <= 6 for day in self.weekdays):
            raise ValueError("a weekday from 0, Monday, to 6")

    @classmethod
    def of(cls, filed: object) -> "Opening":
        """From what `filed` made of it. Raises ValueError."""
        return msgspec.convert(filed, cls)

    def filed(self) -> dict[str, Any]:
        """As JSON's own types, for a database's column."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found

    def open_on(self, day: date) -> bool:
        """Whether the station opens at all on this local day."""
        return day.weekday() in self.weekdays and not any(
            closure.first <= day <= closure.last for closure in self.closures
        )

    def is_open(self, instant: datetime) -> bool:
        """Whether the station is open at this instant."""
        local = instant.astimezone(SHANGHAI)
        return self.open_on(local.date()) and _minutes(self.start) <= local.hour * 60 + local.minute < _minutes(
            self.end
        )

    def mask(self, hour: datetime) -> int:
        """The open minutes of one whole hour, bit m for minute m."""
        return self.masks(hour, 1)[0]

    def masks(self, first: datetime, count: int) -> list[int]:
        """The open minutes of `count` whole hours from `first` on; a day is looked up once."""
        found: list[int] = []
        day: date | None = None
        of_day: list[int] = []
        while len(found) < count:
            local = (first + len(found) * HOUR).astimezone(SHANGHAI)
            if local.date() != day:
                day, of_day = local.date(), self._day if self.open_on(local.date()) else _CLOSED
            # To the end of the local day; where a clock was put forward or back in it (1986–1991), hour by hour.
            whole = (local + 24 * HOUR).utcoffset() == local.utcoffset() == (local - 24 * HOUR).utcoffset()
            found += of_day[local.hour : 24 if whole else local.hour + 1]
        return found[:count]

    @cached_property
    def _day(self) -> list[int]:
        start, end = _minutes(self.start), _minutes(self.end)
        found = []
        for hour in range(0, 24 * 60, 60):
            first, last = (min(60, max(0, minute - hour)) for minute in (start, end))
            found.append(((1 << last) - 1) & ~((1 << first) - 1) if last > first else 0)
        return found


_CLOSED = [0] * 24


def local_midnight(instant: datetime) -> datetime:
    """The start of the local day an instant lies in, UTC."""
    return datetime.combine(instant.astimezone(SHANGHAI).date(), time(), SHANGHAI).astimezone(UTC)


def whole_hour(instant: datetime) -> datetime:
    """The hour an instant lies in."""
    return instant.replace(minute=0, second=0, microsecond=0)


def whole_minute(instant: datetime) -> datetime:
    """The minute an instant lies in."""
    return instant.replace(second=0, microsecond=0)


QUARTER_HOUR = timedelta(minutes=15)
