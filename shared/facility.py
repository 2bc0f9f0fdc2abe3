"""The shape of a kind of facility. The kinds are the files of `shared/facilities/`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from shared.discovery import collect
from shared.states import Grade
from shared.text import Text

FACILITY_ID = re.compile(r"(?P<kind>[a-z]+(?:_[a-z]+)*)-(?P<number>[1-9][0-9]{0,2})")


class UnknownKind(ValueError):
    """A facility id that is malformed, or whose kind is not in the catalogue."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person may say is wrong with a facility. Danger goes first and is never held back."""

    id: str
    label: Text
    danger: bool = False


DANGER = Problem("danger", Text("冒烟 漏电 有危险", "Smoke, shock, danger"), danger=True)
OTHER = Problem("other", Text("其他", "Something else"))

DOOR, NETWORK, ELSEWHERE = "door", "network", "other"
SUBJECTS: dict[str, tuple[Text, str | None]] = {
    DOOR: (Text("门", "Door"), "entrance"),
    NETWORK: (Text("网络", "Network"), None),
    ELSEWHERE: (Text("其他地方", "Somewhere else"), "room"),
}
"""What is no facility: its name, and the kind whose problems it has."""
NETWORK_PROBLEMS = (Problem("down", Text("上不了网", "No connection")), Problem("slow", Text("网速慢", "Slow")), OTHER)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of facility: what may be wired to it, what judging it rests on, and what no sensor can see."""

    name: str
    label: Text
    scored: bool
    """Whether the inspection form has an item for it."""
    decisive: frozenset[str] = frozenset()
    """Quantities the judgement rests on; without any of them nothing is judged."""
    optional: frozenset[str] = frozenset()
    """Quantities that help."""
    per_socket: bool = False
    """Whether quantities carry a socket number (`voltage.1`)."""
    proof_grade: Grade | None = None
    """The evidence ten points need within the window (health.md A0.3); None: nothing telemetry can prove."""
    seasonal: bool = False
    """Whether a proof holds for one mode, cooling or heating (requirements.md D4-2)."""
    not_observable: Text = Text("", "")
    problems: tuple[Problem, ...] = field(default=(DANGER, OTHER))

    @property
    def quantities(self) -> frozenset[str]:
        """Everything that may be wired to it."""
        return self.decisive | self.optional


@cache
def kinds() -> Mapping[str, Kind]:
    """The catalogue, by the kind's name."""
    return collect(import_module("shared.facilities"), "KIND", Kind)


def kind_of(facility: str) -> str:
    """The kind in a facility's id: `fridge-1` is a `fridge`. Raises UnknownKind."""
    match = FACILITY_ID.fullmatch(facility)
    if match is None:
        raise UnknownKind(f"{facility!r} is not a facility's id such as fridge-1")
    if match["kind"] not in kinds():
        raise UnknownKind(f"{facility!r}: there is no kind {match['kind']!r}; there are {', '.join(kinds())}")
    return match["kind"]


def problems_of(subject: str) -> tuple[Problem, ...]:
    """What can be wrong with a facility, door, network or other. Empty: the catalogue does not know it."""
    if subject == NETWORK:
        return NETWORK_PROBLEMS
    if subject in SUBJECTS:
        kind = SUBJECTS[subject][1]
    else:
        try:
            kind = kind_of(subject)
        except UnknownKind:
            return ()
    return kinds()[kind].problems if kind is not None and kind in kinds() else ()
