"""Official codes: a local union asks, the province gives the next one of the area (AH-27 to AH-33)."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.errors import HubError
from hub.pages import render
from hub.register import reading, store
from hub.register.answers import alone, back, note
from hub.register.filing_routes import shown
from hub.register.tables import CodeRequest
from hub.register.told import Told
from hub.register.wrong import Wrong
from hub.sessions import NowDep, SessionDep
from hub.signed_in import CommitsCodes, EditsStations, SignedIn
from hub.stations import codes
from hub.stations import store as stations
from hub.stations.routes import VisibleStation
from hub.stations.tables import Station
from hub.upsert import insert_new
from shared.station_code import AREA_CODES, BadCode, padded_area
from shared.text import Text

router = APIRouter()
HAS_CODE = Text("站点已有编码，编码不再变更。", "It has its code, which stays.")
NO_AREA = Text("须为本省的电话区号，如 0551。", "A telephone area code of the province, such as 0551.")
NO_RULE = Text("此地区没有编码规则，编号自由填写。", "This region has no code rule: its numbers are free text.")
NO_REQUEST = Text("没有这个待办的编码申请。", "There is no such open request.")


@router.get("/register/codes")
def codes_page(request: Request, session: SessionDep, user: SignedIn) -> HTMLResponse:
    """Requests that wait, and whether the codes given so far leave a gap."""
    return _page(request, session, user)


@router.post("/stations/{station}/register/code-request")
def ask(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation,
    area: Annotated[str, Form(max_length=20)] = "",
) -> Response:  # fmt: skip
    """Ask for a code where the station is; a second request while one is open changes nothing."""
    wrong = None
    if not codes.ruled(station.rulebook):
        wrong = NO_RULE
    elif station.code is not None:
        wrong = HAS_CODE
    elif (padded := _area(area)) is None:
        wrong = NO_AREA
    if wrong is not None:
        return shown(request, session, user, station, now, Told("code", {"area": area}, {"area": wrong}), 422)
    row = {"station": station.id, "area": padded, "requested_by": user.name, "requested_at": now, "refused_why": ""}
    if insert_new(session, CodeRequest, row):
        note(session, user, "code.request", now, station.id, {}, {"area": padded})
    return back(f"/stations/{station.id}/register#codes")


@router.post("/stations/{station}/register/code")
def free_code(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation,
    code: Annotated[str, Form(max_length=200)] = "",
) -> Response:  # fmt: skip
    """The number of a region without a code rule, as free text."""
    why, before = None, station.code
    try:
        if codes.ruled(station.rulebook):
            raise Wrong(Text("编码由省总工会统一核发。", "The province gives the codes."))
        read = reading.text(40)(code)
        with alone(session):
            if read:
                codes.take(session, station, read, user.name, now)
            else:
                station.code = None
    except Wrong as error:
        why = error.why
    except codes.CodeTaken:
        why = Text("此编号已属于另一个站点。", "This number is another station's.")
    if why is not None:
        return shown(request, session, user, station, now, Told("code", {"code": code}, {"code": why}), 422)
    note(session, user, "station.code", now, station.id, {"code": before}, {"code": station.code})
    return back(f"/stations/{station.id}/register#codes")


@router.post("/register/codes/{code_request}")
def decide(
    request: Request, session: SessionDep, now: NowDep, user: CommitsCodes,
    code_request: Annotated[int, Path(ge=1, le=2**31 - 1)],
    decision: Annotated[Literal["give", "refuse"], Form()],
    why: Annotated[str, Form(max_length=400)] = "",
) -> Response:  # fmt: skip
    """Give the next code of the area, or refuse with a reason."""
    row = store.request(session, code_request)
    station = None if row is None else stations.visible(session, user, row.station)
    if row is None or station is None:
        raise HubError(404, NO_REQUEST)
    if row.decided_at is not None:
        raise HubError(409, Text("这个申请已有决定。", "This request has been decided."))
    values, wrong = reading.every({"why": why}, {"why": reading.text(400, required=decision == "refuse")})
    if wrong:
        return _page(request, session, user, 422, Told(f"request-{code_request}", {"why": why}, wrong))
    row.decided_by, row.decided_at = user.name, now
    if decision == "refuse":
        row.refused_why = values["why"]
        note(session, user, "code.refuse", now, station.id, {}, {"area": row.area}, row.refused_why)
    else:
        row.code = _give(session, user, station, row.area, now)
        note(session, user, "code.give", now, station.id, {}, {"code": row.code})
    session.add(row)
    return back("/register/codes")


def _give(session: Session, user: User, station: Station, area: str, now: datetime) -> str:
    if station.code is not None:
        raise HubError(409, HAS_CODE)
    try:
        with alone(session):
            return codes.allocate(session, station, area, user.name, now)
    except BadCode as error:
        raise HubError(409, Text(f"区号 {area} 的序号已用完。", str(error))) from error


def _area(typed: str) -> str | None:
    """A telephone area code of the province, padded. None: it is none."""
    try:
        padded = padded_area(typed.strip())
    except BadCode:
        return None
    return padded if padded in AREA_CODES else None


def _page(
    request: Request, session: Session, user: User, status: int = 200, told: Told | None = None
) -> HTMLResponse:  # fmt: skip
    return render(
        request, "register/codes.html", status, requests=store.open_requests(session, user), gaps=codes.gaps(session),
        told=told or Told(), may_commit=may(user.role, Action.COMMIT_CODES),
    )  # fmt: skip
