"""What the person of a complaint may have deleted at any time: words, photo, contact. How it was dealt with stays."""

from datetime import datetime

from sqlmodel import Session, select

from hub.complaints import codes
from hub.complaints.store import write
from hub.complaints.tables import Complaint
from hub.findings import store as findings
from hub.photos import store as photos
from hub.trail import store as trail


def of_number(session: Session, station: str, number: str) -> Complaint | None:
    """The complaint of this station, however its number was typed. None: there is none."""
    query = select(Complaint).where(Complaint.number == codes.read_number(number), Complaint.station == station)
    return session.exec(query).first()


def forget(session: Session, row: Complaint, who: str, role: str, now: datetime) -> bool:
    """They go at once. What was done is written down without a word of them. Returns whether there were any."""
    photo = row.photo
    if not (row.text or photo or row.contact):
        return False
    if row.contact is not None:
        row.contact, row.contact_deleted_at = None, now
    row.text, row.photo = "", None
    session.add(row)
    session.flush()
    if photo is not None:
        if findings.shows(session, photo):
            # Steps of a finding are never changed: its photo is there, and nothing is to be seen on it.
            photos.blank(session, photo)
        else:
            photos.delete(session, photo)
    write(session, row, "forget_words", who, now)
    trail.note(session, who, role, "people.forget", now, station=row.station, subject=f"complaint {row.number}")
    return True
