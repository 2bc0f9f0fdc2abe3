"""What people do to a complaint, in the database. Each writes what was done, and a note in the trail; the same by the
same person once more changes nothing. No note has the person's words or their contact in it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from hub.accounts.tables import User
from hub.complaints.deadlines import due_at, remind_at, steps
from hub.complaints.people import answers_for, owners
from hub.complaints.reminding import take_back
from hub.complaints.store import identity, write
from hub.complaints.tables import Complaint
from hub.complaints.words import Category, Kind, Stage
from hub.complaints.workflow import Refusal, Refused, Standing, Step, after
from hub.findings import store as findings
from hub.findings.store import Found
from hub.rulebook import rulebooks
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.trail import store as trail


def classify(
    session: Session, row: Complaint, kind: Kind, category: Category, facility: str | None, who: User, now: datetime
) -> None:
    """What it is, and what it is about. Another kind has another deadline, from when it came. Raises Refused."""
    old, new = _classed(row.kind, row.category, row.facility), _classed(kind, category, facility)
    if old == new and row.stage != Stage.RECEIVED:
        return
    leads = _leads(row, Step.CLASSIFY)
    if facility is not None and facility not in {one.id for one in stations.facilities(session, row.station)}:
        raise Refused(Refusal.NO_SUCH_FACILITY)
    values: dict[str, Any] = {"stage": leads, "kind": kind, "category": category, "facility": facility}
    if kind != row.kind and not row.opened_again:
        values |= _due(due_at(rulebooks().get(row.rulebook), kind, row.received_at))
    _change(session, row, values)
    write(session, row, "classify", who.name, now, new)
    _note(session, row, who, "complaint.classify", now, old=old, new=new)


def assign(session: Session, row: Complaint, owner: str, who: User, now: datetime) -> None:
    """Somebody who may answers for it from now on. Raises Refused."""
    if row.owner == owner and row.stage == Stage.ASSIGNED:
        return
    leads = _leads(row, Step.ASSIGN)
    station = stations.get(session, row.station)
    if station is None or owner not in {one.name for one in owners(session, station, now)}:
        raise Refused(Refusal.NO_SUCH_OWNER)
    old = row.owner
    # Whoever has it now has not been reminded yet.
    _change(session, row, {"stage": leads, "owner": owner} | _due(row.due_at))
    take_back(session, row)
    write(session, row, "assign", who.name, now, owner)
    _note(session, row, who, "complaint.assign", now, old=old, new=owner)


def answer(session: Session, row: Complaint, words: str, who: User, now: datetime) -> None:
    """What the person is told. Until they have been told it may be put better. Raises Refused."""
    _must_answer_for(row, who)
    if words and row.answer == words and row.stage == Stage.ANSWERED:
        return
    leads = _leads(row, Step.ANSWER, words)
    _change(
        session, row, {"stage": leads, "answer": words, "answered_at": now, "answered_by": who.name, "remind_at": None}
    )
    take_back(session, row)
    write(session, row, "answer", who.name, now, words)
    _note(session, row, who, "complaint.answer", now)


def reply(session: Session, row: Complaint, words: str, who: User, now: datetime) -> None:
    """The person was told; `words` say how. Raises Refused."""
    _must_answer_for(row, who)
    if row.stage == Stage.REPLIED:
        return
    _change(session, row, {"stage": _leads(row, Step.REPLY, words), "replied_at": now})
    write(session, row, "reply", who.name, now, words)
    _note(session, row, who, "complaint.reply", now)


def close(session: Session, row: Complaint, who: User, now: datetime) -> None:
    """Done. Raises Refused."""
    if row.stage == Stage.CLOSED:
        return
    _change(session, row, {"stage": _leads(row, Step.CLOSE), "closed_at": now, "closed_by": who.name})
    write(session, row, "close", who.name, now)
    _note(session, row, who, "complaint.close", now)


def reopen(session: Session, row: Complaint, words: str, who: User, now: datetime) -> None:
    """It is not done: with whoever answered for it, and a new deadline. Raises Refused."""
    leads = _leads(row, Step.REOPEN, words)
    values = {
        "stage": leads, "closed_at": None, "closed_by": None, "replied_at": None, "answered_at": None,
        "answered_by": None, "answer": "", "opened_again": row.opened_again + 1,
    } | _due(due_at(rulebooks().get(row.rulebook), Kind(row.kind), now))  # fmt: skip
    _change(session, row, values)
    write(session, row, "reopen", who.name, now, words)
    _note(session, row, who, "complaint.reopen", now, reason=words)


def make_finding(session: Session, row: Complaint, station: Station, found: Found, who: User, now: datetime) -> None:
    """Something must be put right because of it. Raises Refused."""
    _must_answer_for(row, who)
    if row.finding is not None:
        raise Refused(Refusal.HAS_FINDING)
    row.finding = findings.identity(findings.make(session, station, found, who, now))
    session.add(row)
    write(session, row, "finding", who.name, now, str(row.finding))
    _note(session, row, who, "complaint.finding", now, new=f"finding {row.finding}")


def contact(session: Session, row: Complaint, who: User, now: datetime) -> str | None:
    """How to reach the person; that it was looked at is written down. None: there is no contact (any more). Raises
    Refused."""
    _must_answer_for(row, who)
    if row.contact is not None:
        _note(session, row, who, "complaint.contact", now)
    return row.contact


def _must_answer_for(row: Complaint, who: User) -> None:
    if not answers_for(who, row):
        raise Refused(Refusal.NOT_YOURS)


def _due(at: datetime) -> dict[str, datetime]:
    """Until when it is to be answered, and when that is said."""
    return {"due_at": at, "remind_at": remind_at(at)}


def _leads(row: Complaint, step: Step, words: str = "") -> Stage:
    standing = Standing(Stage(row.stage), row.contact is not None)
    return after(standing, step, steps(rulebooks().get(row.rulebook)), words)


def _classed(kind: str, category: str, facility: str | None) -> str:
    return " ".join(part for part in (kind, category, facility) if part)


def _change(session: Session, row: Complaint, values: dict[str, Any]) -> None:
    """Only if nobody else moved it meanwhile. Raises Refused."""
    place = (col(Complaint.id) == identity(row), col(Complaint.stage) == row.stage)
    if session.connection().execute(update(Complaint).where(*place).values(**values)).rowcount != 1:
        raise Refused(Refusal.WRONG_STAGE)
    session.refresh(row)


def _note(
    session: Session, row: Complaint, who: User, what: str, now: datetime,
    old: str | None = None, new: str | None = None, reason: str | None = None,
) -> None:  # fmt: skip
    trail.note(
        session, who.name, who.role, what, now,
        station=row.station, subject=f"complaint {row.number}", old=old, new=new, reason=reason,
    )  # fmt: skip
