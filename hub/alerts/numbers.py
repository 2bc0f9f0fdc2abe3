"""How maintenance goes, in figures: how many alerts, how fast somebody answers, how fast it works again. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import ceil

from hub.health.chart import Chart, Line
from shared.opening import SHANGHAI
from shared.text import Text

SEVERITY_ORDER = ("safety", "high", "normal")
DAY_S = 86_400
OFFSET_S = 8 * 3600
"""Asia/Shanghai has had a whole offset since 1991, and the hub is younger."""
UNIT = Text("条/天", "a day")


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, in minutes, of alerts opened in the window. None: of none it is known."""

    done: int
    open: int
    """Those for which it has not happened yet: they are not in the figures, and would make them larger."""
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything that comes from one pass over the alerts opened in the window."""

    opened: int
    by_day: dict[date, Counter[str]]
    """Every day of the window, by severity."""
    answered: dict[str, Times]
    """From opened to acknowledged, by severity."""
    repaired: dict[str, Times]
    """From opened to resolved."""
    people: list[tuple[str, int]]
    """Alerts acknowledged by each, the most first."""


Opened = tuple[float, float | None, float | None, str, str | None]
"""Opened, acknowledged, resolved, all in seconds since 1970; severity; who acknowledged it."""


def count(rows: Iterable[Opened], start: datetime, end: datetime) -> Numbers:
    """`start` is a local midnight."""
    days: Counter[tuple[int, str]] = Counter()
    people: Counter[str] = Counter()
    answered: dict[str, list[float]] = {one: [] for one in SEVERITY_ORDER}
    repaired: dict[str, list[float]] = {one: [] for one in SEVERITY_ORDER}
    opened: Counter[str] = Counter()
    for at, acknowledged, resolved, severity, by in rows:
        days[int((at + OFFSET_S) // DAY_S), severity] += 1
        opened[severity] += 1
        if acknowledged is not None:
            answered[severity].append(acknowledged - at)
            if by is not None:
                people[by] += 1
        if resolved is not None:
            repaired[severity].append(resolved - at)
    by_day = {day: Counter[str]() for day in _days(start, end)}
    for (number, severity), many in days.items():
        day = date(1970, 1, 1) + timedelta(days=number)
        if day in by_day:
            by_day[day][severity] += many
    return Numbers(
        opened.total(),
        by_day,
        {one: _times(answered[one], opened[one]) for one in SEVERITY_ORDER},
        {one: _times(repaired[one], opened[one]) for one in SEVERITY_ORDER},
        people.most_common(),
    )


def drawn(numbers: Numbers, labels: dict[str, Text]) -> Chart:
    """The alerts of each day, a line a severity."""
    days = list(numbers.by_day)
    lines = [
        Line(labels[severity], "", [(_midday(day), float(numbers.by_day[day][severity])) for day in days])
        for severity in SEVERITY_ORDER
    ]
    return Chart(_midday(days[0]) - timedelta(hours=12), _midday(days[-1]) + timedelta(hours=12), lines)


def formula_safe(cell: str) -> str:
    """Text that a spreadsheet takes for text, whatever it begins with."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠") else cell


def _times(seconds: list[float], opened: int) -> Times:
    if not seconds:
        return Times(0, opened, None, None)
    seconds.sort()
    return Times(len(seconds), opened - len(seconds), _rank(seconds, 0.5) / 60, _rank(seconds, 0.9) / 60)


def _rank(ordered: Sequence[float], share: float) -> float:
    """The nearest rank: a time that was, not one between two."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def _days(start: datetime, end: datetime) -> list[date]:
    first, last = start.astimezone(SHANGHAI).date(), end.astimezone(SHANGHAI).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _midday(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
