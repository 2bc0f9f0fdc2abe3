"""What a station says: the durable facts that cross the wire, each one a model (design.md §3).

A fact says what; a record adds who made it when. Times are UTC. Unknown fields are refused: the hub keeps such a record
as bytes in quarantine rather than guess.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from shared.bounds import TRACE_LIMIT
from shared.choice import Choice
from shared.fields import Instant, Model, Name, RecordId, WholeMinute, WholeQuarter
from shared.moment import ClockQuality
from shared.states import Cause, Grade, State
from shared.text import Text


class Minute(Model):
    """The state of every facility in one minute; a facility nobody could judge is absent."""

    type: Literal["minute"] = "minute"
    minute: WholeMinute
    states: dict[Name, State]


class Figure(Model):
    """One quantity of one facility over a quarter-hour."""

    facility: Name
    quantity: Name
    n: int = Field(ge=1)
    low: float
    mean: float
    high: float


class Count(Model):
    """Who came and went through one entrance in a quarter-hour: an estimate."""

    facility: Name
    entered: int = Field(ge=0)
    left: int = Field(ge=0)
    undirected: int = Field(default=0, ge=0)
    """Passed, but only one beam was of use, which cannot tell which way: in neither of the two."""
    occupancy: int | None = Field(default=None, ge=0)
    """People inside at the end, by all entrances together. None: not known."""
    quality: Literal["good", "suspect"] = "good"
    """Suspect: something spoiled the counting, or the numbers may be wrong by more than a tenth."""


class Quarter(Model):
    """Figures and counts of one quarter-hour; a later one with larger n replaces."""

    type: Literal["quarter"] = "quarter"
    start: WholeQuarter
    figures: list[Figure] = []
    counts: list[Count] = []


class Trace(Model):
    """A window of evidence: evenly spaced values of one quantity, None where nothing was measured."""

    quantity: Name
    start: Instant
    step_s: float = Field(gt=0)
    values: list[float | None] = Field(max_length=TRACE_LIMIT)


class Spell(Model):
    """A state of a facility from then to then, back-dated to its first symptom; the highest revision counts."""

    type: Literal["spell"] = "spell"
    spell: RecordId
    revision: int = Field(ge=1)
    facility: Name
    state: State
    since: Instant
    until: Instant | None = None
    """None: it still holds."""
    confirmed_at: Instant
    rule: Name
    rule_version: int = Field(ge=1)
    cause: Cause
    grade: Grade
    why: Text
    values: dict[str, float] = {}
    limits: dict[str, float] = {}
    traces: list[Trace] = []


class Proof(Model):
    """Function shown: this facility did its job."""

    type: Literal["proof"] = "proof"
    facility: Name
    rule: Name
    rule_version: int = Field(ge=1)
    mode: Literal["cooling", "heating"] | None = None
    grade: Grade
    proved_at: Instant
    values: dict[str, float] = {}


UNSAID = "unsaid"
"""The occupation of somebody who did not say."""


class CheckIn(Model):
    """A worker came in. No name, no phone. `occupation` of whoever only held a card to the scanner is UNSAID."""

    type: Literal["checkin"] = "checkin"
    occupation: Name
    method: Literal["tap", "phone", "card", "static"] = "tap"
    visitor: str | None = Field(default=None, pattern=r"^[0-9a-f]{32}$")
    """Tells two visitors apart: a keyed hash of a card's code, which stays where it was scanned. None: nobody can."""
    burst: bool = False
    """Marked as one of many in a short time: kept, counted apart."""


class Feedback(Model):
    """How satisfied: 4 非常满意, 3 满意, 2 不太满意, 1 不满意."""

    type: Literal["feedback"] = "feedback"
    score: int = Field(ge=1, le=4)
    tags: list[Name] = []
    burst: bool = False
    """Marked as one of many in a short time: kept, counted apart."""


class FaultReport(Model):
    """A person says something is wrong. `subject` is a facility's id, or door, network, other."""

    type: Literal["fault_report"] = "fault_report"
    subject: Name
    problem: Name
    danger: bool = False


class Question(Model):
    """What a rule asks a person; the highest revision counts. The answer is a statement that names `question`."""

    type: Literal["question"] = "question"
    question: RecordId
    revision: int = Field(ge=1)
    facility: Name
    rule: Name
    text: Text
    choices: list[Choice] = Field(min_length=1)
    asked_at: Instant
    due: Instant
    closed_at: Instant | None = None
    """When it needed no answer any more: it was answered, or the doubt was gone. None: still open."""


class Statement(Model):
    """A person's word on a facility: the answer to a rule's question, by choice. `by` says in which role."""

    type: Literal["statement"] = "statement"
    question: Name
    facility: Name
    answer: Name
    by: Name


class Retraction(Model):
    """Undo of an earlier record by the person who made it."""

    type: Literal["retraction"] = "retraction"
    of: RecordId


class Gap(Model):
    """What the outbox had to give up: how many records of each type, and the time they span.

    `unreadable` are those of a damaged outbox, whatever their type; 0 where nobody knows how many.
    """

    type: Literal["gap"] = "gap"
    revision: int = Field(ge=1)
    counts: dict[str, int]
    oldest: Instant | None = None
    newest: Instant | None = None


class WiredFacility(Model):
    """A facility as the station's wiring knows it."""

    id: Name
    kind: Name
    label: Text
    quantities: list[Name]
    options: dict[str, float | bool | str] = {}


class WiredDevice(Model):
    """A device on the station's lines."""

    name: Name
    model: Name
    line: Name
    facilities: list[Name] = []
    """What it measures. Empty: the station does not say."""


class StationFacts(Model):
    """What stands at the station: versions, wiring, hardware."""

    type: Literal["station"] = "station"
    version: str
    facilities: list[WiredFacility]
    devices: list[WiredDevice]


class Threshold(Model):
    """One limit a facility is judged by, with where it comes from. A switch is 0 or 1."""

    name: Name
    value: float | bool
    default: float | bool
    unit: str = Field(max_length=16)
    source: str = Field(max_length=200)


class Baseline(Model):
    """What was learned of the unit that stands there. `value` is None until it is learned."""

    name: Name
    label: Text
    unit: str = Field(max_length=16)
    value: float | None
    takes: Text
    """How long or how often it must be seen, in words."""


class Profile(Model):
    """How a facility is judged: its thresholds, and what was learned of its unit; a later one replaces."""

    type: Literal["profile"] = "profile"
    facility: Name
    unit: str | None = Field(default=None, max_length=128)
    """The machine standing there, as settings name it."""
    learning_since: Instant
    """Since when this unit is being watched."""
    replaced_at: Instant | None = None
    """When it took the place of another; proofs of the old one say nothing of it. None: it never did."""
    thresholds: list[Threshold]
    baselines: list[Baseline]


Fact = Annotated[
    Minute
    | Quarter
    | Spell
    | Proof
    | CheckIn
    | Feedback
    | FaultReport
    | Question
    | Statement
    | Retraction
    | Gap
    | Profile
    | StationFacts,
    Field(discriminator="type"),
]


class Record(Model):
    """A fact with who made it when. `at` is None for one whose boot never learned the time: undated."""

    id: RecordId
    at: Instant | None
    boot: Name
    uptime: float
    clock: ClockQuality
    fact: Fact


FACTS: TypeAdapter[Fact] = TypeAdapter(Fact, config=ConfigDict(defer_build=True))
"""Reads any fact."""
