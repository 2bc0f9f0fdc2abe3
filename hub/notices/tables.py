"""Roads to people, notices and their receipts, as rows."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime

_REMINDS = text("reminder IS NOT NULL")


class Road(SQLModel, table=True):
    """One way to tell a person, or the group that shares a duty roster."""

    __tablename__ = "notice_road"

    id: int | None = Field(default=None, primary_key=True)
    user: int | None = Field(default=None, foreign_key="account.id", index=True)
    """None: it is a roster's."""
    roster: int | None = Field(default=None, foreign_key="duty_roster.id", index=True)
    """None: it is a person's."""
    name: str = Field(max_length=60)
    kind: str
    """`hub.notices.kinds.Kind`."""
    sealed: bytes = Field(sa_type=LargeBinary)
    """The address, which holds secrets: encrypted under the hub's key file."""
    shown: str
    """What may be shown of the address."""
    language: str = "zh"
    least: str = "normal"
    """The mildest severity it is told of; of safety always."""
    quiet_start: int | None = None
    """Minute of the local day. None: never quiet."""
    quiet_end: int | None = None
    digest: bool = True
    """Whether what is normal waits for 8:30 and 16:30."""
    always: bool = False
    """Whether it is told of every alert of its user's stations, on duty or not."""
    created_at: datetime = Field(sa_type=UtcTime)
    failing_since: datetime | None = Field(default=None, sa_type=UtcTime)
    """Nothing has arrived since then. None: the last one did, or nothing was sent yet."""
    answered: str = ""
    """What the last attempt was answered."""
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: it is in use. The row stays: receipts name it."""


class Reminder(SQLModel, table=True):
    """What somebody is reminded of, in words that whoever knows of it has made; nothing of any worker."""

    __tablename__ = "notice_reminder"

    id: int | None = Field(default=None, primary_key=True)
    path: str = Field(index=True)
    """Its page: what is reminded of at one page is one thing."""
    number: str
    """What it is known by."""
    what: str
    """`hub.notices.kinds.Reminding`."""
    place_zh: str
    place_en: str
    """The station."""
    zh: str
    en: str
    """What there is to say, in lines."""
    at: datetime = Field(sa_type=UtcTime)


class Notice(SQLModel, table=True):
    """One event that is to go by one road: the pair is its idempotency key. Or a reminder."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_event_road", "event", "road", unique=True),
        Index("ix_notice_due", "state", "due"),
        Index("ix_notice_alert", "alert", "id"),
        Index("ix_notice_lately", "road", "tried_at"),
        Index("ix_notice_created", "created_at"),
        Index("ix_notice_reminder", "reminder", sqlite_where=_REMINDS, postgresql_where=_REMINDS),
    )

    id: int | None = Field(default=None, primary_key=True)
    event: int | None = Field(default=None, foreign_key="alert_event.id")
    """None: it is a reminder."""
    road: int = Field(foreign_key="notice_road.id")
    alert: int | None = Field(default=None, foreign_key="alert.id")
    """None: it is a reminder."""
    reminder: int | None = Field(default=None, foreign_key="notice_reminder.id")
    """None: it is of an alert."""
    what: str
    """`hub.alerts.events.What` of its event, or `hub.notices.kinds.Reminding`."""
    severity: str
    level: int = 1
    state: str
    """`hub.notices.kinds.State`."""
    held: str = ""
    """What it waits for: `hub.notices.kinds.Wait`; empty: it went, or goes, at once."""
    created_at: datetime = Field(sa_type=UtcTime)
    due: datetime = Field(sa_type=UtcTime)
    """Not before."""
    message: str | None = None
    """Key of the message it goes in, alone or with others: the same at every attempt. None: none was made yet."""
    attempts: int = 0
    tried_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the last attempt began. None: there was none."""
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)
    code: str = ""
    """What the endpoint answered: its own code where it has one, else that of HTTP; empty: no answer."""
    answer: str = ""


class Taken(SQLModel, table=True):
    """An event whose notices have been written; kept while one with a smaller id may still be committed."""

    __tablename__ = "notice_taken"

    event: int = Field(primary_key=True)


class Cursor(SQLModel, table=True):
    """Up to which event all have been taken: one row."""

    __tablename__ = "notice_cursor"

    id: int = Field(primary_key=True)
    floor: int


class Watch(SQLModel, table=True):
    """An alert nobody has acknowledged: whom it has reached, and when it goes up."""

    __tablename__ = "notice_watch"

    alert: int = Field(primary_key=True, foreign_key="alert.id")
    level: int
    next_at: datetime = Field(sa_type=UtcTime, index=True)
