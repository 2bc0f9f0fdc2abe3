"""Who inspects which station until when: assigning, and taking it back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.errors import HubError
from hub.formats import local
from hub.inspections import assignment_store as assignments
from hub.inspections import wording
from hub.inspections.of_request import LARGEST
from hub.inspections.purposes import PURPOSES, Purpose
from hub.inspections.tables import Assignment
from hub.pages import render
from hub.rulebook import form_for
from hub.sessions import NowDep, SessionDep
from hub.signed_in import AssignsInspections
from hub.stations import search_store
from hub.stations import store as stations
from hub.stations.routes import NO_STATION
from hub.stations.tables import Station
from hub.stations.wanted import Wanted
from shared.text import Text

router = APIRouter()
OFFERED = 50
"""Stations on the page; the others are found by searching."""
USUAL = timedelta(days=14)
LATEST = timedelta(days=400)
MOST_PEOPLE = 4
Ids = Annotated[list[Annotated[str, Form(max_length=10)]], Form(max_length=OFFERED)]
People = Annotated[list[Annotated[int, Form(ge=1, le=LARGEST)]], Form(max_length=20)]


@router.get("/inspections/assign")
def assign_page(
    request: Request, session: SessionDep, now: NowDep, user: AssignsInspections,
    search: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:  # fmt: skip
    """Choose stations, people, a purpose and a day."""
    return _page(request, session, now, user, search)


@router.post("/inspections/assign")
def assign(
    request: Request, session: SessionDep, now: NowDep, user: AssignsInspections,
    purpose: Annotated[Purpose, Form()], due: Annotated[date, Form()],
    station: Ids = [], person: People = [],  # noqa: B006 — FastAPI copies them
    search: Annotated[str, Form(max_length=100)] = "",
) -> Response:  # fmt: skip
    """Each chosen station to the chosen people. All or none."""
    chosen = [_station(session, user, one) for one in dict.fromkeys(station)]
    offered = {one.id or 0: one for one in assignments.inspectors_for(session, user, now)}
    people = [offered.get(one) for one in dict.fromkeys(person)]
    why = _unfit(session, chosen, people, purpose, due, local(now).date())
    if why is not None:
        typed = {"due": due.isoformat(), "purpose": purpose, "stations": station, "people": person}
        return _page(request, session, now, user, search, 422, why, typed)
    named = [one for one in people if one is not None]
    for one in chosen:
        if assignments.same(session, one.id, purpose, {who.id or 0 for who in named}) is None:
            assignments.assign(session, one, named, purpose, due, user, now)
    return RedirectResponse("/inspections#given", status_code=303)


def _station(session: SessionDep, user: User, station: str) -> Station:
    found = stations.visible(session, user, station)
    if found is None:
        raise HubError(404, NO_STATION)
    return found


def _unfit(
    session: SessionDep, chosen: list[Station], people: list[User | None], purpose: Purpose, due: date, today: date
) -> Text | None:
    """Why it cannot be assigned so. None: it can."""
    if not chosen:
        return Text("请至少选择一个站点。", "Choose at least one station.")
    named = [one for one in people if one is not None]
    if not named or len(named) != len(people) or len(named) > MOST_PEOPLE:
        return Text("请选择一至四名检查员。", "Choose one to four inspectors.")
    if not today <= due <= today + LATEST:
        return Text("截止日期须在今天之后、400 天之内。", "The day must be from today on, within 400 days.")
    if {one.role == Role.THIRD_PARTY for one in named} != {purpose is Purpose.THIRD_PARTY}:
        return Text(
            "第三方评价只能指派给第三方人员，其他检查不能指派给他们。",
            "A third-party evaluation is for third parties only, and nothing else is.",
        )
    for station in chosen:
        name = Text(station.name, station.name_en or station.name)
        if form_for(station.rulebook, station.rubric) is None:
            return wording.no_form(name, station.rulebook)
        for one in named:
            if stations.visible(session, one, station.id) is None:
                return Text(f"{one.name}无权查看{name.zh}。", f"{name.en} is not {one.name}'s to see.")
    return None


def _page(
    request: Request, session: SessionDep, now: NowDep, user: User, search: str, status: int = 200,
    refused: Text | None = None, typed: Mapping[str, object] | None = None,
) -> HTMLResponse:  # fmt: skip
    today = local(now).date()
    if search.strip():
        found = sorted(((name, id_) for id_, name in search_store.found_by(session, user, Wanted(search))))
    else:
        found = [(one.name, one.id) for one in stations.visible_to(session, user, OFFERED + 1)]
    return render(
        request, "inspections/assign.html", status, search=search, refused=refused, PURPOSES=PURPOSES,
        stations=found[:OFFERED], more=len(found) > OFFERED, people=assignments.inspectors_for(session, user, now),
        third_party=Role.THIRD_PARTY, first=today, last=today + LATEST,
        typed=typed or {"due": (today + USUAL).isoformat(), "purpose": Purpose.SPOT, "stations": [], "people": []},
    )  # fmt: skip


def visible_assignment(
    session: SessionDep, user: AssignsInspections, assignment: Annotated[int, Path(ge=1, le=LARGEST)]
) -> Assignment:
    """The assignment. Raises HubError 404, the same whether it is absent or of a station that is not the asker's."""
    found = assignments.get(session, assignment)
    if found is None or stations.visible(session, user, found.station) is None:
        raise HubError(404, Text("没有这项任务。", "There is no such assignment."))
    return found


@router.post("/assignments/{assignment}/withdraw")
def withdraw(
    session: SessionDep, now: NowDep, user: AssignsInspections,
    row: Annotated[Assignment, Depends(visible_assignment)],
) -> Response:  # fmt: skip
    """It stands no longer; a form that was begun stays."""
    assignments.withdraw(session, row, user, now)
    return RedirectResponse("/inspections#given", status_code=303)
