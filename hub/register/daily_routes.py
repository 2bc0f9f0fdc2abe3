"""What a station's head keeps up, mostly from a phone: the day's line, rules on the wall, the X of 6+X."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.formats import local
from hub.pages import render
from hub.photos import store as photos
from hub.photos.picture import BadPhoto
from hub.photos.sent import LARGEST_FORM, SentPhoto, content_of
from hub.register import reading, store
from hub.register.answers import alone, back, note
from hub.register.entry_store import daily
from hub.register.rules import RULE_LABELS, Which, is_old
from hub.register.tables import DailyLog, PostedRules
from hub.register.told import NOTHING, Told
from hub.sessions import NowDep, SessionDep
from hub.signed_in import KeepsStation, SignedIn
from hub.stations import extras as kept
from hub.stations.routes import VisibleStation
from hub.stations.tables import Station
from hub.stations.words import EXTRA_LABELS, Extra, ExtraState
from shared.text import Text

router = APIRouter()
NOTHING_DONE = Text(
    "清洁和补给都没有做，请在备注里说明原因。", "Neither cleaned nor refilled: say why in the note."
)  # fmt: skip
ANOTHER_DAY = Text(
    "这是另一天的表单，请重新打开页面：只能填写当天的日志。",
    "This form is of another day. Load the page again: only today's line can be written.",
)


@router.get("/stations/{station}/daily")
def daily_page(
    request: Request, session: SessionDep, now: NowDep, user: SignedIn, station: VisibleStation
) -> HTMLResponse:
    """Today's line, the last thirty, the rules on the wall, the extras."""
    return _page(request, session, user, station, now)


@router.post("/stations/{station}/daily")
def write_line(
    request: Request, session: SessionDep, now: NowDep, user: KeepsStation, station: VisibleStation,
    day: Annotated[str, Form(max_length=40)] = "",
    cleaned: Annotated[str, Form(max_length=10)] = "",
    refilled: Annotated[str, Form(max_length=10)] = "",
    who: Annotated[str, Form(max_length=200)] = "",
    remark: Annotated[str, Form(max_length=2000)] = "",
) -> Response:  # fmt: skip
    """The one line of today; written again it is amended, tomorrow it is a fact."""
    typed = {"cleaned": cleaned, "refilled": refilled, "who": who, "remark": remark}
    today = local(now).date()
    values, wrong = reading.every(typed, {"who": reading.text(60, required=True), "remark": reading.text(400)})
    if day != today.isoformat():
        wrong["cleaned"] = ANOTHER_DAY
    elif not cleaned and not refilled and not values.get("remark"):
        wrong["cleaned"] = NOTHING_DONE
    if wrong:
        return _page(request, session, user, station, now, Told("line", typed, wrong), 422)
    line = DailyLog(
        station=station.id, day=today, cleaned=bool(cleaned), refilled=bool(refilled), who=values["who"],
        note=values["remark"], by=user.name, at=now,
    )  # fmt: skip
    with alone(session):
        before = store.write_line(session, line)
    note(
        session, user, "station.log", now, station.id, {} if before is None else _said(before), _said(line),
        subject=today.isoformat(),
    )  # fmt: skip
    return back(f"/stations/{station.id}/daily")


@router.post("/stations/{station}/daily/rules", max_body_size=LARGEST_FORM)
def post_rules(
    request: Request, session: SessionDep, now: NowDep, user: KeepsStation, station: VisibleStation,
    which: Annotated[Which, Form()],
    version: Annotated[str, Form(max_length=200)] = "",
    posted_on: Annotated[str, Form(max_length=40)] = "",
    photo: SentPhoto = None,
) -> Response:  # fmt: skip
    """These rules hang on the wall, in this version, since that day; the photo proves it."""
    typed, today = {"version": version, "posted_on": posted_on}, local(now).date()
    readers = {"version": reading.text(60, required=True), "posted_on": reading.day_until(today)}
    values, wrong = reading.every(typed, readers)
    content = content_of(photo)
    if content is None:
        wrong["photo"] = Text("请附上墙的照片。", "A photo of it on the wall is needed.")
    before = store.posted(session, station.id).get(which)
    if not wrong and content is not None and _same(session, before, values, content):
        return back(f"/stations/{station.id}/daily#rules")
    picture = None
    if not wrong and content is not None:
        try:
            picture = photos.keep(session, station.id, content, user.name, now).id
        except BadPhoto as error:
            wrong["photo"] = error.why
    if wrong:
        return _page(request, session, user, station, now, Told(f"rules-{which}", typed, wrong), 422)
    session.add(
        PostedRules(
            station=station.id,
            which=which,
            version=values["version"],
            posted_on=values["posted_on"],
            photo=picture,
            by=user.name,
            at=now,
        )
    )
    session.flush()
    said = {} if before is None else {"version": before.version, "posted_on": before.posted_on, "photo": before.photo}
    after = values | {"photo": picture}
    note(session, user, "station.rules", now, station.id, said, after, subject=which)
    return back(f"/stations/{station.id}/daily#rules")


def _same(session: Session, before: PostedRules | None, values: Mapping[str, object], content: bytes) -> bool:
    """The same was sent once more."""
    if before is None or (before.version, before.posted_on) != (values["version"], values["posted_on"]):
        return False
    photo = None if before.photo is None else photos.get(session, before.photo)
    return photo is not None and photo.sha256 == sha256(content).hexdigest()


@router.post("/stations/{station}/daily/extras")
def put_extra(
    request: Request, session: SessionDep, now: NowDep, user: KeepsStation, station: VisibleStation,
    extra: Annotated[Extra, Form()],
    state: Annotated[str, Form(max_length=20)] = "",
    expires_on: Annotated[str, Form(max_length=40)] = "",
    remark: Annotated[str, Form(max_length=400)] = "",
) -> Response:  # fmt: skip
    """Whether one of the X is there, was there and is missing, or is not offered."""
    typed = {"state": state, "expires_on": expires_on, "remark": remark}
    values, wrong = reading.every(typed, {"expires_on": reading.day, "remark": reading.text(200)})
    if state and state not in set(ExtraState):
        wrong["state"] = Text("没有这种状态。", "There is no such state.")
    if wrong:
        return _page(request, session, user, station, now, Told(f"extra-{extra}", typed, wrong), 422)
    there = kept.extras(session, [station.id]).get(station.id, {}).get(extra)
    before: dict[str, object] = {"state": None}
    if there is not None:
        before = {"state": there.state, "until": there.expires_on, "note": there.note}
    chosen = ExtraState(state) if state else None
    with alone(session):
        kept.put(session, station.id, extra, chosen, values["expires_on"], values["remark"], user.name, now)
    after: dict[str, object] = {"state": None}
    if chosen is not None:
        after = {"state": chosen.value, "until": values["expires_on"], "note": values["remark"]}
    note(session, user, "station.extra", now, station.id, before, after, subject=extra)
    return back(f"/stations/{station.id}/daily#extras")


def _said(line: DailyLog) -> dict[str, object]:
    return {"cleaned": line.cleaned, "refilled": line.refilled, "who": line.who, "note": line.note}


def _page(
    request: Request, session: Session, user: User, station: Station, now: NowDep, told: Told = NOTHING,
    status: int = 200,
) -> HTMLResponse:  # fmt: skip
    view = daily(session, station, now)
    more: dict[str, Any] = {
        "RULES": RULE_LABELS, "EXTRAS": EXTRA_LABELS, "is_old": is_old, "STATES_OF": EXTRA_STATE_LABELS,
        "days_left": lambda until: days_left(until, view.today),
    }  # fmt: skip
    return render(
        request, "register/daily.html", status, view=view, told=told, may_keep=may(user.role, Action.KEEP_STATION),
        may_photo=may(user.role, Action.SEE), **more,
    )  # fmt: skip


EXTRA_STATE_LABELS: dict[str, Text] = {
    "": Text("不提供", "Not offered"),
    ExtraState.AVAILABLE: Text("有", "There"),
    ExtraState.MISSING: Text("缺失", "Missing"),
}


def days_left(until: date, today: date) -> int:
    """How many days it is still good; negative: it has gone off."""
    return (until - today).days
