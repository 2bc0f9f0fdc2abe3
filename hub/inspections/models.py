"""The answers of the API about inspections."""

from datetime import datetime

from pydantic import BaseModel

from hub.inspections.evidence import Evidence
from hub.inspections.figures import Figures
from hub.inspections.prefill import Confidence, Mode, Rule
from hub.inspections.workflow import Look, Reason, Step
from shared.states import Grade
from shared.text import Text


class FacilityProposed(BaseModel):
    """What is proposed of one facility, and on what it rests."""

    facility: str
    points: int | None
    """None: no proposal; `why` says the reason."""
    rule: Rule
    confidence: Confidence | None
    why: Text
    mode: Mode
    figures: Figures
    evidence: Evidence


class Proposed(BaseModel):
    """What is proposed for one line."""

    points: int | None
    """None: no proposal; `why` says the reason."""
    rule: Rule
    confidence: Confidence | None
    why: Text
    computed_at: datetime
    facilities: list[FacilityProposed]


class HandTestSaid(BaseModel):
    """A 3-minute test by hand."""

    facility: str | None
    """None: none of the kind is registered."""
    rule: str
    grade: Grade
    mode: str | None
    """None: the kind has one mode."""
    passed: bool
    why: Text
    figures: dict[str, float]
    by: str
    at: datetime


class PictureSaid(BaseModel):
    """A photo of one line."""

    id: str
    sha256: str
    taken_by: str
    taken_at: datetime
    matches: bool | None
    """Whether it arrived as the device took it. None: the device made no digest."""


class LineSaid(BaseModel):
    """One line of a form."""

    key: str
    text: Text
    allowed: list[int]
    clause: str
    step: Step
    blind: bool
    """Decided without its proposal, which shows after submitting."""
    look: Look | None
    looked_at: datetime | None
    looked_by: str | None
    revealed_at: datetime | None
    revealed_by: str | None
    proposal: Proposed | None
    """As it was when it was revealed. None: not revealed."""
    seal: str | None
    """SHA-256 of the sealed proposal. None: not revealed."""
    test: HandTestSaid | None
    """None: no test was made by hand."""
    second_proposal: Proposed | None
    """Made again with the test. None: it was not, or is not revealed."""
    second_seal: str | None
    photos: list[PictureSaid]
    points: int | None
    """None: not decided, or not applicable."""
    not_applicable: bool
    decided_at: datetime | None
    decided_by: str | None
    overridden: bool
    """Other points than whoever decided had seen proposed."""
    differs: bool
    """Other points than proposed, seen or not; false until the proposal was shown."""
    reason: Reason | None
    note: str


class InspectionSummary(BaseModel):
    """One inspection in a list."""

    id: int
    station: str
    name: Text
    rubric: str
    started_at: datetime
    started_by: str
    submitted_at: datetime | None
    """None: open."""
    confirmed_at: datetime | None
    """None: not confirmed by a second look."""
    purpose: str
    total: int | None
    """None: never submitted."""


class Answered(BaseModel):
    """One step of the trail."""

    at: datetime
    who: str
    what: str
    key: str | None
    """None: the form as a whole."""
    old: str | None
    new: str | None
    reason: str | None
    done_at: datetime | None
    """By the device's clock. None: at `at`."""
    origin: str
    """online or offline."""


class InspectionSaid(BaseModel):
    """A whole form, with its trail."""

    id: int
    station: str
    name: Text
    number: str
    union: str
    rulebook: str
    rubric: str
    adopted: bool
    """The rubric is another edition's, taken over by the union."""
    title: Text
    clause: str
    started_at: datetime
    started_by: str
    submitted_at: datetime | None
    submitted_by: str | None
    returned_at: datetime | None
    """Sent back by the second look. None: it is not."""
    confirmed_at: datetime | None
    confirmed_by: str | None
    """By the second look. None: nobody has."""
    version: int
    """How often it was submitted or corrected."""
    purpose: str
    presence: str
    arrived_at: datetime | None
    """When the place was taken or the code was seen. None: neither was."""
    code_steps: int | None
    """How old the rotating code was, in steps of 30 s. None: none was seen."""
    remark: str
    total: int
    """The sum so far; the form's total where `complete`."""
    possible: int
    """The most the lines that apply can give."""
    scaled: float
    """`total` as if the lines that apply were the whole form. Never the official total."""
    complete: bool
    lines: list[LineSaid]
    trail: list[Answered]
