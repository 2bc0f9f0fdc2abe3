"""Keys that tell two phones apart for a month, as rows."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime


class VisitorKey(SQLModel, table=True):
    """The key under which phones' random numbers are hashed in one month. Once its row is gone, nobody can tell whether
    two check-ins of different months were of one phone (kiosk.md §8).
    """

    __tablename__ = "visitor_key"

    month: str = Field(primary_key=True, max_length=7)
    """2026-11, by the wall clock of the stations."""
    sealed: bytes = Field(sa_type=LargeBinary)
    """Under the hub's key file."""
    over_at: datetime = Field(sa_type=UtcTime)
    """The end of the month."""
