"""One station's month hour by hour: who came by occupation, who came in, what they said. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from hub.formats import local
from hub.visits.gathering import Month, answers, beside, visits
from hub.visits.words import OCCUPATION_AT, OCCUPATION_LABELS, SATISFIED
from shared.opening import whole_hour
from shared.text import Text


@dataclass(slots=True)
class StationHour:
    """An hour in which somebody checked in, answered or was counted at an entrance."""

    start: datetime
    occupations: Counter[str] = field(default_factory=Counter)
    """Check-ins by occupation; none is absent."""
    answers: int = 0
    satisfied: int = 0
    entered: int | None = None
    undirected: int | None = None
    """None: nothing counted at an entrance."""

    @property
    def check_ins(self) -> int:
        """Of all occupations."""
        return self.occupations.total()


def by_hour(month: Month, filtered: bool) -> dict[datetime, StationHour]:
    """Every hour of which there is anything to say, in order: the same ones however bursts count."""
    found: dict[datetime, StationHour] = {}

    def of(at: datetime) -> StationHour:
        start = whole_hour(at)
        return found.setdefault(start, StationHour(start))

    for at, *_ in visits(month, filtered=False):
        of(at)
    for at, occupation, _, number in visits(month, filtered):
        of(at).occupations[occupation if occupation in OCCUPATION_AT else "other"] += number
    for one in month.said:
        of(one.at)
    for one in answers(month, filtered):
        of(one.at).answers += 1
        of(one.at).satisfied += one.score >= SATISFIED
    for hour in beside(month, filtered):
        there = of(hour.start)
        there.entered, there.undirected = hour.entered, hour.undirected
    return {start: found[start] for start in sorted(found)}


@dataclass(frozen=True, slots=True)
class Occupations:
    """Who came when: a table of those occupations of which anybody came."""

    labels: list[Text]
    by_hour: list[tuple[int, list[int]]]
    """By hour of the day, over the whole month."""
    by_day: list[tuple[date, list[int]]]
    """The newest first."""


def occupations(hours: Iterable[StationHour]) -> Occupations:
    """Hours and days without a check-in are left out."""
    of_hour: dict[int, Counter[str]] = {}
    of_day: dict[date, Counter[str]] = {}
    for one in hours:
        if one.check_ins:
            here = local(one.start)
            of_hour.setdefault(here.hour, Counter()).update(one.occupations)
            of_day.setdefault(here.date(), Counter()).update(one.occupations)
    names = [name for name in OCCUPATION_LABELS if any(day[name] for day in of_day.values())]
    return Occupations(
        [OCCUPATION_LABELS[name] for name in names],
        [(hour, [of_hour[hour][name] for name in names]) for hour in sorted(of_hour)],
        [(day, [of_day[day][name] for name in names]) for day in sorted(of_day, reverse=True)],
    )
