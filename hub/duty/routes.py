"""Who is on duty: the week as a page, and the forms that change it."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.duty import store
from hub.duty.filing import (
    LEVEL_LABELS,
    LEVELS,
    NO_PLACE,
    NO_WEEKDAY,
    Mistake,
    Typed,
    chosen,
    day_of,
    minute_of,
    name_of,
    told,
)
from hub.duty.shown import monday_of, on_duty, week
from hub.duty.tables import DutyChange, DutyRoster, DutyShift
from hub.duty.week import DAY
from hub.errors import HubError
from hub.formats import local
from hub.pages import render
from hub.sessions import NowDep, SessionDep
from hub.signed_in import EditsDuty, SeesDuty
from hub.stations import store as stations
from hub.trail.store import note as note_trail
from shared.text import Text

router = APIRouter()
LARGEST = 2**31 - 1
MOST_ROWS = 400
"""Rows of one roster: eight people round the clock every day at three levels are less."""
Level = Annotated[int, Form(ge=1, le=max(LEVELS))]
Short = Annotated[str, Form(max_length=20)]
NO_ROSTER = Text("没有这个值班表，或您无权查看。", "There is no such roster, or it is not yours to see.")
TAKEN = Text("这里已经有值班表。", "There is a roster for it already.")
NO_STATION = Text("没有这个站点，或您无权查看。", "There is no such station, or it is not yours to see.")
TOO_MANY = Text("这张值班表已经太长。", "This roster is too long already.")


def visible_roster(session: SessionDep, user: SeesDuty, roster: Annotated[int, Path(ge=1, le=LARGEST)]) -> DutyRoster:
    """The roster. Raises HubError 404, the same whether it is absent or not the asker's."""
    found = store.find(session, user, roster)
    if found is None:
        raise HubError(404, NO_ROSTER)
    return found


VisibleRoster = Annotated[DutyRoster, Depends(visible_roster)]


@router.get("/duty")
def duty_page(
    request: Request, session: SessionDep, user: SeesDuty, now: NowDep,
    roster: Annotated[int | None, Query(ge=1, le=LARGEST)] = None,
    week: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:  # fmt: skip
    """The week of one roster; of the first where none is named."""
    if roster is None:
        chosen_one = store.first_of(session, user, store.visible(session, user))
    elif (chosen_one := store.find(session, user, roster)) is None:
        raise HubError(404, NO_ROSTER)
    try:
        day = day_of("week", week) if week else local(now).date()
    except Mistake as mistake:
        raise HubError(422, mistake.why) from mistake
    return _page(request, session, user, chosen_one, day)


@router.post("/duty")
def add_roster(
    request: Request, session: SessionDep, user: EditsDuty, now: NowDep,
    name: Annotated[str, Form(max_length=60)] = "",
    union: Annotated[str, Form(max_length=12)] = "",
    station: Annotated[str, Form(max_length=10)] = "",
) -> Response:  # fmt: skip
    """A roster for a union or for one station."""
    try:
        said = name_of("name", name)
        of_union, of_station = _place(session, user, union, station.strip())
    except Mistake as mistake:
        typed = Typed("roster", {"name": name, "union": union, "station": station}, {mistake.field: mistake.why})
        shown = store.visible(session, user)
        return _page(request, session, user, shown[0] if shown else None, local(now).date(), typed)
    roster = store.add(session, store.new_roster(said, of_union, of_station, now))
    note_trail(
        session, user.name, user.role, "duty.add", now, station=of_station, subject=f"roster {roster.id}", new=said
    )
    return RedirectResponse(f"/duty?roster={roster.id}", status_code=303)


@router.post("/duty/{roster}/waits")
def set_waits(
    session: SessionDep, user: EditsDuty, now: NowDep, roster: VisibleRoster,
    safety_minutes: Annotated[int, Form(ge=1, le=120)],
    high_minutes: Annotated[int, Form(ge=5, le=1440)],
) -> Response:  # fmt: skip
    """After how many minutes without an answer the next level is told."""
    old = f"{roster.safety_minutes} {roster.high_minutes}"
    roster.safety_minutes, roster.high_minutes = safety_minutes, high_minutes
    store.add(session, roster)
    _note(session, user, roster, "duty.waits", now, old=old, new=f"{safety_minutes} {high_minutes}")
    return _back(roster)


@router.post("/duty/{roster}/shifts")
def add_shifts(
    request: Request, session: SessionDep, user: EditsDuty, now: NowDep, roster: VisibleRoster, level: Level,
    weekday: Annotated[list[Annotated[int, Form(ge=0, le=6)]] | None, Form(max_length=7)] = None,
    start: Short = "", end: Short = "", person: Short = "",
) -> Response:  # fmt: skip
    """One person on some weekdays, every week. The same once more changes nothing."""
    try:
        if not weekday:
            raise Mistake("weekday", NO_WEEKDAY)
        times = minute_of("start", start), minute_of("end", end)
        who = chosen("person", person, store.people(session, user, roster))
    except Mistake as mistake:
        values = {"level": level, "weekday": weekday or [], "start": start, "end": end, "person": person}
        typed = Typed("shift", values, {mistake.field: mistake.why})
        return _page(request, session, user, roster, local(now).date(), typed)
    known = store.shifts(session, roster)
    _room(len(known) + len(weekday))
    there = {(one.level, one.weekday, one.start, one.end, one.user) for one in known}
    for day in sorted(set(weekday)):
        if (level, day, *times, who) not in there:
            pattern = {"level": level, "weekday": day, "start": times[0], "end": times[1], "user": who}
            row = store.add(session, DutyShift(roster=store.identity(roster), **pattern))
            _note(session, user, roster, "duty.shift", now, new=store.described(row))
    return _back(roster)


@router.post("/duty/{roster}/shifts/{shift}/remove")
def remove_shift(
    session: SessionDep, user: EditsDuty, now: NowDep, roster: VisibleRoster,
    shift: Annotated[int, Path(ge=1, le=LARGEST)],
) -> Response:  # fmt: skip
    """It holds no more. One that is gone already is gone."""
    if (said := store.remove(session, DutyShift, roster, shift)) is not None:
        _note(session, user, roster, "duty.shift", now, old=said)
    return _back(roster)


@router.post("/duty/{roster}/changes")
def add_change(
    request: Request, session: SessionDep, user: EditsDuty, now: NowDep, roster: VisibleRoster, level: Level,
    day: Short = "", start: Short = "00:00", end: Short = "24:00", person: Short = "",
    note: Annotated[str, Form(max_length=120)] = "",
) -> Response:  # fmt: skip
    """What holds on one day instead of the weekly pattern. `person` is `nobody` on a holiday."""
    try:
        on = day_of("day", day)
        times = minute_of("start", start), minute_of("end", end)
        who = None if person == "nobody" else chosen("person", person, store.people(session, user, roster))
    except Mistake as mistake:
        values = {"level": level, "day": day, "start": start, "end": end, "person": person, "note": note}
        typed = Typed("change", values, {mistake.field: mistake.why})
        return _page(request, session, user, roster, local(now).date(), typed)
    known = store.changes(session, roster)
    _room(len(known) + 1)
    if (level, on, *times, who) not in {(one.level, one.day, one.start, one.end, one.user) for one in known}:
        row = DutyChange(
            roster=store.identity(roster), level=level, day=on, start=times[0], end=times[1], user=who,
            note=" ".join(note.replace("\x00", "").split()),
        )  # fmt: skip
        said = store.described(store.add(session, row))
        _note(session, user, roster, "duty.change", now, new=said, reason=row.note or None)
    return _back(roster, on)


@router.post("/duty/{roster}/changes/{change}/remove")
def remove_change(
    session: SessionDep, user: EditsDuty, now: NowDep, roster: VisibleRoster,
    change: Annotated[int, Path(ge=1, le=LARGEST)],
) -> Response:  # fmt: skip
    """The weekly pattern holds again. One that is gone already is gone."""
    if (said := store.remove(session, DutyChange, roster, change)) is not None:
        _note(session, user, roster, "duty.change", now, old=said)
    return _back(roster)


def _place(session: Session, user: User, union: str, station: str) -> tuple[int | None, str | None]:
    if station:
        if not station.isalnum() or stations.visible(session, user, station) is None:
            raise Mistake("station", NO_STATION)
        place: tuple[int | None, str | None] = None, station
    else:
        offered = {one.id: one for one in store.unions_of(session, user) if one.id is not None}
        if not (union.isascii() and union.isdigit() and int(union) in offered):
            raise Mistake("union", NO_PLACE)
        place = int(union), None
    if store.has_roster(session, *place):
        raise Mistake("station" if station else "union", TAKEN)
    return place


def _room(rows: int) -> None:
    if rows > MOST_ROWS:
        raise HubError(409, TOO_MANY)


def _back(roster: DutyRoster, day: date | None = None) -> Response:
    shown = "" if day is None else f"&week={day}"
    return RedirectResponse(f"/duty?roster={roster.id}{shown}", status_code=303)


def _note(
    session: Session, user: User, roster: DutyRoster, what: str, now: NowDep, *,
    old: str | None = None, new: str | None = None, reason: str | None = None,
) -> None:  # fmt: skip
    subject = f"roster {roster.id}"
    who, role = user.name, user.role
    note_trail(session, who, role, what, now, station=roster.station, subject=subject, old=old, new=new, reason=reason)


def _page(
    request: Request, session: Session, user: User, roster: DutyRoster | None, day: date, typed: Typed | None = None
) -> HTMLResponse:
    now = request.app.state.now()
    editable = may(user.role, Action.EDIT_DUTY)
    people = store.people(session, user, roster) if editable else {}
    context: dict[str, object] = {
        "rosters": store.visible(session, user), "roster": roster, "editable": editable, "people": people,
        "unions": store.unions_of(session, user) if editable else [], "typed": typed or Typed(),
        "LEVELS": LEVELS, "told": told, "LEVEL_LABELS": LEVEL_LABELS, "days": [],
    }  # fmt: skip
    if roster is not None:
        whole = store.load(session, [store.identity(roster)])[store.identity(roster)]
        names = store.names(session, whole.people)
        shifts, changes = store.shifts(session, roster), store.changes(session, roster)
        monday, today = monday_of(day), local(now).date()
        context |= {
            "names": names, "shifts": shifts, "changes": [one for one in changes if one.day >= today - DAY],
            "days": week(whole, names, {(one.level, one.day): one.note for one in changes}, monday, today),
            "on_duty": on_duty(whole, names, now), "monday": monday, "before": monday - 7 * DAY,
            "after": monday + 7 * DAY, "place": store.place_of(session, roster),
        }  # fmt: skip
    return render(request, "duty/duty.html", 422 if typed else 200, **context)
