"""Times in which somebody works at a station, as rows."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime


class WindowRow(SQLModel, table=True):
    """A maintenance window: it ends by itself."""

    __tablename__ = "maintenance_window"
    __table_args__ = (Index("ix_maintenance_window_place", "station", "end"),)

    id: int | None = Field(default=None, primary_key=True)
    station: str = Field(foreign_key="station.id")
    facility: str | None = None
    """None: the whole station."""
    start: datetime = Field(sa_type=UtcTime)
    end: datetime = Field(sa_type=UtcTime, index=True)
    """When it ends; earlier than planned where somebody said so."""
    reason: str = Field(max_length=200)
    by: str
    """Name of the user who filed it."""
    filed_at: datetime = Field(sa_type=UtcTime)
    on_site: bool = False
    """Whether it began with somebody saying "I am on site"."""
    ended_by: str | None = None
    """Name of the user who ended it early. None: it ends, or ended, by itself."""
