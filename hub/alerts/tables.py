"""What a maintainer must act on, as rows."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime

_OPEN = text("closed_at IS NULL")


class Alert(SQLModel, table=True):
    """Open until the reason is gone: one a facility and cause."""

    __tablename__ = "alert"
    __table_args__ = (
        Index("ix_alert_open", "station", "facility", "cause", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    """None: not stored yet."""
    station: str = Field(index=True)
    facility: str | None = None
    """None: the station itself is silent."""
    cause: str
    severity: str
    """high, normal or safety."""
    opened_at: datetime = Field(sa_type=UtcTime)
    first_symptom_at: datetime = Field(sa_type=UtcTime)
    rule: str
    why_zh: str
    why_en: str
    spell: str | None = None
    """The spell it rests on; None for silence."""
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcTime)
    acknowledged_by: str | None = None
    """Name of the user; None: nobody has."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    closed_why_zh: str | None = None
    closed_why_en: str | None = None
    """With the reading that cleared it. None: it is open."""
