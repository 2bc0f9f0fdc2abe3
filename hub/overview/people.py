"""Who came, by two measures side by side: footfall (an estimate by beams or radar) and check-ins (people's own taps).

They are never added and never fill each other's holes: where nothing was counted there is no number, whatever people
tapped. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.formats import local
from shared.opening import local_midnight

QUARTER = timedelta(minutes=15)
HOURS = (8, 18)
"""Local hours a day shows at least."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Passed:
    """A quarter-hour of one entrance."""

    start: datetime
    entered: int
    left: int
    undirected: int
    occupancy: int | None
    suspect: bool


@dataclass(slots=True, eq=False)
class People:
    """A stretch of time: a quarter-hour, an hour, a day."""

    start: datetime
    check_ins: int = 0
    """By people, without those marked as a burst."""
    entered: int | None = None
    """Footfall. None: nothing counts there, or nothing was heard of it."""
    left: int | None = None
    undirected: int = 0
    """Passed while only one beam was of use: which way is not known."""
    suspect: int = 0
    """Quarter-hours, of all entrances, whose counts are not to be trusted."""
    inside: int | None = None
    """How many were inside at the end. None: not known."""

    @property
    def share(self) -> float | None:
        """Check-ins to a hundred who entered. None where nobody is known to have, or how many is not known."""
        return 100 * self.check_ins / self.entered if self.entered and not self.undirected else None

    def add(self, passed: Passed) -> None:
        """One more quarter-hour of an entrance."""
        self.entered = (self.entered or 0) + passed.entered
        self.left = (self.left or 0) + passed.left
        self.undirected += passed.undirected
        self.suspect += passed.suspect
        self.inside = passed.occupancy


def spread(
    start: datetime, step: timedelta, number: int, passed: Iterable[Passed], taps: Iterable[datetime]
) -> list[People]:
    """So many stretches from `start` on; what lies outside is left out. `passed` comes in order of time."""
    stretches = [People(start + step * place) for place in range(number)]
    for one in passed:
        place = (one.start - start) // step
        if 0 <= place < number:
            stretches[place].add(one)
    for at in taps:
        place = (at - start) // step
        if 0 <= place < number:
            stretches[place].check_ins += 1
    return stretches


@dataclass(frozen=True, slots=True)
class PeopleToday:
    """Today so far."""

    whole: People
    quarters: Sequence[People]
    """From the first to the last hour shown."""
    hours: Sequence[People]

    @property
    def end(self) -> datetime:
        """Of the last quarter-hour shown."""
        return self.quarters[-1].start + QUARTER

    @property
    def most(self) -> int:
        """The tallest bar of both measures: they share one scale."""
        return max((max(one.entered or 0, one.check_ins) for one in self.quarters), default=0)


def today(now: datetime, passed: Sequence[Passed], taps: Sequence[datetime]) -> PeopleToday:
    """Since local midnight. Hours in which nobody came are left out early and late."""
    midnight = local_midnight(now)
    busy = [local(one.start).hour for one in passed if one.entered or one.left or one.undirected]
    busy += [local(at).hour for at in taps]
    first, last = min([HOURS[0], *busy]), max([HOURS[1], *(hour + 1 for hour in busy)])
    start = midnight + timedelta(hours=first)
    hours = last - first
    return PeopleToday(
        spread(midnight, DAY, 1, passed, taps)[0],
        spread(start, QUARTER, 4 * hours, passed, taps),
        spread(start, timedelta(hours=1), hours, passed, taps),
    )


def days(now: datetime, number: int, passed: Sequence[Passed], taps: Sequence[datetime]) -> list[People]:
    """The last days, today first."""
    start = local_midnight(now) - DAY * (number - 1)
    return spread(start, DAY, number, passed, taps)[::-1]
