"""Roads in the database: adding, finding, removing; and the receipts of an alert."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from hub.accounts import store as accounts
from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.duty import store as duty
from hub.duty.tables import DutyRoster
from hub.notices.deciding import Way
from hub.notices.kinds import WAITING, State
from hub.notices.tables import Notice, Reminder, Road
from hub.notices.timing import Manner
from hub.stations import store as stations
from hub.stations.tables import Station

_IN_USE = col(Road.removed_at).is_(None)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One notice, by which road, and what came of it."""

    notice: Notice
    road: Road
    who: str
    """Name of the person or of the roster."""
    reminder: Reminder | None = None
    """None: it is of an alert."""


def own(session: Session, user: User) -> Sequence[Road]:
    """A person's roads, the oldest first."""
    return _listed(session, Road.user == accounts.identity(user))


def of_place(session: Session, user: int | None, roster: int | None) -> Sequence[Road]:
    """The roads of this person, or of this roster."""
    return _listed(session, Road.user == user if roster is None else Road.roster == roster)


def of_rosters(session: Session, user: User) -> Sequence[tuple[Road, DutyRoster]]:
    """The roads of the rosters this user may see."""
    query = select(Road, DutyRoster).join(DutyRoster, col(DutyRoster.id) == col(Road.roster))
    return session.exec(query.where(_IN_USE, duty.seen_rosters(user)).order_by(col(Road.id))).all()


def find(session: Session, user: User, road: int) -> Road | None:
    """One road, if it is this user's own, or of a roster this user may edit. None: not there, or not theirs."""
    row = session.get(Road, road)
    if row is None or row.removed_at is not None:
        return None
    if row.user is not None:
        return row if row.user == user.id else None
    editable = may(user.role, Action.EDIT_DUTY) and row.roster is not None
    return row if editable and duty.find(session, user, row.roster or 0) is not None else None


def add(session: Session, road: Road) -> Road:
    """Add a road."""
    session.add(road)
    session.flush()
    return road


def remove(session: Session, road: Road, now: datetime) -> None:
    """It leads nowhere any more: its address goes at once, and so does what still waited for it."""
    road.removed_at, road.sealed = now, b""
    session.add(road)
    waiting = select(Notice).where(Notice.road == road.id, col(Notice.state).in_(WAITING))
    for notice in session.exec(waiting):
        notice.state = State.WITHDRAWN
        session.add(notice)
    session.flush()


def receipts(session: Session, alert: int, most: int = 100) -> Sequence[Receipt]:
    """Who was told of an alert, the newest first; no more than so many."""
    return _receipts(session, Notice.alert == alert, most)


def newest(session: Session, roads: Collection[int], most: int = 30) -> Sequence[Receipt]:
    """What went, or is to go, by these roads, the newest first."""
    return _receipts(session, col(Notice.road).in_(roads), most)


def _receipts(session: Session, which: ColumnElement[bool] | bool, most: int) -> Sequence[Receipt]:
    query = (
        select(Notice, Road, User.name, DutyRoster.name)
        .join(Road, col(Road.id) == col(Notice.road))
        .join(User, col(User.id) == col(Road.user), isouter=True)
        .join(DutyRoster, col(DutyRoster.id) == col(Road.roster), isouter=True)
        .where(which)
        .order_by(col(Notice.id).desc())
        .limit(most)
    )
    rows = session.exec(query).all()
    named = {notice.reminder for notice, _, _, _ in rows} - {None}
    reminders = {row.id: row for row in session.exec(select(Reminder).where(col(Reminder.id).in_(named)))}
    return [
        Receipt(notice, road, person or group or "", reminders.get(notice.reminder))
        for notice, road, person, group in rows
    ]


def ways(
    session: Session, people: Collection[int], rosters: Collection[int], also: Collection[int], now: datetime
) -> list[tuple[Way, User | None]]:
    """The roads of these people and rosters, of whoever is told of everything, and these by number; with their users,
    as long as those may have any.
    """
    asked = or_(
        col(Road.user).in_(people), col(Road.roster).in_(rosters), col(Road.always), col(Road.id).in_(also),
        col(Road.user).in_(select(User.id).where(User.role == "administrator")),
    )  # fmt: skip
    query = select(Road, User).join(User, col(User.id) == col(Road.user), isouter=True).where(_IN_USE, asked)
    found: list[tuple[Way, User | None]] = []
    for road, user in session.exec(query.order_by(col(Road.id))):
        if road.user is not None and not _at_work(user, now):
            continue
        manner = Manner(road.quiet_start, road.quiet_end, road.digest)
        found.append((Way(road.id or 0, road.user, road.least, manner, road.always, road.roster), user))
    return found


def seen(session: Session, user: User, some: Collection[str]) -> frozenset[str]:
    """Of these stations, those the user may see."""
    return frozenset(session.exec(stations.ids_seen_by(user).where(col(Station.id).in_(some))))


def told(session: Session, alerts: Collection[int]) -> dict[int, set[int]]:
    """By which roads each alert was told, or is being told now."""
    states = (State.SENT, State.SENDING)
    query = select(Notice.alert, Notice.road).where(col(Notice.alert).in_(alerts), col(Notice.state).in_(states))
    found: dict[int, set[int]] = {}
    for alert, road in session.exec(query):
        if alert is not None:
            found.setdefault(alert, set()).add(road)
    return found


def counts(session: Session) -> dict[str, int]:
    """How many notices are in each state that is not over."""
    states = [*WAITING, State.SENDING]
    query = select(Notice.state, func.count()).where(col(Notice.state).in_(states)).group_by(col(Notice.state))
    return dict.fromkeys(map(str, states), 0) | dict(session.exec(query).all())


def late(session: Session, now: datetime) -> timedelta:
    """For how long the notice that is due the longest has been; nothing where none is."""
    query = select(func.min(Notice.due)).where(col(Notice.state).in_([State.QUEUED, State.HELD, State.FAILED]))
    oldest = session.exec(query).one()
    return timedelta(0) if oldest is None else max(timedelta(0), now - oldest)


def failing(session: Session) -> Sequence[Road]:
    """Roads in use whose last message did not arrive, the longest failing first."""
    query = select(Road).where(_IN_USE, col(Road.failing_since).is_not(None))
    return session.exec(query.order_by(col(Road.failing_since), col(Road.id))).all()


def identity(road: Road) -> int:
    """Its number. Raises LookupError for one that has not been saved."""
    if road.id is None:
        raise LookupError(f"{road.name} has not been saved")
    return road.id


def _listed(session: Session, whose: ColumnElement[bool] | bool) -> Sequence[Road]:
    return session.exec(select(Road).where(_IN_USE, whose).order_by(col(Road.id))).all()


def _at_work(user: User | None, now: datetime) -> bool:
    if user is None or user.disabled_at is not None or not may(user.role, Action.HAVE_ROADS):
        return False
    return user.expires_at is None or user.expires_at > now
