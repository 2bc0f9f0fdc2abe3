"""What stations offer, read for a page of them."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from hub.health.standing import FacilityStanding
from hub.services.offered import Offer, offer
from hub.stations.extras import extras
from hub.stations.tables import Station
from hub.stations.words import ExtraState


def offers(
    session: Session, some: Sequence[Station], standings: Mapping[str, Sequence[FacilityStanding]]
) -> dict[str, Offer]:
    """By station: one statement. `standings` are those of all these stations."""
    found = extras(session, [station.id for station in some])
    return {
        station.id: offer(
            standings[station.id],
            {extra: ExtraState(row.state) for extra, row in found.get(station.id, {}).items()},
            station.services,
            station.other_services,
        )
        for station in some
    }
