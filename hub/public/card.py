"""What everybody may know of a station: no person, no serial number, nothing of how it is judged. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel

from hub.public.hours import Hours
from hub.services.offered import ExtraOffered, Offer, ServiceOffered, extras_for_api, services_for_api
from hub.stations.words import Access, Staffing
from shared.text import Text


class Presence(StrEnum):
    """Whether one may go in now."""

    OPEN = "open"
    CLOSED = "closed"
    """At this hour; it opens again."""
    PAUSED = "paused"
    PLANNED = "planned"
    REVOKED = "revoked"
    """For good."""


PRESENCE_LABELS: dict[Presence, Text] = {
    Presence.OPEN: Text("现在开放", "Open now"),
    Presence.CLOSED: Text("现在未开放", "Closed at this hour"),
    Presence.PAUSED: Text("暂停服务", "Out of service for now"),
    Presence.PLANNED: Text("筹建中，尚未开放", "Being set up, not open yet"),
    Presence.REVOKED: Text("本站已关闭", "This station has closed"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One station as everybody sees it."""

    id: str
    name: Text
    address: str
    presence: Presence
    hours: Hours | None
    """None: it does not open for now, or for good."""
    offer: Offer
    heard_at: datetime | None
    """How old the news of its services is. None: it was never heard."""
    staffing: Staffing
    access: Access
    hotline: str


class PublicClosure(BaseModel):
    """Whole days on which it is closed."""

    first: date
    last: date
    reason: str


class PublicStation(BaseModel):
    """One station, for everybody."""

    id: str
    name: Text
    address: str
    presence: Presence
    opens_at: datetime | None
    """None: it is open, or nobody knows."""
    closes_at: datetime | None
    """None: it is not open."""
    today: tuple[str, str] | None
    """From, to, in local time. None: it does not open today."""
    closures: list[PublicClosure]
    """Of the next months."""
    services: list[ServiceOffered]
    extras: list[ExtraOffered]
    other_services: str
    """By local character, in the station's own words."""
    heard_at: datetime | None
    """When the station last said anything. None: never."""
    staffing: Staffing
    access: Access
    hotline: str


def public_station(card: Card) -> PublicStation:
    """For the API."""
    hours = card.hours
    closures = [] if hours is None else hours.closures
    return PublicStation(
        id=card.id,
        name=card.name,
        address=card.address,
        presence=card.presence,
        opens_at=None if hours is None else hours.opens_at,
        closes_at=None if hours is None else hours.closes_at,
        today=None if hours is None else hours.today,
        closures=[PublicClosure(first=one.first, last=one.last, reason=one.reason) for one in closures],
        services=services_for_api(card.offer),
        extras=extras_for_api(card.offer),
        other_services=card.offer.other,
        heard_at=card.heard_at,
        staffing=card.staffing,
        access=card.access,
        hotline=card.hotline,
    )
