"""Complaints and consultations, and what was done about them, as rows.

Nothing says who wrote one but the contact they left, if they left one; that goes 30 days after closing. What they wrote
and sent goes when they ask for it. The rest stays: people answer for it.
"""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime
from hub.complaints.flood import LONGEST_KEY
from hub.trail.append_only import append_only

_OPEN = text("closed_at IS NULL")
_KEPT = text("contact IS NOT NULL")
_REMIND = text("remind_at IS NOT NULL")


class Complaint(SQLModel, table=True):
    """Something a person complained of or asked, at one station."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index("ix_complaint_station", "station", "closed_at"),
        Index("ix_complaint_due", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_complaint_contact", "closed_at", sqlite_where=_KEPT, postgresql_where=_KEPT),
        Index("ix_complaint_received", "received_at"),
        Index("ix_complaint_remind", "remind_at", sqlite_where=_REMIND, postgresql_where=_REMIND),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=16, unique=True)
    """What everybody may know (`hub.complaints.codes`)."""
    code_digest: str = Field(max_length=64)
    once: str = Field(max_length=64, unique=True)
    """Digest of what the form was given: the same form sent again is the same complaint."""
    station: str = Field(foreign_key="station.id")
    rulebook: str
    """The edition its deadline and steps come from."""
    kind: str
    category: str
    text: str
    """In the person's words. Empty: they had it deleted."""
    photo: str | None = Field(default=None, foreign_key="photo.id")
    contact: str | None = Field(default=None, max_length=64)
    """How to reach the person. None: nothing was left, or it was deleted."""
    contact_deleted_at: datetime | None = Field(default=None, sa_type=UtcTime)
    language: str = Field(max_length=2)
    """The person's: the answer is best in it."""
    facility: str | None = None
    """None: it is about no single facility, or nobody has said which."""
    finding: int | None = Field(default=None, foreign_key="finding.id")
    """What must be put right because of it. None: nothing was written down."""
    stage: str
    owner: str | None = None
    """Name of the user who answers for it. None: nobody is named, so its union does."""
    received_at: datetime = Field(sa_type=UtcTime)
    due_at: datetime = Field(sa_type=UtcTime)
    remind_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When whoever answers for it is reminded next. None: not any more."""
    answer: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)
    answered_by: str | None = None
    replied_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the answer reached the person. None: as far as anybody knows it has not."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    closed_by: str | None = None
    opened_again: int = 0
    """How often."""
    uploaded_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When it was handed to the 12351 platform, as a user said. None: not yet."""
    upload_receipt: str = Field(default="", max_length=64)
    """What the platform gave for it."""


class ComplaintStep(SQLModel, table=True):
    """One thing done about it. Rows are added and never changed; none names the person or their contact."""

    __tablename__ = "complaint_step"

    id: int | None = Field(default=None, primary_key=True)
    complaint: int = Field(foreign_key="complaint.id", index=True)
    at: datetime = Field(sa_type=UtcTime)
    who: str
    """Name of the user; empty: the person who wrote it."""
    what: str
    """Of `hub.complaints.words.DONE`."""
    note: str = ""


class ComplaintSource(SQLModel, table=True):
    """A bucket of `hub.complaints.flood`. It goes once it is empty: no address is kept for longer than it matters."""

    __tablename__ = "complaint_source"

    key: str = Field(primary_key=True, max_length=LONGEST_KEY)
    forgiven_at: float
    """When it will be empty, seconds since 1970."""


append_only(ComplaintStep)
