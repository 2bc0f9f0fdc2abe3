"""Findings: the list, those of a station, writing one down; and the same as JSON."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import AfterValidator
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.errors import HubError
from hub.findings import reading, store
from hub.findings.asked import Asked, Shown
from hub.findings.deadlines import told_to
from hub.findings.lines import item_of
from hub.findings.models import FindingList, FindingSaid, finding_said, is_late
from hub.findings.store import Found
from hub.findings.tables import Finding
from hub.findings.words import DONE, OWNERS, STAGE_STATES, STAGES, Owner, Severity
from hub.health.words import SEVERITIES
from hub.pages import render
from hub.photos import store as photos
from hub.photos.picture import BadPhoto
from hub.photos.sent import LARGEST_FORM, SentPhoto, content_of
from hub.rulebook import form_for, rulebooks
from hub.sessions import NowDep, SessionDep
from hub.signed_in import RaisesFindings, SeesInspections
from hub.stations import store as stations
from hub.stations.routes import VisibleStation
from hub.stations.tables import Station
from hub.unions import store as unions
from hub.unions.trees import LEVEL_LABELS, Level
from shared.text import Text

router = APIRouter()
LARGEST_ID = 2**31 - 1
NO_FINDING = Text("没有这项整改，或您无权查看。", "There is no such finding, or it is not yours to see.")


def printable(said: str) -> str:
    """What people can read: without control characters, which no database column takes alike."""
    return "".join(sign for sign in said if sign.isprintable() or sign in "\n\t").strip()


Words = Annotated[str, Form(max_length=2000), AfterValidator(printable)]
Name = Annotated[str, Form(max_length=64), AfterValidator(printable)]


def visible_finding(
    user: SeesInspections, session: SessionDep, finding: Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[1])]
) -> Finding:
    """The finding. Raises HubError 404, the same whether it is absent or not the asker's."""
    found = reading.visible(session, user, finding)
    if found is None:
        raise HubError(404, NO_FINDING)
    return found


VisibleFinding = Annotated[Finding, Depends(visible_finding)]


def asked_of(
    show: Annotated[Shown, Query()] = Shown.OPEN,
    mine: Annotated[bool, Query()] = False,
    union: Annotated[str, Query(pattern=r"^\d{0,9}$")] = "",
    q: Annotated[str, Query(max_length=100), AfterValidator(printable)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Asked:
    """The list an address asks for."""
    return Asked(show, mine, int(union) if union else None, q, page)


AskedDep = Annotated[Asked, Depends(asked_of)]


@router.get("/findings")
def findings_page(
    request: Request, session: SessionDep, user: SeesInspections, now: NowDep, asked: AskedDep
) -> HTMLResponse:
    """What must be put right: down and late first."""
    found = reading.listed(session, user, asked, now)
    return render(
        request, "findings/list.html", listed=found, Shown=Shown, unions=unions.all_unions(session), **words_of(now)
    )


@router.get("/stations/{station}/findings")
def station_findings(
    request: Request, session: SessionDep, user: SeesInspections, now: NowDep, station: VisibleStation
) -> HTMLResponse:
    """Those of one station, and the form to write one down."""
    return _station_page(request, session, user, now, station)


@router.post("/stations/{station}/findings", max_body_size=LARGEST_FORM)
def make(
    request: Request, session: SessionDep, user: RaisesFindings, now: NowDep, station: VisibleStation,
    text: Words = "",
    about: Name = "",
    severity: Annotated[Severity, Form()] = Severity.NORMAL,
    owner: Annotated[Owner, Form()] = Owner.STATION_HEAD,
    photo: SentPhoto = None,
) -> Response:  # fmt: skip
    """Write one down by hand. `about` is a facility or a line of the form; empty: neither."""
    typed = {"text": text, "about": about, "severity": severity, "owner": owner}
    if not text:
        missing = Text("请写明发现了什么", "Please say what you found")
        return _station_page(request, session, user, now, station, 422, missing, typed)
    form = form_for(station.rulebook, station.rubric)
    item = None if form is None else form.rubric.item(about)
    facilities = {one.id for one in stations.facilities(session, station.id)}
    if about and item is None and about not in facilities:
        raise HubError(422, Text(f"此站点没有“{about}”。", f"This station has no '{about}'."))
    sent = content_of(photo)
    try:
        kept = () if sent is None else (photos.keep(session, station.id, sent, user.name, now).id,)
    except BadPhoto as error:
        return _station_page(request, session, user, now, station, 422, error.why, typed)
    found = Found(
        text, severity, owner, None if form is None or item is None else form.owner.name,
        None if item is None else item.key, about if about in facilities else None, photos=kept,
    )  # fmt: skip
    row = store.make(session, station, found, user, now)
    return RedirectResponse(f"/findings/{store.identity(row)}", status_code=303)


@router.get("/api/findings", tags=["findings"])
def list_findings(session: SessionDep, user: SeesInspections, now: NowDep, asked: AskedDep) -> FindingList:
    """A page of the findings at the stations this user may see: down and late first."""
    found = reading.listed(session, user, asked, now)
    rows = [finding_said(row, now) for row in found.findings]
    return FindingList(total=found.total, page=asked.page, pages=found.pages, findings=rows)


@router.get("/api/findings/{finding}", tags=["findings"])
def read_finding(session: SessionDep, now: NowDep, finding: VisibleFinding) -> FindingSaid:
    """One finding with all that was done about it."""
    return finding_said(finding, now, reading.steps(session, finding))


def words_of(now: datetime) -> dict[str, Any]:
    """What templates of findings say things with."""

    def told(row: Finding) -> Text | None:
        level = told_to(rulebooks()[row.rulebook], row.due_at, now) if is_late(row, now) else None
        return None if level is None else LEVEL_LABELS[Level(level)]

    return {
        "OWNERS": OWNERS, "STAGES": STAGES, "STAGE_STATES": STAGE_STATES, "SEVERITIES": SEVERITIES, "DONE": DONE,
        "item_of": lambda row: item_of(row.rubric, row.item), "is_late": lambda row: is_late(row, now), "told_to": told,
    }  # fmt: skip


def _station_page(
    request: Request, session: Session, user: User, now: datetime, station: Station, status: int = 200,
    refused: Text | None = None, typed: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    form = form_for(station.rulebook, station.rubric)
    typed = typed or {"text": "", "about": "", "severity": Severity.NORMAL, "owner": Owner.STATION_HEAD}
    return render(
        request, "findings/station.html", status, station=station,
        findings=reading.at_station(session, user, station.id), facilities=stations.facilities(session, station.id),
        items=list(form.rubric.items()) if form else [], may_make=may(user.role, Action.RAISE_FINDINGS),
        refused=refused, typed=typed, **words_of(now),
    )  # fmt: skip
