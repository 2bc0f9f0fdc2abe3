"""What people do to a complaint, step by step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator
from sqlmodel import Session

from hub.accounts.tables import User
from hub.complaints import forgetting, work_store
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


@dataclass(frozen=True, slots=True)
class Doing:
    """Somebody who is about to do something to a complaint."""

    request: Request
    session: Session
    user: User
    now: datetime
    row: Complaint

    def done(self, form: str, typed: str, deed: Callable[[], None]) -> Response:
        """To its page; a deed that is refused leaves nothing behind but what was typed into its form."""
        try:
            with self.session.begin_nested():
                deed()
        except Refused as refused:
            status = 422 if refused.refusal in UNPROCESSABLE else 409
            return self.refused(status, refused.text, form, typed)
        return RedirectResponse(f"/complaints/{identity(self.row)}", status_code=303)

    def refused(self, status: int, why: Text, form: str, typed: str = "") -> Response:
        """Its page, with why not."""
        return page(self.request, self.session, self.user, self.now, self.row, status, why, form, typed)


def working(
    request: Request, session: SessionDep, user: WorksOnComplaints, now: NowDep, complaint: VisibleComplaint
) -> Doing:
    """Whoever may answer."""
    return Doing(request, session, user, now, complaint)


def assigning(
    request: Request, session: SessionDep, user: AssignsComplaints, now: NowDep, complaint: VisibleComplaint
) -> Doing:
    """Whoever may say who answers."""
    return Doing(request, session, user, now, complaint)


Working = Annotated[Doing, Depends(working)]
Assigning = Annotated[Doing, Depends(assigning)]


@router.post("/complaints/{complaint}/classify")
def classify(
    by: Assigning, kind: Annotated[Kind, Form()], category: Annotated[Category, Form()], facility: Name = ""
) -> Response:
    """What it is and what it is about; `facility` empty: no single one."""

    def deed() -> None:
        work_store.classify(by.session, by.row, kind, category, facility or None, by.user, by.now)

    return by.done("classify", facility, deed)


@router.post("/complaints/{complaint}/assign")
def assign(by: Assigning, owner: Name = "") -> Response:
    """Who answers for it."""
    return by.done("assign", owner, lambda: work_store.assign(by.session, by.row, owner, by.user, by.now))


@router.post("/complaints/{complaint}/answer")
def answer(by: Working, text: Words = "") -> Response:
    """What its person is told; at once for whoever has the code."""
    if len(text) > LONGEST_ANSWER:
        return by.refused(422, TOO_LONG, "answer", text)
    return by.done("answer", text, lambda: work_store.answer(by.session, by.row, text, by.user, by.now))


@router.post("/complaints/{complaint}/reply")
def reply(by: Working, note: Words = "") -> Response:
    """The person was told, and how."""
    return by.done("reply", note, lambda: work_store.reply(by.session, by.row, note, by.user, by.now))


@router.post("/complaints/{complaint}/close")
def close(by: Assigning) -> Response:
    """Done; from now on the contact is kept for 30 days more."""
    return by.done("close", "", lambda: work_store.close(by.session, by.row, by.user, by.now))


@router.post("/complaints/{complaint}/reopen")
def reopen(by: Assigning, note: Words = "") -> Response:
    """It is not done, with a new deadline."""
    return by.done("reopen", note, lambda: work_store.reopen(by.session, by.row, note, by.user, by.now))


@router.post("/complaints/{complaint}/finding")
def finding(
    by: Working,
    text: Words = "",
    severity: Annotated[Severity, Form()] = Severity.NORMAL,
    owner: Annotated[Owner, Form()] = Owner.STATION_HEAD,
) -> Response:
    """Something must be put right because of it: a finding, about the same facility and with the same photo."""
    station = stations.get(by.session, by.row.station)
    photos = () if by.row.photo is None else (by.row.photo,)
    found = Found(text, severity, owner, facility=by.row.facility, photos=photos)

    def deed() -> None:
        if station is None or not text:
            raise Refused(Refusal.WORDS_MISSING)
        work_store.make_finding(by.session, by.row, station, found, by.user, by.now)

    return by.refused(422, TOO_LONG, "finding", text) if len(text) > LONGEST_ANSWER else by.done("finding", text, deed)


@router.post("/complaints/{complaint}/forget")
def forget(by: Assigning) -> Response:
    """Its person asks that what they wrote, their photo and their contact be deleted; gone already, nothing happens."""
    forgetting.forget(by.session, by.row, by.user.name, by.user.role, by.now)
    return RedirectResponse(f"/complaints/{identity(by.row)}", status_code=303)


@router.post("/complaints/{complaint}/contact")
def contact(by: Working) -> Response:
    """The page with how to reach the person on it; that it was looked at is written down."""
    try:
        found = work_store.contact(by.session, by.row, by.user, by.now)
    except Refused as refused:
        return by.refused(409, refused.text, "contact")
    return page(by.request, by.session, by.user, by.now, by.row, contact=found)
