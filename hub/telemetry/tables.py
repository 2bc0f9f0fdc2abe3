"""What stations measured, when they were heard, and what could not be read, as rows."""

from datetime import datetime

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime


class QuarterRow(SQLModel, table=True):
    """One quantity of one facility over a quarter-hour. The time comes first in the key: new rows land side by side."""

    __tablename__ = "quarter"

    start: datetime = Field(primary_key=True, sa_type=UtcTime)
    station: str = Field(primary_key=True)
    facility: str = Field(primary_key=True)
    quantity: str = Field(primary_key=True)
    n: int
    low: float
    mean: float
    high: float


class CountRow(SQLModel, table=True):
    """Who came and went through one entrance in a quarter-hour."""

    __tablename__ = "count"

    start: datetime = Field(primary_key=True, sa_type=UtcTime)
    station: str = Field(primary_key=True)
    facility: str = Field(primary_key=True)
    entered: int
    left: int
    undirected: int = 0
    """Passed, in neither of the two: which way is not known."""
    occupancy: int | None = None
    """People inside at the end, by all entrances together. None: not known."""
    quality: str


class Heard(SQLModel, table=True):
    """When the hub last had an envelope of a station, and what its head said."""

    __tablename__ = "heard"

    station: str = Field(primary_key=True)
    at: datetime | None = Field(default=None, sa_type=UtcTime)
    """Hub time of the last envelope. None: only its birth was seen."""
    boot: str = ""
    connection: int = 0
    clock: str = "plausible"
    lowest: int = 0
    held: int = 0
    """Records waiting at the station."""
    settings: int = 0
    """Number of the settings it has applied."""
    online: bool = False
    """What its birth or last will said: a hint."""
    online_connection: int = 0
    online_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Listening(SQLModel, table=True):
    """A time in which the hub itself was connected and subscribed: only then does silence mean anything."""

    __tablename__ = "listening"

    id: int | None = Field(default=None, primary_key=True)
    since: datetime = Field(sa_type=UtcTime)
    until: datetime = Field(sa_type=UtcTime)


class GapRow(SQLModel, table=True):
    """What a station's outbox had to give up."""

    __tablename__ = "gap"

    station: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    revision: int
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    oldest: datetime | None = Field(default=None, sa_type=UtcTime)
    newest: datetime | None = Field(default=None, sa_type=UtcTime)


class QuarantineRow(SQLModel, table=True):
    """Bytes the hub could not read, kept to be applied again after an upgrade."""

    __tablename__ = "quarantine"

    id: str = Field(primary_key=True)
    """Digest of topic and bytes: the same bytes twice are one row."""
    station: str = Field(index=True)
    topic: str
    part: str
    """`record` or `envelope`."""
    payload: bytes = Field(sa_type=LargeBinary)
    why: str
    at: datetime = Field(sa_type=UtcTime)


class Lease(SQLModel, table=True):
    """Who does a background job now: one holder at a time, whatever the number of processes."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=UtcTime)
