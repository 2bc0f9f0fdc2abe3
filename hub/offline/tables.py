"""What devices without a network brought and were given, as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime


class OfflineEntry(SQLModel, table=True):
    """One thing done on a device, with what became of it. Its id is the device's: it is taken in once."""

    __tablename__ = "offline_entry"

    id: str = Field(primary_key=True, max_length=36)
    inspection: int = Field(foreign_key="inspection.id", index=True)
    key: str | None = None
    """None: the form as a whole."""
    what: str
    user: int
    """Account of who did it. No foreign key: an account may go, what was done stays."""
    who: str
    """Name of it."""
    content: str
    """To the letter as the device sent it."""
    sha256: str
    """Of the content, made by the device when it was done and again here."""
    done_at: datetime = Field(sa_type=UtcTime)
    """By the device's clock."""
    received_at: datetime = Field(sa_type=UtcTime)
    place: int
    """Within its delivery: with when that came, the order in which things were done."""
    outcome: str
    """`hub.offline.outcomes.Outcome`."""
    why_zh: str = ""
    why_en: str = ""
    """Empty: it was applied."""
    version: int | None = None
    """Of the line, as the device's next entry expects it. None: of the form as a whole."""
    resolved_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When a person chose between two answers. None: nobody has, or there is one."""
    resolved_by: str | None = None
    taken: bool | None = None
    """Whether this answer was taken. None: nobody has chosen."""


class OfflinePhoto(SQLModel, table=True):
    """A photo a device sent ahead of the entry that says what it shows."""

    __tablename__ = "offline_photo"

    id: str = Field(primary_key=True, max_length=36)
    """The device's."""
    inspection: int = Field(foreign_key="inspection.id", index=True)
    user: int
    sha256: str
    received_at: datetime = Field(sa_type=UtcTime)
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    """None: its entry was applied, and the photo lies with all others."""


class OfflineProposal(SQLModel, table=True):
    """A proposal handed out to be opened without a network: what a device names, the hub itself has sealed."""

    __tablename__ = "offline_proposal"

    inspection: int = Field(primary_key=True, foreign_key="inspection.id")
    key: str = Field(primary_key=True)
    seal: str = Field(primary_key=True)
    """SHA-256 of the content."""
    content: dict[str, Any] = Field(sa_type=JSON)
    given_at: datetime = Field(sa_type=UtcTime, index=True)


class OfflineKey(SQLModel, table=True):
    """What a person's phones encrypt with. The same for all of them, for as long as the account is there."""

    __tablename__ = "offline_key"

    user: int = Field(primary_key=True)
    """No foreign key: an account may go, what its phone has not sent stays readable."""
    sealed: bytes = Field(sa_type=LargeBinary)
    """`KEY_BYTES` random bytes, sealed by the hub's key file: a copy of the database opens no phone."""
    made_at: datetime = Field(sa_type=UtcTime)
