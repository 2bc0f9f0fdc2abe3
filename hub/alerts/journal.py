"""The events of alerts in the database: written by the transaction that did what they say, read on in their order."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from hub.alerts.events import What
from hub.alerts.tables import Alert, AlertEvent
from shared.text import Text

UNTOLD = "untold"
"""Why nobody is told that something works again: nobody heard that it did not."""
HELD = frozenset({What.OPENED, What.RAISED, What.REPORTED, What.REOPENED, What.FLAPPING, What.INHIBITED})
"""What is held while the alert is inhibited."""


def write(
    session: Session,
    alert: Alert,
    what: What,
    at: datetime,
    text: Text,
    who: str | None = None,
    held: str | None = None,
    **data: Any,
) -> AlertEvent:
    """Note what happened to a stored alert; `held`: why nobody is told.

    What is said of a fault is held while the alert is inhibited; that it is over is told to whoever was told of it.
    Safety is never held.
    """
    kept = held or (alert.inhibited if what in HELD else None)
    if alert.severity == "safety" and kept != UNTOLD:
        kept = None
    row = AlertEvent(
        alert=alert.id or 0, station=alert.station, at=at, what=str(what), who=who, severity=alert.severity,
        held=kept, zh=text.zh, en=text.en, data=data,
    )  # fmt: skip
    session.add(row)
    return row


def of_alert(session: Session, alert: int) -> Sequence[AlertEvent]:
    """All of one alert, the oldest first."""
    return session.exec(select(AlertEvent).where(AlertEvent.alert == alert).order_by(col(AlertEvent.id))).all()


def of_alerts(session: Session, alerts: Collection[int], what: Collection[What]) -> dict[int, list[AlertEvent]]:
    """Those of these kinds, by alert, the oldest first."""
    query = select(AlertEvent).where(
        col(AlertEvent.alert).in_(alerts), col(AlertEvent.what).in_([str(one) for one in what])
    )
    found: dict[int, list[AlertEvent]] = {}
    for row in session.exec(query.order_by(col(AlertEvent.id))):
        found.setdefault(row.alert, []).append(row)
    return found


def after(session: Session, cursor: int, most: int) -> Sequence[AlertEvent]:
    """The events after that id, in order, no more than so many.

    On PostgreSQL a transaction that ends late may commit a smaller id than one that was read: read again a little
    behind the cursor.
    """
    query = select(AlertEvent).where(col(AlertEvent.id) > cursor)
    return session.exec(query.order_by(col(AlertEvent.id)).limit(most)).all()


def was_told(session: Session, alert: int) -> bool:
    """Whether anybody could have been told that it is there."""
    told = [str(one) for one in (What.OPENED, What.RAISED, What.REOPENED, What.FLAPPING, What.RELEASED)]
    query = select(AlertEvent.held).where(AlertEvent.alert == alert, col(AlertEvent.what).in_(told))
    said = session.exec(query).all()
    return not said or None in said
