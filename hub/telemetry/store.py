"""Quarter-hours, hearing, gaps and quarantine: reading and writing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, or_, select

from hub.columns import whole_times
from hub.stations.due import mark_visits
from hub.telemetry.packed import Folded, unpack
from hub.telemetry.quarantine_room import make_room
from hub.telemetry.silence import Listened, joined
from hub.telemetry.tables import CountRow, GapRow, Heard, LayoutRow, Lease, Listening, QuarantineRow, QuarterRow
from hub.upsert import Merge, Row, insert_new, replace, upsert
from shared.envelope import StationState
from shared.opening import QUARTER_HOUR

COUNTED_LATE = timedelta(hours=1)
"""Footfall that is older when it comes is looked for by nobody (`hub.visits.store.look_again`)."""


def put_quarters(session: Session, rows: Iterable[Row], layouts: Iterable[Row]) -> None:
    """Every fold of a quarter-hour is kept beside the others; on reading the larger n of a figure counts."""
    upsert(session, LayoutRow, layouts)
    upsert(session, QuarterRow, rows)


def put_counts(session: Session, rows: Iterable[Row], now: datetime) -> None:
    """A later fold of the same quarter-hour has counted at least as many; the larger one replaces.

    What was long on its way marks its month; what comes as it is counted would mark every month all the time.
    """
    came = list(rows)
    mark_visits(session, ((row["station"], row["start"], now) for row in came if row["start"] < now - COUNTED_LATE))
    upsert(session, CountRow, came, _MORE_COUNTED)


def put_gaps(session: Session, rows: Iterable[Row]) -> None:
    """The highest revision replaces."""
    upsert(session, GapRow, rows, _WIDER)


def put_heard(session: Session, rows: Iterable[Row], now: datetime) -> None:
    """An envelope came. What it says of itself stands as it is: a wiped station counts its connections anew."""
    upsert(
        session,
        Heard,
        [{**row, "at": now, "online": True, "online_connection": row["connection"], "online_at": now} for row in rows],
        _HEARD,
    )


def put_presences(session: Session, told: Mapping[str, StationState], now: datetime) -> None:
    """Births or last wills, by station: an offline whose connection number is not the newest is ignored."""
    rows = [
        {
            "station": station,
            "at": None,
            "boot": said.boot,
            "connection": 0,
            "clock": "plausible",
            "lowest": 0,
            "held": 0,
            "settings": 0,
            "online": said.online,
            "online_connection": said.connection,
            "online_at": now,
        }
        for station, said in told.items()
    ]
    upsert(session, Heard, rows, _PRESENT)


_MORE_COUNTED = Merge(
    replace(CountRow),
    lambda there, coming: (
        there.entered + there["left"] + there.undirected < coming.entered + coming["left"] + coming.undirected
    ),
)
_WIDER = Merge(replace(GapRow), lambda there, coming: there.revision < coming.revision)
_HEARD = Merge(replace(Heard))
_PRESENT = Merge(
    lambda _there, coming: {name: coming[name] for name in ("online", "online_connection", "online_at")},
    lambda there, coming: there.online_connection <= coming.online_connection,
)


def quarantine(session: Session, rows: Iterable[Row]) -> int:
    """Keep bytes, while a station has room for them; the same bytes twice are one row. Returns how many are new."""
    kept = list(rows)
    new = upsert(session, QuarantineRow, kept)
    if new:
        make_room(session, {row["station"] for row in kept}, max(row["at"] for row in kept))
    return new


def quarantined(session: Session, ids: Collection[str] | None = None) -> Sequence[QuarantineRow]:
    """What lies there, oldest first."""
    query = select(QuarantineRow).order_by(col(QuarantineRow.at), col(QuarantineRow.id))
    return session.exec(query if ids is None else query.where(col(QuarantineRow.id).in_(ids))).all()


def drop_quarantined(session: Session, ids: Collection[str]) -> int:
    """Forget them. Returns how many there were."""
    return int(session.connection().execute(delete(QuarantineRow).where(col(QuarantineRow.id).in_(ids))).rowcount)


def series(
    session: Session, station: str, facility: str, quantity: str, start: datetime, end: datetime
) -> list[Folded]:
    """The quarter-hours of one quantity in [start, end), in order; of several folds of one the larger n."""
    found: dict[datetime, Folded] = {}
    for folded in figures(session, station, start, end, (facility, quantity)):
        there = found.get(folded.start)
        if there is None or there.n < folded.n:
            found[folded.start] = folded
    return [found[start] for start in sorted(found)]


def figures(
    session: Session, station: str, start: datetime, end: datetime, wanted: tuple[str, str]
) -> Iterator[Folded]:
    """Every fold of one (facility, quantity) in [start, end)."""
    quarters = whole_times(QUARTER_HOUR, start, end)
    rows = session.exec(select(QuarterRow).where(col(QuarterRow.start).in_(quarters), QuarterRow.station == station))
    kept = rows.all()
    places = select(LayoutRow).where(col(LayoutRow.id).in_({row.layout for row in kept}))
    layouts = {row.id: row.places for row in session.exec(places)}
    for row in kept:
        for facility, quantity, folded in unpack(row.start, layouts[row.layout], row.figures):
            if (facility, quantity) == wanted:
                yield folded


def counts(session: Session, station: str, start: datetime, end: datetime) -> Sequence[CountRow]:
    """Who came and went in [start, end), in order."""
    return session.exec(
        select(CountRow)
        .where(col(CountRow.start).in_(whole_times(QUARTER_HOUR, start, end)), CountRow.station == station)
        .order_by(col(CountRow.start), col(CountRow.facility))
    ).all()


def gaps(session: Session, station: str) -> Sequence[GapRow]:
    """What the station had to give up, ever."""
    return session.exec(select(GapRow).where(GapRow.station == station).order_by(col(GapRow.id))).all()


def heard(session: Session, station: str) -> Heard | None:
    """When the station was last heard. None: never."""
    return session.get(Heard, station)


def heard_of(session: Session, some: Collection[str]) -> dict[str, Heard]:
    """When each of these stations was last heard; those that never were are absent."""
    return {row.station: row for row in session.exec(select(Heard).where(col(Heard.station).in_(some)))}


def heard_by(session: Session, moment: datetime) -> Sequence[tuple[str, datetime]]:
    """The stations last heard at this moment or before, and when."""
    rows = session.exec(select(Heard.station, Heard.at).where(col(Heard.at) <= moment))
    return [(station, at) for station, at in rows if at is not None]


def all_heard(session: Session) -> dict[str, Heard]:
    """When each station was last heard."""
    return {row.station: row for row in session.exec(select(Heard))}


def listened(session: Session, since: datetime) -> list[Listened]:
    """When the hub itself listened, as far as it reaches past `since`, in order."""
    rows = session.exec(select(Listening).where(Listening.until > since).order_by(col(Listening.since)))
    return joined(Listened(row.since, row.until) for row in rows)


def begin_listening(session: Session, now: datetime) -> int:
    """The hub is subscribed: a time of listening begins. Returns its id."""
    row = Listening(since=now, until=now)
    session.add(row)
    session.flush()
    return row.id or 0


def go_on_listening(session: Session, listening: int, now: datetime) -> None:
    """It still listens."""
    session.connection().execute(update(Listening).where(col(Listening.id) == listening).values(until=now))


def take_lease(session: Session, name: str, holder: str, now: datetime, length: timedelta) -> bool:
    """Whether this holder does the job now: the lease was its own, or nobody's, or has run out."""
    insert_new(session, Lease, {"name": name, "holder": holder, "until": now + length})
    mine = or_(col(Lease.holder) == holder, col(Lease.until) < now)
    session.connection().execute(
        update(Lease).where(col(Lease.name) == name, mine).values(holder=holder, until=now + length)
    )
    return session.exec(select(Lease.holder).where(Lease.name == name)).one() == holder


def drop_lease(session: Session, name: str, holder: str) -> None:
    """This holder does the job no more."""
    session.connection().execute(delete(Lease).where(col(Lease.name) == name, col(Lease.holder) == holder))


def quarantine_count(session: Session) -> int:
    """How many lie in quarantine."""
    return session.exec(select(func.count()).select_from(QuarantineRow)).one()
