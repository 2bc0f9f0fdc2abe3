"""Findings and what was done about them, as rows. Kept for ever; people are kept by name."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime
from hub.trail.append_only import append_only

_OPEN = text("closed_at IS NULL")


class Finding(SQLModel, table=True):
    """Something a station must put right."""

    __tablename__ = "finding"
    __table_args__ = (
        Index("ix_finding_station", "station", "closed_at"),
        Index("ix_finding_due", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_finding_same", "station", "same", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    station: str = Field(foreign_key="station.id")
    rulebook: str
    """The edition its deadlines come from."""
    rubric: str | None = None
    """The edition whose form `item` is a line of. None: it is about no line."""
    item: str | None = None
    """Key of the line. None: it is about no line."""
    facility: str | None = None
    """None: it is about no single facility."""
    inspection: int | None = Field(default=None, foreign_key="inspection.id", index=True)
    """Where it was found last. None: not at an inspection."""
    reinspection: int | None = Field(default=None, foreign_key="inspection_assignment.id")
    """The assignment by which it is inspected once more. None: nobody asked."""
    source: str
    """`hub.findings.words.Source`."""
    same: str
    """What is the same finding: while it is open there is no second one."""
    text: str
    """In the words of who found it. Empty: the line says it."""
    severity: str
    owner: str
    """`hub.findings.words.Owner`: whose task it is."""
    stage: str
    made_at: datetime = Field(sa_type=UtcTime)
    made_by: str
    due_at: datetime = Field(sa_type=UtcTime)
    taken_up_at: datetime | None = Field(default=None, sa_type=UtcTime)
    taken_up_by: str | None = None
    """None: nobody has."""
    fixed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    fixed_by: str | None = None
    """None: nobody has said so since it was opened."""
    verified_at: datetime | None = Field(default=None, sa_type=UtcTime)
    verified_by: str | None = None
    """None: nobody has since it was opened."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    closed_by: str | None = None
    """None: it is not closed."""
    opened_again: int = 0
    """How often."""


class FindingStep(SQLModel, table=True):
    """One thing somebody did about it. Rows are added and never changed."""

    __tablename__ = "finding_step"

    id: int | None = Field(default=None, primary_key=True)
    finding: int = Field(foreign_key="finding.id", index=True)
    at: datetime = Field(sa_type=UtcTime)
    who: str
    what: str
    """Of `hub.findings.words.DONE`."""
    note: str = ""
    photo: str | None = Field(default=None, foreign_key="photo.id")
    """None: it came without."""
    inspection: int | None = Field(default=None, foreign_key="inspection.id", index=True)
    """The inspection it comes from. None: from none."""


append_only(FindingStep)
