"""How maintenance goes, in figures: how many alerts, how fast somebody answers, how fast it works again. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import ceil
from operator import itemgetter

from hub.health.chart import Chart, Line
from shared.opening import SHANGHAI
from shared.text import Text

SEVERITY_ORDER = ("safety", "high", "normal")
DAY_S = 86_400
OFFSET_S = 8 * 3600
"""Asia/Shanghai has had a whole offset since 1991, and the hub is younger."""


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


Opened = tuple[int, str, float | None, float | None, str | None]
"""Local day, counted from 1970; severity; seconds until it was acknowledged and until it was resolved; who did."""


def count(rows: Sequence[Opened], start: datetime, end: datetime) -> Numbers:
    """`start` is a local midnight. Fifty thousand rows pass here while somebody waits: whole columns at a time."""
    by_day = {day: Counter[str]() for day in _days(start, end)}
    opened: Counter[str] = Counter()
    for (number, severity), many in Counter(map(itemgetter(0, 1), rows)).items():
        opened[severity] += many
        day = date(1970, 1, 1) + timedelta(days=number)
        if day in by_day:
            by_day[day][severity] += many
    people = Counter(map(itemgetter(4), rows))
    del people[None]
    return Numbers(
        opened.total(), by_day, _times(rows, 2, opened), _times(rows, 3, opened),
        [(name, many) for name, many in people.most_common() if name is not None],
    )  # fmt: skip


def drawn(numbers: Numbers, labels: dict[str, Text]) -> Chart:
    """The alerts of each day, a line a severity."""
    days = list(numbers.by_day)
    lines = [
        Line(labels[severity], "", [(_midday(day), float(numbers.by_day[day][severity])) for day in days])
        for severity in SEVERITY_ORDER
    ]
    return Chart(_midday(days[0]) - timedelta(hours=12), _midday(days[-1]) + timedelta(hours=12), lines)


def _times(rows: Sequence[Opened], column: int, opened: Counter[str]) -> dict[str, Times]:
    found: dict[str, list[float]] = {one: [] for one in SEVERITY_ORDER}
    add = {severity: seconds.append for severity, seconds in found.items()}
    for severity, took in map(itemgetter(1, column), rows):
        if took is not None:
            add[severity](took)
    return {severity: _times_of(seconds, opened[severity]) for severity, seconds in found.items()}


def _times_of(seconds: list[float], opened: int) -> Times:
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
