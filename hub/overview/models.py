"""The answers of the API about stations."""

from datetime import datetime

from pydantic import BaseModel

from hub.health.models import FacilityNow, facility_now
from hub.overview.summary import StationSummary
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


class StationList(BaseModel):
    """The stations the asker may see, worst first."""

    stations: list[StationNow]


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
    )
