"""Inspections in the database: beginning, finding, answering, and the trail of it."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from hub.accounts.roles import BY_UNION, Role
from hub.accounts.tables import User
from hub.inspections import assignment_store as assignments
from hub.inspections.answers import entry_of
from hub.inspections.attachment_store import photos_of
from hub.inspections.deeds import Change, Deed
from hub.inspections.log_store import identity, written
from hub.inspections.refusals import Refusal, Refused
from hub.inspections.sealing import Sealed
from hub.inspections.sheet import Entry, Head, Sheet, sheet_of
from hub.inspections.tables import Assignment, Inspection, InspectionItem
from hub.inspections.workflow import Line
from hub.rulebook import Form, Item, Rubric, rulebooks
from hub.stations import store as stations
from hub.stations.tables import Station
from shared.text import Text


def begin(session: Session, station: Station, form: Form, deed: Deed, assignment: Assignment | None) -> Inspection:
    """The form of the assignment, or without one the station's unasked draft: the one there is, else a fresh one."""
    found = _begun(session, station.id, assignment)
    if found is not None:
        return found
    row = Inspection(
        station=station.id,
        assignment=None if assignment is None else assignment.id,
        purpose="spot" if assignment is None else assignment.purpose,
        nonce=secrets.token_hex(16),
        rulebook=form.rulebook,
        rubric=form.owner.name,
        station_name=station.name,
        station_name_en=station.name_en,
        station_number=station.plaque_number or station.code or "",
        union_name=station.union_name,
        staffing=station.staffing,
        started_at=deed.at,
        started_by=deed.who.name,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # somebody else began at the same moment
        found = _begun(session, station.id, assignment)
        if found is None:
            raise
        return found
    written(session, row, None, Change("start", None, form.owner.name), deed)
    return row


def _begun(session: Session, station: str, assignment: Assignment | None) -> Inspection | None:
    query = select(Inspection)
    if assignment is not None:
        return session.exec(query.where(Inspection.assignment == assignment.id)).first()
    unasked = (col(Inspection.assignment).is_(None), col(Inspection.submitted_at).is_(None))
    return session.exec(query.where(Inspection.station == station, *unasked)).first()


def get(session: Session, inspection: int) -> Inspection | None:
    """One inspection. None: there is none of this number."""
    return session.get(Inspection, inspection)


def visible(session: Session, user: User, inspection: int) -> Inspection | None:
    """One inspection, if this user may see it: of a station of theirs, and a third party only its own (AH-41).
    None: it is not there, or not for them."""
    row = get(session, inspection)
    if row is None or stations.visible(session, user, row.station) is None:
        return None
    if user.role == Role.THIRD_PARTY and not assignments.is_assigned(session, row.assignment, user):
        return None
    return row


def visible_to(
    session: Session, user: User, *where: ColumnElement[bool], limit: int = 100, latest: Any = Inspection.started_at
) -> Sequence[Inspection]:
    """Inspections this user may see, the `latest` first."""
    seen = stations.ids_seen_by(user)
    # Of few stations all their inspections are read; of many the latest inspections until there are enough.
    many = seen.where(col(Station.id) == col(Inspection.station)).exists()
    query = select(Inspection).where(many if user.role in BY_UNION else col(Inspection.station).in_(seen), *where)
    if user.role == Role.THIRD_PARTY:
        query = query.where(col(Inspection.assignment).in_(assignments.ids_of(user)))
    return session.exec(query.order_by(col(latest).desc(), col(Inspection.id).desc()).limit(limit)).all()


def open_to(session: Session, user: User, limit: int = 100) -> Sequence[Inspection]:
    """Forms this user may see that are open: sent back, then drafts, each the latest first."""
    returned = visible_to(session, user, col(Inspection.returned_at).is_not(None), limit=limit)
    return [*returned, *visible_to(session, user, col(Inspection.submitted_at).is_(None), limit=limit)][:limit]


CLOSED = (col(Inspection.submitted_at).is_not(None), col(Inspection.returned_at).is_(None))
"""Of forms that are not open."""


def may_fill(session: Session, row: Inspection, user: User) -> bool:
    """Whether the form is this user's to fill in: assigned, an administrator, or who began it where nobody assigned."""
    own = row.assignment is None and row.started_by == user.name
    return own or user.role == Role.ADMINISTRATOR or assignments.is_assigned(session, row.assignment, user)


def line(session: Session, row: Inspection, key: str) -> tuple[Item, Entry]:
    """One line and what is kept of it. Raises LookupError for one the form does not have."""
    rubric = rubric_of(row)
    item = rubric.item(key)
    if item is None:
        raise LookupError(f"{row.rubric} has no line {key}")
    return item, entries(session, row, rubric)[key]


def is_open(row: Inspection) -> bool:
    """It may be filled in: a draft, or sent back."""
    return row.submitted_at is None or row.returned_at is not None


def rubric_of(row: Inspection) -> Rubric:
    """The form it is. Raises LookupError for an edition without one."""
    rubric = rulebooks()[row.rubric].rubric
    if rubric is None:
        raise LookupError(f"{row.rubric} has no form")
    return rubric


def head_of(row: Inspection) -> Head:
    """The head of the form, with the editions it was made with."""
    closed = not is_open(row)
    return Head(
        id=identity(row),
        station=row.station,
        name=Text(row.station_name, row.station_name_en or row.station_name),
        number=row.station_number,
        union=row.union_name,
        rulebook=rulebooks()[row.rulebook],
        owner=rulebooks()[row.rubric],
        started_at=row.started_at,
        started_by=row.started_by,
        submitted_at=row.submitted_at if closed else None,
        submitted_by=row.submitted_by if closed else None,
        purpose=row.purpose,
        unmanned=row.staffing == "unmanned",
        returned_at=row.returned_at,
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by,
        version=row.version,
        remark=row.remark,
        presence=row.presence,
        arrived_at=row.arrived_at,
        code_steps=row.code_steps,
        distance_m=row.distance_m,
        accuracy_m=row.accuracy_m,
    )


def entries(session: Session, row: Inspection, rubric: Rubric) -> dict[str, Entry]:
    """What was answered so far, by line. Raises BrokenSeal where a sealed proposal was tampered with."""
    query = select(InspectionItem).where(InspectionItem.inspection == identity(row))
    photos = photos_of(session, identity(row))
    rows = {kept.key: kept for kept in session.exec(query.execution_options(populate_existing=True))}
    closed = not is_open(row)
    return {
        item.key: entry_of(item, rows.get(item.key), photos[item.key], row.nonce, closed) for item in rubric.items()
    }


def sheet(session: Session, row: Inspection) -> Sheet:
    """The whole form as it is now."""
    rubric = rubric_of(row)
    return sheet_of(head_of(row), rubric, entries(session, row, rubric))


def answer(
    session: Session, row: Inspection, key: str, before: Entry, line: Line, change: Change, deed: Deed,
    more: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Keep the line as it is now, with its trail; `more` are columns beside it. Raises Refused where somebody else
    changed it since `before`."""
    values: dict[str, Any] = {
        "version": before.version + 1,
        "look": line.look,
        "looked_at": line.looked_at,
        "looked_by": deed.who.name if change.what == "look" else before.looked_by,
        "revealed_at": line.revealed_at,
        "revealed_by": deed.who.name if change.what == "reveal" else before.revealed_by,
        "points": line.points,
        "not_applicable": line.not_applicable,
        "decided_at": line.decided_at,
        "decided_by": line.decided_by,
        "override_reason": line.reason,
        "note": line.note,
    } | (more or {})
    number = identity(row)
    place = (col(InspectionItem.inspection) == number, col(InspectionItem.key) == key)
    try:
        with session.begin_nested() as nested:
            connection = session.connection()
            if before.version == 0:
                connection.execute(insert(InspectionItem).values(inspection=number, key=key, **values))
            else:
                guarded = update(InspectionItem).where(*place, col(InspectionItem.version) == before.version)
                if connection.execute(guarded.values(**values)).rowcount != 1:
                    raise Refused(Refusal.CHANGED_MEANWHILE)
            nested.commit()
    except IntegrityError as error:
        raise Refused(Refusal.CHANGED_MEANWHILE) from error
    written(session, row, key, change, deed)


def sealed_as(sealed: Sealed, *, second: bool = False) -> dict[str, Any]:
    """The columns that keep a sealed proposal."""
    prefix = "second_" if second else ""
    return {f"{prefix}proposal": sealed.content, f"{prefix}seal": sealed.digest}
