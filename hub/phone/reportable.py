"""What somebody at a station may report as broken, and with which words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hub.health.standing import FacilityStanding
from shared.facility import SUBJECTS, Problem, problems_of
from shared.states import State
from shared.text import Text

BETWEEN = "/"
COVERED = frozenset({"room", "entrance"})
"""Kinds that stand behind 其他地方 and 门."""


@dataclass(frozen=True, slots=True)
class Reportable:
    """A facility, or door, network, somewhere else."""

    subject: str
    label: Text
    state: State | None
    """None: nothing there is measured."""
    problems: Sequence[Problem]
    """Danger first."""


def reportable(standings: Iterable[FacilityStanding]) -> list[Reportable]:
    """The facilities of a station in their order, then what every station has."""
    found = []
    for one in standings:
        problems = problems_of(one.facility)
        if problems and one.kind not in COVERED:
            state = one.state if one.measured else None
            found.append(Reportable(one.facility, one.label, state, _danger_first(problems)))
    others = [Reportable(id_, label, None, _danger_first(problems_of(id_))) for id_, (label, _) in SUBJECTS.items()]
    return [*found, *others]


def chosen(offered: Iterable[Reportable], said: str) -> tuple[Reportable, Problem] | None:
    """What a button `subject/problem` means. None: it is not offered there."""
    subject, _, problem = said.partition(BETWEEN)
    for one in offered:
        if one.subject == subject:
            return next(((one, known) for known in one.problems if known.id == problem), None)
    return None


def _danger_first(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: not problem.danger)
