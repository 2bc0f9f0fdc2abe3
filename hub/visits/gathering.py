"""One month of one station, added up from what is stored. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from hub.checkins.counting import counting
from hub.formats import SHANGHAI, local
from hub.visits.lanes import Tally, tally
from hub.visits.words import FACE_AT, METHOD_AT, OCCUPATION_AT, SATISFIED, TAG_AT
from shared.opening import whole_hour


class CheckedIn(Protocol):
    """A check-in that stands."""

    at: datetime
    occupation: str
    method: str
    burst: bool
    undated: bool
    visitor: str | None


class Counted(Protocol):
    """What is left of the check-ins of an hour."""

    hour: datetime
    occupation: str
    method: str
    number: int
    counted: int


class Said(Protocol):
    """How satisfied somebody was."""

    at: datetime
    score: int
    tags: list[str]
    burst: bool
    undated: bool


class Passed(Protocol):
    """A quarter-hour of an entrance."""

    start: datetime
    entered: int
    undirected: int
    quality: str


@dataclass(frozen=True, slots=True)
class Month:
    """Everything that is stored of a station's visits in a month."""

    check_ins: Sequence[CheckedIn] = ()
    long_ago: Sequence[Counted] = ()
    said: Sequence[Said] = ()
    passed: Sequence[Passed] = ()
    heard: Collection[datetime] = ()
    """Hours of which the station spoke."""


@dataclass(slots=True)
class Hour:
    """Check-ins beside the people who came in."""

    start: datetime
    check_ins: int = 0
    entered: int = 0
    undirected: int = 0

    @property
    def flagged(self) -> bool:
        """More checked in than can have come in."""
        return self.check_ins > self.entered + self.undirected


def bounds(month: int) -> tuple[datetime, datetime]:
    """Its first moment and that of the next, in Shanghai."""
    year, number = divmod(month, 100)
    start = datetime(year, number, 1, tzinfo=SHANGHAI)
    end = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=SHANGHAI)
    return start.astimezone(UTC), end.astimezone(UTC)


def added_up(month: Month, filtered: bool) -> Tally:
    """The figures. `filtered`: bursts count as `hub.checkins.counting` says; otherwise everything that was kept."""
    day, cell, occupation, method = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    for at, what, how, number in visits(month, filtered):
        here = local(at)
        day[here.day - 1] += number
        cell[here.weekday() * 24 + here.hour] += number
        occupation[OCCUPATION_AT.get(what, OCCUPATION_AT["other"])] += number
        method[METHOD_AT.get(how, 0)] += number
    said = answers(month, filtered)
    figures = {"day": day, "cell": cell, "occupation": occupation, "method": method}
    figures |= _satisfaction(said) | _footfall(month, filtered) | _heard(month)
    figures["undated"] = Counter({0: sum(one.undated for one in month.check_ins)})
    figures["answers_undated"] = Counter({0: sum(one.undated for one in said)})
    return tally(figures)


def beside(month: Month, filtered: bool) -> list[Hour]:
    """The hours in which somebody was counted at an entrance, in order, with the check-ins of each."""
    found: dict[datetime, Hour] = {}
    for one in month.passed:
        hour = found.setdefault(whole_hour(one.start), Hour(whole_hour(one.start)))
        hour.entered += one.entered
        hour.undirected += one.undirected
    for at, _, _, number in visits(month, filtered):
        if (there := found.get(whole_hour(at))) is not None:
            there.check_ins += number
    return [found[start] for start in sorted(found)]


def visits(month: Month, filtered: bool) -> Iterable[tuple[datetime, str, str, int]]:
    """Check-ins as (at, occupation, method, how many), in no order."""
    for one in counting(month.check_ins) if filtered else month.check_ins:
        yield one.at, one.occupation, one.method, 1
    for old in month.long_ago:
        yield old.hour, old.occupation, old.method, old.counted if filtered else old.number


def answers(month: Month, filtered: bool) -> list[Said]:
    """Those that count, or all: of a burst none counts."""
    return [one for one in month.said if not (filtered and one.burst)]


def _satisfaction(said: Sequence[Said]) -> dict[str, Counter[int]]:
    names = ("face", "day_answers", "day_satisfied", "hour_answers", "hour_satisfied", "tag")
    found = {name: Counter[int]() for name in names}
    for one in said:
        here = local(one.at)
        found["face"][FACE_AT[one.score]] += 1
        found["day_answers"][here.day - 1] += 1
        found["hour_answers"][here.hour] += 1
        if one.score >= SATISFIED:
            found["day_satisfied"][here.day - 1] += 1
            found["hour_satisfied"][here.hour] += 1
        for tag in set(one.tags):
            found["tag"][TAG_AT.get(tag, TAG_AT["other"])] += 1
    return found


def _footfall(month: Month, filtered: bool) -> dict[str, Counter[int]]:
    found = {name: Counter[int]() for name in ("entered", "undirected", "beside", "flagged", "counted")}
    hours = beside(month, filtered)
    for hour in hours:
        place = local(hour.start).day - 1
        found["entered"][place] += hour.entered
        found["undirected"][place] += hour.undirected
        found["beside"][place] += hour.check_ins
        found["flagged"][place] += hour.flagged
        found["counted"][place] = 1
    suspect = sum(one.quality != "good" for one in month.passed)
    return found | {"hours": Counter({0: len(hours)}), "suspect": Counter({0: suspect})}


def _heard(month: Month) -> dict[str, Counter[int]]:
    """A day is known when the station spoke of it, or somebody came: otherwise it is a gap and no zero."""
    known = {local(at).day - 1 for at in month.heard}
    known |= {local(at).day - 1 for at, _, _, _ in visits(month, False)}
    known |= {local(one.at).day - 1 for one in month.said} | {local(one.start).day - 1 for one in month.passed}
    return {"heard": Counter(dict.fromkeys(known, 1))}
