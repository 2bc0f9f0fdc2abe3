"""What stands in a station: as its own wiring says, or as a person filed it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from hub.stations.tables import Facility, StationFactsRow
from hub.upsert import Merge, replace, upsert
from shared.facility import kind_of
from shared.records import StationFacts
from shared.text import Text

BY_STATION, BY_HAND = "station", "register"
_ALL = replace(Facility)
_LATER_FACTS = Merge(replace(StationFactsRow), lambda there, coming: there.at <= coming.at)
_AS_TOLD = Merge(lambda there, coming: {name: value for name, value in _ALL(there, coming).items() if name != "source"})
"""Who filed it first stays."""


class FacilityStands(Exception):
    """There is such a facility in this station already."""


def facilities(session: Session, station: str) -> Sequence[Facility]:
    """What stands in a station, by id."""
    query = select(Facility).where(Facility.station == station, col(Facility.removed_at).is_(None))
    return session.exec(query.order_by(col(Facility.id))).all()


def facilities_of(session: Session, some: Collection[str]) -> Sequence[Facility]:
    """What stands in these stations, by station and id."""
    query = select(Facility).where(col(Facility.station).in_(some), col(Facility.removed_at).is_(None))
    return session.exec(query.order_by(col(Facility.station), col(Facility.id))).all()


def facts(session: Session, station: str) -> StationFactsRow | None:
    """The newest facts a station gave of itself. None: it never did."""
    return session.get(StationFactsRow, station)


def note_facts(session: Session, station: str, at: datetime, told: StationFacts) -> None:
    """The wiring as the station says it is; older facts that arrive later change nothing.

    What a person filed stays filed: the station adds what it measures there, and takes only that away again.
    """
    row = {
        "station": station,
        "at": at,
        "version": told.version,
        "devices": [device.model_dump(mode="json") for device in told.devices],
    }
    if not upsert(session, StationFactsRow, [row], _LATER_FACTS):
        return
    upsert(
        session,
        Facility,
        [
            {
                "station": station,
                "id": facility.id,
                "kind": facility.kind,
                "label_zh": facility.label.zh,
                "label_en": facility.label.en,
                "quantities": facility.quantities,
                "options": facility.options,
                "removed_at": None,
                "source": BY_STATION,
            }
            for facility in told.facilities
        ],
        _AS_TOLD,
    )
    gone = (
        update(Facility)
        .where(col(Facility.station) == station, col(Facility.removed_at).is_(None))
        .where(col(Facility.id).not_in([facility.id for facility in told.facilities]))
    )
    session.connection().execute(gone.where(col(Facility.source) == BY_STATION).values(removed_at=at))
    session.connection().execute(gone.where(col(Facility.source) == BY_HAND).values(quantities=[]))


def file_by_hand(session: Session, station: str, facility: str, label: Text, options: Mapping[str, object]) -> None:
    """A person says that it stands there; a station without telemetry has a form by that. Raises FacilityStands."""
    there = session.get(Facility, (station, facility))
    if there is not None and there.removed_at is None:
        raise FacilityStands(facility)
    row = there or Facility(station=station, id=facility, kind=kind_of(facility), label_zh="", label_en="")
    row.label_zh, row.label_en, row.options = label.zh, label.en, dict(options)
    row.source, row.removed_at, row.quantities = BY_HAND, None, []
    session.add(row)
    session.flush()


def take_off(session: Session, facility: Facility, now: datetime) -> bool:
    """It stands there no more. False: the station's own wiring names it, and only that takes it away."""
    if facility.source != BY_HAND:
        return False
    if facility.quantities:
        facility.source = BY_STATION
    else:
        facility.removed_at = now
    session.add(facility)
    session.flush()
    return True


def next_id(session: Session, station: str, kind: str) -> str:
    """An id nothing in this station has or had: histories of two machines are never one."""
    query = select(Facility.id).where(Facility.station == station, Facility.kind == kind)
    taken = [int(found.rpartition("-")[2]) for found in session.exec(query)]
    return f"{kind}-{max(taken, default=0) + 1}"
