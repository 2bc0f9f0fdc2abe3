"""The numbers of inspections in the database: kept up, and read as summaries.

They are made of what is new or has another version: by the hub's clock, and a few when a summary is asked for, so that
what was just submitted is in it. The page says how many are still to come.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from hub.accounts.tables import User
from hub.exports.months import Span
from hub.exports.summing import summed
from hub.exports.sums import NUMBERS, OF_STATIONS, Hung, Sums
from hub.exports.tables import InspectionSum, LineSum
from hub.findings.tables import Finding
from hub.findings.words import Stage
from hub.inspections import store
from hub.inspections.log_store import identity
from hub.inspections.tables import Inspection
from hub.stations.jurisdiction import of_union, seen_by
from hub.stations.tables import Station
from hub.upsert import Merge, replace, upsert

AT_REQUEST, A_TICK = 10, 20
"""Forms taken in while somebody waits, and in one of the clock's ticks: each is read as a whole."""
_AGAIN = Merge(replace(InspectionSum))


def catch_up(session: Session, most: int = AT_REQUEST) -> int:
    """Bring the numbers up to date; returns how many inspections are still to come."""
    returned = select(col(Inspection.id)).where(col(Inspection.returned_at).is_not(None))
    gone = select(col(InspectionSum.inspection)).where(col(InspectionSum.inspection).in_(returned)).limit(1)
    # Asked before it is done: a statement that deletes nothing still waits for whoever writes.
    if session.connection().execute(gone).first() is not None:
        for table in (LineSum, InspectionSum):
            session.connection().execute(delete(table).where(col(table.inspection).in_(returned)))
    fresh = (col(InspectionSum.inspection) == col(Inspection.id)) & (
        col(InspectionSum.version) == col(Inspection.version)
    )
    due = (
        select_rows(Inspection)
        .outerjoin(InspectionSum, fresh)
        .where(col(Inspection.submitted_at).is_not(None), col(Inspection.returned_at).is_(None))
        .where(col(InspectionSum.inspection).is_(None))
    )
    rows = session.exec(due.order_by(col(Inspection.id)).limit(most)).all()
    for row in rows:
        said, lines = summed(store.sheet(session, row))
        session.connection().execute(delete(LineSum).where(col(LineSum.inspection) == identity(row)))
        upsert(session, InspectionSum, [said.model_dump()], _AGAIN)
        upsert(session, LineSum, [line.model_dump() for line in lines])
    return session.exec(select_rows(func.count()).select_from(due.subquery())).one() if len(rows) == most else 0


def _added(names: Sequence[str]) -> list[ColumnElement[Any]]:
    """Count, lowest total, and the sums of these."""
    sums = [func.sum(col(getattr(InspectionSum, name))) for name in names]
    return [func.count(), func.min(col(InspectionSum.total)), *sums]


def _sums(row: Sequence[Any], names: Sequence[str]) -> Sums:
    """From what `_added` gives."""
    return Sums(row[0], row[1], _named(row[2:], names))


def _named(values: Sequence[Any], names: Sequence[str]) -> dict[str, int]:
    """PostgreSQL sums to decimals."""
    return {name: int(value) for name, value in zip(names, values, strict=True)}


def _within(table: type[InspectionSum] | type[LineSum], span: Span) -> ColumnElement[bool]:
    return col(table.month).between(span.first, span.last)


def _seen(user: User, union: int | None) -> ColumnElement[bool]:
    """Which stations: those this user may see, of this union."""
    return seen_by(user) if union is None else and_(seen_by(user), of_union(union))


def by_month_and_inspector(session: Session, user: User, span: Span, union: int | None) -> list[tuple[int, str, Sums]]:
    """All of them, by both."""
    by = (col(InspectionSum.month), col(InspectionSum.inspector))
    seen = col(InspectionSum.station).in_(select(col(Station.id)).where(_seen(user, union)))
    query = select(*by, *_added(NUMBERS)).where(_within(InspectionSum, span), seen).group_by(*by)
    rows = session.connection().execute(query).all()
    return [(row[0], row[1], _sums(row[2:], NUMBERS)) for row in rows]


def by_union(session: Session, user: User, span: Span, union: int | None) -> Sequence[Hung]:
    """The stations that were inspected, by where they hang in both trees."""
    station = col(InspectionSum.station)
    sums = [func.sum(col(getattr(InspectionSum, name))).label(name) for name in OF_STATIONS]
    of_one = select(station, func.count().label("forms"), func.min(col(InspectionSum.total)).label("low"), *sums)
    each = of_one.where(_within(InspectionSum, span)).group_by(station).subquery()
    by = (col(Station.union), col(Station.industry))
    total = [func.sum(each.c[name]) for name in ("forms", *OF_STATIONS)]
    query = select(*by, func.count(), func.min(each.c.low), *total).join(each, each.c.station == col(Station.id))
    rows = session.connection().execute(query.where(_seen(user, union)).group_by(*by)).all()
    return [Hung(row[0], row[1], row[2], Sums(row[4], row[3], _named(row[5:], OF_STATIONS))) for row in rows]


def lowest(
    session: Session, user: User, span: Span, union: int | None, first: int, most: int
) -> list[tuple[str, Sums]]:
    """Stations, those with the most lines of the lowest points first."""
    station = col(InspectionSum.station)
    query = select(station, *_added(OF_STATIONS)).where(_within(InspectionSum, span))
    query = query.where(station.in_(select(col(Station.id)).where(_seen(user, union)))).group_by(station)
    query = query.order_by(func.sum(col(InspectionSum.lowest_lines)).desc(), station).offset(first).limit(most)
    return [(row[0], _sums(row[1:], OF_STATIONS)) for row in session.connection().execute(query)]


def lines(session: Session, user: User, span: Span, union: int | None) -> list[tuple[str, str, str, int]]:
    """(what, line, reason) that stand out, and how often."""
    what = (col(LineSum.what), col(LineSum.key), col(LineSum.reason))
    seen = col(LineSum.station).in_(select(col(Station.id)).where(_seen(user, union)))
    query = select(*what, func.count()).where(_within(LineSum, span), seen).group_by(*what)
    rows = session.connection().execute(query.order_by(func.count().desc(), *what))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def findings(session: Session, user: User, union: int | None, now: datetime) -> tuple[int, int]:
    """How many are open now, and how many of them late."""
    seen = select(col(Station.id)).where(_seen(user, union))
    late = case((and_(col(Finding.due_at) < now, col(Finding.stage).in_((Stage.OPEN, Stage.TAKEN_UP))), 1))
    query = select(func.count(), func.count(late)).where(
        col(Finding.closed_at).is_(None), col(Finding.station).in_(seen)
    )
    opened, overdue = session.connection().execute(query).one()
    return opened, overdue
