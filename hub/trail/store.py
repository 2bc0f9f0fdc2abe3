"""The trail in the database: writing on, reading, verifying."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from hub.trail.chain import Broken, Link, broken, digest
from hub.trail.tables import TrailHead, TrailRow
from hub.upsert import insert_new

ONLY = 1
"""The head's number."""
AT_ONCE = 1000
COMMAND_LINE = "command line"


def note(
    session: Session,
    who: str,
    role: str,
    what: str,
    now: datetime,
    *,
    station: str | None = None,
    subject: str = "",
    old: str | None = None,
    new: str | None = None,
    reason: str | None = None,
) -> None:
    """Write what somebody did. In the transaction that did it, and last in it: until its end others wait their turn."""
    link = Link(now, who, role, what, station, subject, old, new, reason)
    before = _taken(session)
    row = TrailRow(
        at=now, who=who, role=role, what=what, station=station, subject=subject, old=old, new=new, reason=reason,
        before=before.hash, hash=digest(link, before.hash),
    )  # fmt: skip
    session.add(row)
    before.length, before.hash = before.length + 1, row.hash
    session.add(before)
    session.flush()


def _taken(session: Session) -> TrailHead:
    """The head, locked until the transaction ends."""
    insert_new(session, TrailHead, {"id": ONLY, "length": 0, "hash": ""})
    session.connection().execute(update(TrailHead).where(col(TrailHead.id) == ONLY).values(id=ONLY))
    return session.exec(select(TrailHead).where(TrailHead.id == ONLY).execution_options(populate_existing=True)).one()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for; an empty word wants all."""

    who: str = ""
    """The whole name."""
    what: str = ""
    """The action, or how it begins: `user`, `user.add`."""
    station: str = ""
    """Its id."""
    before: int | None = None
    """Those older than this row. None: from the newest on."""


EVERYTHING = Wanted()


def newest(
    session: Session, seen: SelectOfScalar[str] | None, wanted: Wanted = EVERYTHING, most: int = 100
) -> Sequence[TrailRow]:
    """The newest rows about these stations; `seen` None: all there are, also those about no station."""
    query = select(TrailRow)
    if seen is not None:
        query = query.where(col(TrailRow.station).in_(seen))
    if wanted.who:
        query = query.where(TrailRow.who == wanted.who)
    if wanted.what:
        query = query.where(col(TrailRow.what).startswith(wanted.what, autoescape=True))
    if wanted.station:
        query = query.where(TrailRow.station == wanted.station)
    if wanted.before is not None:
        query = query.where(col(TrailRow.id) < wanted.before)
    return session.exec(query.order_by(col(TrailRow.id).desc()).limit(most)).all()


def head(session: Session) -> tuple[int, str]:
    """How many rows there should be, and the hash they end with; an empty one where there is none."""
    row = session.get(TrailHead, ONLY)
    return (0, "") if row is None else (row.length, row.hash)


def verify(session: Session) -> Broken | None:
    """The first place where the trail was tampered with. None: it is whole."""
    return broken(((row.id or 0, _link(row), row.before, row.hash) for row in rows(session)), *head(session))


def length(session: Session) -> int:
    """How many rows there should be."""
    return head(session)[0]


def rows(session: Session) -> Iterator[TrailRow]:
    """All of it, in order, some at a time."""
    query = select(TrailRow).order_by(col(TrailRow.id)).limit(AT_ONCE)
    after = 0
    while some := session.exec(query.where(col(TrailRow.id) > after)).all():
        yield from some
        after = some[-1].id or 0


def _link(row: TrailRow) -> Link:
    return Link(row.at, row.who, row.role, row.what, row.station, row.subject, row.old, row.new, row.reason)
