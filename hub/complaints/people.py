"""Who may take on a complaint of a station, read from the accounts."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select

from hub.accounts.actions import ALLOWED, Action, may
from hub.accounts.roles import BY_UNION, Role
from hub.accounts.tables import StationGrant, User
from hub.complaints.tables import Complaint
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.unions.tables import Union

MOST = 200
"""People a form offers."""


def owners(session: Session, station: Station, now: datetime) -> Sequence[User]:
    """Those who may work on complaints and within whose jurisdiction the station lies, by name."""
    roles = [str(role) for role in ALLOWED[Action.WORK_ON_COMPLAINTS]]
    hung = [union for union in (station.union, station.industry) if union is not None]
    paths = session.exec(select(Union.path).where(col(Union.id).in_(hung)))
    above = {int(part) for path in paths for part in path.split("/") if part}
    named = col(User.id).in_(select(StationGrant.user).where(StationGrant.station == station.id))
    everywhere = or_(col(User.everywhere), col(User.role) == Role.ADMINISTRATOR, col(User.union).in_(above))
    by_union = and_(col(User.role).in_([str(role) for role in BY_UNION]), everywhere)
    query = (
        select(User)
        .where(col(User.role).in_(roles), col(User.disabled_at).is_(None), or_(named, by_union))
        .where(or_(col(User.expires_at).is_(None), col(User.expires_at) > now))
    )
    found = session.exec(query.order_by(col(User.name)).limit(MOST)).all()
    return [one for one in found if stations.visible(session, one, station.id) is not None]


def answers_for(user: User, complaint: Complaint) -> bool:
    """Whether this user may answer it and reach its person: its owner, and whoever assigns."""
    return may(user.role, Action.ASSIGN_COMPLAINTS) or complaint.owner == user.name
