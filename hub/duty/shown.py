"""A week of a roster as a page shows it: day by day, level by level, gaps as gaps. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hub.duty.filing import told
from hub.duty.week import DAY, DAY_MINUTES, Roster, gaps, stints, who_now
from shared.opening import SHANGHAI


@dataclass(frozen=True, slots=True)
class Turn:
    """One line: from when to when, and who. `who` None: nobody."""

    start: str
    end: str
    overnight: bool
    who: str | None


@dataclass(frozen=True, slots=True)
class LevelOfDay:
    """What one level does on one day."""

    level: int
    turns: Sequence[Turn]
    changed: bool
    """Whether it differs from the weekly pattern by somebody's word."""
    note: str


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day."""

    day: date
    midday: datetime
    today: bool
    levels: Sequence[LevelOfDay]


def week(
    roster: Roster, names: Mapping[int, str], notes: Mapping[tuple[int, date], str], monday: date, today: date
) -> list[ShownDay]:
    """Seven days from that Monday on."""
    days = [monday + number * DAY for number in range(7)]
    return [
        ShownDay(day, _midday(day), day == today, [_level(roster, level, day, names, notes) for level in roster.levels])
        for day in days
    ]


def on_duty(roster: Roster, names: Mapping[int, str], at: datetime) -> list[tuple[int, list[str]]]:
    """Who is on duty now, by level."""
    return [(level, [names.get(user, "?") for user in who_now(roster, level, at)]) for level in roster.levels]


def monday_of(day: date) -> date:
    """Of the week a day lies in."""
    return day - timedelta(days=day.weekday())


def _midday(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


def _level(
    roster: Roster, level: int, day: date, names: Mapping[int, str], notes: Mapping[tuple[int, date], str]
) -> LevelOfDay:
    lines: list[tuple[int, Turn]] = []
    for stint in stints(roster, level, day):
        start, end = stint.start.astimezone(SHANGHAI), stint.end.astimezone(SHANGHAI)
        minute = start.hour * 60 + start.minute
        until = end.hour * 60 + end.minute
        overnight = end.date() != day and until > 0
        shown = told(until if overnight or until else DAY_MINUTES)
        lines.append((minute, Turn(told(minute), shown, overnight, names.get(stint.user, "?"))))
    lines += [(start, Turn(told(start), told(end), False, None)) for start, end in gaps(roster, level, day)]
    changed = any(change.level == level and change.day == day for change in roster.changes)
    ordered = [turn for _, turn in sorted(lines, key=lambda line: line[0])]
    return LevelOfDay(level, ordered, changed, notes.get((level, day), ""))
