"""Visits as JSON: of all stations one may see, and of one; as recorded and as they count."""

from dataclasses import replace

from fastapi import APIRouter, Request

from hub.exports import months
from hub.formats import local
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SignedIn
from hub.stations import store as stations
from hub.stations.routes import VisibleStation
from hub.visits import pages, store
from hub.visits.asked import MonthDep, PageDep
from hub.visits.gathering import added_up
from hub.visits.hours import by_hour
from hub.visits.models import StationVisitsRow, StationVisitsSaid, VisitsSaid
from hub.visits.of_request import sums_of
from hub.visits.said import figures_said, hours_said, rate_said
from hub.visits.sums_store import Place
from hub.visits.view import month_view
from hub.visits.words import Count

router = APIRouter(tags=["visits"])


@router.get("/api/visits")
def visits_said(request: Request, session: SessionDep, user: SignedIn, asked: PageDep, now: NowDep) -> VisitsSaid:
    """A month of the stations this user may see, each counted once; and a page of them, the most visited first."""
    store.catch_up(session, now)
    session.commit()
    counted = sums_of(request, session, user, asked)
    recorded = sums_of(request, session, user, replace(asked, count=Count.RAW))
    today = local(now).date()
    raw = {one[0]: int(one[1]) for one in recorded.places}
    page, of_pages, shown = pages.page_of(counted.places, asked.page)
    named = stations.of_ids(session, [one[0] for one in shown])
    return VisitsSaid(
        month=months.spelled(asked.month),
        raw=figures_said(month_view(asked.month, recorded.tally, today)),
        filtered=figures_said(month_view(asked.month, counted.tally, today)),
        added_up_at=None if counted.added_up is None else counted.added_up.oldest,
        added_up_last=None if counted.added_up is None else counted.added_up.newest,
        total=len(counted.places),
        page=page,
        pages=of_pages,
        stations=[
            StationVisitsRow(
                station=place.station,
                name=named[place.station].name,
                raw=raw.get(place.station, place.number),
                filtered=place.number,
                satisfied=rate_said(place.rate),
            )
            for place in (Place(*one[:4]) for one in shown)
        ],
    )


@router.get("/api/stations/{station}/visits")
def station_visits_said(
    session: SessionDep, station: VisibleStation, asked: MonthDep, now: NowDep
) -> StationVisitsSaid:
    """A month of one station: days, hours, occupations, satisfaction, and footfall beside the check-ins."""
    said = store.month_said(session, station.id, asked.month)
    raw, filtered = (month_view(asked.month, added_up(said, one), local(now).date()) for one in (False, True))
    visitors, known = pages.told_apart(said)
    return StationVisitsSaid(
        station=station.id,
        month=months.spelled(asked.month),
        raw=figures_said(raw),
        filtered=figures_said(filtered),
        visitors=visitors,
        visitors_known=known,
        hours=hours_said(*(by_hour(said, filtered=one).values() for one in (False, True))),
    )
