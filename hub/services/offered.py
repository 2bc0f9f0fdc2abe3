"""The services of a station, from what its facilities are now. Pure."""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from hub.health.standing import FacilityStanding
from shared.services import Availability, ServiceNow, Toilet, services
from shared.text import Text


class ServiceOffered(BaseModel):
    """One service, as the API says it."""

    service: str
    """water, climate, meals, charging or rest."""
    label: Text
    availability: Availability
    note: Text | None


def offered(standings: Iterable[FacilityStanding], toilet: Toilet | None = None) -> Sequence[ServiceNow]:
    """All services in the regulation's order."""
    return services(((one.kind, one.state) for one in standings), toilet)


def for_api(offers: Iterable[ServiceNow]) -> list[ServiceOffered]:
    """The same for programs."""
    return [
        ServiceOffered(service=one.key, label=one.label, availability=one.availability, note=one.note) for one in offers
    ]
