"""Which stations may have to be told something else: marked by whoever changes what settings are made of."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlmodel import Session, col, select

from hub.stations.tables import SettingsDue
from hub.upsert import Merge, upsert

_AGAIN = Merge(lambda _there, coming: {"station": coming.station})
"""A mark is written again though it stands: whoever is about to take it waits until it is committed."""


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
