"""The X of 6+X: wifi, first-aid kit, books, toilet (SH-18, SH-19)."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, delete, select

from hub.stations.tables import StationExtra
from hub.stations.words import Extra, ExtraState


def extras(session: Session, some: Collection[str]) -> dict[str, dict[Extra, StationExtra]]:
    """What these stations offer beside the six, by station; what one does not offer is absent."""
    found: dict[str, dict[Extra, StationExtra]] = {}
    for row in session.exec(select(StationExtra).where(col(StationExtra.station).in_(some))):
        found.setdefault(row.station, {})[Extra(row.extra)] = row
    return found


def put(
    session: Session,
    station: str,
    extra: Extra,
    state: ExtraState | None,
    expires_on: date | None,
    note: str,
    by: str,
    now: datetime,
) -> None:
    """What a person says of one of them; `state` None: the station does not offer it."""
    if state is None:
        here = delete(StationExtra).where(col(StationExtra.station) == station)
        session.exec(here.where(col(StationExtra.extra) == extra))
        return
    row = session.get(StationExtra, (station, extra)) or StationExtra(
        station=station, extra=extra, state=state, by=by, at=now
    )
    row.state, row.expires_on, row.note, row.by, row.at = state, expires_on, note, by, now
    session.add(row)
    session.flush()
