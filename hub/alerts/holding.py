"""Which alerts' notices are held, kept up in the database: whenever alerts, windows or what is above them change."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, and_, col, or_, select

from hub.alerts import journal
from hub.alerts.blindness import AS_PROBLEM, LINE_RULE
from hub.alerts.events import What
from hub.alerts.inhibition import REASONS, Node, Reason, held
from hub.alerts.reaction import SILENCE_RULE
from hub.alerts.reported import PEOPLE_RULE
from hub.alerts.tables import HUB, Alert
from hub.alerts.wiring import lines_of
from hub.maintenance import store as maintenance
from hub.maintenance.tables import WindowRow
from shared.text import Text

AT_ONCE = 400
"""Stations one statement names."""
GRACE = timedelta(minutes=5)
"""After the alert above is over, what it held is given so long to be over too."""
RELEASED = Text("上级报警已结束而此问题仍在", "What was above it is over, and it is still there")
_HOLDS = and_(col(Alert.closed_at).is_(None), col(Alert.resolved_at).is_(None))


def settle(session: Session, some: Iterable[str], now: datetime, fresh: Collection[int] = ()) -> None:
    """Hold and release the alerts of these stations. Of `fresh` ones no event is written: theirs is still to come."""
    ordered = sorted(set(some) - {HUB})
    for first in range(0, len(ordered), AT_ONCE):
        _settle(session, ordered[first : first + AT_ONCE], now, fresh)


def _settle(session: Session, some: Collection[str], now: datetime, fresh: Collection[int]) -> None:
    over_lately = and_(
        col(Alert.facility).is_(None), col(Alert.closed_at).is_(None), col(Alert.resolved_at) > now - GRACE
    )
    query = select(Alert).where(col(Alert.station).in_(some), or_(_HOLDS, over_lately)).order_by(col(Alert.id))
    by_station: dict[str, list[Alert]] = {}
    for row in session.exec(query):
        by_station.setdefault(row.station, []).append(row)
    if not by_station:
        return
    worked_on = maintenance.active(session, by_station.keys(), now)
    silent = any(row.rule == SILENCE_RULE for rows in by_station.values() for row in rows)
    broker = _broker_away(session, now) if silent else None
    broken = {station for station, rows in by_station.items() if any(row.rule == LINE_RULE for row in rows)}
    lines = {
        station: {facility: line.name for line in some for facility in line.facilities}
        for station, some in (lines_of(session, broken) if broken else {}).items()
    }
    for station, rows in by_station.items():
        decided = held([_node(row) for row in rows], worked_on.get(station, ()), broker, lines.get(station))
        for row in rows:
            if row.resolved_at is None:
                reason, above = decided.get(row.id or 0, (None, None))
                _put(session, row, reason, above, now, (row.id or 0) in fresh)
    session.flush()


def _put(session: Session, row: Alert, reason: Reason | None, above: int | None, now: datetime, fresh: bool) -> None:
    if (row.inhibited, row.inhibited_by) == (reason, above):
        return
    was = row.inhibited
    row.inhibited, row.inhibited_by = None if reason is None else str(reason), above
    session.add(row)
    if fresh or (was is not None and reason is not None):
        return
    if reason is None:
        journal.write(session, row, What.RELEASED, now, RELEASED)
    else:
        journal.write(session, row, What.INHIBITED, now, REASONS[reason], by=above, reason=str(reason))


def to_settle(session: Session, now: datetime, most: int) -> list[str]:
    """Stations where something is held that nothing holds any more, or a window began, no more than so many."""
    above = select(Alert.id).where(_HOLDS).scalar_subquery()
    lately = (
        select(Alert.id).where(col(Alert.closed_at).is_(None), col(Alert.resolved_at) > now - GRACE).scalar_subquery()
    )
    within = (
        select(WindowRow.id)
        .where(col(WindowRow.station) == col(Alert.station), col(WindowRow.start) <= now, col(WindowRow.end) > now)
        .where(or_(col(WindowRow.facility).is_(None), col(WindowRow.facility) == col(Alert.facility)))
        .exists()
    )
    left_alone = and_(
        col(Alert.inhibited_by).is_not(None),
        col(Alert.inhibited_by).not_in(above),
        col(Alert.inhibited_by).not_in(lately),
    )
    window_over = and_(col(Alert.inhibited) == str(Reason.MAINTENANCE), ~within)
    window_began = and_(
        col(Alert.inhibited).is_(None), col(Alert.severity) != "safety", col(Alert.problem) == "", within
    )
    query = select(Alert.station).where(_HOLDS, or_(left_alone, window_over, window_began)).distinct()
    return list(session.exec(query.order_by(col(Alert.station)).limit(most)))


def _broker_away(session: Session, now: datetime) -> int | None:
    """The hub's own alert of many silent stations, while it lasts and shortly after."""
    query = select(Alert.id).where(Alert.station == HUB, col(Alert.closed_at).is_(None))
    return session.exec(
        query.where(or_(col(Alert.resolved_at).is_(None), col(Alert.resolved_at) > now - GRACE))
    ).first()


def _node(row: Alert) -> Node:
    reported = row.problem if row.rule == PEOPLE_RULE else ""
    line = row.problem.removeprefix(AS_PROBLEM) if row.rule == LINE_RULE else None
    return Node(row.id or 0, row.facility, row.cause, row.severity, reported, line)
