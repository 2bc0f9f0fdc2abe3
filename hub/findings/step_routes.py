"""One finding: its page, and the steps people take on it."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session, select

from hub.accounts.actions import Action, may
from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.findings import reading, store
from hub.findings.routes import VisibleFinding, Words, words_of
from hub.findings.sensed import sensed
from hub.findings.tables import Finding
from hub.findings.words import Owner, Severity, Stage
from hub.findings.workflow import UNPROCESSABLE, Refused, Step, steps_from
from hub.formats import local
from hub.inspections import assignment_store as assignments
from hub.inspections.tables import Inspection
from hub.pages import render
from hub.photos import store as photos
from hub.photos.picture import BadPhoto
from hub.photos.sent import LARGEST_FORM, SentPhoto, content_of
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SeesInspections, VerifiesFindings, WorksOnFindings
from hub.stations import store as stations
from shared.text import Text

router = APIRouter()
NEEDS: dict[Step, Action] = {
    Step.TAKE_UP: Action.WORK_ON_FINDINGS,
    Step.FIX: Action.WORK_ON_FINDINGS,
    Step.VERIFY: Action.VERIFY_FINDINGS,
    Step.SEND_BACK: Action.VERIFY_FINDINGS,
    Step.CLOSE: Action.VERIFY_FINDINGS,
    Step.REOPEN: Action.VERIFY_FINDINGS,
}
"""Which steps a page offers to whom; each route asks for the same."""


@router.get("/findings/{finding}")
def findingpage(
    request: Request, session: SessionDep, user: SeesInspections, now: NowDep, finding: VisibleFinding
) -> HTMLResponse:
    """What is wrong, who must put it right until when, what the sensors say, what was done."""
    return page(request, session, user, now, finding)


@router.post("/findings/{finding}/take_up")
def take_up(
    request: Request, session: SessionDep, user: WorksOnFindings, now: NowDep, finding: VisibleFinding
) -> Response:
    """Somebody looks after it."""
    return _move(request, session, user, now, finding, Step.TAKE_UP)


@router.post("/findings/{finding}/fix", max_body_size=LARGEST_FORM)
def fix(
    request: Request, session: SessionDep, user: WorksOnFindings, now: NowDep, finding: VisibleFinding,
    note: Words = "", photo: SentPhoto = None,
) -> Response:  # fmt: skip
    """It is put right: a photo of how it is now, or words."""
    return _move(request, session, user, now, finding, Step.FIX, note, content_of(photo))


@router.post("/findings/{finding}/verify")
def verify(
    request: Request, session: SessionDep, user: VerifiesFindings, now: NowDep, finding: VisibleFinding,
    note: Words = "",
) -> Response:  # fmt: skip
    """Another person has seen that it is."""
    return _move(request, session, user, now, finding, Step.VERIFY, note)


@router.post("/findings/{finding}/send_back")
def sendback(
    request: Request, session: SessionDep, user: VerifiesFindings, now: NowDep, finding: VisibleFinding,
    note: Words = "",
) -> Response:  # fmt: skip
    """Another person has seen that it is not."""
    return _move(request, session, user, now, finding, Step.SEND_BACK, note)


@router.post("/findings/{finding}/close")
def close(
    request: Request, session: SessionDep, user: VerifiesFindings, now: NowDep, finding: VisibleFinding
) -> Response:
    """Done; not while the sensors see it down."""
    return _move(request, session, user, now, finding, Step.CLOSE)


@router.post("/findings/{finding}/reopen")
def reopen(
    request: Request, session: SessionDep, user: VerifiesFindings, now: NowDep, finding: VisibleFinding,
    note: Words = "",
) -> Response:  # fmt: skip
    """It is there again, with a new deadline."""
    return _move(request, session, user, now, finding, Step.REOPEN, note)


@router.post("/findings/{finding}/hand_over")
def hand_over(
    request: Request, session: SessionDep, user: VerifiesFindings, now: NowDep, finding: VisibleFinding,
    owner: Annotated[Owner, Form()], severity: Annotated[Severity, Form()], note: Words = "",
) -> Response:  # fmt: skip
    """Another owner, another severity."""
    try:
        store.hand_over(session, finding, owner, severity, user, now, note)
    except Refused as refused:
        return page(request, session, user, now, finding, 409, refused.text)
    return back(finding)


def _move(
    request: Request, session: Session, user: User, now: datetime, finding: Finding, step: Step,
    note: str = "", sent: bytes | None = None,
) -> Response:  # fmt: skip
    """A step that is refused leaves nothing behind, no photo either."""
    try:
        with session.begin_nested():
            kept = None if sent is None else photos.keep(session, finding.station, sent, user.name, now).id
            store.move(session, finding, step, user, now, note, kept)
    except BadPhoto as error:
        return page(request, session, user, now, finding, 422, error.why, step, note)
    except Refused as refused:
        status = 422 if refused.refusal in UNPROCESSABLE else 409
        return page(request, session, user, now, finding, status, refused.text, step, note)
    return back(finding)


def back(finding: Finding) -> Response:
    """To its page."""
    return RedirectResponse(f"/findings/{store.identity(finding)}", status_code=303)


def page(
    request: Request, session: Session, user: User, now: datetime, finding: Finding, status: int = 200,
    refused: Text | None = None, refused_at: Step | None = None, typed: str = "",
) -> HTMLResponse:  # fmt: skip
    """One finding; with what was refused at which step, and what was typed there."""
    stage = Stage(finding.stage)
    stand = {one.id: one for one in stations.facilities(session, finding.station)}
    return render(
        request, "findings/finding.html", status, finding=finding, station=stations.get(session, finding.station),
        steps=reading.steps(session, finding), sensed=sensed(session, finding, now),
        offered=[step for step in steps_from(stage) if may(user.role, NEEDS[step])],
        people=_people(session, user, now), again=_again(session, finding),
        usual=local(now).date() + timedelta(days=7),
        may_hand_over=may(user.role, Action.VERIFY_FINDINGS) and stage is not Stage.CLOSED,
        facility=stand.get(finding.facility or ""),
        refused=refused, refused_at=refused_at, typed=typed, **words_of(now),
    )  # fmt: skip


def _people(session: Session, user: User, now: datetime) -> list[User]:
    """Who may be sent to inspect it once more; nobody where this user assigns nothing."""
    if not may(user.role, Action.ASSIGN_INSPECTIONS):
        return []
    return [one for one in assignments.inspectors_for(session, user, now) if one.role != Role.THIRD_PARTY]


def _again(session: Session, finding: Finding) -> Inspection | None:
    """The inspection that was asked for because of it. None: none was, or it is not begun."""
    if finding.reinspection is None:
        return None
    return session.exec(select(Inspection).where(Inspection.assignment == finding.reinspection)).first()
