"""The map of the stations within one's jurisdiction: a page, and what it draws."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from hub.map import leaflet, store
from hub.map.points import MapData
from hub.map.policy import policy
from hub.overview import list_store
from hub.overview.asking import AskedFor, choices
from hub.overview.shared import KnownStates
from hub.pages import fragment, render, visitor_of
from hub.sessions import NowDep, SessionDep
from hub.settings import HubSettings
from hub.signed_in import SignedIn
from hub.stations import search_store
from hub.stations.routes import VisibleStation

router = APIRouter(tags=["map"])
LISTED = 50
"""Stations beside the map: the worst of them. The list of stations has all."""


@router.get("/map")
def map_page(
    request: Request, session: SessionDep, user: SignedIn, asked: AskedFor, now: NowDep, known: KnownStates
) -> HTMLResponse:
    """The map, and beside it the same stations as a list for keyboards and for browsers without scripts."""
    settings: HubSettings = request.app.state.settings
    listed = list_store.list_stations(session, user, replace(asked, page=1, size=LISTED), now, known)
    page = render(
        request,
        "map/map.html",
        listed=listed,
        wanted=sum(listed.tally.values()),
        placed=search_store.placed_count(session, user, asked.wanted),
        choices=choices(session, user),
        settings=settings,
        leaflet=leaflet.address,
    )
    page.headers["Content-Security-Policy"] = policy(settings.map_tiles)
    return page


@router.get("/map/stations/{station}")
def chosen(request: Request, session: SessionDep, station: VisibleStation, now: NowDep) -> HTMLResponse:
    """A piece of the page: the station somebody chose on the map."""
    summary = store.summary(session, station, now)
    return HTMLResponse(fragment(request, "map/_chosen.html", summary=summary))


@router.get("/api/map", response_model=MapData)
def map_data(request: Request, session: SessionDep, user: SignedIn, asked: AskedFor, known: KnownStates) -> Response:
    """Points and names of places, all at once."""
    found = store.map_data(session, user, asked, visitor_of(request).language, known)
    # Written once: read back and checked again, ten thousand points would take as long as all the rest.
    return Response(found.model_dump_json(), media_type="application/json")
