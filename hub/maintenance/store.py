"""Maintenance windows: filing, ending, finding."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from hub.maintenance.tables import WindowRow
from hub.stations.due import mark_due


def file(
    session: Session,
    station: str,
    facility: str | None,
    start: datetime,
    end: datetime,
    reason: str,
    by: str,
    now: datetime,
    on_site: bool = False,
) -> WindowRow:
    """A window, of one facility or of all; its station is to be told."""
    row = WindowRow(
        station=station, facility=facility, start=start, end=end, reason=reason, by=by, filed_at=now, on_site=on_site
    )
    session.add(row)
    session.flush()
    mark_due(session, [station])
    return row


def end(session: Session, row: WindowRow, by: str, now: datetime) -> bool:
    """Over from now on. False: it was over. One that has not begun never will."""
    if row.end <= now:
        return False
    row.end, row.ended_by = max(now, row.start), by
    session.add(row)
    session.flush()
    mark_due(session, [row.station])
    return True


def get(session: Session, window: int) -> WindowRow | None:
    """One window. None: there is none of this number."""
    return session.get(WindowRow, window)


def active(session: Session, some: Collection[str], now: datetime) -> dict[str, set[str | None]]:
    """What is worked on now at these stations: facilities, None for all of them. Where nobody works it is absent."""
    found: dict[str, set[str | None]] = {}
    query = select(WindowRow.station, WindowRow.facility).where(WindowRow.start <= now, WindowRow.end > now)
    for station, facility in session.exec(query.where(col(WindowRow.station).in_(some))):
        found.setdefault(station, set()).add(facility)
    return found


def current(session: Session, some: Collection[str], now: datetime) -> dict[str, list[WindowRow]]:
    """The windows of these stations that are not over, in order of their start."""
    found: dict[str, list[WindowRow]] = {}
    query = select(WindowRow).where(col(WindowRow.station).in_(some), WindowRow.end > now)
    for row in session.exec(query.order_by(col(WindowRow.start), col(WindowRow.id))):
        if row.end > row.start:
            found.setdefault(row.station, []).append(row)
    return found


def on_site(session: Session, station: str, now: datetime) -> WindowRow | None:
    """Who is there now, by the newest window that says so. None: nobody."""
    query = select(WindowRow).where(
        WindowRow.station == station, col(WindowRow.on_site).is_(True), WindowRow.start <= now, WindowRow.end > now
    )
    return session.exec(query.order_by(col(WindowRow.id).desc())).first()


def ended_lately(session: Session, station: str, now: datetime, most: int = 20) -> Sequence[WindowRow]:
    """The windows of a station that are over, the newest first."""
    query = select(WindowRow).where(WindowRow.station == station, WindowRow.end <= now)
    return session.exec(query.order_by(col(WindowRow.end).desc(), col(WindowRow.id).desc()).limit(most)).all()


def before(session: Session, station: str, end: datetime) -> list[WindowRow]:
    """All windows of a station that began before: what one takes out of the account hangs on those before it."""
    query = select(WindowRow).where(WindowRow.station == station, WindowRow.start < end)
    return [row for row in session.exec(query.order_by(col(WindowRow.start), col(WindowRow.id))) if row.end > row.start]
