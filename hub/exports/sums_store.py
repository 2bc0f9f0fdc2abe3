"""The numbers of inspections in the database: kept up, and read as summaries.

They are made when a summary is asked for, of what is new or has another version; the first time after an upgrade some
hundreds at each request, and the page says how many are still to come.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, SQLColumnExpression, and_, case, delete, func, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from hub.accounts.tables import User
from hub.exports.months import Span
from hub.exports.summing import summed
from hub.exports.sums import NUMBERS, Sums
from hub.exports.tables import InspectionSum, LineSum
from hub.findings.tables import Finding
from hub.findings.words import Stage
from hub.inspections import store
from hub.inspections.log_store import identity
from hub.inspections.tables import Inspection
from hub.stations.jurisdiction import of_union, seen_by
from hub.stations.tables import Station
from hub.upsert import Merge, replace, upsert

AT_ONCE = 300
A_PAGE = 50
_AGAIN = Merge(replace(InspectionSum))


def catch_up(session: Session, most: int = AT_ONCE) -> int:
    """Bring the numbers up to date; returns how many inspections are still to come."""
    returned = select(col(Inspection.id)).where(col(Inspection.returned_at).is_not(None))
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


_ADDED = (
    func.count(), func.min(col(InspectionSum.total)), *(func.sum(getattr(InspectionSum, name)) for name in NUMBERS)
)  # fmt: skip


def of_row(row: Row[tuple[object, ...]] | Sequence[object], skip: int) -> Sums:
    """From a row whose first `skip` columns say of what."""
    count, low, *added = row[skip:]
    numbers = {name: int(str(value or 0)) for name, value in zip(NUMBERS, added, strict=True)}
    return Sums(int(str(count)), None if low is None else int(str(low)), numbers)


def within(user: User, span: Span, union: int | None) -> ColumnElement[bool]:
    """Which inspections: of the stations this user may see, submitted in these months."""
    seen = select(col(Station.id)).where(seen_by(user))
    if union is not None:
        seen = seen.where(of_union(union))
    months = col(InspectionSum.month).between(span.first, span.last)
    return and_(months, col(InspectionSum.station).in_(seen))


def grouped(session: Session, where: ColumnElement[bool], by: SQLColumnExpression[Any]) -> dict[object, Sums]:
    """By one thing."""
    rows = session.connection().execute(select(by, *_ADDED).where(where).group_by(by).order_by(by))
    return {row[0]: of_row(row, 1) for row in rows}


def everything(session: Session, where: ColumnElement[bool]) -> Sums:
    """All of them, each once."""
    return of_row(session.connection().execute(select(*_ADDED).where(where)).one(), 0)


def by_places(session: Session, where: ColumnElement[bool]) -> list[tuple[int | None, int | None, Sums]]:
    """By where their stations hang in the two trees."""
    places = (col(Station.union), col(Station.industry))
    joined = select(*places, *_ADDED).join(Station, col(Station.id) == col(InspectionSum.station))
    rows = session.connection().execute(joined.where(where).group_by(*places))
    return [(row[0], row[1], of_row(row, 2)) for row in rows]


def by_station(session: Session, where: ColumnElement[bool], page: int) -> list[tuple[Station, Sums]]:
    """A page of stations, those with the most lowest lines first."""
    low = func.sum(col(InspectionSum.lowest_lines))
    query = select(col(InspectionSum.station), *_ADDED).where(where).group_by(col(InspectionSum.station))
    query = query.order_by(low.desc(), col(InspectionSum.station)).offset((page - 1) * A_PAGE).limit(A_PAGE)
    rows = session.connection().execute(query).all()
    places = {
        one.id: one for one in session.exec(select_rows(Station).where(col(Station.id).in_([r[0] for r in rows])))
    }
    return [(places[row[0]], of_row(row, 1)) for row in rows if row[0] in places]


def stations_in(session: Session, where: ColumnElement[bool]) -> int:
    """How many stations were inspected."""
    return (
        session.connection()
        .execute(select(func.count(col(InspectionSum.station).distinct())).where(where))
        .scalar_one()
    )


def lines(session: Session, where: ColumnElement[bool]) -> list[tuple[str, str, str, int]]:
    """(what, line, reason) that stand out, and how often."""
    what = (col(LineSum.what), col(LineSum.key), col(LineSum.reason))
    joined = select(*what, func.count()).join(InspectionSum, col(InspectionSum.inspection) == col(LineSum.inspection))
    rows = session.connection().execute(joined.where(where).group_by(*what).order_by(func.count().desc(), *what))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def findings(session: Session, user: User, union: int | None, now: datetime) -> tuple[int, int]:
    """How many are open now, and how many of them late."""
    seen = select(col(Station.id)).where(seen_by(user))
    if union is not None:
        seen = seen.where(of_union(union))
    late = case((and_(col(Finding.due_at) < now, col(Finding.stage).in_((Stage.OPEN, Stage.TAKEN_UP))), 1))
    query = select(func.count(), func.count(late)).where(
        col(Finding.closed_at).is_(None), col(Finding.station).in_(seen)
    )
    opened, overdue = session.connection().execute(query).one()
    return opened, overdue
