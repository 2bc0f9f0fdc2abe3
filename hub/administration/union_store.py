"""The union trees with the stations that hang in them, and the name a station carries of its union."""

from sqlalchemy import update
from sqlmodel import Session, col, select

from hub.stations.tables import Station
from hub.unions import store as unions
from hub.unions.tables import Union


def hung(session: Session) -> list[tuple[int | None, int | None]]:
    """Where each station that is in use hangs: (territory, industry)."""
    query = select(Station.union, Station.industry).where(col(Station.revoked_at).is_(None))
    return [(union, industry) for union, industry in session.exec(query)]


def rename(session: Session, union: Union, name: str, name_en: str) -> None:
    """Another name, also where it is filed at the stations that hang there. Raises BadUnion."""
    unions.rename(session, union, name, name_en)
    session.connection().execute(update(Station).where(col(Station.union) == union.id).values(union_name=union.name))
