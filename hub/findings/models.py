"""The answers of the API about findings."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel

from hub.findings.store import identity
from hub.findings.tables import Finding, FindingStep
from hub.findings.words import Owner, Severity, Source, Stage


class StepSaid(BaseModel):
    """One thing somebody did about it."""

    at: datetime
    who: str
    what: str
    note: str
    photo: str | None
    """Id; its copy is at /photos/{id}. None: it came without."""


class FindingSaid(BaseModel):
    """One finding."""

    id: int
    station: str
    rubric: str | None
    item: str | None
    """Key of the form's line. None: it is about no line."""
    facility: str | None
    inspection: int | None
    source: Source
    text: str
    severity: Severity
    owner: Owner
    stage: Stage
    made_at: datetime
    made_by: str
    due_at: datetime
    late: bool
    """It should have been put right by now."""
    fixed_at: datetime | None
    fixed_by: str | None
    verified_at: datetime | None
    verified_by: str | None
    closed_at: datetime | None
    opened_again: int
    steps: list[StepSaid] = []
    """Empty in a list."""


class FindingList(BaseModel):
    """A page of findings."""

    total: int
    page: int
    pages: int
    findings: list[FindingSaid]


def is_late(row: Finding, now: datetime) -> bool:
    """It should have been put right by now; what waits to be verified is no longer late."""
    return row.stage in (Stage.OPEN, Stage.TAKEN_UP) and row.due_at < now


def finding_said(row: Finding, now: datetime, steps: Iterable[FindingStep] = ()) -> FindingSaid:
    """For the API."""
    return FindingSaid(
        id=identity(row), station=row.station, rubric=row.rubric, item=row.item, facility=row.facility,
        inspection=row.inspection, source=Source(row.source), text=row.text, severity=Severity(row.severity),
        owner=Owner(row.owner), stage=Stage(row.stage), made_at=row.made_at, made_by=row.made_by, due_at=row.due_at,
        late=is_late(row, now), fixed_at=row.fixed_at, fixed_by=row.fixed_by, verified_at=row.verified_at,
        verified_by=row.verified_by, closed_at=row.closed_at, opened_again=row.opened_again,
        steps=[StepSaid(at=s.at, who=s.who, what=s.what, note=s.note, photo=s.photo) for s in steps],
    )  # fmt: skip
