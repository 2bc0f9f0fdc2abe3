"""Where one's own notices go and those of a roster, a test of each, and the receipts of an alert."""

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from hub.accounts import store as accounts
from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.alerts.events import LABELS
from hub.alerts.page import VisibleAlert
from hub.duty import store as duty
from hub.duty.filing import Mistake, Typed, name_of, told
from hub.errors import HubError
from hub.keys import hub_keys
from hub.notices import queue_store, store
from hub.notices.addresses import Accepted, BadRoad, accept
from hub.notices.filing import LEAST, Typing, Wishes, wishes_of
from hub.notices.job import carrier_of
from hub.notices.kinds import KINDS, REMINDINGS, SHAPES, STATES, WAITS
from hub.notices.tables import Road
from hub.notices.wording import trial
from hub.pages import render
from hub.sessions import NowDep, SessionDep
from hub.settings import HubSettings
from hub.signed_in import HasRoads, SeesDuty
from hub.trail.store import note as note_trail
from shared.text import Language, Text

router = APIRouter()
LARGEST = 2**31 - 1
MOST_ROADS = 20
"""Of one person or one roster."""
BETWEEN_TESTS = timedelta(seconds=5)
NO_ROAD = Text("没有这个通知方式，或不属于您。", "There is no such road, or it is not yours.")
NO_ROSTER = Text("没有这个值班表，或您不能修改它。", "There is no such roster, or you may not change it.")
TOO_MANY = Text("通知方式太多了，请先移除一个。", "There are too many roads: remove one first.")
TOO_SOON = Text("刚刚测试过，请几秒后再试。", "It was tested just now. Try again in a few seconds.")
WORDS: dict[str, Any] = {
    "KINDS": KINDS, "STATES": STATES, "WAITS": WAITS, "SHAPES": SHAPES, "LABELS": LABELS | REMINDINGS, "LEAST": LEAST,
    "told": told,
}  # fmt: skip
NEW = "0"
"""The form of a road that is not there yet."""


def typing(
    language: Annotated[str, Form(max_length=2)] = "zh",
    least: Annotated[str, Form(max_length=10)] = "normal",
    quiet: Annotated[bool, Form()] = False,
    quiet_start: Annotated[str, Form(max_length=8)] = "22:00",
    quiet_end: Annotated[str, Form(max_length=8)] = "07:00",
    digest: Annotated[bool, Form()] = False,
    always: Annotated[bool, Form()] = False,
) -> Typing:
    """How a road is to be used, as a form says it. A box that is not ticked is not sent."""
    return Typing(language, least, quiet, quiet_start, quiet_end, digest, always)


Typings = Annotated[Typing, Depends(typing)]


def own_road(session: SessionDep, user: HasRoads, road: Annotated[int, Path(ge=1, le=LARGEST)]) -> Road:
    """The road. Raises HubError 404, the same whether it is absent or not the asker's."""
    found = store.find(session, user, road)
    if found is None:
        raise HubError(404, NO_ROAD)
    return found


OwnRoad = Annotated[Road, Depends(own_road)]


@router.get("/notices")
def roads_page(request: Request, session: SessionDep, user: HasRoads) -> HTMLResponse:
    """One's own roads, those of the rosters one edits, and what went by them lately."""
    return _page(request, session, user)


@router.post("/notices")
def add_road(
    request: Request, session: SessionDep, user: HasRoads, now: NowDep, typed: Typings,
    name: Annotated[str, Form(max_length=60)] = "",
    address: Annotated[str, Form(max_length=600)] = "",
    roster: Annotated[int, Form(ge=0, le=LARGEST)] = 0,
) -> Response:  # fmt: skip
    """A road of one's own, or with `roster` of the group that shares it."""
    settings: HubSettings = request.app.state.settings
    try:
        said = name_of("name", name)
        accepted = _accepted(address, settings)
        wishes = wishes_of(typed)
    except Mistake as mistake:
        # The address is a secret: it is typed again.
        values = asdict(typed) | {"name": name, "roster": roster}
        return _page(request, session, user, Typed(NEW, values, {mistake.field: mistake.why}))
    if roster and (not may(user.role, Action.EDIT_DUTY) or duty.find(session, user, roster) is None):
        raise HubError(404, NO_ROSTER)
    there = store.of_place(session, None if roster else accounts.identity(user), roster or None)
    if len(there) >= MOST_ROADS:
        raise HubError(409, TOO_MANY)
    keys = hub_keys(settings.folder)
    if any((one.kind, keys.opened(one.sealed)) == (accepted.kind, accepted.url.encode()) for one in there):
        return RedirectResponse("/notices", status_code=303)
    road = Road(
        user=None if roster else user.id, roster=roster or None, name=said, kind=accepted.kind, shown=accepted.shown,
        sealed=keys.sealed(accepted.url.encode()), created_at=now, **asdict(wishes),
    )  # fmt: skip
    if roster:
        road.always = False
    store.add(session, road)
    _note(session, user, road, now, new=f"{road.kind} {road.shown}")
    return _back(road)


@router.post("/notices/{road}/wishes")
def change_wishes(
    request: Request, session: SessionDep, user: HasRoads, now: NowDep, road: OwnRoad, typed: Typings
) -> Response:
    """How the road is used from now on."""
    try:
        wishes = wishes_of(typed)
    except Mistake as mistake:
        return _page(request, session, user, Typed(str(road.id), asdict(typed), {mistake.field: mistake.why}))
    if road.user is None:
        wishes = replace(wishes, always=False)
    for name, value in asdict(wishes).items():
        setattr(road, name, value)
    store.add(session, road)
    _note(session, user, road, now, new=_described(wishes))
    return _back(road)


@router.post("/notices/{road}/test")
def try_road(request: Request, session: SessionDep, now: NowDep, road: OwnRoad) -> Response:
    """Send something harmless now; what was answered is on the page. Raises HubError 429 right after another test."""
    if road.answered_at is not None and timedelta(0) <= now - road.answered_at < BETWEEN_TESTS:
        raise HubError(429, TOO_SOON)
    settings: HubSettings = request.app.state.settings
    language: Language = "en" if road.language == "en" else "zh"
    words = trial(road.name, f"waystation-test-{road.id}-{int(now.timestamp())}", language)
    receipt = carrier_of(settings).carry(hub_keys(settings.folder).opened(road.sealed).decode(), words)
    queue_store.note_answer(session, store.identity(road), receipt, now)
    return _back(road)


@router.post("/notices/{road}/remove")
def remove_road(session: SessionDep, user: HasRoads, now: NowDep, road: OwnRoad) -> Response:
    """Nothing goes there any more."""
    store.remove(session, road, now)
    _note(session, user, road, now, old=f"{road.kind} {road.shown}")
    return RedirectResponse("/notices", status_code=303)


@router.get("/alerts/{alert}/notices")
def receipts_page(request: Request, session: SessionDep, _user: SeesDuty, alert: VisibleAlert) -> HTMLResponse:
    """Who was told of an alert, by which road, and what came back."""
    return render(request, "notices/alert.html", alert=alert, receipts=store.receipts(session, alert.id or 0), **WORDS)


def _accepted(address: str, settings: HubSettings) -> Accepted:
    try:
        return accept(address, settings.notice_hosts, settings.mail_url)
    except BadRoad as bad:
        raise Mistake("address", bad.why) from bad


def _described(wishes: Wishes) -> str:
    return " ".join(f"{name}={value}" for name, value in asdict(wishes).items())


def _back(road: Road) -> Response:
    return RedirectResponse(f"/notices#road-{road.id}", status_code=303)


def _note(
    session: Session, user: User, road: Road, now: NowDep, old: str | None = None, new: str | None = None
) -> None:
    note_trail(session, user.name, user.role, "notices.road", now, subject=f"road {road.id}", old=old, new=new)


def _page(request: Request, session: Session, user: User, typed: Typed | None = None) -> HTMLResponse:
    own = store.own(session, user)
    editable = may(user.role, Action.EDIT_DUTY)
    shared = store.of_rosters(session, user) if editable else []
    settings: HubSettings = request.app.state.settings
    return render(
        request, "notices/roads.html", 422 if typed else 200, own=own, shared=shared, typed=typed or Typed(),
        rosters=duty.visible(session, user) if editable else [], mail=bool(settings.mail_url),
        on_a_roster=duty.is_named(session, user), answers=may(user.role, Action.WORK_ON_COMPLAINTS),
        receipts=store.newest(session, [store.identity(road) for road in (*own, *(road for road, _ in shared))]),
        **WORDS,
    )  # fmt: skip
