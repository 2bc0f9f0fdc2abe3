"""The list of stations and the page of one: as pages, as JSON, and live."""

from collections.abc import Mapping
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from fastapi.sse import EventSourceResponse
from sqlmodel import Session

from hub.overview import store
from hub.overview.models import StationList, StationNow, station_now
from hub.overview.summary import tally
from hub.pages import fragment, render
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SignedIn
from hub.stations.routes import VisibleStation
from hub.streams import stream

router = APIRouter()


@router.get("/stations", include_in_schema=False)
def stations_page(request: Request, session: SessionDep, user: SignedIn, now: NowDep) -> HTMLResponse:
    """All stations the asker may see, worst first."""
    seen = store.list_stations(session, user, now)
    return render(request, "stations/list.html", stations=seen, tally=tally(seen))


@router.get("/stations/live", include_in_schema=False)
def stations_live(request: Request, user: SignedIn) -> EventSourceResponse:
    """The list, again whenever it changes."""

    def fragments(session: Session, now: datetime) -> Mapping[str, str]:
        seen = store.list_stations(session, user, now)
        return {"stations": fragment(request, "stations/_list.html", stations=seen, tally=tally(seen))}

    return stream(request, fragments)


@router.get("/stations/{station}", include_in_schema=False)
def station_page(request: Request, session: SessionDep, station: VisibleStation, now: NowDep) -> HTMLResponse:
    """One station: what works, who came, what is open."""
    seen, week = store.view(session, station, now), store.week(session, station, now)
    return render(request, "stations/station.html", view=seen, week=week)


@router.get("/stations/{station}/live", include_in_schema=False)
def station_live(request: Request, station: VisibleStation) -> EventSourceResponse:
    """The parts of the page that change."""

    def fragments(session: Session, now: datetime) -> Mapping[str, str]:
        seen = store.view(session, station, now)
        parts = ("now", "questions", "facilities", "today")
        return {part: fragment(request, f"stations/_{part}.html", view=seen) for part in parts}

    return stream(request, fragments)


@router.get("/api/stations", tags=["stations"])
def list_stations(session: SessionDep, user: SignedIn, now: NowDep) -> StationList:
    """All stations the asker may see, worst first."""
    return StationList(stations=[station_now(one) for one in store.list_stations(session, user, now)])


@router.get("/api/stations/{station}", tags=["stations"])
def read_station(session: SessionDep, station: VisibleStation, now: NowDep) -> StationNow:
    """One station with its facilities."""
    return station_now(store.view(session, station, now).summary)
