"""The quarantine is bounded: one noisy station costs neither the others their place nor the hub its disk.

What goes is counted by station in the same transaction: nothing is given up silently.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from hub.telemetry.room import OF_ALL, OF_ONE, Room, too_many
from hub.telemetry.tables import LostRow, QuarantineRow
from hub.upsert import Merge, upsert

_SIZE = func.length(col(QuarantineRow.payload))
_TOGETHER = Merge(
    lambda there, coming: {
        "number": there.number + coming.number,
        "size": there["size"] + coming["size"],
        "at": coming["at"],
    }
)


def make_room(session: Session, stations: Collection[str], now: datetime, room: Room = OF_ONE) -> int:
    """Bring each of these stations back under what one may hold. Returns how many rows went."""
    return sum(_drop_oldest(session, station, room, now) for station in sorted(stations))


def make_room_of_all(session: Session, now: datetime, rows: int, room: Room = OF_ALL) -> int:
    """Bring all together under what the hub holds: of the noisiest station the oldest go, so many rows at most.

    Returns how many went; while any do, more may have to.
    """
    held = select(col(QuarantineRow.station), func.count(), func.sum(_SIZE)).group_by(col(QuarantineRow.station))
    by_station = {station: Room(number, int(size)) for station, number, size in session.connection().execute(held)}
    over_rows = sum(one.rows for one in by_station.values()) - room.rows
    over_size = sum(one.size for one in by_station.values()) - room.size
    if over_rows <= 0 and over_size <= 0:
        return 0
    noisiest = max(by_station, key=lambda one: by_station[one].size if over_size > 0 else by_station[one].rows)
    found = by_station[noisiest]
    left = Room(max(0, found.rows - max(0, over_rows)), max(0, found.size - max(0, over_size)))
    return _drop_oldest(session, noisiest, left, now, rows)


@dataclass(frozen=True, slots=True)
class Kept:
    """One of those that lie there, without its bytes."""

    id: str
    station: str
    at: datetime
    part: str
    size: int
    why: str


def kept(session: Session, station: str = "", why: str = "") -> list[Kept]:
    """What lies there, oldest first: of one station, and with these words in its reason. Empty: of all, with any."""
    query = select(
        col(QuarantineRow.id),
        col(QuarantineRow.station),
        col(QuarantineRow.at),
        col(QuarantineRow.part),
        _SIZE,
        col(QuarantineRow.why),
    ).order_by(col(QuarantineRow.at), col(QuarantineRow.id))
    if station:
        query = query.where(col(QuarantineRow.station) == station)
    if why:
        query = query.where(col(QuarantineRow.why).contains(why, autoescape=True))
    return [Kept(*row) for row in session.connection().execute(query)]


def lost_rows(session: Session) -> int:
    """How many rows had to go, ever."""
    return int(session.execute(select(func.coalesce(func.sum(col(LostRow.number)), 0))).scalar_one())


def lost(session: Session) -> Sequence[LostRow]:
    """What had to go, ever, by station."""
    return session.execute(select(LostRow).order_by(col(LostRow.station))).scalars().all()


def _drop_oldest(session: Session, station: str, room: Room, now: datetime, rows: int | None = None) -> int:
    """Until the station holds no more than that, so many rows at most (None: any number)."""
    found = session.connection().execute(
        select(col(QuarantineRow.id), _SIZE)
        .where(col(QuarantineRow.station) == station)
        .order_by(col(QuarantineRow.at), col(QuarantineRow.id))
    )
    oldest_first = [(id_, int(size)) for id_, size in found]
    going = oldest_first[: too_many([size for _, size in oldest_first], room)][:rows]
    if not going:
        return 0
    session.connection().execute(delete(QuarantineRow).where(col(QuarantineRow.id).in_([id_ for id_, _ in going])))
    told = {"station": station, "number": len(going), "size": sum(size for _, size in going), "at": now}
    upsert(session, LostRow, [told], _TOGETHER)
    return len(going)
