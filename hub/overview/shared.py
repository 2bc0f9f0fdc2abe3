"""What all who look at stations at once may share: the states of all, and the live list of one jurisdiction.

The states are no older than a live page is: they change by the minute, and what is shown of one station is read anew.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from hub.overview import list_store
from hub.sessions import NowDep, SessionDep
from hub.shelf import Shelf
from hub.streams import Fragments, Pace
from shared.states import State

States = Mapping[str, State]


def known_states(request: Request, session: Session, now: datetime) -> States:
    """The state of every station in which something is judged."""
    return _shelf(request).get("states", _age_s(request), lambda: list_store.states(session, now))


def known_states_of_request(request: Request, session: SessionDep, now: NowDep) -> States:
    """The same, as a route's dependency."""
    return known_states(request, session, now)


KnownStates = Annotated[States, Depends(known_states_of_request, scope="function")]


def together(request: Request, key: tuple[object, ...], fragments: Fragments) -> Fragments:
    """The same fragments, looked up once for all whose key is the same."""

    def shared(session: Session, now: datetime) -> Mapping[str, str]:
        return _shelf(request).get(key, _age_s(request), lambda: fragments(session, now))

    return shared


def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def _age_s(request: Request) -> float:
    pace: Pace = request.app.state.pace
    return pace.every_s
