"""Who is on duty when: a weekly pattern, and what holds on single days instead of it. Pure.

Days and times are those of Asia/Shanghai. A shift whose end is not after its start ends on the next day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from shared.opening import SHANGHAI

DAY = timedelta(days=1)
DAY_MINUTES = 24 * 60
LOOKED_AHEAD = 14
"""Days in which the next shift is looked for."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Every week."""

    level: int
    weekday: int
    start: int
    end: int
    user: int


@dataclass(frozen=True, slots=True)
class Change:
    """On one day, instead of the pattern of that level. `user` None: nobody."""

    level: int
    day: date
    start: int
    end: int
    user: int | None


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on duty, by level; and after how many minutes without an answer the next level is told."""

    id: int
    shifts: Sequence[Shift] = ()
    changes: Sequence[Change] = ()
    safety_minutes: int = 10
    high_minutes: int = 30
    people: frozenset[int] = field(init=False, default=frozenset())
    """Everybody named in it."""
    levels: tuple[int, ...] = field(init=False, default=())
    """Those that somebody is named for, the first first."""

    def __post_init__(self) -> None:
        rows: list[Shift | Change] = [*self.shifts, *self.changes]
        object.__setattr__(self, "people", frozenset(one.user for one in rows if one.user is not None))
        object.__setattr__(self, "levels", tuple(sorted({one.level for one in rows if one.user is not None})))


@dataclass(frozen=True, slots=True)
class Stint:
    """One person on duty, from then up to then, UTC."""

    start: datetime
    end: datetime
    user: int


def stints(roster: Roster, level: int, day: date) -> list[Stint]:
    """Those that begin on this local day, in order."""
    changes = [change for change in roster.changes if change.level == level and change.day == day]
    if changes:
        found = [_stint(day, one.start, one.end, one.user) for one in changes if one.user is not None]
    else:
        weekly = [shift for shift in roster.shifts if shift.level == level and shift.weekday == day.weekday()]
        found = [_stint(day, one.start, one.end, one.user) for one in weekly]
    return sorted(found, key=lambda stint: (stint.start, stint.end, stint.user))


def who_now(roster: Roster, level: int, at: datetime) -> tuple[int, ...]:
    """Who is on duty at this level; nobody: a gap in the roster."""
    today = at.astimezone(SHANGHAI).date()
    running = [
        stint for day in (today - DAY, today) for stint in stints(roster, level, day) if stint.start <= at < stint.end
    ]
    return tuple(dict.fromkeys(stint.user for stint in running))


def all_now(roster: Roster, at: datetime) -> tuple[int, ...]:
    """Who is on duty at any level, the first level first."""
    return tuple(dict.fromkeys(user for level in roster.levels for user in who_now(roster, level, at)))


def next_on(roster: Roster, least: int, at: datetime) -> tuple[datetime, tuple[int, ...]] | None:
    """When somebody is on duty at this level or above, and who: now, or at the next shift.

    Of several levels the lowest; it is a gap of the lower one that lets a higher one be asked. None: not within two
    weeks.
    """
    levels = [level for level in roster.levels if level >= least]
    for level in levels:
        if on := who_now(roster, level, at):
            return at, on
    today = at.astimezone(SHANGHAI).date()
    for ahead in range(LOOKED_AHEAD + 1):
        coming = [
            (stint.start, level)
            for level in levels
            for stint in stints(roster, level, today + ahead * DAY)
            if stint.start > at
        ]
        if coming:
            start, level = min(coming)
            return start, who_now(roster, level, start)
    return None


def gaps(roster: Roster, level: int, day: date) -> list[tuple[int, int]]:
    """The minutes of this local day in which nobody is on duty at this level, as (from, up to)."""
    midnight = _at(day, 0)
    free, until = [], 0
    running = [*stints(roster, level, day - DAY), *stints(roster, level, day)]
    for stint in sorted(running, key=lambda one: one.start):
        first, last = ((moment - midnight) // timedelta(minutes=1) for moment in (stint.start, stint.end))
        if last <= 0:
            continue
        if first > until:
            free.append((until, min(first, DAY_MINUTES)))
        until = max(until, last)
    return free if until >= DAY_MINUTES else [*free, (until, DAY_MINUTES)]


def _stint(day: date, start: int, end: int, user: int) -> Stint:
    return Stint(_at(day, start), _at(day, end if end > start else end + DAY_MINUTES), user)


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC) + timedelta(minutes=minute)
