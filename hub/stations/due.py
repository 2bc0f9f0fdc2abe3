"""What has to be made anew of a station, its settings or its visits: whoever changes what they are made of says so."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from hub.formats import local
from hub.stations.tables import SettingsDue, VisitsDue
from hub.upsert import Merge, upsert

_AGAIN = Merge(lambda _there, coming: {"station": coming.station})
"""A mark is written again though it stands: whoever is about to take it waits until it is committed."""

_OLDEST = Merge(lambda there, _coming: {"marked_at": there.marked_at})
"""The same, and how long it has waited is kept."""


def mark_due(session: Session, some: Iterable[str]) -> None:
    """What these stations are told may have changed. In the transaction that changed it."""
    upsert(session, SettingsDue, [{"station": station} for station in sorted(set(some))], _AGAIN)


def take_due(session: Session, most: int) -> list[str]:
    """Stations whose settings may have changed, no more than so many, and the mark is off them.

    Read what they are made of afterwards, in the same transaction: what changes later marks them anew, and a mark that
    is just being made is waited for.
    """
    query = select(SettingsDue.station).order_by(col(SettingsDue.station)).limit(most).with_for_update()
    found = list(session.exec(query))
    if found:
        session.connection().execute(delete(SettingsDue).where(col(SettingsDue.station).in_(found)))
    return found


def mark_visits(session: Session, some: Iterable[tuple[str, datetime, datetime]]) -> None:
    """Something happened at these stations at that time, and was received at the other: the visits of its month are
    others now. In the transaction that wrote it. A mark that stands keeps its age.
    """
    marks: dict[tuple[str, int], datetime] = {}
    for station, at, received_at in some:
        mark = station, month_of(at)
        marks[mark] = min(received_at, marks.get(mark, received_at))
    rows = [{"station": station, "month": month, "marked_at": at} for (station, month), at in sorted(marks.items())]
    upsert(session, VisitsDue, rows, _OLDEST)


def take_visits(session: Session, most: int) -> list[tuple[str, int]]:
    """As `take_due`, of months whose visits are to be added up anew; those marked longest ago first: where more is
    marked than can be done, none waits for ever.
    """
    query = select(VisitsDue.station, VisitsDue.month).order_by(
        col(VisitsDue.marked_at), col(VisitsDue.month).desc(), col(VisitsDue.station)
    )
    found = list(session.exec(query.limit(most).with_for_update()))
    for station, month in found:
        its = (col(VisitsDue.station) == station, col(VisitsDue.month) == month)
        session.connection().execute(delete(VisitsDue).where(*its))
    return found


def month_of(at: datetime) -> int:
    """Year × 100 + month, in Shanghai."""
    here = local(at)
    return here.year * 100 + here.month
