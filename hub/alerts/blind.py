"""Sensors that fail for long become alerts, in the database: a whole line is one."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, and_, col, select

from hub.alerts.blindness import AS_PROBLEM, BLIND_AFTER, LINE_RULE, SEEN_AGAIN, dead, why
from hub.alerts.carrying import Where, carry_out
from hub.alerts.reaction import Fault, Open, Reaction, Resolve
from hub.alerts.store import HOLDS, fault_of
from hub.alerts.tables import Alert
from hub.alerts.wiring import lines_of
from hub.health.tables import SpellRow
from hub.stations.tables import Facility, Station
from shared.states import Cause, State

_BLIND = and_(
    col(SpellRow.until).is_(None), SpellRow.state == str(State.UNKNOWN), SpellRow.cause == str(Cause.SENSOR_FAULT)
)


def judge_blindness(session: Session, now: datetime, most: int) -> None:
    """Open what is missing, and resolve the alerts of lines that are seen again. Those of facilities are resolved as
    any other, when their spell ends.
    """
    found: dict[Where, list[Reaction]] = {}
    missing = _missing(session, now, most)
    standing = session.exec(select(Alert).where(HOLDS, Alert.rule == LINE_RULE)).all()
    there = {row.station for row in missing} | {alert.station for alert in standing}
    if not there:
        return
    blind = _blind(session, there, now)
    wired = lines_of(session, there)
    known = {(alert.station, alert.problem) for alert in standing}
    for station in sorted(there):
        broken = {AS_PROBLEM + line.name: line for line in dead(wired.get(station, []), blind.get(station, {}).keys())}
        for alert in standing:
            if alert.station == station and alert.problem not in broken:
                found.setdefault((station, None), []).append(Resolve(alert.id or 0, SEEN_AGAIN))
        for problem, line in broken.items():
            if (station, problem) not in known:
                since = min(blind[station][facility].since for facility in line.facilities)
                fault = Fault(State.UNKNOWN, str(Cause.SENSOR_FAULT), since, now, LINE_RULE, why(line), None, problem)
                found.setdefault((station, None), []).append(Open(fault, "high"))
    for row in missing:
        found.setdefault((row.station, row.facility), []).append(Open(fault_of(row), "normal"))
    carry_out(session, found, now)


def _missing(session: Session, now: datetime, most: int) -> Sequence[SpellRow]:
    """Facilities that stand and have been blind for long, without an alert that says so."""
    its = and_(
        HOLDS, Alert.station == SpellRow.station, Alert.facility == SpellRow.facility, Alert.cause == SpellRow.cause
    )
    stands = and_(
        col(Facility.station) == SpellRow.station,
        col(Facility.id) == SpellRow.facility,
        col(Facility.removed_at).is_(None),
    )
    query = (
        select(SpellRow)
        .join(Station, and_(col(Station.id) == SpellRow.station, col(Station.history_until).is_(None)))
        .join(Facility, stands)
        .join(Alert, its, isouter=True)
        .where(_BLIND, SpellRow.confirmed_at <= now - BLIND_AFTER, col(Alert.id).is_(None))
        .where(col(Station.revoked_at).is_(None))
        .order_by(col(SpellRow.station), col(SpellRow.facility), col(SpellRow.since).desc())
    )
    newest: dict[tuple[str, str], SpellRow] = {}
    for row in session.exec(query.limit(most)):
        newest.setdefault((row.station, row.facility), row)
    return list(newest.values())


def _blind(session: Session, some: Collection[str], now: datetime) -> dict[str, dict[str, SpellRow]]:
    query = select(SpellRow).where(_BLIND, col(SpellRow.station).in_(some), SpellRow.confirmed_at <= now - BLIND_AFTER)
    found: dict[str, dict[str, SpellRow]] = {}
    for row in session.exec(query):
        found.setdefault(row.station, {})[row.facility] = row
    return found
