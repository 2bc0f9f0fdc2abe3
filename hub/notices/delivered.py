"""When somebody was first told of an alert, for those who only want to know that."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from hub.alerts.events import What
from hub.notices.kinds import State
from hub.notices.tables import Notice

_NEWS = (What.OPENED, What.RAISED, What.REOPENED, What.FLAPPING, What.RELEASED, What.ESCALATED)
"""What says that something is wrong."""


def first_told(session: Session, since: Mapping[int, datetime]) -> dict[int, datetime]:
    """When a notice of each of these alerts first arrived, made at that time or later; without one it is absent.

    By when the other side said that it has it: that a person has read it nobody knows.
    """
    query = select(Notice).where(
        col(Notice.alert).in_(since), Notice.state == State.SENT, col(Notice.what).in_([str(one) for one in _NEWS])
    )
    found: dict[int, datetime] = {}
    for row in session.exec(query.order_by(col(Notice.answered_at))):
        if row.alert is not None and row.answered_at is not None and row.created_at >= since[row.alert]:
            found.setdefault(row.alert, row.answered_at)
    return found
