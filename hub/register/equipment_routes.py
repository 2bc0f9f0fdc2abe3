"""What stands in a station, and the machines: filed by hand where no wiring says it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.errors import HubError
from hub.pages import render
from hub.photos import store as photos
from hub.photos.picture import BadPhoto
from hub.photos.sent import LARGEST_FORM, SentPhoto, content_of
from hub.register import reading
from hub.register.answers import alone, back, note
from hub.register.filing_routes import shown
from hub.register.told import NOTHING, Told
from hub.sessions import NowDep, SessionDep
from hub.signed_in import EditsStations, ReplacesUnits, SignedIn
from hub.stations import facilities, units
from hub.stations.routes import VisibleFacility, VisibleStation
from hub.stations.tables import Facility, Station
from hub.stations.units import UnitDetails
from hub.trail import store as trail
from shared.facility import kinds
from shared.text import Text

router = APIRouter()
TEA_BUCKET = Text("茶桶", "Tea bucket")
WATER = "drinking_water"
NO_NAME = Text("品牌、型号、序列号至少填一项。", "Make, model or serial number: one at least.")
MOST = 60
"""Facilities a person may file in one station."""


READERS = {
    "make": reading.text(40), "model": reading.text(40), "serial": reading.text(40), "installed": reading.day,
    "warranty_until": reading.day, "supplier": reading.text(120),
}  # fmt: skip


@router.post("/stations/{station}/register/facilities")
def add(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation,
    kind: Annotated[str, Form(max_length=40)] = "",
    label: Annotated[str, Form(max_length=200)] = "",
    label_en: Annotated[str, Form(max_length=200)] = "",
    tea_bucket: Annotated[str, Form(max_length=10)] = "",
) -> Response:  # fmt: skip
    """File a facility that no wiring names: tables, a tea bucket, anything of a station without telemetry."""
    typed = {"kind": kind, "label": label, "label_en": label_en, "tea_bucket": tea_bucket}
    names, wrong = reading.every(typed, {"label": reading.text(40), "label_en": reading.text(40)})
    known = kinds().get(kind)
    if known is None or not known.scored:
        wrong["kind"] = Text("请选择设施种类。", "Choose a kind of facility.")
    elif len(facilities.facilities(session, station.id)) >= MOST:
        wrong["kind"] = Text(f"一个站点最多 {MOST} 项设施。", f"No more than {MOST} facilities in a station.")
    if wrong or known is None:
        return shown(request, session, user, station, now, Told("facility", typed, wrong), 422)
    bucket = bool(tea_bucket) and kind == WATER
    usual = TEA_BUCKET if bucket else known.label
    id_ = facilities.next_id(session, station.id, kind)
    label_of = Text(names["label"] or usual.zh, names["label_en"] or names["label"] or usual.en)
    with alone(session):
        facilities.file_by_hand(session, station.id, id_, label_of, {"tea_bucket": True} if bucket else {})
    note(session, user, "facility.add", now, station.id, {}, {"label": label_of.zh}, subject=id_)
    return back(f"/stations/{station.id}/register#facilities")


@router.post("/stations/{station}/register/facilities/{facility}/remove")
def remove(
    session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation, facility: VisibleFacility
) -> Response:
    """It stands there no more; what is known of it stays."""
    if not facilities.take_off(session, facility, now):
        raise HubError(
            409, Text("此设施由站点自己的接线报告，只能在站点配置里去掉。", "The station's own wiring names it.")
        )
    trail.note(
        session, user.name, user.role, "facility.remove", now, station=station.id, subject=facility.id,
        old=facility.label_zh,
    )  # fmt: skip
    return back(f"/stations/{station.id}/register#facilities")


@router.get("/stations/{station}/register/facilities/{facility}")
def unit_page(
    request: Request, session: SessionDep, user: SignedIn, station: VisibleStation, facility: VisibleFacility
) -> HTMLResponse:
    """The machine standing there, and those before it."""
    return _page(request, session, user, station, facility)


@router.post("/stations/{station}/register/facilities/{facility}/unit", max_body_size=LARGEST_FORM)
def put_unit(
    request: Request, session: SessionDep, now: NowDep, user: ReplacesUnits, station: VisibleStation,
    facility: VisibleFacility,
    make: Annotated[str, Form(max_length=200)] = "",
    model: Annotated[str, Form(max_length=200)] = "",
    serial: Annotated[str, Form(max_length=200)] = "",
    installed: Annotated[str, Form(max_length=40)] = "",
    warranty_until: Annotated[str, Form(max_length=40)] = "",
    supplier: Annotated[str, Form(max_length=400)] = "",
    photo: SentPhoto = None,
) -> Response:  # fmt: skip
    """Another machine, or more about the one that stands there: another name restarts what was learned."""
    typed = {
        "make": make, "model": model, "serial": serial, "installed": installed, "warranty_until": warranty_until,
        "supplier": supplier,
    }  # fmt: skip
    values, wrong = reading.every(typed, READERS)
    if not wrong and not any(values[name] for name in ("make", "model", "serial")):
        wrong["make"] = NO_NAME
    if values.get("installed") and values.get("warranty_until") and values["warranty_until"] < values["installed"]:
        wrong["warranty_until"] = Text("保修截止早于安装日期。", "The warranty ends before it was installed.")
    if not wrong and (content := content_of(photo)) is not None:
        try:
            values["photo"] = photos.keep(session, station.id, content, user.name, now).id
        except BadPhoto as error:
            wrong["photo"] = error.why
    if wrong:
        return _page(request, session, user, station, facility, Told("unit", typed, wrong), 422)
    details = UnitDetails(**values)
    standing = units.unit(session, facility)
    before = {} if standing is None else {name: getattr(standing, name) for name in ("name", *values)}
    row = units.put_unit(session, facility, details.name, user.name, now, details)
    after = {name: getattr(row, name) for name in ("name", *values)}
    note(session, user, "unit.put", now, station.id, before, after, subject=facility.id)
    return back(f"/stations/{station.id}/register/facilities/{facility.id}")


def _page(
    request: Request, session: Session, user: User, station: Station, facility: Facility, told: Told = NOTHING,
    status: int = 200,
) -> HTMLResponse:  # fmt: skip
    found = units.history(session, facility)
    return render(
        request, "register/unit.html", status, station=station, facility=facility, told=told,
        standing=found[0] if found else None, former=found[1:], may_put=may(user.role, Action.REPLACE_UNIT),
    )  # fmt: skip
