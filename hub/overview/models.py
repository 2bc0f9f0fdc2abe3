"""The answers of the API about stations."""

from datetime import datetime

from pydantic import BaseModel

from hub.health.models import FacilityNow, facility_now
from hub.overview.asked import StationPage
from hub.overview.given_up import GivenUp
from hub.overview.summary import StationSummary
from hub.services.offered import ExtraOffered, ServiceOffered, extras_for_api, services_for_api
from shared.states import State
from shared.text import Text


class StationNow(BaseModel):
    """One station with its facilities, worst first."""

    id: str
    name: Text
    address: str
    state: State
    """The worst of its facilities."""
    open_now: bool
    heard_at: datetime | None
    """None: never heard."""
    history_loading: bool
    open_alerts: int
    facilities: list[FacilityNow]
    by_hand: list[FacilityNow]
    """What no sensor can judge."""
    services: list[ServiceOffered]
    """What it offers a worker, in the regulation's order."""
    extras: list[ExtraOffered]
    """Beyond the six, as people said."""


class GivenUpNow(BaseModel):
    """Records a station's outbox had to give up, ever: the hub will never have them."""

    counts: dict[str, int | None]
    """By type; `unreadable` are those of a damaged outbox. None: nobody knows how many."""
    oldest: datetime | None
    """None: nobody knows since when."""
    newest: datetime | None
    """None: of a time nobody knows."""


class StationPageNow(StationNow):
    """One station, with what its own page says besides."""

    given_up: GivenUpNow | None
    """None: nothing."""


class StationList(BaseModel):
    """A page of the stations the asker may see, worst first over all pages."""

    stations: list[StationNow]
    page: int
    """From 1; the last one where more were asked for."""
    size: int
    """Stations a page."""
    total: int
    """On all pages."""
    tally: dict[State, int]
    """How many stations with the words asked for are in each state."""


def station_list(page: StationPage) -> StationList:
    """For the API."""
    return StationList(
        stations=[station_now(one) for one in page.stations],
        page=page.page,
        size=page.asked.size,
        total=page.total,
        tally=dict(page.tally),
    )


def station_now(summary: StationSummary) -> StationNow:
    """For the API."""
    return StationNow(
        id=summary.id,
        name=summary.name,
        address=summary.address,
        state=summary.state,
        open_now=summary.open_now,
        heard_at=summary.heard_at,
        history_loading=summary.loading,
        open_alerts=summary.alerts,
        facilities=[facility_now(standing) for standing in summary.standings],
        by_hand=[facility_now(standing) for standing in summary.by_hand],
        services=services_for_api(summary.offer),
        extras=extras_for_api(summary.offer),
    )


def station_page_now(summary: StationSummary, lost: GivenUp | None) -> StationPageNow:
    """For the API."""
    told = None if lost is None else GivenUpNow(counts=dict(lost.counts), oldest=lost.oldest, newest=lost.newest)
    return StationPageNow(**dict(station_now(summary)), given_up=told)
