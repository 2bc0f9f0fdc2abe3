"""Many inspections, read some at a time: of a union, a month, a form, a state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.formats import SHANGHAI
from hub.inspections.assignment_store import ids_of
from hub.inspections.log_store import identity
from hub.inspections.tables import Inspection, InspectionItem
from hub.stations.jurisdiction import of_union, seen_by
from hub.stations.tables import Station
from shared.text import Text

AT_ONCE = 200
MOST = 50_000
"""Inspections in one file."""


class State(StrEnum):
    """How far an inspection is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


STATE_WORDS: dict[State, Text] = {
    State.DRAFT: Text("草稿", "Draft"),
    State.SUBMITTED: Text("待复核", "Waits for the second look"),
    State.CONFIRMED: Text("已复核", "Confirmed"),
    State.RETURNED: Text("已退回", "Sent back"),
}


@dataclass(frozen=True, slots=True)
class Which:
    """Which inspections."""

    union: int | None = None
    """None: of every union."""
    month: str | None = None
    """2026-07: submitted in it, in Shanghai. None: of any time."""
    rubric: str | None = None
    state: State | None = None


class ListedLine(BaseModel):
    """One line of one form."""

    key: str
    points: int | None
    """None: not decided, or not applicable."""
    not_applicable: bool
    overridden: bool
    """Other points than proposed."""
    reason: str | None
    note: str
    decided_by: str | None


class ListedInspection(BaseModel):
    """One inspection in a file of many."""

    id: int
    station: str
    name: str
    number: str
    union: str
    rubric: str
    purpose: str
    state: State
    started_at: datetime
    started_by: str
    submitted_at: datetime | None
    submitted_by: str | None
    confirmed_by: str | None
    total: int | None
    possible: int | None
    version: int
    lines: list[ListedLine]


def month_of(said: str) -> tuple[datetime, datetime]:
    """From the first moment of a month to that of the next, in Shanghai. Raises ValueError."""
    start = datetime.strptime(said, "%Y-%m").replace(tzinfo=SHANGHAI)
    return start, (start + timedelta(days=32)).replace(day=1)


def inspections(session: Session, user: User, which: Which) -> Iterator[ListedInspection]:
    """Those this user may see, oldest first, `MOST` at most; read two hundred at a time."""
    after, read = 0, 0
    where = and_(*_wanted(user, which))
    while read < MOST:
        query = select(Inspection).where(where, col(Inspection.id) > after).order_by(col(Inspection.id)).limit(AT_ONCE)
        rows = session.exec(query).all()
        if not rows:
            return
        lines = _lines(session, [identity(row) for row in rows])
        for row in rows:
            yield _listed(row, lines.get(identity(row), []))
        after, read = identity(rows[-1]), read + len(rows)
        session.expunge_all()


def _wanted(user: User, which: Which) -> list[ColumnElement[bool]]:
    seen = select(Station.id).where(seen_by(user))
    if which.union is not None:
        seen = seen.where(of_union(which.union))
    found: list[ColumnElement[bool]] = [col(Inspection.station).in_(seen)]
    if user.role == Role.THIRD_PARTY:
        found.append(col(Inspection.assignment).in_(ids_of(user)))
    if which.month is not None:
        start, end = month_of(which.month)
        found += [col(Inspection.submitted_at) >= start, col(Inspection.submitted_at) < end]
    if which.rubric is not None:
        found.append(col(Inspection.rubric) == which.rubric)
    if which.state is not None:
        found.append(_in_state(which.state))
    return found


def _in_state(state: State) -> ColumnElement[bool]:
    submitted, returned = col(Inspection.submitted_at).is_not(None), col(Inspection.returned_at).is_not(None)
    if state is State.DRAFT:
        return ~submitted
    if state is State.RETURNED:
        return and_(submitted, returned)
    confirmed = col(Inspection.confirmed_at).is_not(None)
    return and_(submitted, ~returned, confirmed if state is State.CONFIRMED else ~confirmed)


def state_of(row: Inspection) -> State:
    """How far it is."""
    if row.submitted_at is None:
        return State.DRAFT
    if row.returned_at is not None:
        return State.RETURNED
    return State.SUBMITTED if row.confirmed_at is None else State.CONFIRMED


def _lines(session: Session, ids: list[int]) -> dict[int, list[ListedLine]]:
    """Without proposals: the columns that are small."""
    query = select(
        InspectionItem.inspection, InspectionItem.key, InspectionItem.points, InspectionItem.not_applicable,
        InspectionItem.override_reason, InspectionItem.note, InspectionItem.decided_by,
    ).where(col(InspectionItem.inspection).in_(ids)).order_by(col(InspectionItem.key))  # type: ignore[call-overload]  # fmt: skip
    found: dict[int, list[ListedLine]] = {}
    for inspection, key, points, skipped, reason, note, by in session.exec(query):
        line = ListedLine(
            key=key, points=points, not_applicable=skipped, overridden=reason is not None, reason=reason, note=note,
            decided_by=by,
        )  # fmt: skip
        found.setdefault(inspection, []).append(line)
    return found


def _listed(row: Inspection, lines: list[ListedLine]) -> ListedInspection:
    return ListedInspection(
        id=identity(row), station=row.station, name=row.station_name, number=row.station_number, union=row.union_name,
        rubric=row.rubric, purpose=row.purpose, state=state_of(row), started_at=row.started_at,
        started_by=row.started_by, submitted_at=row.submitted_at, submitted_by=row.submitted_by,
        confirmed_by=row.confirmed_by, total=row.total, possible=row.possible, version=row.version, lines=lines,
    )  # fmt: skip
