"""The answers of the API about complaints. None has a contact in it: people reach people through the page alone."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel

from hub.complaints.reading import is_late
from hub.complaints.store import identity
from hub.complaints.tables import Complaint, ComplaintStep
from hub.complaints.words import Category, Kind, Stage
from shared.text import Language


class ComplaintStepSaid(BaseModel):
    """One thing done about it."""

    at: datetime
    who: str
    """Empty: the person who wrote it."""
    what: str
    note: str


class ComplaintSaid(BaseModel):
    """One complaint or consultation."""

    id: int
    number: str
    """What its person and the 12351 platform know it by."""
    station: str
    kind: Kind
    category: Category
    text: str
    """Empty: its person had it deleted."""
    photo: str | None
    """Id; its copy is at /photos/{id}. None: it came without."""
    has_contact: bool
    language: Language
    facility: str | None
    finding: int | None
    stage: Stage
    owner: str | None
    """None: nobody is named, so the union in charge answers for it."""
    received_at: datetime
    due_at: datetime
    late: bool
    """It should have been answered by now."""
    answer: str
    answered_at: datetime | None
    answered_by: str | None
    replied_at: datetime | None
    closed_at: datetime | None
    opened_again: int
    uploaded_at: datetime | None
    """When it was handed to the 12351 platform. None: not yet."""
    upload_receipt: str
    steps: list[ComplaintStepSaid] = []
    """Empty in a list."""


class ComplaintList(BaseModel):
    """A page of complaints."""

    total: int
    page: int
    pages: int
    complaints: list[ComplaintSaid]


class ComplaintFile(BaseModel):
    """Those of one month, for the 12351 platform."""

    format: str = "waystation complaints 1"
    made_at: datetime
    month: str
    complaints: list[ComplaintSaid]


def complaint_said(row: Complaint, now: datetime, steps: Iterable[ComplaintStep] = ()) -> ComplaintSaid:
    """For the API."""
    return ComplaintSaid(
        id=identity(row), number=row.number, station=row.station, kind=Kind(row.kind), category=Category(row.category),
        text=row.text, photo=row.photo, has_contact=row.contact is not None,
        language="en" if row.language == "en" else "zh", facility=row.facility, finding=row.finding,
        stage=Stage(row.stage), owner=row.owner, received_at=row.received_at, due_at=row.due_at,
        late=is_late(row, now), answer=row.answer, answered_at=row.answered_at, answered_by=row.answered_by,
        replied_at=row.replied_at, closed_at=row.closed_at, opened_again=row.opened_again,
        uploaded_at=row.uploaded_at, upload_receipt=row.upload_receipt,
        steps=[ComplaintStepSaid(at=one.at, who=one.who, what=one.what, note=one.note) for one in steps],
    )  # fmt: skip
