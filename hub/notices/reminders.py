"""Reminders: written by whoever knows what must not be forgotten, sent and received like notices of alerts."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from hub.accounts.tables import User
from hub.notices import store
from hub.notices.deciding import RANKS
from hub.notices.kinds import REMINDING_SEVERITY, WAITING, State
from hub.notices.tables import Notice, Reminder
from hub.notices.timing import when_due
from hub.notices.wording import Reminded


def tell(session: Session, some: Collection[User], said: Reminded, now: datetime) -> None:
    """Remind these people by all their roads, in their quiet hours and digests; what still waits of the same thing is
    not said any more.
    """
    withdraw(session, said.path)
    row = Reminder(
        path=said.path, number=said.number, what=said.what, place_zh=said.place.zh, place_en=said.place.en,
        zh=said.words.zh, en=said.words.en, at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    ids = {one.id for one in some if one.id is not None}
    severity = REMINDING_SEVERITY[said.what]
    for way, _ in store.ways(session, ids, (), (), now):
        if way.user not in ids or RANKS[severity] > RANKS[way.least]:
            continue
        due, wait = when_due(severity, False, now, way.manner)
        session.add(
            Notice(
                reminder=row.id, road=way.id, what=said.what, severity=severity, created_at=now, due=due,
                state=State.HELD if wait else State.QUEUED, held=wait or "",
            )
        )  # fmt: skip
    session.flush()


def withdraw(session: Session, path: str) -> None:
    """What still waits of this page need not be said any more."""
    its = select(Reminder.id).where(Reminder.path == path)
    waiting = (col(Notice.reminder).in_(its), col(Notice.state).in_(WAITING))
    session.connection().execute(update(Notice).where(*waiting).values(state=State.WITHDRAWN))
