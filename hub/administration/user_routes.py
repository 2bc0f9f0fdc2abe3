"""Users: the list, a new one, and the page of one with everything an administrator may change."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from hub.accounts import store, token_store, user_store
from hub.accounts.roles import ROLE_LABELS, TIME_LIMITED, Role
from hub.accounts.store import BadUser
from hub.accounts.tables import User
from hub.administration.asked_user import WHERE_LABELS, AskedUser, AskedUserDep, last_day
from hub.errors import HubError
from hub.pages import render
from hub.sessions import NowDep, SessionDep
from hub.signed_in import EditsUsers
from hub.stations import search_store
from hub.stations import store as stations
from hub.stations.routes import NO_STATION
from hub.stations.wanted import Wanted
from hub.trail import store as trail
from hub.unions import store as unions
from hub.unions.tables import Union
from hub.unions.trees import LEVEL_LABELS
from shared.text import Text

router = APIRouter()
LISTED = 50
OFFERED = 20
"""Stations a search offers: whoever wants another says more of it."""
LAST_PAGE = 10**6
StationId = Annotated[str, Form(max_length=10)]


def user_in_path(
    _by: EditsUsers, session: SessionDep, user: Annotated[int, Path(ge=1, le=2**31 - 1, examples=[1])]
) -> User:
    """The user in the address. Raises HubError 404."""
    found = user_store.get(session, user)
    if found is None:
        raise HubError(404, Text("没有这个用户。", "There is no such user."))
    return found


FoundUser = Annotated[User, Depends(user_in_path)]


@router.get("/users")
def users_page(
    request: Request,
    session: SessionDep,
    _by: EditsUsers,
    q: Annotated[str, Query(max_length=100)] = "",
    role: Role | None = None,
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> HTMLResponse:
    """Everybody who may or might sign in, by name."""
    words = " ".join(q.split())
    found = user_store.search(session, words, role, page, LISTED)
    named = unions.named(session, {user.union for user in found.users})
    return render(
        request, "administration/users.html", found=found, words=words, role=role, unions=named, size=LISTED,
        ROLE_LABELS=ROLE_LABELS, last_day=last_day,
    )  # fmt: skip


@router.get("/users/new")
def new_user_page(request: Request, session: SessionDep, _by: EditsUsers) -> HTMLResponse:
    """The empty form."""
    return _new(request, session, AskedUser(Role.MAINTAINER, "union", None, None), "")


@router.post("/users")
def add_user(
    request: Request,
    session: SessionDep,
    by: EditsUsers,
    now: NowDep,
    asked: AskedUserDep,
    name: Annotated[str, Form(max_length=200)] = "",
) -> HTMLResponse:
    """Add a user. The page that answers shows the password, which is told this once."""
    password = user_store.made_up()
    try:
        where = asked.jurisdiction((), now)
        _there(session, where.union)
        user = store.add_user(session, " ".join(name.split()), password, asked.role, now, where)
    except BadUser as error:
        return _new(request, session, asked, name, error)
    user.must_change = True
    session.add(user)
    session.flush()
    _note(session, by, user, "user.add", now, new=_said(user))
    return _page(request, session, user, now, password=password)


@router.get("/users/{user}")
def user_page(
    request: Request,
    session: SessionDep,
    by: EditsUsers,
    user: FoundUser,
    now: NowDep,
    q: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """One user; with a search for stations to name to them."""
    words = " ".join(q.split())
    named = set(user_store.granted(session, user))
    found = search_store.found_by(session, by, Wanted(words)) if words else []
    offered = [(id_, name) for id_, name in found if id_ not in named][:OFFERED]
    return _page(request, session, user, now, words=words, offered=offered)


@router.post("/users/{user}")
def change_user(
    request: Request, session: SessionDep, by: EditsUsers, user: FoundUser, now: NowDep, asked: AskedUserDep
) -> Response:
    """Another role, place or end."""
    before = _said(user)
    try:
        where = asked.jurisdiction(tuple(user_store.granted(session, user)), now)
        _there(session, where.union)
        user_store.change(session, user, asked.role, where, now)
    except BadUser as error:
        return _page(request, session, user, now, asked=asked, error=error)
    _note(session, by, user, "user.change", now, old=before, new=_said(user))
    return _back(user)


@router.post("/users/{user}/stations")
def name_station(session: SessionDep, by: EditsUsers, user: FoundUser, now: NowDep, station: StationId) -> Response:
    """One more station is within their jurisdiction. Raises HubError 404."""
    if stations.visible(session, by, station) is None:
        raise HubError(404, NO_STATION)
    if store.name_station(session, user, station):
        _note(session, by, user, "user.station_named", now, station=station, new=station)
    return _back(user, "stations")


@router.post("/users/{user}/stations/remove")
def unname_station(session: SessionDep, by: EditsUsers, user: FoundUser, now: NowDep, station: StationId) -> Response:
    """One station less; one that was not named is fine."""
    if store.unname_station(session, user, station):
        _note(session, by, user, "user.station_removed", now, station=station, old=station)
    return _back(user, "stations")


@router.post("/users/{user}/password")
def give_password(request: Request, session: SessionDep, by: EditsUsers, user: FoundUser, now: NowDep) -> HTMLResponse:
    """A new password, shown on the page that answers and never again; whoever was signed in no longer is."""
    password = user_store.give_password(session, user, now)
    session.flush()
    _note(session, by, user, "user.password", now)
    return _page(request, session, user, now, password=password)


@router.post("/users/{user}/disable")
def disable_user(request: Request, session: SessionDep, by: EditsUsers, user: FoundUser, now: NowDep) -> Response:
    """They may not sign in."""
    try:
        user_store.disable(session, user, by, now)
    except BadUser as error:
        return _page(request, session, user, now, error=error)
    _note(session, by, user, "user.disable", now)
    return _back(user)


@router.post("/users/{user}/enable")
def enable_user(session: SessionDep, by: EditsUsers, user: FoundUser, now: NowDep) -> Response:
    """They may sign in again."""
    user_store.enable(session, user)
    _note(session, by, user, "user.enable", now)
    return _back(user)


@router.post("/users/{user}/close")
def close_everything(session: SessionDep, by: EditsUsers, user: FoundUser, now: NowDep) -> Response:
    """Their browsers are signed out and their tokens revoked."""
    store.close_sessions(session, user)
    token_store.revoke_all(session, user, now)
    _note(session, by, user, "user.close", now)
    return _back(user)


def _new(request: Request, session: Session, asked: AskedUser, name: str, error: BadUser | None = None) -> HTMLResponse:
    return render(
        request, "administration/user_new.html", 422 if error else 200, name=name, **_form(session, asked, error)
    )


def _page(
    request: Request,
    session: Session,
    user: User,
    now: datetime,
    asked: AskedUser | None = None,
    error: BadUser | None = None,
    password: str = "",
    **more: object,
) -> HTMLResponse:
    named = user_store.granted(session, user)
    context: dict[str, object] = {
        "user": user, "password": password, "named": [stations.of_ids(session, named)[id_] for id_ in named],
        "browsers": user_store.browsers(session, user, now), "last_day": last_day, "words": "", "offered": [],
        "tokens": [row for row in token_store.of_user(session, user) if token_store.is_live(row, now)],
        "union": unions.named(session, [user.union]).get(user.union or 0),
    }  # fmt: skip
    filled = asked or AskedUser(Role(user.role), _where(user), user.union, last_day(user.expires_at))
    status = 422 if error else 200
    return render(request, "administration/user.html", status, **context | more | _form(session, filled, error))


def _form(session: Session, asked: AskedUser, error: BadUser | None) -> dict[str, Any]:
    """What the fields of role and place need."""
    return {
        "asked": asked, "error": error, "every_union": [(one, _depth(one)) for one in unions.all_unions(session)],
        "ROLE_LABELS": ROLE_LABELS, "WHERE_LABELS": WHERE_LABELS, "LEVEL_LABELS": LEVEL_LABELS,
        "TIME_LIMITED": TIME_LIMITED,
    }  # fmt: skip


def _depth(union: Union) -> int:
    return union.path.count("/") - 1


def _where(user: User) -> Any:
    if user.everywhere or user.role == Role.ADMINISTRATOR:
        return "everywhere"
    return "stations" if user.union is None else "union"


def _there(session: Session, union: int | None) -> None:
    if union is not None and unions.get(session, union) is None:
        raise BadUser("union", Text("没有这个工会", f"there is no union {union}"))


def _said(user: User) -> str:
    """Role, place and end, for the trail."""
    place = _where(user) if user.union is None else f"union {user.union}"
    end = last_day(user.expires_at)
    return f"{user.role}, {place}" + ("" if end is None else f", until {end}")


def _note(session: Session, by: User, user: User, what: str, now: datetime, **more: str | None) -> None:
    station = more.pop("station", None)
    subject = f"user {user.name}"
    old, new = more.get("old"), more.get("new")
    trail.note(session, by.name, by.role, what, now, station=station, subject=subject, old=old, new=new)


def _back(user: User, place: str = "") -> Response:
    return RedirectResponse(f"/users/{user.id}" + (f"#{place}" if place else ""), status_code=303)
