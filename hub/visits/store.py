"""Visits in the database: what is stored of one station's month, and the same added up and kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_
from sqlmodel import Session, col, select

from hub.checkins import store as checkins
from hub.columns import whole_times
from hub.feedback import store as feedback
from hub.health.tables import HourRow
from hub.stations.due import month_of, take_visits
from hub.stations.tables import Station
from hub.telemetry import store as telemetry
from hub.telemetry.tables import CountRow
from hub.upsert import Merge, replace, upsert
from hub.visits.gathering import Month, added_up, bounds
from hub.visits.tables import VisitMonth
from hub.visits.words import SATISFIED
from shared.opening import whole_hour

AT_ONCE = 20
"""Months added up while somebody waits for a page."""
LOOKED_AT_AGAIN = timedelta(hours=20)
"""The running month of every station is added up once a day: days without anybody mark nothing."""
PASSED_AGAIN = timedelta(hours=1)
"""Nor does footfall on its way in: it comes every quarter-hour, and an hour of it is added up at once."""
SETTLED = timedelta(hours=6)
"""After its end a month is added up once more: the last hours come late."""
_AGAIN = Merge(replace(VisitMonth))
HOUR = timedelta(hours=1)


def month_said(session: Session, station: str, month: int) -> Month:
    """All that is stored of it."""
    start, end = bounds(month)
    query = select(HourRow.hour).where(col(HourRow.hour).in_(whole_times(HOUR, start, end)), HourRow.station == station)
    return Month(
        checkins.check_ins(session, station, start, end),
        checkins.counts(session, station, start, end),
        feedback.feedback(session, station, start, end),
        telemetry.counts(session, station, start, end),
        set(session.exec(query.distinct())),
    )


def catch_up(session: Session, now: datetime, most: int = AT_ONCE) -> int:
    """Add up what has changed; returns how many months were. Commit afterwards."""
    due = take_visits(session, most)
    for station, month in due:
        fold(session, station, month, now)
    return len(due)


def look_again(session: Session, now: datetime, most: int) -> int:
    """Add up what nothing marks: the running month of stations where that was not done today, the month before where it
    was not done since it ended, and the running month where people passed lately. Returns how many months were.
    """
    running = month_of(now)
    begun, _ = bounds(running)
    before, done = month_of(begun - HOUR), 0
    for month, since in ((running, now - LOOKED_AT_AGAIN), (before, begun + SETTLED)):
        for station in _stale(session, month, since, most - done) if since <= now else []:
            fold(session, station, month, now)
            done += 1
    for station in _passed(session, running, now, most - done):
        fold(session, station, running, now)
        done += 1
    return done


def _stale(session: Session, month: int, since: datetime, most: int) -> Sequence[str]:
    fresh = and_(
        col(VisitMonth.station) == col(Station.id), col(VisitMonth.month) == month, col(VisitMonth.filtered).is_(True),
        col(VisitMonth.folded_at) > since,
    )  # fmt: skip
    query = select(Station.id).outerjoin(VisitMonth, fresh).where(col(VisitMonth.station).is_(None))
    return session.exec(query.where(col(Station.revoked_at).is_(None)).order_by(col(Station.id)).limit(most)).all()


def _passed(session: Session, month: int, now: datetime, most: int) -> Sequence[str]:
    """Where somebody passed since it was added up, more than an hour ago: longest ago first."""
    lately = select(CountRow.station).where(
        col(CountRow.start) >= whole_hour(now - 2 * PASSED_AGAIN), CountRow.entered + CountRow.undirected > 0
    )
    query = select(VisitMonth.station).where(
        VisitMonth.month == month, col(VisitMonth.filtered).is_(True), VisitMonth.folded_at <= now - PASSED_AGAIN,
        col(VisitMonth.station).in_(lately.distinct()),
    )  # fmt: skip
    return session.exec(query.order_by(col(VisitMonth.folded_at)).limit(most)).all()


def fold(session: Session, station: str, month: int, now: datetime) -> None:
    """Add a month up anew, from all that is stored: it may be done any number of times."""
    said = month_said(session, station, month)
    rows = []
    for filtered in (False, True):
        tally = added_up(said, filtered)
        faces = tally["face"]
        rows.append(
            {
                "filtered": filtered, "month": month, "station": station, "number": tally.total("day"),
                "answers": sum(faces), "satisfied": sum(faces[: 4 - SATISFIED + 1]), "folded_at": now,
                "figures": tally.packed,
            }
        )  # fmt: skip
    upsert(session, VisitMonth, rows, _AGAIN)
