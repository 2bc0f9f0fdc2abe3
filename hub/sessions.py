"""One database session a request: committed when the route has succeeded and before its answer leaves."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session


def session_of_request(request: Request) -> Iterator[Session]:
    """Commits at the end of a route that did not raise; otherwise rolls everything back."""
    with Session(request.app.state.engine, expire_on_commit=False) as session:
        yield session
        session.commit()


def now_of_request(request: Request) -> datetime:
    """The hub's time, UTC, from the clock the application was made with."""
    now: datetime = request.app.state.now()
    return now


# "function": a browser that follows the redirect must find what the form wrote.
SessionDep = Annotated[Session, Depends(session_of_request, scope="function")]
NowDep = Annotated[datetime, Depends(now_of_request)]
