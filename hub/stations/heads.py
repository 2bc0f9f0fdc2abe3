"""Who is head of a station: exactly one at a time, with history (AH-16, AH-17, SH-13)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select

from hub.accounts.roles import Role
from hub.accounts.tables import StationGrant, User
from hub.stations.tables import StationHead
from hub.upsert import insert_new


def head(session: Session, station: str) -> StationHead | None:
    """Who it is now. None: there is none, which is against the rule and shown."""
    return heads(session, [station]).get(station)


def heads(session: Session, some: Collection[str]) -> dict[str, StationHead]:
    """The heads of these stations, by station; one without a head is absent."""
    query = select(StationHead).where(col(StationHead.station).in_(some), col(StationHead.until).is_(None))
    return {row.station: row for row in session.exec(query)}


def history(session: Session, station: str) -> Sequence[StationHead]:
    """Everybody who was or is, the newest first."""
    return session.exec(
        select(StationHead).where(StationHead.station == station).order_by(col(StationHead.id).desc())
    ).all()


def appoint(
    session: Session, station: str, name: str, phone: str, account: int | None, by: str, now: datetime
) -> StationHead:
    """Head from now on; whoever was before no longer is. The same person again only has the number corrected.

    A head who signs in may see the station from now on, and one before no longer by having been its head.
    """
    standing = head(session, station)
    if standing is not None and (standing.name, standing.account) == (name, account):
        standing.phone = phone
        session.add(standing)
        session.flush()
        return standing
    dismiss(session, station, now)
    row = StationHead(station=station, name=name, phone=phone, account=account, since=now, by=by)
    session.add(row)
    session.flush()
    if account is not None:
        insert_new(session, StationGrant, {"user": account, "station": station})
    return row


def dismiss(session: Session, station: str, now: datetime) -> StationHead | None:
    """Nobody is head from now on. Returns who was. None: there was none."""
    standing = head(session, station)
    if standing is None:
        return None
    standing.until = now
    session.add(standing)
    session.flush()
    if standing.account is not None:
        granted = delete(StationGrant).where(col(StationGrant.user) == standing.account)
        session.exec(granted.where(col(StationGrant.station) == station))
    return standing


def accounts(session: Session) -> Sequence[User]:
    """Users who may be linked to a head, by name."""
    query = select(User).where(User.role == Role.STATION_HEAD, col(User.disabled_at).is_(None))
    return session.exec(query.order_by(col(User.name)).limit(1000)).all()


def masked(phone: str) -> str:
    """A number as those see it who need not call: 138****5678."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else "****" if phone else ""
