"""Check-ins: reading and writing."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from hub.checkins.tables import CheckInRow, RetractionRow
from hub.upsert import Row, upsert

Undone = tuple[str, str]
"""A record, and the station that says it is undone; only of its own is that true."""
ASKED_AT_ONCE = 900
"""Every database takes so many values in one statement; a backlog of check-ins may be longer (PostgreSQL: 65535)."""


def put_check_ins(session: Session, rows: Iterable[Row]) -> int:
    """By record id. Returns how many were not there before."""
    return upsert(session, CheckInRow, rows)


def put_retractions(session: Session, rows: Iterable[Row]) -> int:
    """By what they undo. Returns how many were not there before."""
    return upsert(session, RetractionRow, rows)


def retracted(session: Session, ids: Collection[str]) -> set[Undone]:
    """Of these records, those somebody has undone."""
    found: set[Undone] = set()
    ordered = sorted(ids)
    for first in range(0, len(ordered), ASKED_AT_ONCE):
        some = ordered[first : first + ASKED_AT_ONCE]
        query = select(RetractionRow.of, RetractionRow.station).where(col(RetractionRow.of).in_(some))
        found.update(session.exec(query).all())
    return found


def mark_retracted(session: Session, undone: Collection[Undone]) -> None:
    """Mark check-ins; only a station's own."""
    for record, station in sorted(undone):
        session.connection().execute(
            update(CheckInRow)
            .where(col(CheckInRow.id) == record, col(CheckInRow.station) == station)
            .values(retracted=True)
        )


def check_ins(session: Session, station: str, start: datetime, end: datetime) -> Sequence[CheckInRow]:
    """Those that stand, in [start, end), in order."""
    return session.exec(
        select(CheckInRow)
        .where(CheckInRow.station == station, CheckInRow.at >= start, CheckInRow.at < end)
        .where(col(CheckInRow.retracted).is_(False))
        .order_by(col(CheckInRow.at), col(CheckInRow.id))
    ).all()
