"""What people do to an alert on its page: forms, each back to the page, or the page again with what was wrong."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from hub.accounts.tables import User
from hub.alerts import deeds, page, people
from hub.alerts.deeds import Wrong
from hub.alerts.events import What
from hub.alerts.holding import settle
from hub.alerts.page import Refused, VisibleAlert
from hub.alerts.tables import HUB, Alert
from hub.alerts.view import proof_words, proofs_after
from hub.errors import HubError
from hub.formats import plain, read_local
from hub.maintenance import store as maintenance
from hub.maintenance.windows import ON_SITE
from hub.photos import store as photos
from hub.photos.picture import BadPhoto
from hub.photos.sent import LARGEST_FORM, SentPhoto, content_of
from hub.sessions import NowDep, SessionDep
from hub.signed_in import ReplacesUnits, WorksOnAlerts
from hub.stations import store as stations
from hub.stations.units import UnitDetails
from shared.text import Text

router = APIRouter()
WORDS_MOST = 500
Words = Annotated[str, Form(max_length=WORDS_MOST)]
Short = Annotated[str, Form(max_length=60)]
NO_STATION = Text("此报警不属于任何站点。", "This alert is of no station.")
NO_FACILITY = Text("此报警不属于任何设施。", "This alert is of no facility.")
NO_NAME = Text("请写明机器的型号或序列号。", "Name the machine by its model or serial number.")
NO_READING = Text("没有这条修复之后的读数。", "There is no such reading after the repair.")


@router.post("/alerts/{alert}/acknowledge")
def acknowledge(session: SessionDep, user: WorksOnAlerts, alert: VisibleAlert, now: NowDep) -> Response:
    """Somebody has seen it. Raises HubError 409: somebody else has."""
    deeds.acknowledge(session, alert, user, now)
    return _back(alert)


@router.post("/alerts/{alert}/take")
def take(session: SessionDep, user: WorksOnAlerts, alert: VisibleAlert, now: NowDep) -> Response:
    """Whoever asks repairs it."""
    deeds.assign(session, alert, user, user, now)
    return _back(alert)


@router.post("/alerts/{alert}/assign")
def assign(
    request: Request, session: SessionDep, user: WorksOnAlerts, alert: VisibleAlert, now: NowDep, to: Short = ""
) -> Response:
    """Another repairs it: somebody within whose jurisdiction the station lies."""

    def do() -> None:
        deeds.assign(session, alert, user, people.repairer(session, alert.station, to, now), now)

    return _tried(request, session, user, alert, now, "assign", {"to": to}, do)


@router.post("/alerts/{alert}/promise")
def promise(
    request: Request,
    session: SessionDep,
    user: WorksOnAlerts,
    alert: VisibleAlert,
    now: NowDep,
    promised_at: Short = "",
) -> Response:
    """By when it works again, on the stations' wall clock; the station shows it."""

    def do() -> None:
        deeds.promise(session, alert, user, read_local(promised_at), now)

    return _tried(request, session, user, alert, now, "promise", {"promised_at": promised_at}, do)


@router.post("/alerts/{alert}/comment", max_body_size=LARGEST_FORM)
def comment(
    request: Request,
    session: SessionDep,
    user: WorksOnAlerts,
    alert: VisibleAlert,
    now: NowDep,
    text: Words = "",
    photo: SentPhoto = None,
) -> Response:
    """Something to know, with or without a photo."""

    def do() -> None:
        deeds.comment(session, alert, user, plain(text, lines=True), _kept(session, alert, user, photo, now), now)

    return _tried(request, session, user, alert, now, "comment", {"text": text}, do)


@router.post("/alerts/{alert}/resolve", max_body_size=LARGEST_FORM)
def resolve(
    request: Request,
    session: SessionDep,
    user: WorksOnAlerts,
    alert: VisibleAlert,
    now: NowDep,
    text: Words = "",
    reading: Annotated[str, Form(max_length=64)] = "",
    photo: SentPhoto = None,
) -> Response:
    """It works again; a photo or a reading shows it."""

    def do() -> None:
        proof = None
        if reading:
            row = next((one for one in proofs_after(session, alert) if one.id == reading), None)
            if row is None:
                raise Wrong("reading", NO_READING)
            proof = row.id, proof_words(row)
        over = alert.resolved_at is not None or alert.closed_at is not None
        kept = None if over else _kept(session, alert, user, photo, now)
        deeds.resolve(session, alert, user, plain(text), kept, proof, now)

    return _tried(request, session, user, alert, now, "resolve", {"text": text, "reading": reading}, do)


@router.post("/alerts/{alert}/close")
def close(session: SessionDep, user: WorksOnAlerts, alert: VisibleAlert, now: NowDep) -> Response:
    """For good. Raises HubError 409 while nothing shows that it works."""
    deeds.close(session, alert, user, now)
    return _back(alert)


@router.post("/alerts/{alert}/on-site")
def on_site(session: SessionDep, user: WorksOnAlerts, alert: VisibleAlert, now: NowDep) -> Response:
    """Somebody is there: the station is worked on for two hours, or until they leave."""
    if alert.station == HUB:
        raise HubError(409, NO_STATION)
    if maintenance.on_site(session, alert.station, now) is None:
        reason = f"处理报警 {alert.id}"
        maintenance.file(session, alert.station, None, now, now + ON_SITE, reason, user.name, now, on_site=True)
        said = Text(f"{user.name} 到场，维护时段 2 小时", f"{user.name} is on site: worked on for 2 hours")
        deeds.note(session, alert, user, What.ON_SITE, said, now)
        settle(session, [alert.station], now)
    return _back(alert)


@router.post("/alerts/{alert}/leave")
def leave(session: SessionDep, user: WorksOnAlerts, alert: VisibleAlert, now: NowDep) -> Response:
    """Nobody is there any more: the window ends."""
    window = maintenance.on_site(session, alert.station, now)
    if window is not None and maintenance.end(session, window, user.name, now):
        deeds.note(session, alert, user, What.LEFT, Text(f"{user.name} 离场", f"{user.name} has left"), now)
        settle(session, [alert.station], now)
    return _back(alert)


@router.post("/alerts/{alert}/unit", max_body_size=LARGEST_FORM)
def unit(
    request: Request,
    session: SessionDep,
    user: ReplacesUnits,
    alert: VisibleAlert,
    now: NowDep,
    make: Short = "",
    model: Short = "",
    serial: Short = "",
    supplier: Short = "",
    photo: SentPhoto = None,
) -> Response:
    """Another machine stands there: what was learned of the old one is forgotten at the station."""
    named = [plain(part) for part in (make, model, serial)]

    def do() -> None:
        facilities = stations.facilities(session, alert.station) if alert.facility else []
        facility = next((one for one in facilities if one.id == alert.facility), None)
        if facility is None:
            raise Wrong("model", NO_FACILITY)
        if not (named[1] or named[2]):
            raise Wrong("model", NO_NAME)
        name = " ".join(part for part in named if part)[:128]
        before = stations.unit(session, facility)
        if before is not None and before.name == name:
            return
        kept = _kept(session, alert, user, photo, now)
        details = UnitDetails(named[0], named[1], named[2], supplier=plain(supplier), photo=kept)
        stations.put_unit(session, facility, name, user.name, now, details)
        by = f"，{plain(supplier)}" if plain(supplier) else ""
        said = Text(f"换上 {name}{by}", f"Replaced by {name}{by}")
        more = {"photo": kept} if kept else {}
        deeds.note(session, alert, user, What.UNIT_REPLACED, said, now, unit=name, supplier=plain(supplier), **more)

    typed = {"make": make, "model": model, "serial": serial, "supplier": supplier}
    return _tried(request, session, user, alert, now, "unit", typed, do)


def _tried(
    request: Request,
    session: Session,
    user: User,
    alert: Alert,
    now: datetime,
    form: str,
    typed: dict[str, str],
    do: Callable[[], None],
) -> Response:
    """Do it and go back to the page; or the page again, with what was typed and the reason at its field."""
    number = alert.id or 0
    try:
        do()
    except Wrong as wrong:
        session.rollback()
        return page.shown(request, session, user, alert, now, Refused(form, wrong.field, wrong.why, typed))
    except BadPhoto as bad:
        session.rollback()
        return page.shown(request, session, user, alert, now, Refused(form, "photo", bad.why, typed))
    return RedirectResponse(f"/alerts/{number}#{form}", status_code=303)


def _kept(session: Session, alert: Alert, user: User, photo: SentPhoto, now: datetime) -> str | None:
    content = content_of(photo)
    if content is None:
        return None
    if alert.station == HUB:
        raise Wrong("photo", NO_STATION)
    return photos.keep(session, alert.station, content, user.name, now).id


def _back(alert: Alert) -> Response:
    return RedirectResponse(f"/alerts/{alert.id}", status_code=303)
