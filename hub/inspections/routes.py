"""The list of inspections and the beginning of one; with these all routes of the concept."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import col

from hub.accounts.actions import Action, may
from hub.accounts.roles import Role
from hub.errors import HubError
from hub.formats import local
from hub.inspections import (
    actions,
    assignment_routes,
    closing_routes,
    door_code,
    form_routes,
    log_store,
    said_routes,
    store,
    wording,
)
from hub.inspections import assignment_store as assignments
from hub.inspections.deeds import Deed
from hub.inspections.log_store import identity
from hub.inspections.of_request import LARGEST, Carried
from hub.inspections.purposes import PURPOSES
from hub.inspections.refusals import REFUSALS, Refusal
from hub.inspections.tables import Inspection
from hub.keys import hub_keys
from hub.pages import render
from hub.rulebook import form_for, rulebooks
from hub.sessions import NowDep, SessionDep
from hub.signed_in import Inspects, SeesInspections
from hub.stations.routes import VisibleStation
from shared.text import Text

router = APIRouter()
LISTED = 50
"""Of each part of the page; the others are found through their station."""


@router.get("/inspections")
def list_page(request: Request, session: SessionDep, now: NowDep, user: SeesInspections) -> HTMLResponse:
    """What is to do, what is begun, what waits for the second look, and what is done."""
    mine = assignments.to_do(session, user) if may(user.role, Action.INSPECT) else []
    own = {one.inspection.id for one in mine if one.inspection is not None}
    drafts = [row for row in store.open_to(session, user, LISTED + len(own)) if row.id not in own]
    confirmed_at = col(Inspection.confirmed_at)
    waiting = store.visible_to(session, user, *store.CLOSED, confirmed_at.is_(None), limit=LISTED)
    done = store.visible_to(
        session, user, *store.CLOSED, confirmed_at.is_not(None), limit=LISTED, latest=Inspection.confirmed_at
    )
    worked = log_store.worked_on(session, user, waiting) if may(user.role, Action.REVIEW_INSPECTIONS) else None
    assigns = may(user.role, Action.ASSIGN_INSPECTIONS)
    given = assignments.given(session, user, LISTED + 1) if assigns else []
    return render(
        request, "inspections/list.html", PURPOSES=PURPOSES, today=local(now).date(), mine=mine,
        drafts=[(store.head_of(row), row.total) for row in drafts],
        waiting=[(store.head_of(row), row.total, worked is not None and row.id not in worked) for row in waiting],
        done=[(store.head_of(row), row.total) for row in done],
        given=given[:LISTED], more_given=len(given) > LISTED, assigns=assigns,
    )  # fmt: skip


@router.post("/stations/{station}/inspections")
def begin(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, station: VisibleStation,
    assignment: Annotated[int | None, Form(ge=1, le=LARGEST)] = None, seen: Carried = "",
) -> Response:  # fmt: skip
    """Open the form this user is assigned at the station, of several the one due first or named; for an administrator
    also an unasked one. `seen`: what the phone's page made of the kiosk's code, which shows that they are there; one
    that does not count is left aside."""
    name = Text(station.name, station.name_en or station.name)
    form = form_for(station.rulebook, station.rubric)
    if form is None:
        raise HubError(409, wording.no_form(name, station.rulebook))
    for book in (rulebooks()[form.rulebook], form.owner):
        if not book.in_force(local(now).date()):
            raise HubError(409, wording.not_in_force(book.title, book.valid_from))
    asked = assignments.next_for(session, user, station.id, assignment)
    if asked is None and user.role != Role.ADMINISTRATOR:
        raise HubError(403, REFUSALS[Refusal.NOT_ASSIGNED])
    deed = Deed(user, now, now)
    row = store.begin(session, station, form, deed, asked)
    keys = hub_keys(request.app.state.settings.folder)
    found = door_code.brought(keys, station.id, user, seen, now) if seen else None
    if found is not None and store.may_fill(session, row, user) and store.is_open(row):
        actions.arrive_by_code(session, row, found, deed)
    return RedirectResponse(f"/inspections/{identity(row)}", status_code=303)


# A path with a fixed word before those with a number in its place.
for part in (assignment_routes, form_routes, closing_routes, said_routes):
    router.include_router(part.router)
