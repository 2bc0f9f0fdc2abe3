"""A month's complaints marked as handed to the 12351 platform, in the database."""

from datetime import datetime

from sqlmodel import Session, col, select

from hub.accounts.tables import User
from hub.complaints.reading import theirs
from hub.complaints.sheet import span_of
from hub.complaints.store import write
from hub.complaints.tables import Complaint
from hub.trail import store as trail

MOST = 10_000


def note_uploaded(session: Session, user: User, month: str, receipt: str, at: datetime, now: datetime) -> int:
    """Those of the month this user may see that were not marked before: uploaded then, under this receipt. Returns how
    many.
    """
    first, end = span_of(month)
    query = select(Complaint).where(theirs(user), col(Complaint.uploaded_at).is_(None))
    query = query.where(col(Complaint.received_at) >= first, col(Complaint.received_at) < end)
    found = session.exec(query.order_by(col(Complaint.id)).limit(MOST)).all()
    for row in found:
        row.uploaded_at, row.upload_receipt = at, receipt
        session.add(row)
        write(session, row, "upload", user.name, now, receipt)
    if found:
        trail.note(session, user.name, user.role, "complaint.upload", now, subject=month, new=f"{len(found)} {receipt}")
    return len(found)
