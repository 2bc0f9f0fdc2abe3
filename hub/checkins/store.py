"""Check-ins: reading and writing."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Table, delete, update
from sqlmodel import Session, col, select

from hub.checkins.counting import AGAIN_AFTER, counting
from hub.checkins.tables import CheckInCountRow, CheckInRow, RetractionRow
from hub.stations.due import mark_visits, month_of
from hub.upsert import Merge, Row, table_of, upsert
from shared.opening import whole_hour

Undone = tuple[str, str]
"""A record, and the station that says it is undone; only of its own is that true."""
ASKED_AT_ONCE = 900
"""Every database takes so many values in one statement; a backlog of check-ins may be longer (PostgreSQL: 65535)."""

BESIDE, TOGETHER = timedelta(hours=1), timedelta(days=1)
"""How far from a check-in one looks for others of its run, and how much later they may have been received."""


def put_check_ins(session: Session, rows: Iterable[Row]) -> int:
    """By record id. Returns how many were not there before."""
    came = list(rows)
    mark_visits(session, ((row["station"], row["at"], row["received_at"]) for row in came))
    return upsert(session, CheckInRow, came)


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
    _mark(session, [record for record, _ in undone])


def _mark(session: Session, ids: Sequence[str]) -> None:
    for first in range(0, len(ids), ASKED_AT_ONCE):
        query = select(CheckInRow.station, CheckInRow.at, CheckInRow.received_at).where(
            col(CheckInRow.id).in_(ids[first : first + ASKED_AT_ONCE])
        )
        mark_visits(session, session.exec(query))


def count_old(session: Session, received_before: datetime, rows: int) -> int:
    """Of about so many check-ins, those received longest ago, only how many an hour is kept. Returns how many went.

    By when they were received: one that was long on its way is known by its id as long as any other. What counts of a
    burst rests on what came just before, so a run goes as a whole: with the others that were received within a day.
    """
    table = table_of(CheckInRow)
    old = _read(session, table, table.c.received_at < received_before, rows)
    if not old:
        return 0
    going = {row.id: row for row in old}
    for run in _runs([*_beside(session, table, old, received_before + TOGETHER), *old]):
        if any(row.id in going for row in run):
            going |= {row.id: row for row in run}
    standing = [row for row in going.values() if not row.retracted]
    number, counted = Counter(map(_hour_of, standing)), Counter(map(_hour_of, _counting(standing)))
    names = ("station", "hour", "occupation", "method", "burst")
    rows_of = [
        {**dict(zip(names, key, strict=True)), "number": many, "counted": counted[key]} for key, many in number.items()
    ]
    upsert(session, CheckInCountRow, rows_of, _ADDED)
    ids = sorted(going)
    for first in range(0, len(ids), ASKED_AT_ONCE):
        session.connection().execute(delete(table).where(table.c.id.in_(ids[first : first + ASKED_AT_ONCE])))
    return len(going)


def _read(session: Session, table: Table, which: ColumnElement[bool], rows: int | None = None) -> Sequence[Any]:
    query = sqlalchemy.select(table).where(which).order_by(table.c.received_at).limit(rows)
    return session.connection().execute(query.with_for_update(skip_locked=True)).all()


def _beside(session: Session, table: Table, old: Sequence[Any], received_before: datetime) -> list[Any]:
    """What else came at the same stations within an hour of these."""
    found: list[Any] = []
    times = [row.at for row in old]
    stations = sorted({row.station for row in old})
    near = table.c.at.between(min(times) - BESIDE, max(times) + BESIDE) & (table.c.received_at < received_before)
    for first in range(0, len(stations), ASKED_AT_ONCE):
        some = table.c.station.in_(stations[first : first + ASKED_AT_ONCE])
        found.extend(_read(session, table, some & near))
    return found


def _runs(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Check-ins that stand, by station and month, cut where so much time passed that the next counts in any case."""
    standing = {row.id: row for row in rows if not row.retracted}
    run: list[Any] = []
    for row in sorted(standing.values(), key=lambda one: (one.station, one.at)):
        last = run[-1] if run else row
        if row.station != last.station or row.at - last.at >= AGAIN_AFTER or month_of(row.at) != month_of(last.at):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _hour_of(row: Any) -> tuple[str, datetime, str, str, bool]:
    return row.station, whole_hour(row.at), row.occupation, row.method, row.burst


def _counting(rows: Iterable[Any]) -> list[Any]:
    """Of the check-ins of many stations those that count: each month by itself, as it is added up."""
    of_month: dict[tuple[str, int], list[Any]] = {}
    for row in rows:
        of_month.setdefault((row.station, month_of(row.at)), []).append(row)
    return [row for some in of_month.values() for row in counting(some)]


_ADDED = Merge(
    lambda there, coming: {"number": there.number + coming.number, "counted": there.counted + coming.counted}
)


def hourly(session: Session, station: str, start: datetime, end: datetime) -> Counter[datetime]:
    """How many came in each hour of [start, end), of those that count; however long ago.

    `start` is a whole hour. Of check-ins long ago the hour is all that is known: where `end` lies in one, it counts.
    """
    found = Counter(whole_hour(row.at) for row in counting(check_ins(session, station, start, end)))
    for row in counts(session, station, start, end):
        found[row.hour] += row.counted
    return found


def counts(session: Session, station: str, start: datetime, end: datetime) -> Sequence[CheckInCountRow]:
    """What is left of check-ins long ago: those of each hour that lies or begins in [start, end)."""
    query = (
        select(CheckInCountRow)
        .where(CheckInCountRow.station == station)
        .where(CheckInCountRow.hour >= start, CheckInCountRow.hour <= whole_hour(end - datetime.resolution))
    )
    return session.exec(query).all()


def check_ins(session: Session, station: str, start: datetime, end: datetime) -> Sequence[CheckInRow]:
    """Those that stand, in [start, end), in order."""
    return session.exec(
        select(CheckInRow)
        .where(CheckInRow.station == station, CheckInRow.at >= start, CheckInRow.at < end)
        .where(col(CheckInRow.retracted).is_(False))
        .order_by(col(CheckInRow.at), col(CheckInRow.id))
    ).all()
