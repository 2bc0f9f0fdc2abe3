"""What a tap becomes: facts for the outbox. Pure; times are seconds of a monotonic clock.

Everything is kept; what looks like play is marked, and the hub counts it apart (kiosk.md §8).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared import facility
from shared.board import BoardQuestion
from shared.bursts import is_burst, is_burst_of_faces
from shared.choice import Choice
from shared.facility import DANGER, OTHER, SUBJECTS, Problem
from shared.settings_message import REASONS

if TYPE_CHECKING:
    from shared.records import CheckIn, FaultReport, Feedback, Retraction, Statement

# No other module of the kiosk imports the models of facts, and this one not before somebody has touched the glass or
# half a second has passed: they take longer to import than a glass may be dark (decision 38).

AGAIN_WITHIN_S = 5.0
"""A face touched so soon after the last one takes its place: the last one is meant."""
PAUSE_S = 3.0
"""After one thing was said the next is not taken for so long: a hand that plays is slower to fill a list."""
MOST_OCCUPATIONS = 12
"""What the check-in screen holds without scrolling."""
UNHAPPY = 2
"""At this score and below the kiosk asks why."""

WATER, NO_WATER = "drinking_water", "no_water"
"""A kind, and the problem by which a room is said to lack it."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A check-in made at this kiosk."""

    occupation: str
    at: float


def warm_up() -> None:
    """Build what a tap becomes, which otherwise the first tap would wait for."""
    from shared.records import CheckIn, FaultReport, Feedback, Retraction

    for model in (CheckIn, Feedback, FaultReport, Retraction):
        model.model_rebuild()


def check_in(occupation: str, earlier: Iterable[Tap], now: float) -> "CheckIn":
    """A check-in by one tap, marked when it is one of many in a short time."""
    from shared.records import CheckIn

    ages = [(tap.occupation, now - tap.at) for tap in earlier]
    return CheckIn(occupation=occupation, method="tap", burst=is_burst(occupation, ages))


def offered(occupations: Sequence[Choice]) -> Sequence[Choice]:
    """The occupations the screen has room for; where some must go, the last one (other) stays."""
    if len(occupations) <= MOST_OCCUPATIONS:
        return occupations
    return (*occupations[: MOST_OCCUPATIONS - 1], occupations[-1])


def feedback(score: int, tags: Iterable[str] = ()) -> "Feedback":
    """How satisfied, and with what not; the tags in the order the screen shows them."""
    from shared.records import Feedback

    chosen = frozenset(tags)
    return Feedback(score=score, tags=[reason.id for reason in REASONS if reason.id in chosen])


def as_pressed(answer: "Feedback", earlier: Iterable[float], now: float) -> "Feedback":
    """An answer, marked when it is one of many in a short time; `earlier` are the times of the others."""
    several = is_burst_of_faces(now - at for at in earlier)
    return answer.model_copy(update={"burst": True}) if several else answer


def by_card(visitor: str) -> "CheckIn":
    """A check-in by a card, of which only its keyed hash is kept."""
    from shared.records import UNSAID, CheckIn

    return CheckIn(occupation=UNSAID, method="card", visitor=visitor)


def fault(subject: str, problem: Problem) -> "FaultReport":
    """A person says something is wrong."""
    from shared.records import FaultReport

    return FaultReport(subject=subject, problem=problem.id, danger=problem.danger)


def statement(asked: BoardQuestion, choice: Choice, by: str) -> "Statement":
    """The answer to a rule's question."""
    from shared.records import Statement

    return Statement(question=asked.question, facility=asked.facility, answer=choice.id, by=by)


def retraction(record: str) -> "Retraction":
    """What was said is taken back."""
    from shared.records import Retraction

    return Retraction(of=record)


def problems_of(subject: str, wired: Collection[str] = ()) -> Sequence[Problem]:
    """What can be wrong with a subject, danger first. `wired` are the kinds with a tile of their own.

    Of the room it can be said that there is no water only where no water stands on the glass to say it of.
    """
    kind = SUBJECTS[subject][1] if subject in SUBJECTS else subject.rpartition("-")[0]
    elsewhere = NO_WATER if kind == "room" and WATER in wired else None
    # Of a kind only a later release knows it can still be said that it is dangerous, or broken.
    known = facility.problems_of(subject) or (DANGER, OTHER)
    problems = [problem for problem in known if problem.id != elsewhere]
    return sorted(problems, key=lambda problem: not problem.danger)
