"""The maintenance windows of a station: what is filed, filing one, ending one early."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.errors import HubError
from hub.formats import plain, read_local
from hub.maintenance import store
from hub.maintenance.windows import NOT_IN_ORDER, refusal
from hub.pages import render
from hub.sessions import NowDep, SessionDep
from hub.signed_in import FilesMaintenance, SignedIn
from hub.stations import store as stations
from hub.stations.routes import VisibleStation
from hub.stations.tables import Station
from hub.trail import store as trail
from shared.text import Text

router = APIRouter()
USUAL = timedelta(hours=2)
NO_WINDOW = Text("此站点没有这个维护时段。", "This station has no such window.")
NO_FACILITY = Text("此站点没有这项设施。", "This station has no such facility.")
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was typed, and what is wrong with it."""

    field: str
    why: Text
    typed: Mapping[str, str]


@router.get("/stations/{station}/maintenance")
def maintenance_page(
    request: Request, session: SessionDep, user: SignedIn, station: VisibleStation, now: NowDep
) -> HTMLResponse:
    """What is being worked on, what is planned, and what was."""
    return _page(request, session, user, station, now, None)


@router.post("/stations/{station}/maintenance")
def file_window(
    request: Request,
    session: SessionDep,
    user: FilesMaintenance,
    station: VisibleStation,
    now: NowDep,
    facility: Annotated[str, Form(max_length=64)] = "",
    start: Annotated[str, Form(max_length=40)] = "",
    end: Annotated[str, Form(max_length=40)] = "",
    reason: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """File one, on the stations' wall clock. Without a beginning it begins now. A second tap files nothing more."""
    typed = {"facility": facility, "start": start, "end": end, "reason": reason}
    why = plain(reason)
    begins = read_local(start) if start.strip() else now
    ends = read_local(end)
    if facility and facility not in {one.id for one in stations.facilities(session, station.id)}:
        return _page(request, session, user, station, now, Wrong("facility", NO_FACILITY, typed))
    if begins is None or ends is None:
        return _page(
            request, session, user, station, now, Wrong("start" if begins is None else "end", NOT_IN_ORDER, typed)
        )
    # The field knows whole minutes only: the minute that runs is not the past.
    begins = max(begins, now) if now - begins < timedelta(minutes=1) else begins
    refused = refusal(begins, ends, why, user.role, now)
    if refused is not None:
        return _page(request, session, user, station, now, Wrong(refused.field, refused.why, typed))
    planned = store.current(session, [station.id], now).get(station.id, [])
    about = facility or None
    if not any(
        row.facility == about and row.end == ends and row.reason == why and row.by == user.name for row in planned
    ):
        row = store.file(session, station.id, about, max(begins, now), ends, why, user.name, now)
        new = f"{row.start.isoformat()} – {row.end.isoformat()}"
        trail.note(
            session, user.name, user.role, "maintenance.file", now, station=station.id, subject=about or "station",
            new=new, reason=why,
        )  # fmt: skip
    return RedirectResponse(f"/stations/{station.id}/maintenance", status_code=303)


@router.post("/stations/{station}/maintenance/{window}/end")
def end_window(
    session: SessionDep,
    user: FilesMaintenance,
    station: VisibleStation,
    now: NowDep,
    window: Annotated[int, Path(ge=1, le=LARGEST_ID)],
) -> Response:
    """Over from now on; over already: nothing changes. Raises HubError 404."""
    row = store.get(session, window)
    if row is None or row.station != station.id:
        raise HubError(404, NO_WINDOW)
    planned = row.end
    if store.end(session, row, user.name, now):
        trail.note(
            session, user.name, user.role, "maintenance.end", now, station=station.id,
            subject=row.facility or "station", old=planned.isoformat(), new=row.end.isoformat(),
        )  # fmt: skip
    return RedirectResponse(f"/stations/{station.id}/maintenance", status_code=303)


def _page(
    request: Request, session: Session, user: User, station: Station, now: datetime, wrong: Wrong | None
) -> HTMLResponse:
    facilities = stations.facilities(session, station.id)
    return render(
        request,
        "maintenance/windows.html",
        200 if wrong is None else 422,
        station=station,
        facilities=facilities,
        labels={one.id: Text(one.label_zh, one.label_en) for one in facilities},
        current=store.current(session, [station.id], now).get(station.id, []),
        ended=store.ended_lately(session, station.id, now),
        may_file=may(user.role, Action.FILE_MAINTENANCE),
        wrong=wrong,
        until=now + USUAL,
    )
