"""Inspections as the API says them. Pure."""

from collections.abc import Iterable
from dataclasses import asdict

from hub.inspections.models import (
    Answered,
    FacilityProposed,
    HandTestSaid,
    InspectionSaid,
    InspectionSummary,
    LineSaid,
    PictureSaid,
    Proposed,
)
from hub.inspections.prefill import ItemProposal
from hub.inspections.sheet import Head, Sheet, SheetLine
from hub.inspections.tables import AnswerLog


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
