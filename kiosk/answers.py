"""What a tap becomes: facts for the outbox. Pure; times are seconds of a monotonic clock.

Everything is kept; what looks like play is marked, and the hub counts it apart (kiosk.md §8).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.facility import OTHER, Problem, kind_of, kinds
from shared.fields import Choice
from shared.records import CheckIn, FaultReport, Feedback
from shared.settings_message import REASONS as REASONS
from shared.text import Text

SAME_LIMIT, SAME_WITHIN_S = 3, 60.0
"""More than this many check-ins of one occupation in this time are a burst."""
ALL_LIMIT, ALL_WITHIN_S = 8, 300.0
"""So are more than this many of any."""
MOST_OCCUPATIONS = 12
"""What the check-in screen holds without scrolling."""
UNHAPPY = 2
"""At this score and below the kiosk asks why."""

DOOR, NETWORK, ELSEWHERE = "door", "network", "other"
"""Subjects of a fault report that are not facilities."""

NO_NETWORK = Problem("down", Text("上不了网", "No connection"))
SLOW_NETWORK = Problem("slow", Text("网速慢", "Slow"))


@dataclass(frozen=True, slots=True)
class Tap:
    """A check-in made at this kiosk."""

    occupation: str
    at: float


def check_in(occupation: str, earlier: Iterable[Tap], now: float) -> CheckIn:
    """A check-in by one tap, marked when it is one of many in a short time."""
    ages = [(tap.occupation, now - tap.at) for tap in earlier]
    same = sum(1 for other, age in ages if other == occupation and age < SAME_WITHIN_S)
    every = sum(1 for _, age in ages if age < ALL_WITHIN_S)
    return CheckIn(occupation=occupation, method="tap", burst=same >= SAME_LIMIT or every >= ALL_LIMIT)


def offered(occupations: Sequence[Choice]) -> Sequence[Choice]:
    """The occupations the screen has room for; where some must go, the last one (other) stays."""
    if len(occupations) <= MOST_OCCUPATIONS:
        return occupations
    return (*occupations[: MOST_OCCUPATIONS - 1], occupations[-1])


def feedback(score: int, tags: Iterable[str] = ()) -> Feedback:
    """How satisfied, and with what not; the tags in the order the screen shows them."""
    chosen = frozenset(tags)
    return Feedback(score=score, tags=[reason.id for reason in REASONS if reason.id in chosen])


def fault(subject: str, problem: Problem) -> FaultReport:
    """A person says something is wrong."""
    return FaultReport(subject=subject, problem=problem.id, danger=problem.danger)


def problems_of(subject: str) -> Sequence[Problem]:
    """What can be wrong with a subject, danger first."""
    if subject == NETWORK:
        return (NO_NETWORK, SLOW_NETWORK, OTHER)
    if subject == DOOR:
        return kinds()["entrance"].problems
    if subject == ELSEWHERE:
        return kinds()["room"].problems
    problems = kinds()[kind_of(subject)].problems
    return sorted(problems, key=lambda problem: not problem.danger)
