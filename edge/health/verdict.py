"""What the judge says: verdicts, changes of state, proofs."""

from dataclasses import dataclass, field

from edge.health.rule import Ask, Mode
from shared.states import Cause, Grade, State
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a facility is in a state: the deciding rule with its figures, and every other reason that holds."""

    state: State
    rule: str | None
    """None for `ok`, and for `unknown` because nothing was heard."""
    version: int
    cause: Cause | None
    grade: Grade
    why: Text
    values: dict[str, float] = field(default_factory=dict)
    limits: dict[str, float] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    """Quantities it rests on."""
    reasons: tuple[str, ...] = ()
    """Ids of all rules that hold, the deciding one first."""


@dataclass(frozen=True, slots=True)
class Change:
    """From `since` (back-dated) this verdict holds, known at `confirmed_at`. Epoch seconds."""

    facility: str
    since: float
    confirmed_at: float
    verdict: Verdict
    until: float | None = None
    """Set for an earlier piece of the same fault, observed before a hole: it began and ended in the past."""


@dataclass(frozen=True, slots=True)
class Proved:
    """Function was shown."""

    facility: str
    rule: str
    version: int
    mode: Mode | None
    grade: Grade
    at: float
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule asks a person; the answer is due by `due`. Epoch seconds."""

    facility: str
    rule: str
    ask: Ask
    at: float
    due: float


@dataclass(frozen=True, slots=True)
class Settled:
    """A question needs no answer any more: it was given, or the doubt has passed."""

    facility: str
    rule: str
    at: float


Happened = Change | Proved | Asked | Settled


@dataclass(frozen=True, slots=True)
class Standing:
    """How a facility stands now, for the board and for live pages."""

    state: State
    since: float
    why: Text
    grade: Grade
    cause: Cause | None
    rule: str | None
    values: dict[str, float]
    """The last valid value of every quantity heard."""
    busy: bool
    reasons: tuple[str, ...]
