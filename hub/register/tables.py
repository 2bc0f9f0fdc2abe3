"""What is kept of a station beside what is filed: requests, rules on the wall, its daily line, imports, as rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime

_OPEN = text("decided_at IS NULL")


class CodeRequest(SQLModel, table=True):
    """A local union asks for a code; only the province gives one (AH-27, AH-33)."""

    __tablename__ = "code_request"
    __table_args__ = (
        Index("one_open_request", "station", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    station: str = Field(foreign_key="station.id", index=True)
    area: str = Field(max_length=4)
    """Where the station is, not where a co-builder sits (AH-33)."""
    requested_by: str
    requested_at: datetime = Field(sa_type=UtcTime)
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcTime)
    code: str | None = None
    """What was given. None: nothing yet, or it was refused."""
    refused_why: str = Field(default="", max_length=400)


class UnionHead(SQLModel, table=True):
    """Head of annex 2: the recommending unit's own, for the filing alone (SH-47). Never shown in public."""

    __tablename__ = "union_head"

    union: int = Field(primary_key=True, foreign_key="union_node.id")
    name: str = Field(default="", max_length=60)
    email: str = Field(default="", max_length=120)
    phone: str = Field(default="", max_length=30)


class PostedRules(SQLModel, table=True):
    """Rules hung on the wall, with proof: the newest of each counts (AH-20, SH-12)."""

    __tablename__ = "posted_rules"
    __table_args__ = (Index("ix_posted_rules_place", "station", "which"),)

    id: int | None = Field(default=None, primary_key=True)
    station: str = Field(foreign_key="station.id")
    which: str = Field(max_length=20)
    """`hub.register.rules.Which`."""
    version: str = Field(max_length=60)
    posted_on: date
    photo: str | None = Field(default=None, foreign_key="photo.id", max_length=32)
    by: str
    at: datetime = Field(sa_type=UtcTime)


class DailyLog(SQLModel, table=True):
    """The line of one day; amended that day, a fact afterwards (AH-23)."""

    __tablename__ = "daily_log"

    station: str = Field(primary_key=True, foreign_key="station.id")
    day: date = Field(primary_key=True)
    """Local day."""
    cleaned: bool
    refilled: bool
    who: str = Field(max_length=60)
    """Who did it."""
    note: str = Field(default="", max_length=400)
    by: str
    """The user who wrote it down."""
    at: datetime = Field(sa_type=UtcTime)


class Revocation(SQLModel, table=True):
    """Why a station left, and whether its plaque came back (AH-49, SH-44)."""

    __tablename__ = "station_revocation"

    station: str = Field(primary_key=True, foreign_key="station.id")
    at: datetime = Field(sa_type=UtcTime)
    by: str
    reason: str = Field(max_length=400)
    plaque_returned_on: date | None = None
    """None: not yet, or there was none."""
    plaque_receiver: str = Field(default="", max_length=60)


class ImportBatch(SQLModel, table=True):
    """A sheet somebody sent, between its preview and their word."""

    __tablename__ = "register_import"

    id: str = Field(primary_key=True, max_length=32)
    by: str
    at: datetime = Field(sa_type=UtcTime)
    name: str = Field(max_length=200)
    """Of the file."""
    content: bytes = Field(sa_type=LargeBinary)
    """The rows as text, JSON, compressed."""
    summary: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """How many were new, changed, bad."""
    done_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: only looked at."""
