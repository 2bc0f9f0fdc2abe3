"""What requests about visits read together, and may share."""

from fastapi import Request
from sqlmodel import Session

from hub.accounts.tables import User
from hub.shelf import Shelf
from hub.stations.jurisdiction import sight_of
from hub.streams import Pace
from hub.visits import pages
from hub.visits.asked import Asked
from hub.visits.sums_store import Wanted


def sums_of(request: Request, session: Session, user: User, asked: Asked) -> pages.Sums:
    """Looked up once for all who see the same stations, as long as a page is live."""
    shelf: Shelf = request.app.state.shelf
    pace: Pace = request.app.state.pace
    wanted = Wanted(user, asked.filtered, asked.union)
    key = ("visits", sight_of(session, user), asked.month, asked.count, asked.union)
    return shelf.get(key, pace.every_s, lambda: pages.sums(session, wanted, asked))
