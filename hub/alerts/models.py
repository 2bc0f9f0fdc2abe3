"""The answers of the API about alerts."""

from datetime import datetime

from pydantic import BaseModel

from hub.alerts.tables import Alert
from shared.states import Cause
from shared.text import Text


class AlertSaid(BaseModel):
    """Something a maintainer must act on."""

    id: int
    station: str
    facility: str | None
    """None: the station itself is silent."""
    cause: Cause
    severity: str
    """safety, high or normal."""
    rule: str
    why: Text
    first_symptom_at: datetime
    opened_at: datetime
    acknowledged_at: datetime | None
    """None: nobody has."""
    acknowledged_by: str | None
    closed_at: datetime | None
    """None: it is open."""
    closed_why: Text | None


class AlertList(BaseModel):
    """Open alerts, the loudest first, then those closed last."""

    open: list[AlertSaid]
    closed: list[AlertSaid]


def alert_said(row: Alert) -> AlertSaid:
    """For the API."""
    closed = row.closed_why_zh is not None and row.closed_why_en is not None
    return AlertSaid(
        id=row.id or 0,
        station=row.station,
        facility=row.facility,
        cause=Cause(row.cause),
        severity=row.severity,
        rule=row.rule,
        why=Text(row.why_zh, row.why_en),
        first_symptom_at=row.first_symptom_at,
        opened_at=row.opened_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        closed_at=row.closed_at,
        closed_why=Text(row.closed_why_zh or "", row.closed_why_en or "") if closed else None,
    )
