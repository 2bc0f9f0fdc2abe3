"""The form for everybody, and the answer for whoever has the code: no account, Chinese or English by the address.

The only cookie is the one that shows a form comes from this hub's own page; nothing else tells one phone from another.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from hub.accounts import source_store
from hub.accounts.spray import place
from hub.complaints import codes, filed, forgetting, store
from hub.complaints.filed import Filed
from hub.complaints.store import Sent
from hub.complaints.tables import Complaint
from hub.complaints.words import (
    CATEGORIES,
    CONTACT_DAYS,
    KINDS,
    LONGEST,
    LONGEST_CONTACT,
    SHORTEST,
    TOLD,
    Stage,
)
from hub.errors import HubError
from hub.formats import plain
from hub.pages import Visitor, render, visitor_of
from hub.photos.picture import BadPhoto
from hub.photos.sent import LARGEST_FORM, SentPhoto, content_of
from hub.security import CSRF_COOKIE, cleans, set_cookie
from hub.sessions import NowDep, SessionDep
from hub.stations import store as stations
from hub.stations.hotline import hotline_of
from hub.stations.tables import Station
from shared.settings_message import HOTLINE
from shared.text import Language, Text

router = APIRouter(tags=["public"])
GONE = Text(
    "没有这个站点，或已关闭。投诉咨询请拨 12351。", "There is no such station, or it has closed. Please call 12351."
)
TOO_MANY = Text(
    "这里刚收到很多，请过几分钟再提交；您写的内容还在。急事请拨 12351。",
    "Many came in just now. Please send it again in some minutes; what you wrote is still here. Or call 12351.",
)
TOO_MANY_TRIES = Text("输错太多次，请过几分钟再试。", "Too many wrong tries. Please try again in some minutes.")
NOT_FOUND = Text("编号或查询码不对，请再核对。", "Number or code are not right. Please check them.")
Typed = Annotated[str, Form(max_length=codes.LONGEST_TYPED)]


def stranger(request: Request, lang: Annotated[Language, Query()] = "zh") -> Language:
    """Whoever asks is a stranger here, signed in or not; their forms still carry their own token."""
    known = visitor_of(request)
    request.state.keeps_token = known.name is None
    request.state.visitor = Visitor(
        name=None, role=None, language=lang, csrf=known.csrf or secrets.token_urlsafe(24)
    )  # fmt: skip
    return lang


Stranger = Annotated[Language, Depends(stranger)]


def open_station(
    session: SessionDep,
    _lang: Stranger,
    station: Annotated[str, Path(min_length=10, max_length=10, pattern=r"^[a-z0-9]+$", examples=["k3v9x2m7qa"])],
) -> Station:
    """The station. Raises HubError 404: of one that was revoked nobody at the hub would see what is written."""
    found = stations.get(session, station)
    if found is None or found.revoked_at is not None:
        raise HubError(404, GONE)
    return found


OpenStation = Annotated[Station, Depends(open_station)]


@router.get("/complain/answer")
def answer_form(
    request: Request, _lang: Stranger, number: Annotated[str, Query(max_length=codes.LONGEST_TYPED)] = ""
) -> HTMLResponse:
    """The form to look an answer up."""
    return _look_up(request, number)


@router.post("/complain/answer")
@cleans("number", "code")
def answer(
    request: Request, session: SessionDep, now: NowDep, _lang: Stranger, number: Typed = "", code: Typed = ""
) -> HTMLResponse:
    """How far it is, and the answer. What is unknown and what has another code are refused alike."""
    return _looked_up(request, session, now, number, code, lambda row: store.note_read(session, row, now))


@router.post("/complain/answer/forget")
@cleans("number", "code")
def forget(
    request: Request, session: SessionDep, now: NowDep, _lang: Stranger, number: Typed = "", code: Typed = ""
) -> HTMLResponse:
    """Whoever has the code has deleted what they wrote, their photo and their contact; the answer stays to be read."""
    return _looked_up(
        request, session, now, number, code, lambda row: forgetting.forget(session, row, store.SENDER, "", now)
    )


@router.get("/complain/{station}")
def complaint_form(request: Request, station: OpenStation, lang: Stranger) -> HTMLResponse:
    """The form, with something of its own: sent twice, it makes one complaint."""
    return _form(request, station, lang, {"once": secrets.token_hex(16)})


@router.post("/complain/{station}", max_body_size=LARGEST_FORM)
@cleans("kind", "category", "text", "contact")
def complain(
    request: Request, session: SessionDep, now: NowDep, station: OpenStation, lang: Stranger,
    kind: Annotated[str, Form(max_length=20)] = "",
    category: Annotated[str, Form(max_length=20)] = "",
    text: Annotated[str, Form(max_length=4 * LONGEST)] = "",
    contact: Annotated[str, Form(max_length=4 * LONGEST_CONTACT)] = "",
    once: Annotated[str, Form(pattern=r"^([0-9a-f]{32})?$")] = "",
    photo: SentPhoto = None,
) -> Response:  # fmt: skip
    """Take it in; answer with its number and the code, which is told here and nowhere else."""
    once = once or secrets.token_hex(16)
    typed = {
        "kind": kind,
        "category": category,
        "text": plain(text, lines=True),
        "contact": plain(contact),
        "once": once,
    }
    standing = store.sent_before(session, once)
    if standing is not None:
        return _receipt(request, session, standing, once)
    found = filed.read(kind, category, text, contact)
    if not isinstance(found, Filed):
        return _form(request, station, lang, typed, dict(found), 422)
    source = _place(request)
    if store.must_wait(session, source, station.id, now):
        return _form(request, station, lang, typed, {"": TOO_MANY}, 429)
    try:
        with session.begin_nested():
            sent = Sent(found, once, lang, content_of(photo))
            row = store.receive(session, station, sent, now, secrets.token_bytes)
    except BadPhoto as error:
        return _form(request, station, lang, typed, {"photo": error.why}, 422)
    store.count(session, source, station.id, now)
    return _receipt(request, session, row, once)


def _looked_up(
    request: Request, session: Session, now: datetime, number: str, code: str, then: Callable[[Complaint], object]
) -> HTMLResponse:  # fmt: skip
    """How the complaint stands after this has been done with it, or why it is not shown."""
    source = f"answer {_place(request)}"[:64]
    if source_store.waits(session, source, now):
        return _look_up(request, number, TOO_MANY_TRIES, 429)
    row = store.looked_up(session, number, code)
    if row is None:
        source_store.note_wrong(session, source, now)
        return _look_up(request, number, NOT_FOUND, 422)
    then(row)
    return _look_up(request, number, row=row, station=stations.get(session, row.station), code=code)


def _place(request: Request) -> str:
    return place(None if request.client is None else request.client.host)


def _form(
    request: Request, station: Station, lang: Language, typed: dict[str, str], wrong: dict[str, Text] | None = None,
    status: int = 200,
) -> HTMLResponse:  # fmt: skip
    return _page(
        request, "complaints/complain.html", status, station=station, lang=lang, hotline=hotline_of(station.rulebook),
        typed={"kind": "", "category": "", "text": "", "contact": ""} | typed, wrong=wrong or {}, KINDS=KINDS,
        CATEGORIES=CATEGORIES, SHORTEST=SHORTEST, LONGEST=LONGEST, LONGEST_CONTACT=LONGEST_CONTACT,
        CONTACT_DAYS=CONTACT_DAYS,
    )  # fmt: skip


def _receipt(request: Request, session: Session, row: Complaint, once: str) -> HTMLResponse:
    station = stations.get(session, row.station)
    code = codes.grouped(codes.code(once))
    hotline = HOTLINE if station is None else hotline_of(station.rulebook)
    return _page(request, "complaints/receipt.html", 200, row=row, code=code, station=station, hotline=hotline)


def _look_up(
    request: Request, number: str, wrong: Text | None = None, status: int = 200, row: Complaint | None = None,
    station: Station | None = None, code: str = "",
) -> HTMLResponse:  # fmt: skip
    hotline = HOTLINE if station is None else hotline_of(station.rulebook)
    told = None if row is None else TOLD[Stage(row.stage)]
    return _page(
        request, "complaints/answer.html", status, number=plain(number), wrong=wrong, row=row, station=station,
        told=told, code=code, hotline=hotline, lang=visitor_of(request).language, KINDS=KINDS, CATEGORIES=CATEGORIES,
    )  # fmt: skip


def _page(request: Request, template: str, status: int, **context: object) -> HTMLResponse:
    page = render(request, template, status, **context)
    if request.state.keeps_token:
        set_cookie(request, page, CSRF_COOKIE, visitor_of(request).csrf, None)
    return page
