"""Inspections, their lines and who answered what, as rows. Kept for ever.

People are kept by name: an account may go, what it decided stays.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, Index, event, text
from sqlalchemy.orm import Mapper
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime

_DRAFT = text("submitted_at IS NULL")


class Inspection(SQLModel, table=True):
    """One form of one station. The head is copied at the start: the form keeps what it was made with."""

    __tablename__ = "inspection"
    __table_args__ = (
        Index("ix_inspection_station", "station", "submitted_at"),
        Index("ix_inspection_draft", "station", unique=True, sqlite_where=_DRAFT, postgresql_where=_DRAFT),
    )

    id: int | None = Field(default=None, primary_key=True)
    station: str = Field(foreign_key="station.id")
    rulebook: str
    """The edition the station was bound to."""
    rubric: str
    """The edition whose rubric the form is."""
    station_name: str
    station_name_en: str
    station_number: str
    """Empty: the station had none."""
    union_name: str
    started_at: datetime = Field(sa_type=UtcTime)
    started_by: str
    submitted_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: a draft."""
    submitted_by: str | None = None
    """None: a draft."""
    total: int | None = None
    """None: a draft."""


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
    """Sealed. None: not revealed."""
    seal: str | None = None
    """SHA-256 of the proposal. None: not revealed."""
    revealed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    revealed_by: str | None = None
    points: int | None = None
    """None: not decided."""
    decided_at: datetime | None = Field(default=None, sa_type=UtcTime)
    decided_by: str | None = None
    override_reason: str | None = None
    """None: as proposed, or there was no proposal."""
    note: str = ""


class AnswerLog(SQLModel, table=True):
    """Who changed what, when, from what to what, why. Rows are added and never changed."""

    __tablename__ = "inspection_answer"

    id: int | None = Field(default=None, primary_key=True)
    inspection: int = Field(foreign_key="inspection.id", index=True)
    key: str | None = None
    """None: the form as a whole."""
    at: datetime = Field(sa_type=UtcTime)
    who: str
    what: str
    """start, look, reveal, decide, submit."""
    old: str | None = None
    """None: there was nothing."""
    new: str | None = None
    reason: str | None = None
    """None: none was needed."""


class AppendOnly(Exception):
    """Somebody tried to change or delete a row of the log."""


@event.listens_for(AnswerLog, "before_update")
@event.listens_for(AnswerLog, "before_delete")
def _refuse(_mapper: Mapper[Any], _connection: Connection, row: AnswerLog) -> None:
    raise AppendOnly(f"answer {row.id} of inspection {row.inspection} is part of the trail")
