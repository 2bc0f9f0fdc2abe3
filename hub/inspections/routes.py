"""Inspections: begin, look, reveal, decide, submit, print; and the same as JSON.

Proposals of a station are shown to administrators only: an inspector sees each one on the form, after their own look.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.errors import HubError
from hub.formats import local
from hub.inspections import models, store, wording, workflow
from hub.inspections.prefill import ItemProposal, best_of, propose
from hub.inspections.scoring import NotInTheRubric, legal
from hub.inspections.sealing import seal
from hub.inspections.sheet import Entry, Sheet, by_hand, sheet_of, untouched
from hub.inspections.tables import Inspection
from hub.inspections.windows import policy_of
from hub.inspections.workflow import LOOKS, REASONS, Look, Reason, Refusal, Refused
from hub.pages import render
from hub.rulebook import Item, Rubric, form_for, rulebooks
from hub.sessions import NowDep, SessionDep
from hub.signed_in import Inspects, SeesInspections, SeesProposals
from hub.stations import store as stations
from hub.stations.routes import VisibleStation, visible_station
from hub.stations.tables import Station
from shared.text import Text

router = APIRouter()
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Key = Annotated[str, Path(max_length=64)]
OFFERED = 50
"""Stations the page offers a form for; the others are found in the list of stations."""
UNPROCESSABLE = frozenset({Refusal.REASON_MISSING, Refusal.NOTE_MISSING})


@router.get("/inspections")
def list_page(request: Request, session: SessionDep, user: SeesInspections) -> HTMLResponse:
    """Drafts and submitted forms, and where one can be begun."""
    seen = stations.visible_to(session, user, OFFERED + 1)
    offered = seen[:OFFERED]
    found = store.of_stations(session, stations.ids_seen_by(user))
    drafts = store.drafts_at(session, [station.id for station in offered])
    begun = [station for station in offered if form_for(station.rulebook, station.rubric) and station.id not in drafts]
    return render(
        request,
        "inspections/list.html",
        heads=[(store.head_of(row), row.total) for row in found],
        stations=begun if may(user.role, Action.INSPECT) else [],
        more=len(seen) > OFFERED,
        without_form=[station for station in offered if not form_for(station.rulebook, station.rubric)],
    )


@router.post("/stations/{station}/inspections")
def begin(session: SessionDep, now: NowDep, user: Inspects, station: VisibleStation) -> Response:
    """Open the station's form; the draft there is, if one is open."""
    form = form_for(station.rulebook, station.rubric)
    if form is None:
        raise HubError(409, wording.no_form(Text(station.name, station.name_en or station.name), station.rulebook))
    for book in (rulebooks()[form.rulebook], form.owner):
        if not book.in_force(local(now).date()):
            raise HubError(409, wording.not_in_force(book.title, book.valid_from))
    row = store.begin(session, station, form, user.name, now)
    return RedirectResponse(f"/inspections/{store.identity(row)}", status_code=303)


@router.get("/inspections/{number}")
def form_page(request: Request, session: SessionDep, user: SeesInspections, number: Number) -> HTMLResponse:
    """The form."""
    return _page(request, _sheet(session, _inspection(session, user, number)), user)


@router.get("/inspections/{number}/print")
def print_page(request: Request, session: SessionDep, user: SeesInspections, number: Number) -> HTMLResponse:
    """The annex as it is printed, the evidence on further pages."""
    sheet = _sheet(session, _inspection(session, user, number))
    return render(request, "inspections/print.html", sheet=sheet, LOOKS=LOOKS, REASONS=REASONS)


@router.post("/inspections/{number}/items/{key}/look")
def look(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, number: Number, key: Key,
    look: Annotated[Look, Form()], version: Annotated[int | None, Form(ge=0, le=2**31)] = None,
) -> Response:  # fmt: skip
    """The inspector's own look."""
    row, item, before = _line(session, user, number, key)
    try:
        after = workflow.look(before.line, look, now)
        if before.line.look is not look:
            _unchanged_since(before, version)
            change = store.Change("look", before.line.look, look)
            store.answer(session, row, item.key, before, after, change, user.name, now)
    except Refused as refused:
        return _refused(request, session, row, user, item, refused)
    return _back(row, item)


@router.post("/inspections/{number}/items/{key}/reveal")
def reveal(request: Request, session: SessionDep, now: NowDep, user: Inspects, number: Number, key: Key) -> Response:
    """Compute the proposal now, seal it, show it."""
    row, item, before = _line(session, user, number, key)
    try:
        workflow.may_reveal(before.line)
        if before.line.revealed_at is None:
            station = visible_station(user, session, row.station)
            proposal = _proposals(session, station, row.rubric, now)[item.key]
            after = workflow.reveal(before.line, proposal.points, now)
            said = "–" if proposal.points is None else str(proposal.points)
            change = store.Change("reveal", None, f"{said} {proposal.rule}")
            store.answer(session, row, item.key, before, after, change, user.name, now, seal(proposal))
    except Refused as refused:
        return _refused(request, session, row, user, item, refused)
    return _back(row, item)


@router.post("/inspections/{number}/items/{key}/decide")
def decide(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, number: Number, key: Key,
    points: Annotated[str, Form(max_length=40)],
    reason: Annotated[Reason | None, Form()] = None,
    note: Annotated[str, Form(max_length=2000)] = "",
    version: Annotated[int | None, Form(ge=0, le=2**31)] = None,
) -> Response:  # fmt: skip
    """A person's points."""
    row, item, before = _line(session, user, number, key)
    try:
        value = legal(_rubric(row), item.key, points)
    except NotInTheRubric as error:
        raise HubError(422, wording.not_a_value(item.key, item.text, str(error.value), error.allowed)) from error
    try:
        after = workflow.decide(before.line, value, user.name, now, reason, note)
        kept = (before.line.points, before.line.reason, before.line.note)
        if kept != (after.points, after.reason, after.note):
            _unchanged_since(before, version)
            old = None if before.line.points is None else str(before.line.points)
            told = " ".join(part for part in (after.reason or "", after.note) if part)
            change = store.Change("decide", old, str(value), told or None)
            store.answer(session, row, item.key, before, after, change, user.name, now)
    except Refused as refused:
        return _refused(request, session, row, user, item, refused)
    return _back(row, item)


@router.post("/inspections/{number}/submit")
def submit(request: Request, session: SessionDep, now: NowDep, user: Inspects, number: Number) -> Response:
    """The form is final."""
    row = _inspection(session, user, number)
    sheet = _sheet(session, row)
    try:
        workflow.may_submit([shown.line for shown in sheet.lines()])
        store.submit(session, row, sheet.total.points, user.name, now)
    except Refused as refused:
        return _page(request, sheet, user, 409, refused.text)
    return RedirectResponse(f"/inspections/{number}", status_code=303)


@router.get("/api/inspections", tags=["inspections"])
def list_said(session: SessionDep, user: SeesInspections) -> list[models.InspectionSummary]:
    """Inspections of the stations this user may see: drafts first, then the newest, a hundred at most."""
    found = store.of_stations(session, stations.ids_seen_by(user))
    return [models.summary(store.head_of(row), row.total) for row in found]


@router.get("/api/inspections/{number}", tags=["inspections"])
def inspection_said(session: SessionDep, user: SeesInspections, number: Number) -> models.InspectionSaid:
    """One form with its trail; proposals only where they were revealed."""
    row = _inspection(session, user, number)
    return models.inspection_said(_sheet(session, row), store.trail(session, row))


@router.get("/api/stations/{station}/proposals", tags=["inspections"])
def proposals_said(
    session: SessionDep, now: NowDep, _user: SeesProposals, station: VisibleStation
) -> dict[str, models.Proposed]:
    """What would be proposed now, by line. Nothing is revealed or kept; administrators only, because whoever fills in
    the form looks first."""
    form = form_for(station.rulebook, station.rubric)
    computed = {} if form is None else _proposals(session, station, form.owner.name, now)
    return {key: models.proposed(proposal) for key, proposal in computed.items()}


def _proposals(session: Session, station: Station, rubric: str, now: NowDep) -> dict[str, ItemProposal]:
    """For every line equipment stands behind."""
    book = rulebooks()[rubric]
    policy = policy_of(book)
    by_kind = store.evidence(session, station, book, now)
    return {
        item.key: best_of(
            [propose(one, policy, now, item.points) for one in by_kind.get(item.kind or "", [])], item.points, now
        )
        for item in (book.rubric.items() if book.rubric else ())
        if not by_hand(item)
    }


def _inspection(session: Session, user: User, number: int) -> Inspection:
    row = store.get(session, number)
    if row is None or stations.visible(session, user, row.station) is None:
        raise HubError(404, Text("没有这次检查。", "There is no such inspection."))
    return row


def _rubric(row: Inspection) -> Rubric:
    rubric = rulebooks()[row.rubric].rubric
    if rubric is None:
        raise HubError(409, Text("这个规则没有考评表。", "This rulebook has no form."))
    return rubric


def _line(session: Session, user: User, number: int, key: str) -> tuple[Inspection, Item, Entry]:
    """The inspection, its line, and what is kept of the line; for whoever may answer it."""
    row = _inspection(session, user, number)
    rubric = _rubric(row)
    item = rubric.item(key)
    if item is None:
        raise HubError(404, Text("考评表里没有这一项。", "The form has no such line."))
    return row, item, store.entries(session, row, rubric).get(key) or untouched(item, row.submitted_at is not None)


def _sheet(session: Session, row: Inspection) -> Sheet:
    rubric = _rubric(row)
    return sheet_of(store.head_of(row), rubric, store.entries(session, row, rubric))


def _unchanged_since(before: Entry, version: int | None) -> None:
    """A form names the version it showed; a program may leave it out. Raises Refused."""
    if version is not None and version != before.version:
        raise Refused(Refusal.CHANGED_MEANWHILE)


def _back(row: Inspection, item: Item) -> Response:
    return RedirectResponse(f"/inspections/{store.identity(row)}#{item.key}", status_code=303)


def _refused(
    request: Request, session: Session, row: Inspection, user: User, item: Item, refused: Refused
) -> HTMLResponse:
    """The form as it is, with the reason at the line."""
    status = 422 if refused.refusal in UNPROCESSABLE else 409
    return _page(request, _sheet(session, row), user, status, refused.text, item.key)


def _page(
    request: Request,
    sheet: Sheet,
    user: User,
    status: int = 200,
    refused: Text | None = None,
    refused_at: str | None = None,
) -> HTMLResponse:
    may_answer = may(user.role, Action.INSPECT) and sheet.head.submitted_at is None
    return render(
        request, "inspections/form.html", status, sheet=sheet, LOOKS=LOOKS, REASONS=REASONS,
        refused=refused, refused_at=refused_at, may_answer=may_answer,
    )  # fmt: skip
