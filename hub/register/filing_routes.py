"""One station's entry: what is filed, its head, its other numbers."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field
from sqlmodel import Session, col, delete, select

from hub.accounts import store as accounts
from hub.accounts.actions import Action, may
from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.errors import HubError
from hub.formats import WEEKDAYS
from hub.pages import render
from hub.register import fields, reading
from hub.register.answers import alone, back, note
from hub.register.changes import spelled
from hub.register.entry_store import entry
from hub.register.told import NOTHING, Told
from hub.sessions import NowDep, SessionDep
from hub.signed_in import EditsStations, SignedIn
from hub.stations import codes, heads
from hub.stations.due import mark_due
from hub.stations.routes import VisibleStation
from hub.stations.tables import Station, StationAlias
from hub.stations.words import (
    ACCESS_LABELS,
    CARRIER_LABELS,
    FORMER_CODE,
    KIND_LABELS,
    SERVICE_LABELS,
    STAFFING_LABELS,
    STANDING_LABELS,
)
from hub.trail import store as trail
from hub.unions.trees import Tree
from hub.upsert import insert_new
from shared.facility import kinds
from shared.station_code import AREA_CODES, StationKind
from shared.text import Text

router = APIRouter()
PLAQUE_TAKEN = Text("该铭牌编号已属于另一个站点。", "This plaque number hangs at another station.")
ALIAS_TAKEN = Text("该系统中此编号已属于另一个站点。", "In that system this number is another station's.")
CODED = Text(
    "站点已编码，类型决定编码后缀，只能由省总工会变更。",
    "It has a code, whose suffix follows the kind: only the province may change it.",
)
NO_HEAD_ACCOUNT = Text("没有这个站长账户。", "There is no station head's account of that name.")
CHOICES: dict[str, Any] = {
    "carriers": CARRIER_LABELS, "services": SERVICE_LABELS, "staffings": STAFFING_LABELS, "accesses": ACCESS_LABELS,
    "kind_labels": KIND_LABELS, "standings": STANDING_LABELS, "areas": sorted(AREA_CODES), "Tree": Tree,
    "FIELDS": fields.BY_NAME, "WEEKDAYS": WEEKDAYS,
    "scored": {name: kind.label for name, kind in kinds().items() if kind.scored}, "FORMER_CODE": FORMER_CODE,
}  # fmt: skip


class FiledForm(BaseModel):
    """The filed fields, as typed: read by `fields`, refused there in words."""

    name: str = Field(default="", max_length=400)
    name_en: str = Field(default="", max_length=400)
    address: str = Field(default="", max_length=400)
    kind: str = Field(default="", max_length=20)
    union: str = Field(default="", max_length=10)
    industry: str = Field(default="", max_length=10)
    area_m2: str = Field(default="", max_length=40)
    area_shared: str = Field(default="", max_length=10)
    area_note: str = Field(default="", max_length=400)
    services: list[Annotated[str, Field(max_length=40)]] = Field(default=[], max_length=20)
    other_services: str = Field(default="", max_length=400)
    planned_on: str = Field(default="", max_length=40)
    plaque_number: str = Field(default="", max_length=100)
    carrier: str = Field(default="", max_length=40)
    carrier_note: str = Field(default="", max_length=400)
    staffing: str = Field(default="", max_length=20)
    access: str = Field(default="", max_length=20)
    latitude: str = Field(default="", max_length=40)
    longitude: str = Field(default="", max_length=40)


@router.get("/stations/{station}/register")
def entry_page(
    request: Request, session: SessionDep, now: NowDep, user: SignedIn, station: VisibleStation
) -> HTMLResponse:
    """What is filed of a station."""
    return shown(request, session, user, station, now, NOTHING)


@router.post("/stations/{station}/register")
def file(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation,
    form: Annotated[FiledForm, Form()],
) -> Response:  # fmt: skip
    """Change what is filed; where one field is wrong, nothing is changed and every wrong one says why."""
    typed = form.model_dump() | {"services": "、".join(form.services)}
    checked = fields.checked(typed)
    view = entry(session, user, station, now)
    union, industry = reading.union_number(form.union), reading.union_number(form.industry)
    wrong = dict(checked.wrong)
    if (union, industry) != (station.union, station.industry):
        wrong |= view.reach.wrong(union, industry)
    kind = _kind(user, station, form.kind, wrong)
    plaque = checked.values.get("plaque_number")
    if plaque is not None and _plaque_taken(session, station, plaque):
        wrong["plaque_number"] = PLAQUE_TAKEN
    if wrong:
        return shown(request, session, user, station, now, Told("filed", typed, wrong), 422)
    before = {name: getattr(station, name) for name in (*checked.values, "kind", "code", "union", "industry")}
    for name, value in checked.values.items():
        setattr(station, name, value)
    station.name_en = station.name_en or station.name
    if (union, industry) != (station.union, station.industry):
        station.union, station.industry = union, industry
        station.union_name = view.reach.name(union) or station.union_name
    with alone(session):
        if kind is not None and kind != station.kind:
            codes.change_kind(session, station, kind, user.name, now)
        session.add(station)
    mark_due(session, [station.id])
    note(session, user, "station.edit", now, station.id, before, {name: getattr(station, name) for name in before})
    return back(f"/stations/{station.id}/register")


@router.post("/stations/{station}/register/head")
def appoint(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation,
    name: Annotated[str, Form(max_length=200)] = "",
    phone: Annotated[str, Form(max_length=60)] = "",
    account: Annotated[str, Form(max_length=200)] = "",
) -> Response:  # fmt: skip
    """The one head of the station from now on; whoever was before is history. No name: nobody."""
    typed, known = {"name": name, "phone": phone, "account": account}, None
    readers = {"name": reading.text(60), "phone": reading.phone, "account": reading.text(60)}
    values, wrong = reading.every(typed, readers)
    if values.get("account"):
        known = accounts.find_user(session, values["account"])
        if known is None or known.role != Role.STATION_HEAD or known.disabled_at is not None:
            wrong["account"] = NO_HEAD_ACCOUNT
    if wrong:
        return shown(request, session, user, station, now, Told("head", typed, wrong), 422)
    before = heads.head(session, station.id)
    said = {} if before is None else {"head": before.name, "account": before.account, "phone": before.phone}
    with alone(session):
        if values["name"]:
            number = None if known is None else known.id
            row = heads.appoint(session, station.id, values["name"], values["phone"], number, user.name, now)
            after: dict[str, object] = {"head": row.name, "account": row.account, "phone": row.phone}
        else:
            heads.dismiss(session, station.id, now)
            after = {"head": None, "account": None}
    if said != after:
        # A number is personal: that it changed is in the trail, it is not.
        trail.note(
            session, user.name, user.role, "station.head", now, station=station.id,
            old=spelled({**said, "phone": heads.masked(str(said.get("phone", "")))}) if said else None,
            new=spelled({**after, "phone": heads.masked(str(after.get("phone", "")))}),
        )  # fmt: skip
    return back(f"/stations/{station.id}/register#head")


@router.post("/stations/{station}/register/aliases")
def add_alias(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation,
    system: Annotated[str, Form(max_length=200)] = "",
    value: Annotated[str, Form(max_length=200)] = "",
) -> Response:  # fmt: skip
    """A co-builder's own number: the station is found by it (AH-34)."""
    typed, one = {"system": system, "value": value}, reading.text(60, required=True)
    read, wrong = reading.every(typed, {"system": one, "value": one})
    if not wrong and not insert_new(
        session, StationAlias, read | {"station": station.id, "since": now, "by": user.name}
    ):
        wrong["value"] = ALIAS_TAKEN
    if wrong:
        return shown(request, session, user, station, now, Told("alias", typed, wrong), 422)
    note(session, user, "station.alias", now, station.id, {}, dict(read))
    return back(f"/stations/{station.id}/register#codes")


@router.post("/stations/{station}/register/aliases/remove")
def remove_alias(
    session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation,
    alias: Annotated[int, Form(ge=1, le=2**31 - 1)],
) -> Response:  # fmt: skip
    """No longer its number there. An earlier form of its official code stays."""
    row = session.get(StationAlias, alias)
    if row is None or row.station != station.id or row.system == FORMER_CODE:
        raise HubError(404, Text("没有这个编号。", "There is no such number."))
    session.exec(delete(StationAlias).where(col(StationAlias.id) == alias))
    trail.note(
        session, user.name, user.role, "station.alias", now, station=station.id,
        old=spelled({"system": row.system, "value": row.value}),
    )  # fmt: skip
    return back(f"/stations/{station.id}/register#codes")


def shown(
    request: Request, session: Session, user: User, station: Station, now: NowDep, told: Told, status: int = 200
) -> HTMLResponse:
    """The entry, with the form that was refused as it was typed."""
    if status != 200:
        # Nothing of a refused form is kept, whatever was read of it.
        session.expire(station)
    view = entry(session, user, station, now)
    return render(
        request, "register/entry.html", status, view=view, told=told,
        may_edit=may(user.role, Action.EDIT_STATION), may_keep=may(user.role, Action.KEEP_STATION),
        may_commit=may(user.role, Action.COMMIT_CODES), may_revoke=may(user.role, Action.REVOKE_STATIONS),
        may_issue=may(user.role, Action.ISSUE_SECRETS), **CHOICES,
    )  # fmt: skip


def _kind(user: User, station: Station, typed: str, wrong: dict[str, Text]) -> StationKind | None:
    """The kind chosen; None: as it is."""
    if not typed or typed == station.kind:
        return None
    for kind in KIND_LABELS:
        if kind == typed:
            if station.code is not None and codes.ruled(station.rulebook) and not may(user.role, Action.COMMIT_CODES):
                wrong["kind"] = CODED
            return kind
    wrong["kind"] = Text("没有这种类型。", "There is no such kind.")
    return None


def _plaque_taken(session: Session, station: Station, plaque: str) -> bool:
    query = select(Station.id).where(Station.plaque_number == plaque, Station.id != station.id)
    return session.exec(query.where(col(Station.revoked_at).is_(None))).first() is not None
