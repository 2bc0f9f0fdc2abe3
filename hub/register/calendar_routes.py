"""When a station is open: its hours and filed closures, told to the station as settings."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlmodel import Session

from hub.accounts.tables import User
from hub.errors import HubError
from hub.formats import local
from hub.register import calendar, reading
from hub.register.answers import back, note
from hub.register.filing_routes import shown
from hub.register.told import Told
from hub.register.wrong import Wrong
from hub.sessions import NowDep, SessionDep
from hub.signed_in import EditsStations
from hub.stations.due import mark_due
from hub.stations.routes import VisibleStation
from hub.stations.tables import Station
from shared.opening import Opening

router = APIRouter()


@router.post("/stations/{station}/register/hours")
def file_hours(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation,
    start: Annotated[str, Form(max_length=20)] = "",
    end: Annotated[str, Form(max_length=20)] = "",
    weekdays: Annotated[list[Annotated[int, Form(ge=0, le=6)]] | None, Form(max_length=7)] = None,
) -> Response:  # fmt: skip
    """Other hours from now on."""
    days = sorted(set(weekdays or []))
    try:
        if not days:
            raise Wrong(reading.NO_DAY)
        reading.opening(start, end, days)
    except Wrong as error:
        typed = {"start": start, "end": end, "weekdays": " ".join(map(str, days))}
        return shown(request, session, user, station, now, Told("hours", typed, {"start": error.why}), 422)
    _put(session, user, station, now, calendar.with_hours(_opening(station), start, end, days))
    return back(f"/stations/{station.id}/register#opening")


@router.post("/stations/{station}/register/closures")
def close(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation,
    first: Annotated[str, Form(max_length=40)] = "",
    last: Annotated[str, Form(max_length=40)] = "",
    reason: Annotated[str, Form(max_length=400)] = "",
) -> Response:  # fmt: skip
    """Whole days on which it stays closed; none that has passed."""
    typed = {"first": first, "last": last, "reason": reason}
    field = "first"
    try:
        begins = reading.day(first)
        field = "last"
        ends = reading.day(last) or begins
        field = "reason"
        why = reading.text(100, required=True)(reason)
        field = "first"
        after = calendar.closed(_opening(station), begins, ends, why, local(now).date())
    except Wrong as error:
        return shown(request, session, user, station, now, Told("closure", typed, {field: error.why}), 422)
    _put(session, user, station, now, after)
    return back(f"/stations/{station.id}/register#opening")


@router.post("/stations/{station}/register/closures/end")
def open_again(
    session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation,
    number: Annotated[int, Form(ge=0, le=1000)],
    first: Annotated[str, Form(max_length=40)],
) -> Response:  # fmt: skip
    """Take back a closure that has not begun; end one that has."""
    opening = _opening(station)
    try:
        if number < len(opening.closures) and opening.closures[number].first.isoformat() != first:
            raise Wrong(calendar.NOT_THERE)
        after = calendar.opened_again(opening, number, local(now).date())
    except Wrong as error:
        raise HubError(404 if error.why is calendar.NOT_THERE else 409, error.why) from error
    _put(session, user, station, now, after)
    return back(f"/stations/{station.id}/register#opening")


def _opening(station: Station) -> Opening:
    return Opening.of(station.opening)


def _put(session: Session, user: User, station: Station, now: NowDep, after: Opening) -> None:
    """The station hears of it with its settings."""
    before = _opening(station).filed()
    station.opening = after.filed()
    session.add(station)
    session.flush()
    mark_due(session, [station.id])
    note(session, user, "station.opening", now, station.id, before, dict(station.opening))
