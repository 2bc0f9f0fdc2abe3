"""Visits of a month added up, as rows: a page of ten thousand stations reads these and no single check-in."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime


class VisitMonth(SQLModel, table=True):
    """One month of a station, once with every check-in and once with those that count."""

    __tablename__ = "visit_month"
    __table_args__ = (
        # The sums of a year are read from this index alone, without the figures.
        Index("ix_visit_month_sums", "filtered", "month", "station", "number", "answers", "satisfied"),
        Index("ix_visit_month_age", "month", "folded_at"),
        {"sqlite_with_rowid": False},
    )

    filtered: bool = Field(primary_key=True)
    """Whether bursts count as `hub.checkins.counting` says. False: everything that was kept."""
    month: int = Field(primary_key=True)
    """Year × 100 + month, in Shanghai."""
    station: str = Field(primary_key=True)
    number: int
    """Check-ins."""
    answers: int
    """How often somebody said how satisfied they were."""
    satisfied: int
    """Of them, 非常满意 or 满意."""
    folded_at: datetime = Field(sa_type=UtcTime)
    figures: bytes = Field(sa_type=LargeBinary)
    """`hub.visits.lanes`."""
