"""Who may repair what, read from the accounts."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from hub.accounts.actions import ALLOWED, Action
from hub.accounts.tables import User
from hub.alerts.tables import HUB
from hub.stations import store as stations

MOST = 100
"""People a form offers."""


def repairers(session: Session, station: str, now: datetime) -> list[User]:
    """Who may work on the alerts of a station, by name: those within whose jurisdiction it lies."""
    roles = [str(role) for role in ALLOWED[Action.WORK_ON_ALERTS]]
    query = select(User).where(col(User.role).in_(roles), *_active(now)).order_by(col(User.name))
    found = session.exec(query.limit(MOST)).all()
    return [one for one in found if station == HUB or stations.visible(session, one, station) is not None]


def repairer(session: Session, station: str, name: str, now: datetime) -> User | None:
    """One of them, by name. None: there is nobody of that name, or it is not theirs."""
    return next((one for one in repairers(session, station, now) if one.name == name), None)


def _active(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(User.disabled_at).is_(None), or_(col(User.expires_at).is_(None), col(User.expires_at) > now)
