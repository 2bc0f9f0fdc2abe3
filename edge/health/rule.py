"""The shape of a rule: one frozen entry of a table. The entries are in `edge/health/rules/<kind>.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from edge.health.station import Station
from shared.choice import Choice
from shared.states import Cause, Grade, State
from shared.text import Text

Mode = Literal["cooling", "heating"]


S = TypeVar("S", bound="Sense[Any]")
L = TypeVar("L")
Heard = TypeVar("Heard", contravariant=True)


class Sense(Protocol[Heard]):
    """What a kind remembers of its samples: a slots dataclass of plain values, so that it can be written down."""

    @property
    def moves(self) -> int:
        """How often the appliance changed between running and resting; a probe that never notices is stuck (SV3)."""

    @property
    def must_move(self) -> bool:
        """Whether a probe has to move at all now: something at the room's temperature may keep it for hours."""

    @property
    def still_s(self) -> float:
        """How long it has been doing nothing; a closed fridge warms meanwhile (SV3)."""

    def step(self, at: float, seen: Mapping[str, float], limits: Heard, station: Station) -> None:
        """Take in the valid samples of one instant, by quantity."""

    def hole(self, quantity: str) -> None:
        """A quantity was not heard for a while: forget what was in progress, keep what was learned."""

    def proved(self, mode: Mode | None, at: float) -> None:
        """A proof rule found function shown."""


NO = "no"
"""The choice of every question that says: it does not work."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a doubt asks whoever is on the spot. The choice `no` supports down; no choice raises anything."""

    text: Text
    yes: Text
    no: Text
    due: str
    """The option that says how long an answer may take."""

    @property
    def choices(self) -> list[Choice]:
        """To be tapped, in this order."""
        unsure = Choice(id="unsure", label=Text("不清楚", "Cannot tell"))
        return [Choice(id="yes", label=self.yes), Choice(id=NO, label=self.no), unsure]


@dataclass(frozen=True, slots=True)
class Learned(Generic[S]):
    """Something a sense learns of the unit that stands there."""

    name: str
    label: Text
    unit: str
    takes: Text
    """How long or how often it must be seen, in words."""
    value: Callable[[S], float | None]
    """None until it is learned."""


class Unmoved:
    """A sense none of whose probes follows the appliance's running: a reading that stands still says nothing (SV3)."""

    __slots__ = ()

    @property
    def must_move(self) -> bool:
        """No probe has to move."""
        return False

    @property
    def still_s(self) -> float:
        """Resting says nothing."""
        return 0.0


def never(_sense: object, _limits: object) -> bool:
    """A rule that nothing pauses."""
    return False


@dataclass(frozen=True, slots=True)
class Rule(Generic[S, L]):
    """A reason for a state. Delays and limits are names of options of the kind's Limits."""

    id: str
    version: int
    state: State
    cause: Cause | Callable[[S, L], Cause]
    grade: Grade
    needs: frozenset[str]
    """Quantities without which it can say nothing; where one is not wired the rule does not apply."""
    enter: Callable[[S, L], bool | None]
    """Whether the condition holds; None: cannot tell, which neither proves nor clears."""
    leave: Callable[[S, L], bool | None]
    why: Callable[[S, L], Text]
    values: Callable[[S, L], dict[str, float]]
    limits: tuple[str, ...] = ()
    on_delay: str | None = None
    off_delay: str | None = None
    paused: Callable[[S, L], bool] = never
    """While true the condition's time does not count, but is not forgotten either."""
    began: Callable[[S, L], float | None] | None = None
    """The first symptom, where it lies before the moment `enter` became true."""
    without: frozenset[str] = frozenset()
    """Quantities whose presence makes a better rule apply instead of this one."""
    doubt_after: str | None = None
    """Once the condition has held for this long it is unknown whether it works, until the rule is sure or it passes."""
    asks: Ask | None = None
    """Of a rule for `unknown`: the question that can settle it."""

    @property
    def key(self) -> str:
        """Its name in memory: one rule id may have an entry for each state."""
        return f"{self.id}/{self.state}"


@dataclass(frozen=True, slots=True)
class ProofRule(Generic[S, L]):
    """When function counts as shown."""

    id: str
    version: int
    grade: Grade | Callable[[S, L], Grade]
    needs: frozenset[str]
    shown: Callable[[S, L], bool]
    values: Callable[[S, L], dict[str, float]]
    mode: Mode | None = None

    @property
    def key(self) -> str:
        """Its name in memory."""
        return f"{self.id}/{self.mode or ''}"


@dataclass(frozen=True, slots=True)
class RuleSet(Generic[S, L]):
    """Everything about judging one kind."""

    sense: Callable[[], S]
    limits: type[L]
    reads: frozenset[str]
    """Quantities the sense looks at; others are not heard."""
    rules: tuple[Rule[S, L], ...]
    proofs: tuple[ProofRule[S, L], ...]
    grade: Callable[[S, L], Grade]
    """What an `ok` rests on now; E0 is no evidence, and no evidence is unknown."""
    evidence: Callable[[S, L], Text]
    """The same in words."""
    busy: Callable[[S, L], bool]
    """Whether someone is using it."""
    spikes: Mapping[str, float]
    """The largest believable step of a quantity between samples (SV5); a second sample confirms a larger one."""
    stuck: frozenset[str] = frozenset()
    """Quantities that must move while the appliance works (SV3)."""
    learns: tuple[Learned[S], ...] = ()
    """What is learned of the unit; forgotten when another unit stands there."""
