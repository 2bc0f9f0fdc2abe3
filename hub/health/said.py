"""What people at the station say of one facility, beside what was measured. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.feedback.tables import BY_THE_WALL, FaultReportRow, FeedbackRow
from hub.feedback.voices import voices
from shared.facility import DANGER, OTHER, Kind
from shared.text import Text

TAGS: dict[str, frozenset[str]] = {
    "climate": frozenset({"air_conditioner"}),
    "water": frozenset({"drinking_water"}),
    "food": frozenset({"microwave", "fridge"}),
    "charging": frozenset({"outlets"}),
    "seats": frozenset({"tables"}),
    "noise_light": frozenset({"room"}),
    "cleanliness": frozenset({"room"}),
}
"""Of which kinds somebody speaks who is not satisfied with this."""


@dataclass(frozen=True, slots=True)
class Report:
    """One."""

    at: datetime
    problem: Text
    danger: bool
    undated: bool
    method: str
    """tap, phone, or static: by the code on the wall."""

    @property
    def by_the_wall(self) -> bool:
        """By a code that works from anywhere."""
        return self.method == BY_THE_WALL


@dataclass(frozen=True, slots=True)
class PeopleSay:
    """In the last 30 days."""

    reports: Sequence[Report]
    """Not those taken back; the newest first."""
    people: int
    """How many they were, as far as can be known."""
    unsatisfied: int
    """Answers that named what this is among the reasons."""
    answers: int


def of_facility(
    facility: str, kind: Kind | None, reports: Iterable[FaultReportRow], answers: Sequence[FeedbackRow]
) -> PeopleSay:
    """Of one. Answers say which kind, never which of two."""
    its = [row for row in reports if row.subject == facility]
    labels = {one.id: one.label for one in (*(kind.problems if kind is not None else ()), DANGER, OTHER)}
    name = "" if kind is None else kind.name
    counted = [row for row in answers if not row.burst]
    return PeopleSay(
        [
            Report(row.at, labels.get(row.problem, Text(row.problem, row.problem)), row.danger, row.undated, row.method)
            for row in its
        ],
        voices(row.at for row in its),
        sum(any(name in TAGS.get(tag, ()) for tag in row.tags) for row in counted),
        len(counted),
    )
