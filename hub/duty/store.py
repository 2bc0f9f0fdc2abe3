"""Duty rosters in the database: which one a station has, who may be named in one, adding and removing."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, or_, true
from sqlmodel import Session, SQLModel, col, select

from hub.accounts.actions import Action, may
from hub.accounts.roles import Role
from hub.accounts.tables import StationGrant, User
from hub.duty.tables import DutyChange, DutyRoster, DutyShift
from hub.duty.week import Change, Roster, Shift
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.unions import store as unions
from hub.unions.tables import Union
from shared.text import Text

ON_DUTY = frozenset(role for role in Role if may(role, Action.HAVE_ROADS))
_Row = TypeVar("_Row", bound=SQLModel)


def rosters_of(session: Session, some: Collection[Station]) -> dict[str, Roster | None]:
    """The roster of each station: its own; else that of the nearest union above it, of the territory before the
    industry. None: nobody is on duty for it.
    """
    nodes = unions.named(session, {node for one in some for node in (one.union, one.industry)})
    above = {number: _upwards(node) for number, node in nodes.items()}
    asked = {number for path in above.values() for number in path}
    there = or_(col(DutyRoster.union).in_(asked), col(DutyRoster.station).in_([one.id for one in some]))
    rows = session.exec(select(DutyRoster).where(there).order_by(col(DutyRoster.id))).all()
    own = {row.station: identity(row) for row in reversed(rows) if row.station is not None}
    of_union = {row.union: identity(row) for row in reversed(rows) if row.union is not None}
    chosen: dict[str, int | None] = {}
    for one in some:
        path = [number for node in (one.union, one.industry) if node is not None for number in above.get(node, ())]
        chosen[one.id] = own.get(one.id) or next((of_union[number] for number in path if number in of_union), None)
    loaded = load(session, {number for number in chosen.values() if number is not None})
    return {station: None if number is None else loaded[number] for station, number in chosen.items()}


def load(session: Session, ids: Collection[int]) -> dict[int, Roster]:
    """These rosters, whole."""
    rows = session.exec(select(DutyRoster).where(col(DutyRoster.id).in_(ids))).all()
    shifts: dict[int, list[Shift]] = {}
    for shift in session.exec(select(DutyShift).where(col(DutyShift.roster).in_(ids))):
        pattern = Shift(shift.level, shift.weekday, shift.start, shift.end, shift.user)
        shifts.setdefault(shift.roster, []).append(pattern)
    changes: dict[int, list[Change]] = {}
    for row in session.exec(select(DutyChange).where(col(DutyChange.roster).in_(ids))):
        changes.setdefault(row.roster, []).append(Change(row.level, row.day, row.start, row.end, row.user))
    return {
        number: Roster(number, shifts.get(number, ()), changes.get(number, ()), row.safety_minutes, row.high_minutes)
        for row in rows
        for number in [identity(row)]
    }


def seen_rosters(user: User) -> ColumnElement[bool]:
    """Which rosters are within a user's jurisdiction: of its stations, and of its union and all below it."""
    of_station = col(DutyRoster.station).in_(stations.ids_seen_by(user))
    if _everywhere(user):
        return or_(col(DutyRoster.union).is_not(None), of_station)
    return or_(of_station, col(DutyRoster.union).in_(unions.below(user.union)))


def visible(session: Session, user: User) -> Sequence[DutyRoster]:
    """The rosters this user may see, by name."""
    query = select(DutyRoster).where(seen_rosters(user))
    return session.exec(query.order_by(col(DutyRoster.name), col(DutyRoster.id))).all()


def first_of(session: Session, user: User, rosters: Sequence[DutyRoster]) -> DutyRoster | None:
    """Of these, one the user is named in, else the first. None: there is none."""
    numbers = [one.id for one in rosters]
    query = select(DutyShift.roster).where(DutyShift.user == user.id, col(DutyShift.roster).in_(numbers))
    named = session.exec(query.order_by(col(DutyShift.roster))).first()
    return next((one for one in rosters if named in (None, one.id)), None)


def find(session: Session, user: User, roster: int) -> DutyRoster | None:
    """One roster, if this user may see it."""
    return session.exec(select(DutyRoster).where(seen_rosters(user), col(DutyRoster.id) == roster)).first()


def unions_of(session: Session, user: User) -> Sequence[Union]:
    """The unions this user may make a roster for, parents before children."""
    within = true() if _everywhere(user) else col(Union.id).in_(unions.below(user.union))
    return session.exec(select(Union).where(within).order_by(col(Union.tree).desc(), col(Union.path))).all()


def people(session: Session, user: User, roster: DutyRoster | None = None) -> dict[int, User]:
    """Whom this user may name in a roster, by number: whoever works within the user's jurisdiction, and whoever is
    named already.
    """
    query = select(User).where(col(User.role).in_(ON_DUTY), col(User.disabled_at).is_(None))
    if not _everywhere(user):
        granted = select(StationGrant.user).where(col(StationGrant.station).in_(stations.ids_seen_by(user)))
        within: list[ColumnElement[bool]] = [
            col(User.id) == user.id, col(User.id).in_(granted), col(User.union).in_(unions.below(user.union)),
        ]  # fmt: skip
        if roster is not None:
            within += [col(User.id).in_(select(table.user).where(table.roster == roster.id)) for table in _NAMING]
        query = query.where(or_(*within))
    return {one.id: one for one in session.exec(query.order_by(col(User.name))) if one.id is not None}


def shifts(session: Session, roster: DutyRoster) -> Sequence[DutyShift]:
    """The weekly pattern, by level, day and time."""
    order = [col(DutyShift.level), col(DutyShift.weekday), col(DutyShift.start), col(DutyShift.id)]
    return session.exec(select(DutyShift).where(DutyShift.roster == roster.id).order_by(*order)).all()


def changes(session: Session, roster: DutyRoster) -> Sequence[DutyChange]:
    """What holds on single days, by day."""
    order = [col(DutyChange.day), col(DutyChange.level), col(DutyChange.start), col(DutyChange.id)]
    return session.exec(select(DutyChange).where(DutyChange.roster == roster.id).order_by(*order)).all()


def is_named(session: Session, user: User) -> bool:
    """Whether this user is on any roster."""
    return any(session.exec(select(table.id).where(table.user == user.id)).first() is not None for table in _NAMING)


def names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """What these users are called, also those who are gone."""
    rows = session.exec(select(User.id, User.name).where(col(User.id).in_(ids)))
    return {number: name for number, name in rows if number is not None}


def place_of(session: Session, roster: DutyRoster) -> Text:
    """What the roster is for."""
    if roster.station is not None:
        station = session.get_one(Station, roster.station)
        return Text(station.name, station.name_en or station.name)
    union = session.get_one(Union, roster.union)
    return Text(union.name, union.name_en or union.name)


def add(session: Session, row: _Row) -> _Row:
    """Add a row of a roster."""
    session.add(row)
    session.flush()
    return row


def has_roster(session: Session, union: int | None, station: str | None) -> bool:
    """Whether this union or this station has one already: two of one place would be one too many."""
    place = DutyRoster.station == station if union is None else DutyRoster.union == union
    return session.exec(select(DutyRoster.id).where(place)).first() is not None


def remove(session: Session, table: type[DutyShift] | type[DutyChange], roster: DutyRoster, number: int) -> str | None:
    """Take a row out of this roster. What it said; None: it has none of this number."""
    row = session.get(table, number)
    if not isinstance(row, DutyShift | DutyChange) or row.roster != roster.id:
        return None
    said = described(row)
    session.delete(row)
    session.flush()
    return said


def described(row: DutyShift | DutyChange) -> str:
    """For the trail."""
    when = str(row.day) if isinstance(row, DutyChange) else f"weekday {row.weekday}"
    return f"level {row.level} {when} {row.start}-{row.end} user {row.user}"


def new_roster(name: str, union: int | None, station: str | None, now: datetime) -> DutyRoster:
    """An empty one with the defaults."""
    return DutyRoster(name=name, union=union, station=station, created_at=now)


def identity(roster: DutyRoster) -> int:
    """Its number. Raises LookupError for one that has not been saved."""
    if roster.id is None:
        raise LookupError(f"{roster.name} has not been saved")
    return roster.id


_NAMING: tuple[type[DutyShift] | type[DutyChange], ...] = (DutyShift, DutyChange)


def _everywhere(user: User) -> bool:
    return user.everywhere or user.role == Role.ADMINISTRATOR


def _upwards(node: Union) -> list[int]:
    """The union itself, then those above it."""
    return [int(number) for number in reversed(node.path.split("/")) if number]
