"""The answers of the API about alerts."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel

from hub.alerts.tables import Alert, AlertEvent
from shared.states import Cause
from shared.text import Text


class AlertSaid(BaseModel):
    """Something a maintainer must act on."""

    id: int
    station: str
    """Empty: the hub itself."""
    facility: str | None
    """None: the station itself, or the hub."""
    cause: Cause
    problem: str
    """What people reported; empty: a rule spoke."""
    severity: str
    """safety, high or normal."""
    rule: str
    why: Text
    first_symptom_at: datetime
    opened_at: datetime
    acknowledged_at: datetime | None
    """None: nobody has."""
    acknowledged_by: str | None
    assigned_to: str | None
    """None: nobody repairs it."""
    promised_at: datetime | None
    """None: nobody promised."""
    occurrences: int
    """How often it came, or was reported."""
    chattering: bool
    """It comes and goes."""
    inhibited: str | None
    """Why its notices are held. None: they are not."""
    inhibited_by: int | None
    """The alert above it."""
    resolved_at: datetime | None
    """None: the reason is still there."""
    resolved_by: str | None
    """None: the readings showed it, or it is not resolved."""
    resolved_why: Text | None
    reopened: int
    """Relapses within a day."""
    earlier: int | None
    """The alert of the same facility and cause before this one."""
    closed_at: datetime | None
    """None: it is not closed."""
    closed_by: str | None
    """None: a day passed without a relapse, or it is not closed."""
    closed_why: Text | None


class EventSaid(BaseModel):
    """Something that happened to it."""

    id: int
    at: datetime
    what: str
    who: str | None
    """None: the hub by itself."""
    severity: str
    held: str | None
    """Why nobody was told. None: somebody may have been."""
    text: Text


class AlertStory(AlertSaid):
    """One alert with everything that happened to it."""

    events: list[EventSaid]
    reports: dict[str, int]
    """How people's reports came: tap at the kiosk, phone by its rotating code, static by the code on the wall, which
    works from anywhere. Not those taken back.
    """


class AlertList(BaseModel):
    """Open alerts, the loudest first; those resolved within a day; then those closed last."""

    open: list[AlertSaid]
    resolved: list[AlertSaid]
    closed: list[AlertSaid]


def alert_said(row: Alert) -> AlertSaid:
    """For the API."""
    return AlertSaid(
        id=row.id or 0,
        station=row.station,
        facility=row.facility,
        cause=Cause(row.cause),
        problem=row.problem,
        severity=row.severity,
        rule=row.rule,
        why=Text(row.why_zh, row.why_en),
        first_symptom_at=row.first_symptom_at,
        opened_at=row.opened_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        assigned_to=row.assigned_to,
        promised_at=row.promised_at,
        occurrences=row.occurrences,
        chattering=row.chattering_since is not None,
        inhibited=row.inhibited,
        inhibited_by=row.inhibited_by,
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by,
        resolved_why=_text(row.resolved_why_zh, row.resolved_why_en),
        reopened=row.reopened,
        earlier=row.earlier,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        closed_why=_text(row.closed_why_zh, row.closed_why_en),
    )


def story(row: Alert, events: list[AlertEvent], methods: Iterable[str]) -> AlertStory:
    """With its events, the oldest first, and how each report that stands came."""
    said = [
        EventSaid(
            id=one.id or 0, at=one.at, what=one.what, who=one.who, severity=one.severity, held=one.held,
            text=Text(one.zh, one.en),
        )
        for one in events
    ]  # fmt: skip
    return AlertStory(**alert_said(row).model_dump(), events=said, reports=dict(Counter(methods)))


def _text(zh: str | None, en: str | None) -> Text | None:
    return None if zh is None or en is None else Text(zh, en)
