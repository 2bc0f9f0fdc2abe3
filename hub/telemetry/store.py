"""Quarter-hours, hearing, gaps and quarantine: reading and writing."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, or_, select

from hub.telemetry.silence import Listened
from hub.telemetry.tables import CountRow, GapRow, Heard, Lease, Listening, QuarantineRow, QuarterRow
from hub.upsert import Merge, Row, replace, upsert
from shared.envelope import StationState


def put_quarters(session: Session, rows: Iterable[Row]) -> None:
    """The one with larger n replaces."""
    upsert(session, QuarterRow, rows, Merge(replace(QuarterRow), lambda there, coming: there.n < coming.n))


def put_counts(session: Session, rows: Iterable[Row]) -> None:
    """A later fold of the same quarter-hour has counted at least as many; the larger one replaces."""
    upsert(
        session,
        CountRow,
        rows,
        Merge(
            replace(CountRow),
            lambda there, coming: (
                there.entered + there["left"] + there.undirected < coming.entered + coming["left"] + coming.undirected
            ),
        ),
    )


def put_gaps(session: Session, rows: Iterable[Row]) -> None:
    """The highest revision replaces."""
    upsert(session, GapRow, rows, Merge(replace(GapRow), lambda there, coming: there.revision < coming.revision))


def put_heard(session: Session, rows: Iterable[Row], now: datetime) -> None:
    """An envelope came. What it says of itself stands as it is: a wiped station counts its connections anew."""
    said = ("boot", "connection", "clock", "lowest", "held", "settings")
    upsert(
        session,
        Heard,
        ({**row, "at": now, "online": True, "online_connection": row["connection"], "online_at": now} for row in rows),
        Merge(
            lambda _there, coming: {
                **{name: coming[name] for name in said},
                "at": coming["at"],
                "online": coming.online,
                "online_connection": coming.online_connection,
                "online_at": coming.online_at,
            },
        ),
    )


def put_presence(session: Session, station: str, said: StationState, now: datetime) -> None:
    """A birth or last will: an offline whose connection number is not the newest is ignored."""
    row = {
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
    names = ("online", "online_connection", "online_at")
    upsert(
        session,
        Heard,
        [row],
        Merge(
            lambda _there, coming: {name: coming[name] for name in names},
            lambda there, coming: there.online_connection <= coming.online_connection,
        ),
    )


def quarantine(session: Session, rows: Iterable[Row]) -> int:
    """Keep bytes; the same bytes twice are one row. Returns how many were not there before."""
    return upsert(session, QuarantineRow, rows)


def quarantined(session: Session, ids: Collection[str] | None = None) -> Sequence[QuarantineRow]:
    """What lies there, oldest first."""
    query = select(QuarantineRow).order_by(col(QuarantineRow.at), col(QuarantineRow.id))
    return session.exec(query if ids is None else query.where(col(QuarantineRow.id).in_(ids))).all()


def drop_quarantined(session: Session, ids: Collection[str]) -> int:
    """Forget them. Returns how many there were."""
    return int(session.connection().execute(delete(QuarantineRow).where(col(QuarantineRow.id).in_(ids))).rowcount)


def series(
    session: Session, station: str, facility: str, quantity: str, start: datetime, end: datetime
) -> Sequence[QuarterRow]:
    """The quarter-hours of one quantity in [start, end), in order."""
    return session.exec(
        select(QuarterRow)
        .where(QuarterRow.station == station, QuarterRow.facility == facility, QuarterRow.quantity == quantity)
        .where(QuarterRow.start >= start, QuarterRow.start < end)
        .order_by(col(QuarterRow.start))
    ).all()


def counts(session: Session, station: str, start: datetime, end: datetime) -> Sequence[CountRow]:
    """Who came and went in [start, end), in order."""
    return session.exec(
        select(CountRow)
        .where(CountRow.station == station, CountRow.start >= start, CountRow.start < end)
        .order_by(col(CountRow.start), col(CountRow.facility))
    ).all()


def gaps(session: Session, station: str) -> Sequence[GapRow]:
    """What the station had to give up, ever."""
    return session.exec(select(GapRow).where(GapRow.station == station).order_by(col(GapRow.id))).all()


def heard(session: Session, station: str) -> Heard | None:
    """When the station was last heard. None: never."""
    return session.get(Heard, station)


def all_heard(session: Session) -> dict[str, Heard]:
    """When each station was last heard."""
    return {row.station: row for row in session.exec(select(Heard))}


def listened(session: Session, since: datetime) -> list[Listened]:
    """When the hub itself listened, as far as it reaches past `since`, in order."""
    rows = session.exec(select(Listening).where(Listening.until > since).order_by(col(Listening.since)))
    return [Listened(row.since, row.until) for row in rows]


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
    upsert(
        session,
        Lease,
        [{"name": name, "holder": holder, "until": now + length}],
        Merge(replace(Lease), lambda there, coming: or_(there.holder == coming.holder, there.until < now)),
    )
    return session.exec(select(Lease.holder).where(Lease.name == name)).one() == holder


def drop_lease(session: Session, name: str, holder: str) -> None:
    """This holder does the job no more."""
    session.connection().execute(delete(Lease).where(col(Lease.name) == name, col(Lease.holder) == holder))


def quarantine_count(session: Session) -> int:
    """How many lie in quarantine."""
    return session.exec(select(func.count()).select_from(QuarantineRow)).one()
