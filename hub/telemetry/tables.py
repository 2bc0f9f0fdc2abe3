"""What stations measured, when they were heard, and what could not be read, as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, LargeBinary
from sqlmodel import Field, SQLModel

from hub.columns import QuarterTime, UtcTime


class QuarterRow(SQLModel, table=True):
    """A fold of all quantities of a station over a quarter-hour, packed. The time comes first in the key: what arrives
    together lies together.
    """

    __tablename__ = "quarter"

    start: datetime = Field(primary_key=True, sa_type=QuarterTime)
    station: str = Field(primary_key=True)
    record: int = Field(primary_key=True)
    """31 bits of the record's id: a fold told twice is one row, and another fold of the same time another."""
    layout: int = Field(sa_type=BigInteger)
    figures: bytes = Field(sa_type=LargeBinary)
    """`hub.telemetry.packed`."""


class LayoutRow(SQLModel, table=True):
    """What stands where in packed figures. Stations wired alike share one."""

    __tablename__ = "layout"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    places: list[list[Any]] = Field(sa_type=JSON)
    """Facility, quantity, digits of each figure."""


class CountRow(SQLModel, table=True):
    """Who came and went through one entrance in a quarter-hour."""

    __tablename__ = "count"
    __table_args__ = {"sqlite_with_rowid": False}

    start: datetime = Field(primary_key=True, sa_type=QuarterTime)
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
    __table_args__ = {"sqlite_with_rowid": False}

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


class BootRow(SQLModel, table=True):
    """A boot of a station's box: two that are heard in turns are two boxes (`hub/telemetry/twins.py`)."""

    __tablename__ = "boot"

    station: str = Field(primary_key=True)
    boot: str = Field(primary_key=True)
    first_at: datetime = Field(sa_type=UtcTime)
    last_at: datetime = Field(sa_type=UtcTime)
    """To the minute."""
    first_connection: int
    connection: int
    first_lowest: int
    lowest: int


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


class LostRow(SQLModel, table=True):
    """What had to leave quarantine because there was no more room, ever, of a station."""

    __tablename__ = "quarantine_lost"

    station: str = Field(primary_key=True)
    number: int
    size: int = Field(sa_type=BigInteger)
    """Bytes."""
    at: datetime = Field(sa_type=UtcTime)
    """When the last went."""


class Lease(SQLModel, table=True):
    """Who does a background job now: one holder at a time, whatever the number of processes."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=UtcTime)
