"""The station in an address: there for those who may see it. Every route about one station asks here first."""

from typing import Annotated

from fastapi import Depends, Path

from hub.errors import HubError
from hub.sessions import SessionDep
from hub.signed_in import SignedIn
from hub.stations import store
from hub.stations.tables import Facility, Station
from shared.text import Text

NO_STATION = Text("没有这个站点，或您无权查看。", "There is no such station, or it is not yours to see.")


def visible_station(
    user: SignedIn, session: SessionDep, station: Annotated[str, Path(max_length=10, examples=["k3v9x2m7qa"])]
) -> Station:
    """The station. Raises HubError 404, the same whether it is absent or not the asker's."""
    found = store.visible(session, user, station)
    if found is None:
        raise HubError(404, NO_STATION)
    return found


VisibleStation = Annotated[Station, Depends(visible_station)]


def visible_facility(
    station: VisibleStation,
    session: SessionDep,
    facility: Annotated[str, Path(max_length=64, examples=["fridge-1"])],
) -> Facility:
    """One facility of a station the asker may see. Raises HubError 404, naming it."""
    for found in store.facilities(session, station.id):
        if found.id == facility:
            return found
    raise HubError(404, Text(f"此站点没有设施 {facility}。", f"This station has no facility {facility}."))


VisibleFacility = Annotated[Facility, Depends(visible_facility)]
