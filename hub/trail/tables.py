"""The audit trail, as rows that are added and never changed."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from hub.columns import UtcTime
from hub.trail.append_only import append_only


class TrailRow(SQLModel, table=True):
    """One thing somebody did. People are kept by name: an account may go, what it did stays."""

    __tablename__ = "trail"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcTime)
    who: str
    """Name of the user; `command line` for the hub's own commands."""
    role: str
    what: str = Field(index=True)
    """The action, in words with a dot: `alert.acknowledge`, `user.add`."""
    station: str | None = Field(default=None, index=True)
    """None: it was about no station."""
    subject: str = ""
    """Which one: `alert 12`, `user 张三`."""
    old: str | None = None
    """None: there was nothing."""
    new: str | None = None
    """None: there is nothing any more."""
    reason: str | None = None
    """None: none was needed."""
    before: str
    """Hash of the row before; empty for the first."""
    hash: str
    """SHA-256 over all the fields above, hexadecimal."""


class TrailHead(SQLModel, table=True):
    """How long the trail is and what it ends with: one row, by which a cut-off end is noticed, too."""

    __tablename__ = "trail_head"

    id: int = Field(primary_key=True)
    length: int
    hash: str


append_only(TrailRow)
