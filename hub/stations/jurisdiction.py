"""Which stations a user may see: one query, here and nowhere else."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, true
from sqlmodel import Session, col, select

from hub.accounts.roles import BY_UNION, Role
from hub.accounts.tables import StationGrant, User
from hub.stations.tables import Station
from hub.unions.store import below


def seen_by(user: User) -> ColumnElement[bool]:
    """Which rows of `Station` are within this user's jurisdiction. A station that was revoked is within nobody's.

    Of roles that act for a union: the stations of that union and of all below it, in either tree. Beside those, the
    stations named to the user one by one.
    """
    return and_(col(Station.revoked_at).is_(None), _within(user))


def left_of(user: User) -> ColumnElement[bool]:
    """Which revoked stations were within this user's jurisdiction: for looking up what became of a code (AH-32)."""
    return and_(col(Station.revoked_at).is_not(None), _within(user))


def _within(user: User) -> ColumnElement[bool]:
    named = col(Station.id).in_(select(StationGrant.station).where(StationGrant.user == user.id))
    return or_(named, _of_union(user)) if user.role in BY_UNION else named


def sees_all(user: User) -> bool:
    """Whether no station but those that were revoked is outside this user's jurisdiction."""
    return user.role in BY_UNION and (user.everywhere or user.role == Role.ADMINISTRATOR)


def sight_of(session: Session, user: User) -> tuple[str, int | None]:
    """Users of one sight see the same stations: what is looked up for one of them may be shown to all of them."""
    if sees_all(user):
        return ("everywhere", None)
    named = session.exec(select(StationGrant.station).where(StationGrant.user == user.id).limit(1)).first()
    return ("union", user.union) if user.role in BY_UNION and named is None else ("user", user.id)


def _of_union(user: User) -> ColumnElement[bool]:
    if user.everywhere or user.role == Role.ADMINISTRATOR:
        return true()
    return false() if user.union is None else of_union(user.union)


def of_union(union: int) -> ColumnElement[bool]:
    """Which rows of `Station` hang in this union or below it, in either tree."""
    unions = below(union)
    return or_(col(Station.union).in_(unions), col(Station.industry).in_(unions))


def unions_of(user: User) -> Select[int | None] | None:
    """The numbers of the unions whose stations a user of one union sees. None: of no union."""
    return None if user.union is None else below(user.union)
