"""Complaints and consultations at the hub: the list, one of them; and the same as JSON."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import AfterValidator
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.roles import ROLE_LABELS
from hub.accounts.tables import User
from hub.complaints import reading
from hub.complaints.asked import Asked, Shown
from hub.complaints.deadlines import steps
from hub.complaints.filed import masked
from hub.complaints.models import ComplaintList, ComplaintSaid, complaint_said
from hub.complaints.people import answers_for, owners
from hub.complaints.sheet import month_of
from hub.complaints.tables import Complaint
from hub.complaints.words import (
    CATEGORIES,
    CONTACT_DAYS,
    DONE,
    KINDS,
    LONGEST_ANSWER,
    STAGE_STATES,
    STAGES,
    Kind,
    Stage,
)
from hub.complaints.workflow import Standing, Step, must_be_told, steps_from
from hub.errors import HubError
from hub.findings.words import OWNERS
from hub.formats import plain
from hub.health.words import SEVERITIES
from hub.pages import render
from hub.rulebook import rulebooks
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SeesComplaints
from hub.stations import store as stations
from hub.unions import store as unions
from shared.text import Text

router = APIRouter()
LARGEST_ID = 2**31 - 1
NO_COMPLAINT = Text("没有这件投诉咨询，或您无权查看。", "There is no such complaint, or it is not yours to see.")
NEEDS: dict[Step, Action] = {
    Step.CLASSIFY: Action.ASSIGN_COMPLAINTS,
    Step.ASSIGN: Action.ASSIGN_COMPLAINTS,
    Step.ANSWER: Action.WORK_ON_COMPLAINTS,
    Step.REPLY: Action.WORK_ON_COMPLAINTS,
    Step.CLOSE: Action.ASSIGN_COMPLAINTS,
    Step.REOPEN: Action.ASSIGN_COMPLAINTS,
}
"""Which steps a page offers to whom; each route asks for the same."""


def visible_complaint(
    user: SeesComplaints, session: SessionDep, complaint: Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[1])]
) -> Complaint:
    """The complaint. Raises HubError 404, the same whether it is absent or not the asker's."""
    found = reading.visible(session, user, complaint)
    if found is None:
        raise HubError(404, NO_COMPLAINT)
    return found


VisibleComplaint = Annotated[Complaint, Depends(visible_complaint)]


def asked_of(
    show: Annotated[Shown, Query()] = Shown.OPEN,
    kind: Annotated[str, Query(pattern=r"^(complaint|consultation)?$")] = "",
    mine: Annotated[bool, Query()] = False,
    union: Annotated[str, Query(pattern=r"^\d{0,9}$")] = "",
    station: Annotated[str, Query(max_length=10, pattern=r"^[a-z0-9]*$")] = "",
    q: Annotated[str, Query(max_length=100), AfterValidator(plain)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Asked:
    """The list an address asks for."""
    return Asked(show, Kind(kind) if kind else None, mine, int(union) if union else None, station, q, page)


AskedDep = Annotated[Asked, Depends(asked_of)]


@router.get("/complaints")
def complaints_page(
    request: Request, session: SessionDep, user: SeesComplaints, now: NowDep, asked: AskedDep
) -> HTMLResponse:
    """What people wrote: late first."""
    return list_page(request, session, user, now, asked)


@router.get("/complaints/{complaint}")
def complaint_page(
    request: Request, session: SessionDep, user: SeesComplaints, now: NowDep, complaint: VisibleComplaint
) -> HTMLResponse:
    """What somebody wrote, who answers until when, what was done."""
    return page(request, session, user, now, complaint)


@router.get("/api/complaints", tags=["complaints"])
def list_complaints(session: SessionDep, user: SeesComplaints, now: NowDep, asked: AskedDep) -> ComplaintList:
    """A page of the complaints at the stations this user may see: late first."""
    found = reading.listed(session, user, asked, now)
    rows = [complaint_said(row, now) for row in found.complaints]
    return ComplaintList(total=found.total, page=asked.page, pages=found.pages, complaints=rows)


@router.get("/api/complaints/{complaint}", tags=["complaints"])
def read_complaint(session: SessionDep, now: NowDep, complaint: VisibleComplaint) -> ComplaintSaid:
    """One complaint with all that was done about it."""
    return complaint_said(complaint, now, reading.steps(session, complaint))


def list_page(
    request: Request, session: Session, user: User, now: datetime, asked: Asked, status: int = 200,
    refused: Text | None = None, typed: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    """The list; with why an upload was not noted, and what was typed there."""
    found = reading.listed(session, user, asked, now)
    of_station = stations.visible(session, user, asked.station) if asked.station else None
    return render(
        request, "complaints/list.html", status, listed=found, Shown=Shown, unions=unions.all_unions(session),
        may_assign=may(user.role, Action.ASSIGN_COMPLAINTS), month=month_of(now), of_station=of_station,
        refused=refused, typed=typed or {"month": "", "receipt": "", "uploaded_at": ""}, **words_of(now),
    )  # fmt: skip


def page(
    request: Request, session: Session, user: User, now: datetime, row: Complaint, status: int = 200,
    refused: Text | None = None, refused_at: str = "", typed: str = "", contact: str | None = None,
) -> HTMLResponse:  # fmt: skip
    """One complaint; with what was refused at which form, what was typed there, the contact where it was asked for."""
    stage, station = Stage(row.stage), stations.get(session, row.station)
    if station is None:
        raise HubError(404, NO_COMPLAINT)
    theirs, process = answers_for(user, row), steps(rulebooks().get(row.rulebook))
    untold = must_be_told(Standing(stage, row.contact is not None), process)
    offered = [
        step for step in steps_from(stage, process)
        if may(user.role, NEEDS[step]) and (theirs or NEEDS[step] is not Action.WORK_ON_COMPLAINTS)
        and not (untold and step is Step.CLOSE)
    ]  # fmt: skip
    facilities = stations.facilities(session, row.station)
    return render(
        request, "complaints/complaint.html", status, row=row, station=station, offered=offered,
        steps=reading.steps(session, row), people=owners(session, station, now) if Step.ASSIGN in offered else [],
        facilities=facilities, facility=next((one for one in facilities if one.id == row.facility), None),
        theirs=theirs, contact=contact, masked=masked(row.contact or ""), CONTACT_DAYS=CONTACT_DAYS,
        may_find=theirs and may(user.role, Action.RAISE_FINDINGS) and row.finding is None and stage is not Stage.CLOSED,
        may_forget=may(user.role, Action.ASSIGN_COMPLAINTS) and bool(row.text or row.photo or row.contact),
        refused=refused, refused_at=refused_at, typed=typed, ROLES=ROLE_LABELS, OWNERS=OWNERS, SEVERITIES=SEVERITIES,
        LONGEST_ANSWER=LONGEST_ANSWER, **words_of(now),
    )  # fmt: skip


def words_of(now: datetime) -> dict[str, object]:
    """What templates of complaints say things with."""
    return {
        "KINDS": KINDS, "CATEGORIES": CATEGORIES, "STAGES": STAGES, "STAGE_STATES": STAGE_STATES, "DONE": DONE,
        "is_late": lambda row: reading.is_late(row, now),
    }  # fmt: skip
