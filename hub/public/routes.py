"""The page of a station for everybody: no sign-in, no cookie, the same answer for all, kept for a minute (I30)."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from hub.errors import HubError
from hub.pages import render
from hub.public import store
from hub.public.card import PRESENCE_LABELS, Card, PublicStation, public_station
from hub.sessions import NowDep
from hub.shelf import Busy, Shelf
from hub.signed_in import Everybody
from hub.stations.words import ACCESS_LABELS, STAFFING_LABELS
from shared.text import Text

router = APIRouter(tags=["public"])
NO_STATION = Text("没有这个站点。", "There is no such station.")
TOO_MANY = Text("访问太多，请稍后再试。", "Too many ask at once; please try again in a moment.")
KEPT = "public, max-age=60"
"""What caches between hub and phone may do with it."""
LOOKED_EVERY_S = 20.0
"""One station is read no more often, however many look at it."""
StationId = Annotated[str, Path(min_length=10, max_length=10, pattern=r"^[a-z0-9]+$", examples=["k3v9x2m7qa"])]


def public_card(request: Request, station: StationId, _lang: Everybody, now: NowDep) -> Card:
    """The station. Raises HubError 404, and 503 where too many different ones are asked for at once."""
    shelf: Shelf = request.app.state.public_shelf
    try:
        found = shelf.get(station, LOOKED_EVERY_S, lambda: _look(request, station, now))
    except Busy as error:
        raise HubError(503, TOO_MANY) from error
    if found is None:
        raise HubError(404, NO_STATION)
    return found


PublicCard = Annotated[Card, Depends(public_card)]


@router.get("/s/{station}")
def public_page(request: Request, card: PublicCard, lang: Everybody) -> HTMLResponse:
    """Open now? What works? Where is it, and whom to call? For whoever scans the code at the door."""
    page = render(
        request, "public/station.html", card=card, lang=lang, presences=PRESENCE_LABELS, staffings=STAFFING_LABELS,
        accesses=ACCESS_LABELS,
    )  # fmt: skip
    page.headers["Cache-Control"] = KEPT
    return page


@router.get("/api/public/stations/{station}")
def read_public_station(card: PublicCard, response: Response) -> PublicStation:
    """The same for programs."""
    response.headers["Cache-Control"] = KEPT
    return public_station(card)


def _look(request: Request, station: str, now: datetime) -> Card | None:
    with Session(request.app.state.engine) as session:
        return store.card(session, station, now)
