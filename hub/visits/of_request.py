"""What requests about visits read together, and may share."""

from collections.abc import Callable
from typing import TypeVar

from fastapi import Request
from sqlmodel import Session

from hub.accounts.tables import User
from hub.shelf import Shelf
from hub.stations.jurisdiction import sight_of
from hub.streams import Pace
from hub.visits import pages
from hub.visits.asked import Asked
from hub.visits.sums_store import Place, Wanted, by_month

Read = TypeVar("Read")


def sums_of(request: Request, session: Session, user: User, asked: Asked) -> pages.Sums:
    """Looked up once for all who see the same stations, as long as a page is live."""
    return _shelved(request, session, user, asked, "visits", lambda wanted: pages.sums(session, wanted, asked))


def year_of(request: Request, session: Session, user: User, asked: Asked) -> dict[int, Place]:
    """The sums of the twelve months that end with the one asked for, by month; likewise."""
    return _shelved(
        request, session, user, asked, "visits of a year", lambda wanted: by_month(session, wanted, asked.year)
    )


def _shelved(
    request: Request, session: Session, user: User, asked: Asked, name: str, read: Callable[[Wanted], Read]
) -> Read:
    shelf: Shelf = request.app.state.shelf
    pace: Pace = request.app.state.pace
    wanted = Wanted(user, asked.filtered, asked.union)
    key = (name, sight_of(session, user), asked.month, asked.count, asked.union)
    return shelf.get(key, pace.every_s, lambda: read(wanted))
