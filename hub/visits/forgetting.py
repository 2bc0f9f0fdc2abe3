"""What a person may have deleted, and what is forgotten of people by itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, text, update
from sqlmodel import Session, col, select

from hub.checkins.tables import CheckInRow
from hub.feedback.tables import FeedbackRow
from hub.photos.tables import Photo, PhotoBytes

_WORDS = text("text <> '' OR photo IS NOT NULL")
"""As in the index, so that it is found there."""


def forget_words(session: Session, station: str, answer: str) -> bool:
    """Text and photo of one answer go. Returns whether there were any."""
    row = session.get(FeedbackRow, answer)
    if row is None or row.station != station or not (row.text or row.photo):
        return False
    _empty(session, [row])
    return True


def forget_visitor(session: Session, station: str, visitor: str) -> int:
    """What tells this visitor of a station apart goes from their check-ins. Returns how many those were."""
    its = (col(CheckInRow.station) == station, col(CheckInRow.visitor) == visitor)
    return int(session.connection().execute(update(CheckInRow).where(*its).values(visitor=None)).rowcount)


def forget_old_words(session: Session, received_before: datetime, rows: int) -> int:
    """Texts and photos of so many answers at most, received longest ago: the score stays. Returns how many went."""
    query = select(FeedbackRow).where(col(FeedbackRow.received_at) < received_before, _WORDS)
    found = session.exec(query.order_by(col(FeedbackRow.received_at)).limit(rows)).all()
    _empty(session, found)
    return len(found)


def forget_old_visitors(session: Session, received_before: datetime, rows: int) -> int:
    """What tells visitors apart, of so many check-ins at most, received longest ago. Returns of how many."""
    known = (col(CheckInRow.visitor).is_not(None), col(CheckInRow.received_at) < received_before)
    some = select(CheckInRow.id).where(*known).order_by(col(CheckInRow.received_at)).limit(rows)
    ids = session.exec(some).all()
    if ids:
        session.connection().execute(update(CheckInRow).where(col(CheckInRow.id).in_(ids)).values(visitor=None))
    return len(ids)


def _empty(session: Session, rows: Sequence[FeedbackRow]) -> None:
    photos = [row.photo for row in rows if row.photo is not None]
    for row in rows:
        row.text, row.photo = "", None
        session.add(row)
    session.flush()
    for model in (PhotoBytes, Photo):
        session.connection().execute(delete(model).where(col(model.id).in_(photos)))
