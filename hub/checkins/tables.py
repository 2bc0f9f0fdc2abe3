"""Who came in, without names, as rows."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from hub.columns import HourTime, UtcTime

_KNOWN = text("visitor IS NOT NULL")


class CheckInRow(SQLModel, table=True):
    """A worker came in."""

    __tablename__ = "check_in"
    __table_args__ = (
        Index("ix_check_in_place", "station", "at"),
        Index("ix_check_in_received_at", "received_at"),
        Index("ix_check_in_known", "received_at", sqlite_where=_KNOWN, postgresql_where=_KNOWN),
    )

    id: str = Field(primary_key=True)
    station: str
    at: datetime = Field(sa_type=UtcTime)
    """Station time; of an undated one the time it was received."""
    occupation: str
    method: str
    burst: bool
    visitor: str | None = None
    """Tells two visitors apart: a keyed hash of a card, or of a phone's own random number. Forgotten early."""
    received_at: datetime = Field(sa_type=UtcTime)
    undated: bool
    retracted: bool = False


class CheckInCountRow(SQLModel, table=True):
    """How many came in within an hour, once the single check-ins are forgotten."""

    __tablename__ = "check_in_count"
    __table_args__ = {"sqlite_with_rowid": False}

    station: str = Field(primary_key=True)
    hour: datetime = Field(primary_key=True, sa_type=HourTime)
    occupation: str = Field(primary_key=True)
    method: str = Field(primary_key=True)
    burst: bool = Field(primary_key=True)
    number: int
    counted: int
    """Of them, those that count (`hub.checkins.counting`)."""


class RetractionRow(SQLModel, table=True):
    """An undo that may arrive before what it undoes, so it is kept by itself."""

    __tablename__ = "retraction"

    of: str = Field(primary_key=True)
    station: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)
