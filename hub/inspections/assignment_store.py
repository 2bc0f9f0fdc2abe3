"""Assignments in the database: who is to inspect which station until when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from hub.accounts.actions import ALLOWED, Action
from hub.accounts.roles import Role
from hub.accounts.tables import StationGrant, User
from hub.inspections.purposes import Purpose
from hub.inspections.tables import Assigned, Assignment, Inspection
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.trail import store as trail
from hub.unions.store import below


@dataclass(frozen=True, slots=True)
class ToDo:
    """An assignment with its station and, once it is begun, its form."""

    assignment: Assignment
    station: Station
    inspection: Inspection | None
    people: tuple[str, ...]


def inspectors_for(session: Session, assigner: User, now: datetime) -> Sequence[User]:
    """Who may be assigned by this user: of their union and below, everywhere at home, or at one of their stations."""
    query = (
        select(User)
        .where(col(User.role).in_(ALLOWED[Action.INSPECT] - {Role.ADMINISTRATOR}), col(User.disabled_at).is_(None))
        .where(or_(col(User.expires_at).is_(None), col(User.expires_at) > now))
        .order_by(col(User.name))
    )
    if not (assigner.everywhere or assigner.role == Role.ADMINISTRATOR):
        named = select(StationGrant.user).where(col(StationGrant.station).in_(stations.ids_seen_by(assigner)))
        theirs = [col(User.id).in_(named), col(User.everywhere)]
        if assigner.union is not None:
            theirs.append(col(User.union).in_(below(assigner.union)))
        query = query.where(or_(*theirs))
    return session.exec(query).all()


def assign(
    session: Session, station: Station, people: Collection[User], purpose: Purpose, due: date, by: User, now: datetime
) -> Assignment:
    """One station to these people."""
    row = Assignment(station=station.id, purpose=purpose, due=due, assigned_at=now, assigned_by=by.name)
    session.add(row)
    session.flush()
    if row.id is None:
        raise LookupError("an assignment has not been saved")
    session.add_all(Assigned(assignment=row.id, user=one.id or 0) for one in people)
    names = "、".join(sorted(one.name for one in people))
    trail.note(
        session, by.name, by.role, "inspection.assign", now,
        station=station.id, subject=f"assignment {row.id}", new=f"{names} {purpose} {due}",
    )  # fmt: skip
    return row


def withdraw(session: Session, row: Assignment, by: User, now: datetime) -> None:
    """It stands no longer; what was begun stays."""
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        session.add(row)
        subject = f"assignment {row.id}"
        trail.note(session, by.name, by.role, "inspection.withdraw", now, station=row.station, subject=subject)


def get(session: Session, assignment: int) -> Assignment | None:
    """One assignment. None: there is none of this number."""
    return session.get(Assignment, assignment)


def same(session: Session, station: str, purpose: Purpose, people: Collection[int]) -> Assignment | None:
    """An open assignment of this station, for the same to the same people: what a second press of a button would make
    again. None: there is none."""
    query = (
        select(Assignment)
        .outerjoin(Inspection, col(Inspection.assignment) == col(Assignment.id))
        .where(Assignment.station == station, Assignment.purpose == purpose, col(Assignment.withdrawn_at).is_(None))
        .where(col(Inspection.submitted_at).is_(None))
    )
    for row in session.exec(query):
        if set(session.exec(select(Assigned.user).where(Assigned.assignment == row.id))) == set(people):
            return row
    return None


def is_assigned(session: Session, assignment: int | None, user: User) -> bool:
    """Whether this user is one of the people of it, and it stands."""
    if assignment is None or user.id is None:
        return False
    row = session.get(Assignment, assignment)
    there = session.get(Assigned, (assignment, user.id))
    return there is not None and row is not None and row.withdrawn_at is None


def ids_of(user: User) -> SelectOfScalar[int]:
    """Of this user's assignments, for `IN`."""
    return select(Assigned.assignment).where(Assigned.user == user.id)


def next_for(session: Session, user: User, station: str, named: int | None = None) -> Assignment | None:
    """This user's open assignment at a station: the `named` one, or the one due first. None: there is none."""
    found = [one.assignment for one in to_do(session, user, station)]
    return next((one for one in found if named in (None, one.id)), None)


def to_do(session: Session, user: User, station: str | None = None, most: int = 200) -> list[ToDo]:
    """This user's assignments that are not submitted, or were sent back; due first before the others."""
    query = _standing(user).where(col(Assignment.id).in_(ids_of(user)))
    query = query.where(or_(col(Inspection.submitted_at).is_(None), col(Inspection.returned_at).is_not(None)))
    if station is not None:
        query = query.where(Assignment.station == station)
    return _read(session, query, most)


def given(session: Session, user: User, most: int) -> list[ToDo]:
    """What is assigned and not submitted at the stations this user may see; due first before the others."""
    return _read(session, _standing(user).where(col(Assignment.done_at).is_(None)), most)


def close(session: Session, assignment: int | None, now: datetime) -> None:
    """Its form was submitted; the first time counts."""
    row = None if assignment is None else get(session, assignment)
    if row is not None and row.done_at is None:
        row.done_at = now
        session.add(row)


def _standing(user: User) -> Any:
    """Three tables joined: SQLModel's own type of it says nothing more."""
    here = col(Station.id) == col(Assignment.station)
    return (
        select(Assignment, Station, Inspection)
        .join(Station, col(Station.id) == col(Assignment.station))
        .outerjoin(Inspection, col(Inspection.assignment) == col(Assignment.id))
        .where(
            col(Assignment.withdrawn_at).is_(None),
            stations.ids_seen_by(user).where(here).correlate(Assignment).exists(),
        )
        .order_by(col(Assignment.due), col(Assignment.id))
    )


def _read(session: Session, query: Any, most: int) -> list[ToDo]:
    rows = session.exec(query.limit(most)).all()
    people = names(session, [assignment.id or 0 for assignment, _, _ in rows])
    return [ToDo(one, station, form, people.get(one.id or 0, ())) for one, station, form in rows]


def names(session: Session, assignments: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """Who is assigned, by assignment."""
    query = (
        select(Assigned.assignment, User.name)
        .join(User, col(User.id) == col(Assigned.user))
        .where(col(Assigned.assignment).in_(assignments))
        .order_by(col(User.name))
    )
    found: dict[int, tuple[str, ...]] = {}
    for assignment, name in session.exec(query):
        found[assignment] = (*found.get(assignment, ()), name)
    return found
