"""Alerts: reading them, and reacting to what holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from hub.alerts.carrying import Where, carry_out
from hub.alerts.clearing import BACK, REMOVED, WORKS, clearing
from hub.alerts.clones import TWINS_RULE, react_to_twins
from hub.alerts.reaction import CUT_RULE, Fault, Known, Reaction, Resolve, is_news, react, react_to_cut
from hub.alerts.tables import HUB, Alert
from hub.health import store as health
from hub.health.tables import SpellRow
from hub.stations.tables import Facility, Station
from hub.telemetry import boots
from hub.telemetry.twins import GONE_AFTER
from shared.states import State
from shared.text import Text

Place = tuple[str, str]
"""Station, facility."""
WHOLE = ""
"""As the facility of a place: the station itself."""
Stations = Collection[str] | SelectOfScalar[str]
"""A few ids, or the question for them: thousands cannot be named one by one."""
AT_ONCE = 400
"""Places one statement names."""
HOLDS = and_(col(Alert.closed_at).is_(None), col(Alert.resolved_at).is_(None))
"""Open, as everybody else understands it: the reason is still there."""
LOUDEST_FIRST = (
    case({"safety": 0, "high": 1, "normal": 2}, value=col(Alert.severity)),
    col(Alert.first_symptom_at),
    col(Alert.id),
)


def by_time(station: str) -> ColumnElement[str]:
    """The station's column where an index over time is the way to the rows.

    A planner that goes station by station reads every wide row of a province first.
    """
    return func.coalesce(station, HUB)


def open_alerts(session: Session, stations: Stations, limit: int | None = None) -> Sequence[Alert]:
    """The alerts of these stations whose reason is still there, the loudest first, then the oldest."""
    query = select(Alert).where(HOLDS, col(Alert.station).in_(stations))
    return session.exec(query.order_by(*LOUDEST_FIRST).limit(limit)).all()


def resolved_alerts(session: Session, stations: Stations, limit: int = 50) -> Sequence[Alert]:
    """Those that are resolved and wait a day for a relapse, the newest first."""
    query = select(Alert).where(col(Alert.closed_at).is_(None), col(Alert.resolved_at).is_not(None))
    query = query.where(col(Alert.station).in_(stations))
    return session.exec(query.order_by(col(Alert.resolved_at).desc(), col(Alert.id).desc()).limit(limit)).all()


def closed_alerts(session: Session, stations: Stations, limit: int = 50) -> Sequence[Alert]:
    """The alerts of these stations closed last."""
    query = select(Alert).where(col(Alert.closed_at).is_not(None), col(Alert.station).in_(stations))
    return session.exec(query.order_by(col(Alert.closed_at).desc(), col(Alert.id).desc()).limit(limit)).all()


def open_and_repaired(
    session: Session, stations: Collection[str], since: datetime
) -> tuple[dict[str, list[Alert]], dict[str, list[Alert]]]:
    """The open alerts of these stations, and those resolved since, by station, each the oldest first."""
    opened: dict[str, list[Alert]] = {}
    repaired: dict[str, list[Alert]] = {}
    query = select(Alert).where(col(Alert.station).in_(stations), or_(HOLDS, col(Alert.resolved_at) >= since))
    for alert in session.exec(query.order_by(col(Alert.resolved_at), col(Alert.id))):
        found = repaired if alert.resolved_at is not None else opened if alert.closed_at is None else None
        if found is not None:
            found.setdefault(alert.station, []).append(alert)
    return opened, repaired


def resolved_since(session: Session, station: str, facility: str | None, problem: str, since: datetime) -> bool:
    """Whether an alert of this was resolved since; `facility` None: of no facility."""
    query = select(Alert.id).where(Alert.station == station, Alert.facility == facility, Alert.problem == problem)
    return session.exec(query.where(col(Alert.resolved_at) >= since).limit(1)).first() is not None


def get(session: Session, alert: int) -> Alert | None:
    """One alert. None: there is none of this number."""
    return session.get(Alert, alert)


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
    holding: dict[Place, list[Fault]] = {}
    for row in health.holding_at(session, there):
        if (row.station, row.facility) not in gone:
            holding.setdefault((row.station, row.facility), []).append(fault_of(row))
    known: dict[Where, list[Alert]] = {}
    for alert in _not_closed(session, there):
        known.setdefault((alert.station, alert.facility), []).append(alert)
    found: dict[Where, Sequence[Reaction]] = {}
    for station, facility in places:
        if facility != WHOLE:
            found[station, facility] = _of_facility((station, facility), holding, known, loading, gone, now)
    ended = {
        (station, facility)
        for (station, facility), some in found.items()
        if facility is not None and (station, facility) not in gone and any(isinstance(one, Resolve) for one in some)
    }
    for place, row in (health.ended_last(session, ended) if ended else {}).items():
        read = clearing(row.traces)
        found[place] = [replace(one, why=read) if isinstance(one, Resolve) else one for one in found[place]]
    by_station: dict[str, list[Fault]] = {}
    for (station, _), some in holding.items():
        by_station.setdefault(station, []).extend(some)
    for station in sorted(there - loading):
        cut = [known_of(alert) for alert in known.get((station, None), []) if alert.rule == CUT_RULE]
        found[station, None] = react_to_cut(by_station.get(station, []), cut, BACK)
    carry_out(session, found, now)
    return [reaction for reactions in found.values() for reaction in reactions]


def _of_facility(
    place: Place,
    holding: Mapping[Place, Sequence[Fault]],
    known: Mapping[Where, Sequence[Alert]],
    loading: Collection[str],
    gone: Collection[Place],
    now: datetime,
) -> list[Reaction]:
    alerts = [alert for alert in known.get(place, []) if not alert.problem]
    heard = [alert.spell for alert in alerts]
    faults = holding.get(place, [])
    news = [fault for fault in faults if fault.spell in heard or is_news(fault, place[0] in loading, now)]
    kind = place[1].rpartition("-")[0]
    left = place in gone
    return react(news, [known_of(alert) for alert in alerts], REMOVED if left else WORKS, kind, left)


def judge_twins(session: Session, now: datetime) -> list[Reaction]:
    """Open and close the alerts of stations for which two boxes speak. Returns what changed."""
    spoke = boots.stations_with_twins(session, now - GONE_AFTER)
    query = select(Alert).where(col(Alert.closed_at).is_(None), Alert.rule == TWINS_RULE)
    known = {alert.station: known_of(alert) for alert in session.exec(query)}
    found: dict[Where, Sequence[Reaction]] = {}
    for station in sorted(spoke.keys() | known.keys()):
        standing = [known[station]] if station in known else []
        found[station, None] = react_to_twins(spoke.get(station), standing, now)
    carry_out(session, found, now)
    return [reaction for reactions in found.values() for reaction in reactions]


def fault_of(row: SpellRow) -> Fault:
    """A stored spell, as a reaction sees it."""
    why = Text(row.why_zh, row.why_en)
    return Fault(State(row.state), row.cause, row.since, row.confirmed_at, row.rule, why, row.id)


def known_of(alert: Alert) -> Known:
    """A stored alert, as a reaction sees it."""
    return Known(
        alert.id or 0, alert.cause, alert.base, alert.spell, Text(alert.why_zh, alert.why_en), alert.first_symptom_at,
        State(alert.state), alert.resolved_at is not None, alert.resolved_by is not None,
        alert.chattering_since is not None, alert.quiet_since is not None,
    )  # fmt: skip


def open_counts(session: Session) -> dict[str, int]:
    """How many are open, by station; one without is absent."""
    query = select(Alert.station, func.count()).where(HOLDS)
    return dict(session.exec(query.group_by(col(Alert.station))).all())


def count_where(session: Session, *wanted: ColumnElement[bool]) -> int:
    """How many alerts there are of this description."""
    return session.exec(select(func.count()).select_from(Alert).where(*wanted)).one()


def open_count(session: Session, stations: Stations | None = None) -> int:
    """How many are open, at these stations or at all."""
    query = select(func.count()).select_from(Alert).where(HOLDS)
    return session.exec(query if stations is None else query.where(col(Alert.station).in_(stations))).one()


def _not_closed(session: Session, stations: Collection[str]) -> Sequence[Alert]:
    query = select(Alert).where(col(Alert.closed_at).is_(None), col(Alert.station).in_(stations))
    return session.exec(query.order_by(col(Alert.id))).all()


def _removed(session: Session, stations: Collection[str]) -> set[Place]:
    query = select(Facility.station, Facility.id).where(col(Facility.station).in_(stations))
    return set(session.exec(query.where(col(Facility.removed_at).is_not(None))).all())
