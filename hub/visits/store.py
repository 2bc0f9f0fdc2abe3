"""Visits in the database: what is stored of one station's month, and the same added up and kept."""

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
from hub.upsert import Merge, replace, upsert
from hub.visits.gathering import Month, added_up, bounds
from hub.visits.tables import VisitMonth
from hub.visits.words import SATISFIED

AT_ONCE = 20
"""Months added up while somebody waits for a page."""
LOOKED_AT_AGAIN = timedelta(hours=20)
"""The running month of every station is added up once a day: footfall, and days without anybody, mark nothing."""
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
    """Add the running month up of stations where that was not done today; returns how many they were."""
    month = month_of(now)
    fresh = and_(
        col(VisitMonth.station) == col(Station.id), col(VisitMonth.month) == month, col(VisitMonth.filtered).is_(True),
        col(VisitMonth.folded_at) > now - LOOKED_AT_AGAIN,
    )  # fmt: skip
    query = select(Station.id).outerjoin(VisitMonth, fresh).where(col(VisitMonth.station).is_(None))
    stale = session.exec(query.where(col(Station.revoked_at).is_(None)).order_by(col(Station.id)).limit(most)).all()
    for station in stale:
        fold(session, station, month, now)
    return len(stale)


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
