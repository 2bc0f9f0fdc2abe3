"""Inspections, their lines, who answered what, and what belongs to them, as rows. Kept for ever.

People are kept by name: an account may go, what it decided stays.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime
from hub.trail.append_only import append_only

# What pages ask for first is little among much: each has an index of its own.
_DRAFT, _RETURNED, _UNCONFIRMED = (
    text("submitted_at IS NULL"),
    text("returned_at IS NOT NULL"),
    text("confirmed_at IS NULL"),
)
_GIVEN = text("done_at IS NULL AND withdrawn_at IS NULL")
_UNASSIGNED_DRAFT = text("submitted_at IS NULL AND assignment IS NULL")


class Assignment(SQLModel, table=True):
    """A station to be inspected by named people until a day."""

    __tablename__ = "inspection_assignment"
    __table_args__ = (
        Index("ix_inspection_assignment_given", "due", sqlite_where=_GIVEN, postgresql_where=_GIVEN),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    station: str = Field(foreign_key="station.id", index=True)
    purpose: str
    """`hub.inspections.purposes.Purpose`."""
    due: date
    """The last day, in Shanghai."""
    assigned_at: datetime = Field(sa_type=UtcTime)
    assigned_by: str
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: it stands."""
    done_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When its form was first submitted. None: it is still to do."""


class Assigned(SQLModel, table=True):
    """One of the people an assignment names."""

    __tablename__ = "inspection_assigned"

    assignment: int = Field(primary_key=True, foreign_key="inspection_assignment.id")
    user: int = Field(primary_key=True, foreign_key="account.id", index=True)


class Inspection(SQLModel, table=True):
    """One form of one station. The head is copied at the start: the form keeps what it was made with."""

    __tablename__ = "inspection"
    __table_args__ = (
        Index("ix_inspection_station", "station", "submitted_at"),
        Index(
            "ix_inspection_draft", "station", unique=True,
            sqlite_where=_UNASSIGNED_DRAFT, postgresql_where=_UNASSIGNED_DRAFT,
        ),
        Index("ix_inspection_assignment", "assignment", unique=True),
        Index("ix_inspection_started", "started_at"),
        Index("ix_inspection_confirmed", "confirmed_at"),
        Index("ix_inspection_drafts", "started_at", sqlite_where=_DRAFT, postgresql_where=_DRAFT),
        Index("ix_inspection_returned", "started_at", sqlite_where=_RETURNED, postgresql_where=_RETURNED),
        Index("ix_inspection_unconfirmed", "started_at", sqlite_where=_UNCONFIRMED, postgresql_where=_UNCONFIRMED),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    station: str = Field(foreign_key="station.id")
    assignment: int | None = Field(default=None, foreign_key="inspection_assignment.id")
    """None: an administrator began it unasked."""
    purpose: str = "spot"
    """`hub.inspections.purposes.Purpose`."""
    nonce: str = Field(default="", max_length=32)
    """Random: which lines stay blind follows from it (`hub.inspections.blind`). Empty: none does."""
    rulebook: str
    """The edition the station was bound to."""
    rubric: str
    """The edition whose rubric the form is."""
    station_name: str
    station_name_en: str
    station_number: str
    """Empty: the station had none."""
    union_name: str
    staffing: str = "manned"
    """`hub.stations.words.Staffing`, as it was at the start."""
    started_at: datetime = Field(sa_type=UtcTime)
    started_by: str
    submitted_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """The last time. None: a draft."""
    submitted_by: str | None = None
    """None: a draft."""
    returned_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """Sent back by the second look: open again until it is submitted again. None: it is not."""
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """By the second look. None: nobody has, or it was corrected since."""
    confirmed_by: str | None = None
    version: int = 0
    """How often it was submitted or corrected."""
    total: int | None = None
    """None: a draft."""
    possible: int | None = None
    """The most the lines that apply could give. None: a draft."""
    remark: str = ""
    """What the station head says of it."""
    presence: str = "unproven"
    """`hub.inspections.presence.Presence`."""
    arrived_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the place was taken, or the code was seen. None: neither ever was."""
    arrived_by: str | None = None
    """`hub.inspections.presence.Proof`. None: as arrived_at, or by the place."""
    code_steps: int | None = None
    """How old the rotating code was, in its steps. None: none was seen."""
    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: float | None = None
    distance_m: float | None = None
    """From where the register says the station is. None: not known."""


class InspectionItem(SQLModel, table=True):
    """One line that somebody has begun; a line without a row is untouched."""

    __tablename__ = "inspection_item"

    inspection: int = Field(primary_key=True, foreign_key="inspection.id")
    key: str = Field(primary_key=True)
    version: int = 0
    """Counts the changes: who changes an older one is told."""
    look: str | None = None
    """None: not looked at yet, or a line without equipment."""
    looked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    looked_by: str | None = None
    proposal: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """Sealed. None: not made yet."""
    seal: str | None = None
    """SHA-256 of the proposal. None: not made yet."""
    revealed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: nobody has seen the proposal; of a blind line it is sealed before."""
    revealed_by: str | None = None
    test: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """The 3-minute test (`hub.inspections.three_minutes.Done`). None: none was made."""
    test_at: datetime | None = Field(default=None, sa_type=UtcTime)
    test_by: str | None = None
    second_proposal: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """Sealed: the proposal made again with the test. None: there was none before the test, or no test after it."""
    second_seal: str | None = None
    points: int | None = None
    """None: not decided, or not applicable."""
    not_applicable: bool = False
    decided_at: datetime | None = Field(default=None, sa_type=UtcTime)
    decided_by: str | None = None
    override_reason: str | None = None
    """None: as proposed, or there was no proposal."""
    note: str = ""


class InspectionPhoto(SQLModel, table=True):
    """A photo of one line."""

    __tablename__ = "inspection_photo"

    photo: str = Field(primary_key=True, foreign_key="photo.id")
    inspection: int = Field(foreign_key="inspection.id", index=True)
    key: str
    taken_at: datetime = Field(sa_type=UtcTime)
    """As the device says."""
    matches: bool | None = None
    """Whether it arrived as it was taken, by the device's digest. None: the device made none."""


class InspectionMark(SQLModel, table=True):
    """A line whose note is to become a finding when the form is submitted."""

    __tablename__ = "inspection_mark"

    inspection: int = Field(primary_key=True, foreign_key="inspection.id")
    key: str = Field(primary_key=True)
    by: str
    at: datetime = Field(sa_type=UtcTime)


class InspectionSignature(SQLModel, table=True):
    """A signature, or the refusal of one. The newest of a signer counts."""

    __tablename__ = "inspection_signature"

    id: int | None = Field(default=None, primary_key=True)
    inspection: int = Field(foreign_key="inspection.id", index=True)
    signer: str
    """`hub.inspections.signing.Signer`."""
    name: str = Field(max_length=60)
    drawing: str | None = Field(default=None, foreign_key="photo.id")
    """None: only typed, or refused."""
    refused: str | None = None
    """Why there is no signature. None: signed."""
    at: datetime = Field(sa_type=UtcTime)
    by: str
    """Whose account took it."""


class InspectionVersion(SQLModel, table=True):
    """The form as it was submitted or corrected."""

    __tablename__ = "inspection_version"

    inspection: int = Field(primary_key=True, foreign_key="inspection.id")
    number: int = Field(primary_key=True)
    """From 1."""
    at: datetime = Field(sa_type=UtcTime)
    by: str
    why: str
    """Empty: submitted."""
    content: dict[str, Any] = Field(sa_type=JSON)
    digest: str
    """SHA-256 of the content; also in the trail."""


class AnswerLog(SQLModel, table=True):
    """Who changed what, when, from what to what, why. Rows are added and never changed."""

    __tablename__ = "inspection_answer"

    id: int | None = Field(default=None, primary_key=True)
    inspection: int = Field(foreign_key="inspection.id", index=True)
    key: str | None = None
    """None: the form as a whole."""
    at: datetime = Field(sa_type=UtcTime)
    """When the hub heard of it."""
    done_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When it was done on the spot, by the device's clock. None: at `at`."""
    origin: str = "online"
    """online, or offline: entered without a network and sent later."""
    who: str
    what: str
    """start, arrive, look, reveal, test, decide, photo, sign, refuse_to_sign, remark, submit, return, confirm,
    correct."""
    old: str | None = None
    """None: there was nothing."""
    new: str | None = None
    reason: str | None = None
    """None: none was needed."""
    spent_s: int | None = None
    """Seconds the line was worked on before. None: the device did not say."""
    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: float | None = None
    """Where it was done. None: the device did not say."""


append_only(AnswerLog, InspectionVersion)
