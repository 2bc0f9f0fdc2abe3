"""The list of stations and the page of one: as pages, as JSON, and live."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.sse import EventSourceResponse
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.roles import Role
from hub.inspections.assignment_store import next_for
from hub.overview import list_store, store
from hub.overview.asking import AskedFor, choices
from hub.overview.models import StationList, StationPageNow, station_list, station_page_now
from hub.overview.shared import KnownStates, known_states, together
from hub.pages import fragment, render, visitor_of
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SignedIn
from hub.stations.jurisdiction import sight_of
from hub.stations.routes import VisibleStation
from hub.streams import stream

router = APIRouter()
LARGEST_PAGE = 200


@router.get("/stations")
def stations_page(
    request: Request, session: SessionDep, user: SignedIn, asked: AskedFor, now: NowDep, known: KnownStates
) -> HTMLResponse:
    """The stations the asker may see, worst first, page by page."""
    listed = list_store.list_stations(session, user, asked, now, known)
    return render(request, "stations/list.html", listed=listed, choices=choices(session, user))


@router.get("/stations/live")
def stations_live(request: Request, session: SessionDep, user: SignedIn, asked: AskedFor) -> EventSourceResponse:
    """The same page of the list, again whenever it changes."""

    def fragments(session: Session, now: datetime) -> Mapping[str, str]:
        known = known_states(request, session, now)
        listed = list_store.list_stations(session, user, asked, now, known)
        return {"stations": fragment(request, "stations/_list.html", listed=listed)}

    key = ("stations live", sight_of(session, user), asked, visitor_of(request).language)
    return stream(request, together(request, key, fragments))


@router.get("/stations/{station}")
def station_page(
    request: Request, session: SessionDep, user: SignedIn, station: VisibleStation, now: NowDep
) -> HTMLResponse:
    """One station: what works, who came, what is open; and what the asker may do there."""
    seen, week = store.view(session, station, now), store.week(session, station, now)
    inspects = may(user.role, Action.INSPECT) and (
        user.role == Role.ADMINISTRATOR or next_for(session, user, station.id) is not None
    )
    attends = may(user.role, Action.ANSWER_QUESTIONS) and bool(station.sealed_qr_key)
    return render(request, "stations/station.html", view=seen, week=week, inspects=inspects, attends=attends)


@router.get("/stations/{station}/live")
def station_live(request: Request, station: VisibleStation) -> EventSourceResponse:
    """The parts of the page that change."""

    def fragments(session: Session, now: datetime) -> Mapping[str, str]:
        seen = store.view(session, station, now)
        parts = ("now", "questions", "services", "facilities", "today")
        return {part: fragment(request, f"stations/_{part}.html", view=seen) for part in parts}

    return stream(request, fragments)


@router.get("/api/stations", tags=["stations"])
def list_stations(
    session: SessionDep,
    user: SignedIn,
    asked: AskedFor,
    now: NowDep,
    known: KnownStates,
    size: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 50,
) -> StationList:
    """A page of the stations the asker may see, worst first over all pages."""
    return station_list(list_store.list_stations(session, user, replace(asked, size=size), now, known))


@router.get("/api/stations/{station}", tags=["stations"])
def read_station(session: SessionDep, station: VisibleStation, now: NowDep) -> StationPageNow:
    """One station with its facilities."""
    seen = store.view(session, station, now)
    return station_page_now(seen.summary, seen.given_up)
