"""Complaints in the database: taking one in, finding it by its code, reading and forgetting what is the person's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from hub.accounts import bucket_store
from hub.complaints import codes
from hub.complaints.deadlines import due_at, remind_at
from hub.complaints.filed import Filed
from hub.complaints.flood import buckets
from hub.complaints.tables import Complaint, ComplaintSource, ComplaintStep
from hub.complaints.words import THE_PERSON, Stage
from hub.formats import local
from hub.photos import store as photos
from hub.photos.picture import developed
from hub.rulebook import rulebooks
from hub.stations.tables import Station
from shared.text import Language

PROGRAM = "hub"
"""Who deletes what is old."""
SENDER = "—"
"""Who took the photo of a complaint: nobody knows."""
TRIES = 5


@dataclass(frozen=True, slots=True)
class Sent:
    """A complaint as it comes in."""

    filed: Filed
    once: str
    """What the form was given when it was loaded."""
    language: Language
    photo: bytes | None = None
    """None: none was chosen."""


def identity(complaint: Complaint) -> int:
    """Its row. Raises LookupError for one that has not been saved."""
    if complaint.id is None:
        raise LookupError(f"complaint {complaint.number} has not been saved")
    return complaint.id


def sent_before(session: Session, once: str) -> Complaint | None:
    """The complaint this very form made. None: it has made none yet."""
    return session.exec(select(Complaint).where(Complaint.once == codes.digest(once))).first()


def receive(session: Session, station: Station, sent: Sent, now: datetime, chance: Callable[[int], bytes]) -> Complaint:
    """Take it in. The same form at the same moment makes one. Raises BadPhoto."""
    filed = sent.filed
    due = due_at(rulebooks().get(station.rulebook), filed.kind, now)
    row = Complaint(
        number="", code_digest=codes.digest(codes.code(sent.once)), once=codes.digest(sent.once), station=station.id,
        rulebook=station.rulebook, kind=filed.kind, category=filed.category, text=filed.text,
        contact=filed.contact or None, language=sent.language, stage=Stage.RECEIVED, received_at=now,
        due_at=due, remind_at=remind_at(due),
    )  # fmt: skip
    for tries_left in reversed(range(TRIES)):
        row.number = codes.number(local(now).date(), chance(codes.CHANCE_BYTES))
        try:
            with session.begin_nested():
                session.add(row)
            break
        except IntegrityError:
            standing = sent_before(session, sent.once)
            if standing is not None:
                return standing
            if not tries_left:
                raise
    if sent.photo is not None:
        # What a camera writes along would say who was where: only the bare copy is kept, as the original.
        row.photo = photos.keep(session, station.id, developed(sent.photo).shown, SENDER, now).id
        session.add(row)
    write(session, row, "receive", THE_PERSON, now)
    return row


def looked_up(session: Session, number: str, code: str) -> Complaint | None:
    """The complaint of this number and code, however they were typed. None: there is none, or the code is another's."""
    row = session.exec(select(Complaint).where(Complaint.number == codes.read_number(number))).first()
    kept = codes.digest("") if row is None else row.code_digest
    return row if codes.matches(kept, code) else None


def note_read(session: Session, complaint: Complaint, now: datetime) -> None:
    """The person has seen the answer: that is how it reaches who left no contact."""
    if complaint.stage != Stage.ANSWERED:
        return
    complaint.stage, complaint.replied_at = Stage.REPLIED, now
    session.add(complaint)
    write(session, complaint, "read", THE_PERSON, now)


def write(session: Session, complaint: Complaint, what: str, who: str, now: datetime, words: str = "") -> None:
    """One thing that was done."""
    session.add(ComplaintStep(complaint=identity(complaint), at=now, who=who, what=what, note=words))
    session.flush()


def must_wait(session: Session, place: str, station: str, now: datetime) -> bool:
    """Whether no more are taken from there, or at this station, just now."""
    found = buckets(place, station)
    rows = session.exec(select(ComplaintSource).where(col(ComplaintSource.key).in_(found)))
    return any(found[row.key].is_full(row.forgiven_at, now.timestamp()) for row in rows)


def count(session: Session, place: str, station: str, now: datetime) -> None:
    """One more came from there. Buckets that are empty go with the same breath."""
    bucket_store.forgive(session, ComplaintSource, now)
    for key in sorted(found := buckets(place, station)):
        bucket_store.raise_one(session, ComplaintSource, key, found[key], now)


def forget_contacts(session: Session, before: datetime, now: datetime, rows: int) -> int:
    """Delete so many contacts at most, of what was closed before then. Returns how many went."""
    old = select(Complaint).where(col(Complaint.contact).is_not(None), col(Complaint.closed_at) < before)
    found = session.exec(old.order_by(col(Complaint.closed_at)).limit(rows).with_for_update(skip_locked=True)).all()
    for row in found:
        row.contact, row.contact_deleted_at = None, now
        session.add(row)
        write(session, row, "forget", PROGRAM, now)
    return len(found)
