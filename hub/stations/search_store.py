"""Finding stations by words, union, kind and standing, always within a user's jurisdiction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Executable, func, select
from sqlmodel import Session, col

from hub.accounts.tables import User
from hub.stations.jurisdiction import of_union, seen_by
from hub.stations.store import says
from hub.stations.tables import Station
from hub.stations.wanted import Wanted

_PLACED = (col(Station.latitude).is_not(None), col(Station.longitude).is_not(None))


def found_by(session: Session, user: User, wanted: Wanted) -> Sequence[tuple[str, str]]:
    """Id and name of the wanted stations this user may see."""
    query = select(col(Station.id), col(Station.name))
    return _told(session, query.where(seen_by(user), *_wanted(wanted)))


def placed(session: Session, user: User, wanted: Wanted) -> Sequence[tuple[str, str, str, int | None, float, float]]:
    """Of those, the ones somebody gave a place: id, name, English name, union, latitude, longitude."""
    columns = (Station.id, Station.name, Station.name_en, Station.union, Station.latitude, Station.longitude)
    query = select(*[col(column) for column in columns])
    return _told(session, query.where(seen_by(user), *_wanted(wanted), *_PLACED))


def placed_count(session: Session, user: User, wanted: Wanted) -> int:
    """How many they are."""
    query = select(func.count()).select_from(Station).where(seen_by(user), *_wanted(wanted), *_PLACED)
    return session.connection().execute(query).scalar_one()


def unions_of(session: Session, user: User) -> set[int]:
    """The unions in which the stations this user may see hang, in both trees."""
    found: set[int] = set()
    for column in (col(Station.union), col(Station.industry)):
        rows = _told(session, select(column).where(seen_by(user)).distinct())
        found.update(number for (number,) in rows if number is not None)
    return found


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    where = [says(word) for word in wanted.words.split()]
    if wanted.union is not None:
        where.append(of_union(wanted.union))
    if wanted.kind is not None:
        where.append(col(Station.kind) == wanted.kind)
    if wanted.standing is not None:
        where.append(col(Station.standing) == wanted.standing)
    return where


def _told(session: Session, query: Executable) -> Sequence[Any]:
    return session.connection().execute(query).all()
