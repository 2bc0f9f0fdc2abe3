"""Lists of complaints, read: those of a user's stations, what is late first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlmodel import Session, col, select

from hub.accounts.tables import User
from hub.complaints.asked import A_PAGE, Asked, Shown
from hub.complaints.store import identity
from hub.complaints.tables import Complaint, ComplaintStep
from hub.complaints.words import UNANSWERED, Stage
from hub.stations import store as stations
from hub.stations.jurisdiction import of_union
from hub.stations.tables import Station

_TO_TELL = (Stage.ANSWERED, Stage.REPLIED)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of complaints with the stations they are at."""

    asked: Asked
    complaints: Sequence[Complaint]
    places: Mapping[str, Station]
    counts: Mapping[Shown, int]

    @property
    def total(self) -> int:
        return self.counts[self.asked.shown]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def theirs(user: User) -> ColumnElement[bool]:
    """The complaints a user may see: those at the stations they may see."""
    return col(Complaint.station).in_(stations.ids_seen_by(user))


def visible(session: Session, user: User, complaint: int) -> Complaint | None:
    """One complaint, if this user may see it. None: it is not there, or not for them."""
    return session.exec(select(Complaint).where(theirs(user), col(Complaint.id) == complaint)).first()


def is_late(row: Complaint, now: datetime) -> bool:
    """It should have been answered by now."""
    return row.stage in UNANSWERED and row.due_at < now


def listed(session: Session, user: User, asked: Asked, now: datetime) -> Listed:
    """A page of them: late first, then by deadline; closed ones newest first."""
    among = [theirs(user), *_filters(user, asked)]
    counted = select(*[func.count(case((_shown(one, now), 1))) for one in Shown]).select_from(Complaint)
    row = session.connection().execute(counted.where(*among)).one()
    counts = dict(zip(Shown, row, strict=True))
    if asked.shown is Shown.CLOSED:
        order: tuple[ColumnElement[Any], ...] = (col(Complaint.closed_at).desc(), col(Complaint.id).desc())
    else:
        late = case((_late(now), 0), (col(Complaint.stage).in_(UNANSWERED), 1), else_=2)
        order = (late.asc(), col(Complaint.due_at).asc(), col(Complaint.id).asc())
    query = select(Complaint).where(*among, _shown(asked.shown, now)).order_by(*order)
    found = session.exec(query.offset((asked.page - 1) * A_PAGE).limit(A_PAGE)).all()
    places = stations.of_ids(session, {one.station for one in found})
    return Listed(asked, found, places, counts)


def received(session: Session, user: User, first: datetime, end: datetime) -> Iterator[tuple[Complaint, Station]]:
    """Those this user may see that came in [first, end), oldest first; read some at a time."""
    query = (
        select(Complaint, Station)
        .join(Station, col(Station.id) == col(Complaint.station))
        .where(theirs(user), col(Complaint.received_at) >= first, col(Complaint.received_at) < end)
        .order_by(col(Complaint.id))
        .limit(AT_ONCE)
    )
    after = 0
    while some := session.exec(query.where(col(Complaint.id) > after)).all():
        yield from some
        after = identity(some[-1][0])


def steps(session: Session, complaint: Complaint) -> Sequence[ComplaintStep]:
    """What was done about it, in order."""
    query = select(ComplaintStep).where(ComplaintStep.complaint == identity(complaint))
    return session.exec(query.order_by(col(ComplaintStep.id))).all()


def _late(now: datetime) -> ColumnElement[bool]:
    return and_(col(Complaint.stage).in_(UNANSWERED), col(Complaint.due_at) < now)


def _shown(shown: Shown, now: datetime) -> ColumnElement[bool]:
    if shown is Shown.LATE:
        return _late(now)
    if shown is Shown.ANSWERED:
        return col(Complaint.stage).in_(_TO_TELL)
    return col(Complaint.closed_at).is_not(None) if shown is Shown.CLOSED else col(Complaint.closed_at).is_(None)


def _filters(user: User, asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.mine:
        found.append(col(Complaint.owner) == user.name)
    if asked.kind is not None:
        found.append(col(Complaint.kind) == asked.kind)
    if asked.station:
        found.append(col(Complaint.station) == asked.station)
    if asked.union is not None:
        found.append(col(Complaint.station).in_(select(Station.id).where(of_union(asked.union))))
    for word in asked.words.split():
        named = select(Station.id).where(stations.says(word))
        said = [col(column).icontains(word, autoescape=True) for column in (Complaint.text, Complaint.number)]
        found.append(or_(col(Complaint.station).in_(named), *said))
    return found
