"""The trail of an inspection in the database: its own, and its part of the hub's."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from hub.accounts.tables import User
from hub.inspections.deeds import Change, Deed
from hub.inspections.tables import AnswerLog, Inspection
from hub.trail import store as hub_trail


def identity(inspection: Inspection) -> int:
    """Its number. Raises LookupError for one that has not been saved."""
    if inspection.id is None:
        raise LookupError(f"an inspection of {inspection.station} has not been saved")
    return inspection.id


def written(session: Session, row: Inspection, key: str | None, change: Change, deed: Deed) -> None:
    """To the form's own trail and to the hub's. Last in what an action does."""
    number, place = identity(row), deed.place
    session.add(
        AnswerLog(
            inspection=number, key=key, at=deed.now, done_at=deed.at, origin=deed.origin, who=deed.who.name,
            what=change.what, old=change.old, new=change.new, reason=change.reason, spent_s=deed.spent_s,
            latitude=None if place is None else place.latitude, longitude=None if place is None else place.longitude,
            accuracy_m=None if place is None else place.accuracy_m,
        )
    )  # fmt: skip
    subject = f"inspection {number}" if key is None else f"inspection {number} {key}"
    hub_trail.note(
        session, deed.who.name, deed.who.role, f"inspection.{change.what}", deed.now,
        station=row.station, subject=subject, old=change.old, new=change.new, reason=change.reason,
    )  # fmt: skip


def trail(session: Session, row: Inspection) -> Sequence[AnswerLog]:
    """Everything that was answered, in order."""
    query = select(AnswerLog).where(AnswerLog.inspection == identity(row))
    return session.exec(query.order_by(col(AnswerLog.id))).all()


def said_last(session: Session, row: Inspection, change: Change, deed: Deed) -> bool:
    """Whether the last thing done to the form was this, by the same person: a button pressed twice."""
    query = select(AnswerLog).where(AnswerLog.inspection == identity(row)).order_by(col(AnswerLog.id).desc())
    last = session.exec(query.limit(1)).first()
    told = (deed.who.name, change.what, change.old, change.new, change.reason)
    return last is not None and (last.who, last.what, last.old, last.new, last.reason) == told


HANDS = ("start", "look", "reveal", "test", "decide", "photo", "submit", "correct")
"""What makes somebody one who worked on the form."""


def hands(session: Session, row: Inspection) -> set[str]:
    """Who worked on it: none of them may take the second look."""
    query = select(AnswerLog.who).where(AnswerLog.inspection == identity(row), col(AnswerLog.what).in_(HANDS))
    return set(session.exec(query.distinct()))


def worked_on(session: Session, user: User, rows: Sequence[Inspection]) -> set[int]:
    """Of these, the ones this user worked on."""
    query = select(AnswerLog.inspection).where(
        col(AnswerLog.inspection).in_([identity(row) for row in rows]),
        AnswerLog.who == user.name,
        col(AnswerLog.what).in_(HANDS),
    )
    return set(session.exec(query.distinct()))
