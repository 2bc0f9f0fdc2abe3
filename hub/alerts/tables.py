"""What a maintainer must act on, and everything that happened to it, as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime

_OPEN = text("closed_at IS NULL")
_CLOSED = text("closed_at IS NOT NULL")
_OF_STATION = text("closed_at IS NULL AND facility IS NULL")
HUB = ""
"""The `station` of an alert about the hub itself."""


class Alert(SQLModel, table=True):
    """One a facility and cause, until it is closed: open, acknowledged, assigned, resolved, closed.

    A resolved one waits a day for a relapse; a relapse opens the same again.
    """

    __tablename__ = "alert"
    __table_args__ = (
        Index(
            "ix_alert_open", "station", "facility", "cause", "problem",
            unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN,
        ),
        # Of two rows without a facility no database says that they are alike.
        Index(
            "ix_alert_open_station", "station", "cause", "problem",
            unique=True, sqlite_where=_OF_STATION, postgresql_where=_OF_STATION,
        ),
        Index("ix_alert_place", "station", "facility", "opened_at"),
        Index("ix_alert_closed", "closed_at", sqlite_where=_CLOSED, postgresql_where=_CLOSED),
        Index("ix_alert_unclosed", "resolved_at", "opened_at", "station", sqlite_where=_OPEN, postgresql_where=_OPEN),
        # The figures read a whole quarter of them: all they count lies in here, and the wide rows are left alone.
        Index(
            "ix_alert_figures", "opened_at", "station", "severity", "acknowledged_at", "resolved_at", "acknowledged_by",
            "facility", "cause", "occurrences", "reopened",
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    """None: not stored yet."""
    station: str = Field(index=True)
    """Its id; empty (`HUB`): the hub itself."""
    facility: str | None = None
    """None: the station itself."""
    cause: str
    problem: str = ""
    """What people reported, by its id in the catalogue of the kind; empty: a rule spoke."""
    severity: str
    """high, normal or safety."""
    base: str = "high"
    """What the severity would be within opening hours."""
    state: str = "down"
    """The state its rule gave when it was last reacted to."""
    opened_at: datetime = Field(sa_type=UtcTime)
    first_symptom_at: datetime = Field(sa_type=UtcTime)
    rule: str
    why_zh: str
    why_en: str
    spell: str | None = None
    """The spell it rests on; None for silence and for what people report."""
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcTime)
    acknowledged_by: str | None = None
    """Name of the user; None: nobody has."""
    assigned_to: str | None = None
    """Name of the user who repairs it. None: nobody does."""
    assigned_at: datetime | None = Field(default=None, sa_type=UtcTime)
    promised_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """By when it is to work again. None: nobody promised."""
    resolved_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: the reason is still there."""
    resolved_by: str | None = None
    """Name of the user. None: the readings did, or it is not resolved."""
    resolved_why_zh: str | None = None
    resolved_why_en: str | None = None
    """The reading that shows it works, or what was done."""
    proof_photo: str | None = None
    """A photo of the repair. None: the readings are the proof."""
    proof_record: str | None = None
    """The proof or spell whose reading shows it. None: a photo does."""
    reopened: int = 0
    """How many relapses."""
    reopened_at: datetime | None = Field(default=None, sa_type=UtcTime)
    occurrences: int = 1
    """How often the fault came, or how many people reported it."""
    onsets: list[str] = Field(default_factory=list, sa_type=JSON)
    """When it came, lately: ISO 8601, the oldest first."""
    chattering_since: datetime | None = Field(default=None, sa_type=UtcTime)
    """It comes and goes since then. None: it does not."""
    quiet_since: datetime | None = Field(default=None, sa_type=UtcTime)
    """A chattering fault is away since then. None: it is there, or does not chatter."""
    inhibited: str | None = None
    """Why its notices are held: `hub.alerts.inhibition.Reason`. None: they are not. Records never are."""
    inhibited_by: int | None = None
    """The alert above it. None: none, or a maintenance window."""
    earlier: int | None = None
    """The last alert of this facility and cause. None: the first of its kind."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    closed_by: str | None = None
    """Name of the user. None: a day passed without a relapse, or it is open."""
    closed_why_zh: str | None = None
    closed_why_en: str | None = None
    """None: it is not closed."""


class AlertEvent(SQLModel, table=True):
    """Something that happened to an alert, written by the transaction that did it and never changed.

    Notices are made from these in the order of `id`: one whose `held` says something goes to nobody.
    """

    __tablename__ = "alert_event"
    __table_args__ = (Index("ix_alert_event_alert", "alert", "id"), Index("ix_alert_event_what", "what", "at"))

    id: int | None = Field(default=None, primary_key=True)
    alert: int = Field(sa_column_args=[ForeignKey("alert.id", name="alert_event_alert")])
    station: str = Field(index=True)
    """As the alert's; empty: the hub itself."""
    at: datetime = Field(sa_type=UtcTime)
    what: str
    """`hub.alerts.events.What`."""
    who: str | None = None
    """Name of the user. None: the hub by itself."""
    severity: str
    """Of the alert after it: safety is never held, digested or made wait."""
    held: str | None = None
    """Why nobody is told of it: `hub.alerts.inhibition.Reason`, or chattering. None: it may be told."""
    zh: str
    en: str
    """In words."""
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """By `what`: photo, promised_at, assigned_to, by, rule, first_symptom_at, occurrences."""
