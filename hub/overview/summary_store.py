"""What a few stations amount to now, read together: those of one page of a list, or the one of a page of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from hub.health import present
from hub.health.standing import FacilityStanding
from hub.overview.summary import StationSummary, judged, left_to_people
from hub.services.offered import Offer
from hub.services.store import offers
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.stations.words import Standing
from hub.telemetry import store as telemetry
from hub.telemetry.tables import Heard
from shared.opening import Opening
from shared.text import Text


def summaries(session: Session, ids: Sequence[str], alarmed: Mapping[str, int], now: datetime) -> list[StationSummary]:
    """In the order of the ids. Six statements, however many."""
    found, heard = stations.of_ids(session, ids), telemetry.heard_of(session, ids)
    some = list(found.values())
    standings = present.standings(session, some, now)
    offered = offers(session, some, standings)
    return [
        _summary(found[id_], heard.get(id_), standings[id_], offered[id_], alarmed.get(id_, 0), now)
        for id_ in ids
        if id_ in found
    ]


def _summary(
    station: Station,
    heard: Heard | None,
    standings: Sequence[FacilityStanding],
    offered: Offer,
    alarmed: int,
    now: datetime,
) -> StationSummary:
    return StationSummary(
        id=station.id,
        name=Text(station.name, station.name_en or station.name),
        address=station.address,
        open_now=station.standing == Standing.OPEN and Opening.of(station.opening).is_open(now),
        heard_at=None if heard is None else heard.at,
        loading=station.history_until is not None,
        alerts=alarmed,
        standings=judged(standings),
        by_hand=left_to_people(standings),
        offer=offered,
    )
