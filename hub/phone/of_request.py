"""What the requests from phones have in common: which station, whose form, and from where."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Form, Path, Request
from sqlmodel import Session

from hub.accounts.spray import place
from hub.accounts.tables import User
from hub.errors import HubError
from hub.keys import HubKeys, hub_keys
from hub.pages import visitor_of
from hub.phone import bounds, store, tokens
from hub.phone.bounds import Bound, Recent
from hub.phone.store import Entrance
from hub.phone.tokens import FormToken
from hub.sessions import NowDep
from hub.shelf import Busy, Shelf
from hub.signed_in import AskerDep, Everybody
from shared.text import Text

LOOKED_EVERY_S = 20.0
"""What works at one station is read no more often, however many look."""
NO_STATION = Text("没有这个站点。", "There is no such station.")
StationId = Annotated[str, Path(min_length=10, max_length=10, pattern=r"^[a-z0-9]+$", examples=["k3v9x2m7qa"])]
Token = Annotated[str, Form(max_length=tokens.LONGEST)]
"""Of the form; one that does not count is answered with the page again."""


def keys_of(request: Request) -> HubKeys:
    """The hub's keys."""
    return hub_keys(request.app.state.settings.folder)


KeysDep = Annotated[HubKeys, Depends(keys_of)]


def entrance(request: Request, station: StationId, _lang: Everybody, now: NowDep) -> Entrance:
    """The station. Raises HubError 404, alike for one that never was, is not open yet or has left; 503 where too many
    different ones are asked for at once."""
    shelf: Shelf = request.app.state.public_shelf
    try:
        found = shelf.get(("phone", station), LOOKED_EVERY_S, lambda: _look(request, station, now))
    except Busy as error:
        raise HubError(503, bounds.TOO_MANY) from error
    if found is None:
        raise HubError(404, NO_STATION)
    return found


EntranceDep = Annotated[Entrance, Depends(entrance)]


def _look(request: Request, station: str, now: datetime) -> Entrance | None:
    with Session(request.app.state.engine) as session:
        return store.entrance(session, station, now)


@dataclass(frozen=True, slots=True)
class Own:
    """Who is signed in on this phone, before the page takes them for a stranger."""

    user: User | None
    csrf: str


def own(request: Request, asker: AskerDep) -> Own:
    """Named before the station among a route's parameters: with that the page takes everybody for a stranger."""
    return Own(asker.user, visitor_of(request).csrf)


OwnDep = Annotated[Own, Depends(own)]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a request comes from, and what came from there lately."""

    address: str
    recent: Recent
    now: float

    def bound(self, what: str, bound: Bound, *of: str) -> None:
        """Count one more. Raises HubError 429 for one too many."""
        key = (what, *of)
        if self.recent.is_full(key, self.now, bound):
            raise HubError(429, bounds.TOO_MANY)
        self.recent.note(key, self.now)


def source(request: Request, now: NowDep) -> Source:
    """By the address, of IPv6 by its network."""
    address = place(None if request.client is None else request.client.host)
    return Source(address, request.app.state.recent, now.timestamp())


SourceDep = Annotated[Source, Depends(source)]


def form(
    found: Entrance, keys: HubKeys, text: str, came: Source, now: datetime, danger: bool = False
) -> FormToken | None:
    """The form that was sent, and counted. None: it is too old, or not the hub's. Raises HubError 429. Of `danger` none
    is too old or too much.
    """
    token = tokens.read(keys, text, found.id, now, late=danger)
    if token is not None and not danger:
        came.bound("form", bounds.ADDRESS, found.id, came.address)
        came.bound("form", bounds.STATION, found.id)
    return token
