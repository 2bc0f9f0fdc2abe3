"""The boots of stations' boxes, as the hub heard them: reading and writing."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import case
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from hub.telemetry.tables import BootRow
from hub.telemetry.twins import LATE, Boot, Twins, twins
from hub.upsert import Merge, Row, upsert

NOTE_EVERY = timedelta(minutes=1)
"""A boot that goes on is written no more often: it costs ingest a look and no page."""


def put_boots(session: Session, rows: Collection[Row], now: datetime) -> None:
    """These boots were heard now. `rows` are heads as `hub.telemetry.facts.heard_row` gives them."""
    noted = _noted(session, {row["station"] for row in rows})
    upsert(
        session,
        BootRow,
        [
            {
                "station": row["station"],
                "boot": row["boot"],
                "first_at": now,
                "last_at": now,
                "first_connection": row["connection"],
                "connection": row["connection"],
                "first_lowest": row["lowest"],
                "lowest": row["lowest"],
            }
            for row in rows
            if _is_news(noted.get((row["station"], row["boot"])), row, now)
        ],
        _GOES_ON,
    )


def _noted(session: Session, stations: Collection[str]) -> dict[tuple[str, str], tuple[datetime, int]]:
    """When each boot of these stations was noted last, and its connection."""
    wanted = col(BootRow.station).in_(stations)
    query = select(BootRow.station, BootRow.boot, BootRow.last_at, BootRow.connection).where(wanted)
    return {(station, boot): (at, connection) for station, boot, at, connection in session.exec(query)}


def _is_news(noted: tuple[datetime, int] | None, row: Row, now: datetime) -> bool:
    return noted is None or noted[0] <= now - NOTE_EVERY or noted[1] < row["connection"]


_GOES_ON = Merge(
    lambda there, coming: {
        "last_at": coming.last_at,
        "connection": case((there.connection < coming.connection, coming.connection), else_=there.connection),
        "lowest": coming.lowest,
    }
)


def boots(session: Session, station: str) -> list[Boot]:
    """The boots of a station, the first first."""
    rows = session.exec(
        select(BootRow).where(BootRow.station == station).order_by(col(BootRow.first_at), col(BootRow.boot))
    )
    return [_boot(row) for row in rows]


def twins_of(session: Session, station: str) -> list[Twins]:
    """When two boxes spoke for a station."""
    return twins(boots(session, station))


def stations_with_twins(session: Session, since: datetime) -> dict[str, Twins]:
    """The stations for which two boxes spoke at or after `since`, and when they last did."""
    earlier, later = aliased(BootRow), aliased(BootRow)
    query = (
        select(earlier, later)
        .join(later, col(later.station) == col(earlier.station))
        .where(col(earlier.last_at) >= since, col(later.last_at) >= since)
        .where(col(earlier.boot) != col(later.boot), col(earlier.first_at) <= col(later.first_at))
    )
    found: dict[str, Twins] = {}
    for one, other in session.exec(query):
        # The interval is compared here: the two databases do not add times in the same words.
        if one.last_at > other.first_at + LATE and one.station not in found:
            spans = twins_of(session, one.station)
            if spans and spans[-1].until >= since:
                found[one.station] = spans[-1]
    return found


def _boot(row: BootRow) -> Boot:
    return Boot(
        row.boot,
        row.first_at,
        row.last_at,
        row.first_connection,
        row.connection,
        row.first_lowest,
        row.lowest,
    )
