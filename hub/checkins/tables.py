"""Who came in, without names, as rows."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime


class CheckInRow(SQLModel, table=True):
    """A worker came in."""

    __tablename__ = "check_in"
    __table_args__ = (Index("ix_check_in_place", "station", "at"),)

    id: str = Field(primary_key=True)
    station: str
    at: datetime = Field(sa_type=UtcTime)
    """Station time; of an undated one the time it was received."""
    occupation: str
    method: str
    burst: bool
    received_at: datetime = Field(sa_type=UtcTime)
    undated: bool
    retracted: bool = False


class RetractionRow(SQLModel, table=True):
    """An undo that may arrive before what it undoes, so it is kept by itself."""

    __tablename__ = "retraction"

    of: str = Field(primary_key=True)
    station: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)
