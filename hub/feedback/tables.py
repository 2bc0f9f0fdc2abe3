"""What people say of a station, as rows."""

from datetime import datetime

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime

BY_THE_WALL = "static"
"""The `method` of what came by the code on the wall, which works from anywhere."""
_WORDED = text("text <> '' OR photo IS NOT NULL")


class FeedbackRow(SQLModel, table=True):
    """How satisfied somebody was: 4 非常满意 to 1 不满意."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index("ix_feedback_place", "station", "at"),
        Index("ix_feedback_worded", "received_at", sqlite_where=_WORDED, postgresql_where=_WORDED),
    )

    id: str = Field(primary_key=True)
    station: str
    at: datetime = Field(sa_type=UtcTime)
    """Station time; of an undated one the time it was received."""
    score: int
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    burst: bool = False
    """One of many in a short time: kept, and counted apart."""
    method: str = "tap"
    """tap: at the kiosk; phone: by its rotating code; static: by the code on the wall."""
    text: str = ""
    """In a person's own words; only a phone can."""
    photo: str | None = None
    received_at: datetime = Field(sa_type=UtcTime)
    undated: bool
    retracted: bool = False


_UNTOLD = text("alert IS NULL")


class FaultReportRow(SQLModel, table=True):
    """A person says something is wrong."""

    __tablename__ = "fault_report"
    __table_args__ = (
        Index("ix_fault_report_place", "station", "at"),
        Index("ix_fault_report_untold", "received_at", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
        Index("ix_fault_report_alert", "alert"),
    )

    id: str = Field(primary_key=True)
    station: str
    at: datetime = Field(sa_type=UtcTime)
    subject: str
    """A facility's id, or door, network, other."""
    problem: str
    danger: bool
    method: str = "tap"
    """tap: at the kiosk; phone: by its rotating code; static: by the code on the wall."""
    received_at: datetime = Field(sa_type=UtcTime)
    undated: bool
    retracted: bool = False
    alert: int | None = None
    """The alert it was told to. None: to none yet."""


class StatementRow(SQLModel, table=True):
    """A person's answer to a rule's question."""

    __tablename__ = "statement"
    __table_args__ = (
        Index("ix_statement_place", "station", "at"),
        Index("ix_statement_question", "station", "question"),
    )

    id: str = Field(primary_key=True)
    station: str
    at: datetime = Field(sa_type=UtcTime)
    question: str
    facility: str
    answer: str
    by: str
    """In which role."""
    who: str | None = None
    """The user who gave it on the hub's page. None: it was given at the station, which knows no names."""
    received_at: datetime = Field(sa_type=UtcTime)
    undated: bool
    retracted: bool = False
