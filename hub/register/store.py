"""The register in the database: lists, requests for codes, rules on the wall, daily lines, what became of a station."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from hub.accounts.tables import User
from hub.register.rules import Which
from hub.register.tables import CodeRequest, DailyLog, PostedRules, Revocation, UnionHead
from hub.stations import store as stations
from hub.stations.jurisdiction import left_of, seen_by
from hub.stations.tables import Station
from hub.unions.store import below

PAGE = 50
LINES = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the register is asked for."""

    words: str = ""
    union: int | None = None
    """Of either tree; its stations and those of all below it."""
    kind: str = ""
    standing: str = ""
    """`revoked` asks for those that left."""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the register."""

    stations: Sequence[Station]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many there are, at least one."""
        return max(1, -(-self.total // PAGE))

    @property
    def first(self) -> int:
        """Number of the first one shown, from 1."""
        return (self.page - 1) * PAGE + 1


def where(user: User, asked: Asked) -> ColumnElement[bool]:
    """The stations asked for that are within this user's jurisdiction."""
    found = left_of(user) if asked.standing == "revoked" else seen_by(user)
    for word in asked.words.split():
        found &= stations.says(word)
    if asked.union is not None:
        within = below(asked.union)
        found &= or_(col(Station.union).in_(within), col(Station.industry).in_(within))
    if asked.kind:
        found &= col(Station.kind) == asked.kind
    if asked.standing and asked.standing != "revoked":
        found &= col(Station.standing) == asked.standing
    return found


def listed(session: Session, user: User, asked: Asked) -> Listed:
    """One page, by name."""
    chosen = where(user, asked)
    total = session.exec(select(func.count()).select_from(Station).where(chosen)).one()
    page = min(asked.page, max(1, -(-total // PAGE)))
    query = select(Station).where(chosen).order_by(col(Station.name), col(Station.id))
    return Listed(session.exec(query.offset((page - 1) * PAGE).limit(PAGE)).all(), total, page)


def every(session: Session, user: User, asked: Asked, most: int) -> Sequence[Station]:
    """All that are asked for, by name; no more than so many."""
    query = select(Station).where(where(user, asked)).order_by(col(Station.name), col(Station.id))
    return session.exec(query.limit(most)).all()


def left(session: Session, user: User, station: str) -> Station | None:
    """A station that was revoked, if it was this user's to see."""
    return session.exec(select(Station).where(left_of(user), col(Station.id) == station)).first()


def open_request(session: Session, station: str) -> CodeRequest | None:
    """The request for a code nobody has decided yet."""
    query = select(CodeRequest).where(CodeRequest.station == station, col(CodeRequest.decided_at).is_(None))
    return session.exec(query).first()


def open_requests(session: Session, user: User) -> Sequence[tuple[CodeRequest, Station]]:
    """Those of the stations this user may see, the oldest first."""
    query = select(CodeRequest, Station).join(Station, col(CodeRequest.station) == col(Station.id))
    query = query.where(seen_by(user), col(CodeRequest.decided_at).is_(None))
    return session.exec(query.order_by(col(CodeRequest.id)).limit(500)).all()


def last_refusal(session: Session, station: str) -> CodeRequest | None:
    """The newest request, where it was refused."""
    query = select(CodeRequest).where(CodeRequest.station == station).order_by(col(CodeRequest.id).desc())
    newest = session.exec(query.limit(1)).first()
    return newest if newest is not None and newest.refused_why else None


def request(session: Session, number: int) -> CodeRequest | None:
    """One request; locked until the transaction ends where the database can, so that two do not decide it."""
    return session.exec(select(CodeRequest).where(CodeRequest.id == number).with_for_update()).first()


def posted(session: Session, station: str) -> dict[Which, PostedRules]:
    """The newest posting of each of the rules."""
    rows = session.exec(select(PostedRules).where(PostedRules.station == station).order_by(col(PostedRules.id)))
    return {Which(row.which): row for row in rows}


def log(session: Session, station: str, today: date) -> Sequence[DailyLog]:
    """The lines of the last thirty days, today's first."""
    query = select(DailyLog).where(DailyLog.station == station, col(DailyLog.day) > today - timedelta(days=LINES))
    return session.exec(query.order_by(col(DailyLog.day).desc())).all()


def write_line(session: Session, line: DailyLog) -> DailyLog | None:
    """The line of a day; one that is there is amended. Returns how it was before. None: it is new."""
    there = session.get(DailyLog, (line.station, line.day))
    if there is None:
        session.add(line)
        session.flush()
        return None
    before = DailyLog(**there.model_dump())
    for name in ("cleaned", "refilled", "who", "note", "by", "at"):
        setattr(there, name, getattr(line, name))
    session.add(there)
    session.flush()
    return before


def revocation(session: Session, station: str) -> Revocation | None:
    """Why a station left. None: it did not, or was revoked by command."""
    return session.get(Revocation, station)


def by_command(station: Station, now: datetime) -> Revocation:
    """Of a station that was revoked by command: nobody wrote down why."""
    return Revocation(station=station.id, at=station.revoked_at or now, by="", reason="")


def revoked(session: Session, station: Station, reason: str, by: str, now: datetime) -> bool:
    """It left; its code stays. False: it had left before."""
    if not stations.revoke(session, station.id, now):
        return False
    session.add(Revocation(station=station.id, at=now, by=by, reason=reason))
    session.flush()
    return True


def union_head(session: Session, union: int) -> UnionHead:
    """Who answers for a recommending unit; empty where nobody said."""
    return session.get(UnionHead, union) or UnionHead(union=union)
