"""One station, read for everybody: six statements, and one where there is none of this id."""

from datetime import datetime

from sqlmodel import Session

from hub.health import present
from hub.public.card import Card, Presence
from hub.public.hours import hours
from hub.services.offered import Offer
from hub.services.store import offers
from hub.stations import store as stations
from hub.stations.hotline import hotline_of
from hub.stations.tables import Station
from hub.stations.words import Access, Staffing, Standing
from hub.telemetry import store as telemetry
from shared.opening import Opening
from shared.text import Text


def card(session: Session, id_: str, now: datetime) -> Card | None:
    """The station. None: there is none of this id."""
    station = stations.get(session, id_)
    if station is None:
        return None
    filed = hours(Opening.of(station.opening), now)
    presence = _presence(station, filed.open_now)
    gone = presence is Presence.REVOKED
    heard = telemetry.heard_of(session, [id_]).get(id_)
    standings = {id_: []} if gone else present.standings(session, [station], now)
    return Card(
        id=station.id,
        name=Text(station.name, station.name_en or station.name),
        address=station.address,
        presence=presence,
        hours=filed if presence in (Presence.OPEN, Presence.CLOSED) else None,
        offer=Offer() if gone else offers(session, [station], standings)[id_],
        heard_at=None if heard is None else heard.at,
        staffing=Staffing(station.staffing),
        access=Access(station.access),
        hotline=hotline_of(station.rulebook),
    )


def _presence(station: Station, open_now: bool) -> Presence:
    if station.revoked_at is not None:
        return Presence.REVOKED
    if station.standing == Standing.PLANNED:
        return Presence.PLANNED
    if station.standing == Standing.PAUSED:
        return Presence.PAUSED
    return Presence.OPEN if open_now else Presence.CLOSED
