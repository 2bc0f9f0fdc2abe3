"""What people do to a complaint, step by step."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator
from sqlmodel import Session

from hub.accounts.tables import User
from hub.complaints import work_store
from hub.complaints.routes import VisibleComplaint, page
from hub.complaints.store import identity
from hub.complaints.tables import Complaint
from hub.complaints.words import LONGEST_ANSWER, Category, Kind
from hub.complaints.workflow import UNPROCESSABLE, Refusal, Refused
from hub.findings.store import Found
from hub.findings.words import Owner, Severity
from hub.formats import plain
from hub.sessions import NowDep, SessionDep
from hub.signed_in import AssignsComplaints, WorksOnComplaints
from hub.stations import store as stations
from shared.text import Text

router = APIRouter()
TOO_LONG = Text(f"最多 {LONGEST_ANSWER} 字", f"{LONGEST_ANSWER} characters at most")


def lines(typed: str) -> str:
    """Without what no keyboard sends; its line breaks stay."""
    return plain(typed, lines=True)


# Twice as many: a browser counts a line break once and sends two characters.
Words = Annotated[str, Form(max_length=2 * LONGEST_ANSWER), AfterValidator(lines)]
Name = Annotated[str, Form(max_length=64), AfterValidator(plain)]


@router.post("/complaints/{complaint}/classify")
def classify(
    request: Request, session: SessionDep, user: AssignsComplaints, now: NowDep, complaint: VisibleComplaint,
    kind: Annotated[Kind, Form()], category: Annotated[Category, Form()], facility: Name = "",
) -> Response:  # fmt: skip
    """What it is and what it is about; `facility` empty: no single one."""
    return _done(
        request, session, user, now, complaint, "classify", facility,
        lambda: work_store.classify(session, complaint, kind, category, facility or None, user, now),
    )  # fmt: skip


@router.post("/complaints/{complaint}/assign")
def assign(
    request: Request, session: SessionDep, user: AssignsComplaints, now: NowDep, complaint: VisibleComplaint,
    owner: Name = "",
) -> Response:  # fmt: skip
    """Who answers for it."""
    return _done(
        request, session, user, now, complaint, "assign", owner,
        lambda: work_store.assign(session, complaint, owner, user, now),
    )  # fmt: skip


@router.post("/complaints/{complaint}/answer")
def answer(
    request: Request, session: SessionDep, user: WorksOnComplaints, now: NowDep, complaint: VisibleComplaint,
    text: Words = "",
) -> Response:  # fmt: skip
    """What its person is told; at once for whoever has the code."""
    if len(text) > LONGEST_ANSWER:
        return page(request, session, user, now, complaint, 422, TOO_LONG, "answer", text)
    return _done(
        request, session, user, now, complaint, "answer", text,
        lambda: work_store.answer(session, complaint, text, user, now),
    )  # fmt: skip


@router.post("/complaints/{complaint}/reply")
def reply(
    request: Request, session: SessionDep, user: WorksOnComplaints, now: NowDep, complaint: VisibleComplaint,
    note: Words = "",
) -> Response:  # fmt: skip
    """The person was told, and how."""
    return _done(
        request, session, user, now, complaint, "reply", note,
        lambda: work_store.reply(session, complaint, note, user, now),
    )  # fmt: skip


@router.post("/complaints/{complaint}/close")
def close(
    request: Request, session: SessionDep, user: AssignsComplaints, now: NowDep, complaint: VisibleComplaint
) -> Response:
    """Done; from now on the contact is kept for 30 days more."""
    return _done(
        request, session, user, now, complaint, "close", "", lambda: work_store.close(session, complaint, user, now)
    )  # fmt: skip


@router.post("/complaints/{complaint}/reopen")
def reopen(
    request: Request, session: SessionDep, user: AssignsComplaints, now: NowDep, complaint: VisibleComplaint,
    note: Words = "",
) -> Response:  # fmt: skip
    """It is not done, with a new deadline."""
    return _done(
        request, session, user, now, complaint, "reopen", note,
        lambda: work_store.reopen(session, complaint, note, user, now),
    )  # fmt: skip


@router.post("/complaints/{complaint}/finding")
def finding(
    request: Request, session: SessionDep, user: WorksOnComplaints, now: NowDep, complaint: VisibleComplaint,
    text: Words = "",
    severity: Annotated[Severity, Form()] = Severity.NORMAL,
    owner: Annotated[Owner, Form()] = Owner.STATION_HEAD,
) -> Response:  # fmt: skip
    """Something must be put right because of it: a finding, about the same facility and with the same photo."""

    def make() -> None:
        station = stations.get(session, complaint.station)
        if station is None or not text or len(text) > LONGEST_ANSWER:
            raise Refused(Refusal.WORDS_MISSING)
        photos = () if complaint.photo is None else (complaint.photo,)
        found = Found(text, severity, owner, facility=complaint.facility, photos=photos)
        work_store.make_finding(session, complaint, station, found, user, now)

    return _done(request, session, user, now, complaint, "finding", text, make)


@router.post("/complaints/{complaint}/contact")
def contact(
    request: Request, session: SessionDep, user: WorksOnComplaints, now: NowDep, complaint: VisibleComplaint
) -> Response:
    """The page with how to reach the person on it; that it was looked at is written down."""
    try:
        found = work_store.contact(session, complaint, user, now)
    except Refused as refused:
        return page(request, session, user, now, complaint, 409, refused.text, "contact")
    return page(request, session, user, now, complaint, contact=found)


def _done(
    request: Request, session: Session, user: User, now: datetime, row: Complaint, form: str, typed: str,
    deed: Callable[[], None],
) -> Response:  # fmt: skip
    """To its page; a deed that is refused leaves nothing behind."""
    try:
        with session.begin_nested():
            deed()
    except Refused as refused:
        status = 422 if refused.refusal in UNPROCESSABLE else 409
        return page(request, session, user, now, row, status, refused.text, form, typed)
    return RedirectResponse(f"/complaints/{identity(row)}", status_code=303)
