"""Alerts: reading, acknowledging, and carrying out reactions."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from hub.alerts.clearing import REMOVED, WORKS, clearing
from hub.alerts.reaction import Close, Fault, Known, Open, Reaction, Update, is_news, react
from hub.alerts.tables import Alert
from hub.errors import HubError
from hub.health import store as health
from hub.health.tables import SpellRow
from hub.stations.tables import Facility, Station
from hub.upsert import Row, insert_new
from shared.states import State
from shared.text import Text

_LOUDEST_FIRST = {"safety": 0, "high": 1, "normal": 2}


def open_alerts(session: Session, stations: Collection[str]) -> Sequence[Alert]:
    """The open alerts of these stations, the loudest first, then the oldest."""
    rows = session.exec(select(Alert).where(col(Alert.closed_at).is_(None), col(Alert.station).in_(stations)))
    return sorted(rows, key=lambda alert: (_LOUDEST_FIRST[alert.severity], alert.first_symptom_at, alert.id or 0))


def closed_alerts(session: Session, stations: Collection[str], limit: int = 50) -> Sequence[Alert]:
    """The alerts of these stations closed last."""
    query = select(Alert).where(col(Alert.closed_at).is_not(None), col(Alert.station).in_(stations))
    return session.exec(query.order_by(col(Alert.closed_at).desc(), col(Alert.id).desc()).limit(limit)).all()


def every_open(session: Session) -> dict[str, list[Alert]]:
    """All open alerts, by station."""
    found: dict[str, list[Alert]] = {}
    for alert in session.exec(select(Alert).where(col(Alert.closed_at).is_(None)).order_by(col(Alert.id))):
        found.setdefault(alert.station, []).append(alert)
    return found


def open_places(session: Session) -> set[tuple[str, str]]:
    """Every (station, facility) with an open alert."""
    rows = session.exec(
        select(Alert.station, Alert.facility).where(col(Alert.closed_at).is_(None), col(Alert.facility).is_not(None))
    )
    return {(station, facility) for station, facility in rows if facility is not None}


def get(session: Session, alert: int) -> Alert | None:
    """One alert. None: there is none of this number."""
    return session.get(Alert, alert)


def acknowledge(session: Session, alert: Alert, by: str, now: datetime) -> None:
    """Somebody looks after it. Raises HubError 409 where somebody does already, or it is closed."""
    if alert.closed_at is not None:
        raise HubError(409, Text("报警已关闭。", "The alert is closed."))
    if alert.acknowledged_at is not None:
        raise HubError(409, Text(f"{alert.acknowledged_by} 已确认。", f"{alert.acknowledged_by} has acknowledged it."))
    alert.acknowledged_at = now
    alert.acknowledged_by = by
    session.add(alert)
    session.flush()


def react_to(session: Session, places: Collection[tuple[str, str]], now: datetime) -> list[Reaction]:
    """React to what holds now at these (station, facility). Returns what changed.

    Of a facility that is wired no more nothing holds: nobody will say that its last fault ended.
    """
    ordered = sorted(set(places))
    stations = {station for station, _ in ordered}
    query = select(Station.id).where(col(Station.id).in_(stations), col(Station.history_until).is_not(None))
    loading = set(session.exec(query))
    gone = _removed(session, stations)
    holding: dict[tuple[str, str], list[SpellRow]] = {}
    for row in health.open_spells(session, ordered):
        if (row.station, row.facility) not in gone:
            holding.setdefault((row.station, row.facility), []).append(row)
    known: dict[tuple[str, str | None], list[Alert]] = {}
    for alert in open_alerts(session, stations):
        known.setdefault((alert.station, alert.facility), []).append(alert)
    reactions: list[Reaction] = []
    for station, facility in ordered:
        spells = holding.get((station, facility), [])
        alerts = known.get((station, facility), [])
        if not spells and not alerts:
            continue
        faults = [fault_of(row) for row in spells]
        heard = [alert.spell for alert in alerts]
        news = [fault for fault in faults if fault.spell in heard or is_news(fault, station in loading, now)]
        cleared = WORKS
        if alerts:
            cleared = REMOVED if (station, facility) in gone else _cleared(session, station, facility)
        found = react(news, [known_of(alert) for alert in alerts], cleared)
        carry_out(session, station, facility, found, now)
        reactions.extend(found)
    return reactions


def carry_out(
    session: Session, station: str, facility: str | None, reactions: Sequence[Reaction], now: datetime
) -> None:
    """Write what was decided."""
    for reaction in reactions:
        match reaction:
            case Open(fault, severity):
                insert_new(session, Alert, _opened(station, facility, fault, severity, now))
            case Update(number, fault, severity):
                alert = session.get_one(Alert, number)
                alert.spell, alert.rule, alert.severity = fault.spell, fault.rule, severity
                alert.why_zh, alert.why_en, alert.first_symptom_at = fault.why.zh, fault.why.en, fault.since
                session.add(alert)
            case Close(number, why):
                alert = session.get_one(Alert, number)
                alert.closed_at, alert.closed_why_zh, alert.closed_why_en = now, why.zh, why.en
                session.add(alert)
    session.flush()


def fault_of(row: SpellRow) -> Fault:
    """A stored spell, as a reaction sees it."""
    why = Text(row.why_zh, row.why_en)
    return Fault(State(row.state), row.cause, row.since, row.confirmed_at, row.rule, why, row.id)


def known_of(alert: Alert) -> Known:
    """A stored alert, as a reaction sees it."""
    why = Text(alert.why_zh, alert.why_en)
    return Known(alert.id or 0, alert.cause, alert.severity, alert.spell, why, alert.first_symptom_at)


def open_count(session: Session) -> int:
    """How many are open, over all stations."""
    return session.exec(select(func.count()).select_from(Alert).where(col(Alert.closed_at).is_(None))).one()


def _opened(station: str, facility: str | None, fault: Fault, severity: str, now: datetime) -> Row:
    return {
        "station": station,
        "facility": facility,
        "cause": fault.cause,
        "severity": severity,
        "opened_at": now,
        "first_symptom_at": fault.since,
        "rule": fault.rule,
        "why_zh": fault.why.zh,
        "why_en": fault.why.en,
        "spell": fault.spell,
    }


def _removed(session: Session, stations: Collection[str]) -> set[tuple[str, str]]:
    query = select(Facility.station, Facility.id).where(col(Facility.station).in_(stations))
    return set(session.exec(query.where(col(Facility.removed_at).is_not(None))).all())


def _cleared(session: Session, station: str, facility: str) -> Text:
    """What was read when it got better."""
    ended = health.ended_last(session, station, facility)
    return WORKS if ended is None else clearing(ended.traces)
