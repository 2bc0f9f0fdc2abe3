"""What a proposal rests on: one facility over one window, as plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.states import Cause, Grade, State
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to `end`, whole minutes, UTC; `end` is not included."""

    start: datetime
    end: datetime

    @property
    def days(self) -> float:
        return (self.end - self.start) / timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Minutes:
    """Opening minutes of the window by state; they add up to `service`."""

    service: int = 0
    ok: int = 0
    degraded: int = 0
    down: int = 0
    unknown: int = 0
    excluded: int = 0
    longest_down: int = 0
    down_events: int = 0
    doubted: int = 0
    """Of the unknown ones, those in which a rule suspected that it did not work."""

    def __post_init__(self) -> None:
        parts = (self.ok, self.degraded, self.down, self.unknown, self.excluded)
        if min(parts) < 0 or sum(parts) != self.service or not 0 <= self.doubted <= self.unknown:
            raise ValueError(f"the minutes do not add up: {parts} are not {self.service}")

    def by_state(self) -> list[tuple[State, int]]:
        """The five parts of `service`, in the order they are shown."""
        return [
            (State.OK, self.ok),
            (State.DEGRADED, self.degraded),
            (State.DOWN, self.down),
            (State.UNKNOWN, self.unknown),
            (State.EXCLUDED, self.excluded),
        ]


@dataclass(frozen=True, slots=True)
class OpenSpell:
    """A state that still lasts, or one of the window's faults."""

    state: State
    since: datetime
    until: datetime | None
    """None: it still lasts."""
    rule: str
    cause: Cause
    why: Text


@dataclass(frozen=True, slots=True)
class Proven:
    """Function shown once."""

    rule: str
    grade: Grade
    mode: str | None
    """cooling or heating; None: the kind has one mode."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Tried:
    """The 3-minute test an inspector made by hand."""

    at: datetime
    by: str
    rule: str
    passed: bool
    why: Text


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What a rule asks about it and nobody has settled."""

    rule: str
    text: Text
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of it. Of grade E1: it never raises points."""

    at: datetime
    by: Text
    """In which role."""
    question: Text | None
    """None: no rule asked."""
    answer: Text
    grade: Grade = Grade.E1


@dataclass(frozen=True, slots=True)
class Reported:
    """A worker at the station said that it does not work."""

    at: datetime
    problem: Text
    repaired: bool = False
    """The alert it was told to was resolved by a person after it."""
    by_the_wall: bool = False
    """By a code that works from anywhere."""


@dataclass(frozen=True, slots=True)
class TwoBoxes:
    """A time in which two boxes spoke for the station: what was said then, and for then, is of either."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the rules R0–R11 look at, for one facility."""

    facility: str
    kind: str
    label: Text
    window: Window
    minutes: Minutes = Minutes()
    observable: bool = True
    """Telemetry can prove this kind at all."""
    bound: bool = True
    """A sensor the judgement can rest on is wired."""
    removed_since: datetime | None = None
    """A person confirmed that it is not provided, since then; None: it is installed."""
    now: State = State.UNKNOWN
    now_minutes: int = 0
    """Opening minutes the present state has lasted, counted from its first symptom."""
    data_age: float | None = None
    """Minutes since the station last spoke; None: never."""
    sensor_fault_since: datetime | None = None
    """A sensor fault is open on the deciding channel since then; None: there is none."""
    proof_grade: Grade = Grade.E2
    """The evidence the highest points need (the kind's own)."""
    modes: frozenset[str] = frozenset()
    """The modes a proof may be of in this season; empty: the kind has no modes."""
    loading_until: datetime | None = None
    """History up to then is still being loaded; None: all there is is there."""
    two_boxes: TwoBoxes | None = None
    """Two boxes spoke for the station within the window; None: one did."""
    spells: tuple[OpenSpell, ...] = ()
    """The faults of the window, newest first."""
    proofs: tuple[Proven, ...] = ()
    """Of the window, newest first."""
    last_proven: tuple[Proven, ...] = ()
    """The newest proof of each mode ever, shown where the window has none."""
    questions: tuple[OpenQuestion, ...] = ()
    """What rules ask about it now."""
    statements: tuple[Said, ...] = ()
    """Of the window, newest first."""
    reports: tuple[Reported, ...] = ()
    """Of the window, those that say that it does not work, newest first; not those taken back."""
    tested: Tried | None = None
    """None: nobody has tested it by hand in this inspection."""

    @property
    def doubt(self) -> OpenSpell | None:
        """A rule doubts now that it works. None: no rule does; plain silence is no doubt, it has no rule."""
        open_ones = (spell for spell in self.spells if spell.until is None and spell.state is State.UNKNOWN)
        return next((spell for spell in open_ones if spell.rule not in set(State)), None)

    @property
    def proven(self) -> bool:
        """Function of the needed grade, in a mode of the season, was shown within the window."""
        return any(
            proof.grade >= self.proof_grade and (not self.modes or proof.mode in self.modes) for proof in self.proofs
        )
