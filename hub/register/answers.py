"""Ways a form of the register ends: back to its page, or refused because somebody else was quicker."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from starlette.background import BackgroundTask

from hub.accounts.tables import User
from hub.errors import HubError
from hub.pages import render
from hub.register.changes import changes
from hub.stations.block import Door, block
from hub.stations.store import Registered
from hub.stations.tables import Station
from hub.trail import store as trail
from shared.text import Text

QUICKER = Text(
    "有人同时改动了同一项内容，您的改动未保存。请重新打开页面再试。",
    "Somebody changed the same thing at the same time; yours was not saved. Load the page again.",
)
NOWHERE = Door(address="", authority=False, ours=True, tell=lambda _now: None)
"""Where this program was not told of the broker."""


def back(address: str, told: BackgroundTask | None = None) -> Response:
    """To the page that shows it."""
    return RedirectResponse(address, status_code=303, background=told)


@contextmanager
def alone(session: Session) -> Iterator[None]:
    """What only one may have was looked at before; where two looked at once the second gets HubError 409."""
    try:
        yield
        session.flush()
    except IntegrityError as error:
        session.rollback()
        raise HubError(409, QUICKER) from error


def note(
    session: Session, user: User, what: str, now: datetime, station: str | None, before: dict[str, object],
    after: dict[str, object], reason: str | None = None, subject: str = "",
) -> None:  # fmt: skip
    """Into the trail, if anything changed."""
    changed = changes(before, after)
    if changed is not None:
        trail.note(
            session, user.name, user.role, what, now, station=station, subject=subject,
            old=changed[0] if before else None, new=changed[1], reason=reason,
        )  # fmt: skip


def told_broker(request: Request, now: datetime) -> BackgroundTask | None:
    """Once the change is committed. None: this program does not know the broker."""
    door: Door | None = request.app.state.door
    return None if door is None else BackgroundTask(door.tell, now)


def secret_page(request: Request, registered: Registered, now: datetime) -> Response:
    """The block for station.toml, this once. Not a redirect: nothing keeps it."""
    door: Door | None = request.app.state.door
    station: Station = registered.station
    shown = block(door or NOWHERE, station.id, registered.secret)
    page = render(request, "register/secret.html", station=station, block=shown, known=door is not None)
    page.background = told_broker(request, now)
    return page
