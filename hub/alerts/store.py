"""Alerts: reading, acknowledging, and carrying out reactions."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import case, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from hub.alerts.clearing import REMOVED, WORKS, clearing
from hub.alerts.clones import TWINS_RULE, react_to_twins
from hub.alerts.reaction import Close, Fault, Known, Open, Reaction, Update, is_news, react
from hub.alerts.tables import Alert
from hub.errors import HubError
from hub.health import store as health
from hub.health.tables import SpellRow
from hub.stations.due import mark_due
from hub.stations.tables import Facility, Station
from hub.telemetry import boots
from hub.telemetry.twins import GONE_AFTER
from hub.upsert import Row, insert_new
from shared.states import State
from shared.text import Text

Place = tuple[str, str]
"""Station, facility."""
Stations = Collection[str] | SelectOfScalar[str]
"""A few ids, or the question for them: thousands cannot be named one by one."""
AT_ONCE = 400
"""Places one statement names."""
_LOUDEST_FIRST = {"safety": 0, "high": 1, "normal": 2}


def open_alerts(session: Session, stations: Stations, limit: int | None = None) -> Sequence[Alert]:
    """The open alerts of these stations, the loudest first, then the oldest; no more than `limit`."""
    loudest = case(_LOUDEST_FIRST, value=col(Alert.severity))
    query = select(Alert).where(col(Alert.closed_at).is_(None), col(Alert.station).in_(stations))
    return session.exec(query.order_by(loudest, col(Alert.first_symptom_at), col(Alert.id)).limit(limit)).all()


def closed_alerts(session: Session, stations: Stations, limit: int = 50) -> Sequence[Alert]:
    """The alerts of these stations closed last."""
    query = select(Alert).where(col(Alert.closed_at).is_not(None), col(Alert.station).in_(stations))
    return session.exec(query.order_by(col(Alert.closed_at).desc(), col(Alert.id).desc()).limit(limit)).all()


def open_of(session: Session, stations: Collection[str]) -> dict[str, list[Alert]]:
    """The open alerts of these stations, by station, the oldest first."""
    found: dict[str, list[Alert]] = {}
    query = select(Alert).where(col(Alert.closed_at).is_(None), col(Alert.station).in_(stations))
    for alert in session.exec(query.order_by(col(Alert.id))):
        found.setdefault(alert.station, []).append(alert)
    return found


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
    mark_due(session, [alert.station])


def react_to(session: Session, places: Collection[Place], now: datetime) -> list[Reaction]:
    """React to what holds now at these (station, facility). Returns what changed.

    Of a facility that is wired no more nothing holds: nobody will say that its last fault ended.
    """
    ordered = sorted(set(places))
    parts = (ordered[first : first + AT_ONCE] for first in range(0, len(ordered), AT_ONCE))
    return [reaction for part in parts for reaction in _react_to(session, part, now)]


def _react_to(session: Session, places: Sequence[Place], now: datetime) -> list[Reaction]:
    """The same of so few places that one statement can name them."""
    there = {station for station, _ in places}
    query = select(Station.id).where(col(Station.id).in_(there), col(Station.history_until).is_not(None))
    loading, gone = set(session.exec(query)), _removed(session, there)
    holding: dict[Place, list[SpellRow]] = {}
    for row in health.open_spells(session, places):
        if (row.station, row.facility) not in gone:
            holding.setdefault((row.station, row.facility), []).append(row)
    known: dict[tuple[str, str | None], list[Alert]] = {}
    for alert in open_alerts(session, there):
        known.setdefault((alert.station, alert.facility), []).append(alert)
    found: dict[Place, list[Reaction]] = {}
    for place in places:
        alerts = known.get(place, [])
        heard = [alert.spell for alert in alerts]
        faults = [fault_of(row) for row in holding.get(place, [])]
        news = [fault for fault in faults if fault.spell in heard or is_news(fault, place[0] in loading, now)]
        found[place] = react(news, [known_of(alert) for alert in alerts], REMOVED if place in gone else WORKS)
    closing = {place for place in found.keys() - gone if any(isinstance(one, Close) for one in found[place])}
    for place, ended in health.ended_last(session, closing).items():
        read = clearing(ended.traces)
        found[place] = [replace(one, why=read) if isinstance(one, Close) else one for one in found[place]]
    for (station, facility), reactions in found.items():
        carry_out(session, station, facility, reactions, now)
    return [reaction for reactions in found.values() for reaction in reactions]


def carry_out(
    session: Session, station: str, facility: str | None, reactions: Sequence[Reaction], now: datetime
) -> None:
    """Write what was decided; its station is to be told."""
    if not reactions:
        return
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
    mark_due(session, [station])


def judge_twins(session: Session, now: datetime) -> list[Reaction]:
    """Open and close the alerts of stations for which two boxes speak. Returns what changed."""
    spoke = boots.stations_with_twins(session, now - GONE_AFTER)
    query = select(Alert).where(col(Alert.closed_at).is_(None), Alert.rule == TWINS_RULE)
    known = {alert.station: known_of(alert) for alert in session.exec(query)}
    reactions: list[Reaction] = []
    for station in sorted(spoke.keys() | known.keys()):
        standing = [known[station]] if station in known else []
        found = react_to_twins(spoke.get(station), standing, now)
        carry_out(session, station, None, found, now)
        reactions += found
    return reactions


def fault_of(row: SpellRow) -> Fault:
    """A stored spell, as a reaction sees it."""
    why = Text(row.why_zh, row.why_en)
    return Fault(State(row.state), row.cause, row.since, row.confirmed_at, row.rule, why, row.id)


def known_of(alert: Alert) -> Known:
    """A stored alert, as a reaction sees it."""
    why = Text(alert.why_zh, alert.why_en)
    return Known(alert.id or 0, alert.cause, alert.severity, alert.spell, why, alert.first_symptom_at)


def open_counts(session: Session) -> dict[str, int]:
    """How many are open, by station; one without is absent."""
    query = select(Alert.station, func.count()).where(col(Alert.closed_at).is_(None))
    return dict(session.exec(query.group_by(col(Alert.station))).all())


def open_count(session: Session, stations: Stations | None = None) -> int:
    """How many are open, at these stations or at all."""
    query = select(func.count()).select_from(Alert).where(col(Alert.closed_at).is_(None))
    return session.exec(query if stations is None else query.where(col(Alert.station).in_(stations))).one()


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


def _removed(session: Session, stations: Collection[str]) -> set[Place]:
    query = select(Facility.station, Facility.id).where(col(Facility.station).in_(stations))
    return set(session.exec(query.where(col(Facility.removed_at).is_not(None))).all())
