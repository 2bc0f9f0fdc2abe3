"""The answers of the API about inspections."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from pydantic import BaseModel

from hub.inspections.evidence import Evidence
from hub.inspections.figures import Figures
from hub.inspections.prefill import Confidence, ItemProposal, Mode, Rule
from hub.inspections.sheet import Head, Sheet, SheetLine
from hub.inspections.tables import AnswerLog
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


def proposed(item: ItemProposal) -> Proposed:
    """For the API."""
    return Proposed(
        points=item.points,
        rule=item.rule,
        confidence=item.confidence,
        why=item.why,
        computed_at=item.computed_at,
        facilities=[
            FacilityProposed(
                facility=one.evidence.facility,
                points=one.points,
                rule=one.rule,
                confidence=one.confidence,
                why=one.why,
                mode=one.mode,
                figures=one.figures,
                evidence=one.evidence,
            )
            for one in item.facilities
        ],
    )


def line_said(shown: SheetLine) -> LineSaid:
    """For the API."""
    line, entry = shown.line, shown.entry
    return LineSaid(
        key=shown.item.key,
        text=shown.item.text,
        allowed=list(shown.item.points),
        clause=shown.item.clause,
        step=line.step,
        blind=line.blind,
        look=line.look,
        looked_at=line.looked_at,
        looked_by=entry.looked_by,
        revealed_at=line.revealed_at,
        revealed_by=entry.revealed_by,
        proposal=None if entry.proposal is None else proposed(entry.proposal),
        seal=None if entry.proposal is None else entry.seal,
        test=None if entry.test is None else HandTestSaid(**asdict(entry.test)),
        second_proposal=None if entry.second is None else proposed(entry.second),
        second_seal=None if entry.second is None else entry.second_seal,
        photos=[PictureSaid(**asdict(one)) for one in entry.photos],
        points=line.points,
        not_applicable=line.not_applicable,
        decided_at=line.decided_at,
        decided_by=line.decided_by,
        overridden=line.overridden,
        differs=line.differs,
        reason=line.reason,
        note=line.note,
    )


def summary(head: Head, total: int | None) -> InspectionSummary:
    """For the API."""
    return InspectionSummary(
        id=head.id,
        station=head.station,
        name=head.name,
        rubric=head.owner.name,
        started_at=head.started_at,
        started_by=head.started_by,
        submitted_at=head.submitted_at,
        confirmed_at=head.confirmed_at,
        purpose=head.purpose,
        total=total,
    )


def answered(row: AnswerLog) -> Answered:
    """For the API."""
    return Answered(
        at=row.at, who=row.who, what=row.what, key=row.key, old=row.old, new=row.new, reason=row.reason,
        done_at=row.done_at, origin=row.origin,
    )  # fmt: skip


def inspection_said(sheet: Sheet, trail: Iterable[AnswerLog]) -> InspectionSaid:
    """For the API."""
    head = sheet.head
    return InspectionSaid(
        id=head.id,
        station=head.station,
        name=head.name,
        number=head.number,
        union=head.union,
        rulebook=head.rulebook.name,
        rubric=head.owner.name,
        adopted=head.adopted,
        title=sheet.rubric.title,
        clause=sheet.rubric.clause,
        started_at=head.started_at,
        started_by=head.started_by,
        submitted_at=head.submitted_at,
        submitted_by=head.submitted_by,
        returned_at=head.returned_at,
        confirmed_at=head.confirmed_at,
        confirmed_by=head.confirmed_by,
        version=head.version,
        purpose=head.purpose,
        presence=head.presence,
        arrived_at=head.arrived_at,
        code_steps=head.code_steps,
        remark=head.remark,
        total=sheet.total.points,
        possible=sheet.total.possible,
        scaled=sheet.total.scaled,
        complete=sheet.total.complete,
        lines=[line_said(line) for line in sheet.lines()],
        trail=[answered(row) for row in trail],
    )
