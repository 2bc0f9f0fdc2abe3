"""Check-ins: reading and writing."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from hub.checkins.tables import CheckInRow, RetractionRow
from hub.upsert import Row, upsert


def put_check_ins(session: Session, rows: Iterable[Row]) -> int:
    """By record id. Returns how many were not there before."""
    return upsert(session, CheckInRow, rows)


def put_retractions(session: Session, rows: Iterable[Row]) -> int:
    """By what they undo. Returns how many were not there before."""
    return upsert(session, RetractionRow, rows)


def retracted(session: Session, ids: Collection[str]) -> dict[str, str]:
    """Of these records, those somebody has undone, with the station that did."""
    rows = session.exec(select(RetractionRow.of, RetractionRow.station).where(col(RetractionRow.of).in_(ids)))
    return dict(rows.all())


def mark_retracted(session: Session, undone: dict[str, str]) -> None:
    """Mark check-ins; only a station's own."""
    for record, station in sorted(undone.items()):
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


def by_occupation(session: Session, station: str, start: datetime, end: datetime) -> Counter[str]:
    """How many came in, by occupation; those marked as a burst are counted apart, under `burst`."""
    return Counter("burst" if row.burst else row.occupation for row in check_ins(session, station, start, end))
