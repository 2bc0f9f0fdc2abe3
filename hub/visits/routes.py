"""Visits: of all stations one may see, and of one; as pages, charts and files."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from hub.accounts.actions import Action, may
from hub.cells import csv_lines
from hub.errors import HubError
from hub.exports import months
from hub.exports.sent import attached
from hub.formats import WEEKDAYS, local
from hub.overview.asking import choices
from hub.pages import render, visitor_of
from hub.security import CHART_POLICY
from hub.sessions import NowDep, SessionDep
from hub.signed_in import EditsStations, SignedIn
from hub.stations.routes import VisibleStation
from hub.trail import store as trail
from hub.visits import forgetting, pages, sheets, store
from hub.visits.asked import AskedDep
from hub.visits.chart import Kind, draw
from hub.visits.of_request import sums_of, year_of
from hub.visits.view import MonthView, month_view
from hub.visits.words import COUNTS
from shared.text import Text

router = APIRouter()
NO_WORDS = Text("没有这条留言。", "There is no such message.")
Flag = Annotated[bool, Query()]


@router.get("/visits")
def visits_page(request: Request, session: SessionDep, user: SignedIn, asked: AskedDep, now: NowDep) -> HTMLResponse:
    """A month of all stations the asker may see, each counted once."""
    store.catch_up(session, now)
    session.commit()
    read, year = sums_of(request, session, user, asked), year_of(request, session, user, asked)
    seen = pages.together(session, read, year, asked, now)
    return render(
        request, "visits/all.html", seen=seen, view=seen.view, asked=asked, COUNTS=COUNTS, spelled=months.spelled,
        weekdays=WEEKDAYS[visitor_of(request).language],
        choices=choices(session, user), address="/visits",
    )  # fmt: skip


@router.get("/visits/chart/{drawing}.svg")
def visits_chart(
    request: Request, session: SessionDep, user: SignedIn, asked: AskedDep, now: NowDep,
    drawing: Annotated[Kind, Path()], wide: Flag = False, dark: Flag = False,
) -> Response:  # fmt: skip
    """One of its charts."""
    read = sums_of(request, session, user, asked)
    return _svg(request, month_view(asked.month, read.tally, local(now).date()), drawing, wide, dark)


@router.get("/visits/export.csv")
def visits_file(request: Request, session: SessionDep, user: SignedIn, asked: AskedDep, now: NowDep) -> Response:
    """Every station with its month, and the sum of all: the sum of the rows above it."""
    store.catch_up(session, now)
    session.commit()
    head, rows = sheets.of_all(session, user, asked, visitor_of(request).language)
    return _csv(head, rows, f"waystation-visits-{months.spelled(asked.month)}.csv")


@router.get("/stations/{station}/visits")
def station_visits_page(
    request: Request, session: SessionDep, user: SignedIn, station: VisibleStation, asked: AskedDep, now: NowDep
) -> HTMLResponse:
    """A month of one station."""
    seen = pages.of_one(session, station, asked, now)
    return render(
        request, "visits/station.html", seen=seen, view=seen.view, asked=asked, station=station, COUNTS=COUNTS,
        spelled=months.spelled, weekdays=WEEKDAYS[visitor_of(request).language],
        address=f"/stations/{station.id}/visits",
        may_forget=may(user.role, Action.EDIT_STATION), keeps=request.app.state.settings.keep_words_days,
    )  # fmt: skip


@router.get("/stations/{station}/visits/chart/{drawing}.svg")
def station_visits_chart(
    request: Request, session: SessionDep, station: VisibleStation, asked: AskedDep, now: NowDep,
    drawing: Annotated[Kind, Path()], wide: Flag = False, dark: Flag = False,
) -> Response:  # fmt: skip
    """One of its charts."""
    return _svg(request, pages.view_of_one(session, station.id, asked, now), drawing, wide, dark)


@router.get("/stations/{station}/visits/export.csv")
def station_visits_file(
    request: Request, session: SessionDep, station: VisibleStation, asked: AskedDep, now: NowDep
) -> Response:
    """Its days and hours."""
    head, rows = sheets.of_one(session, station.id, asked, now, visitor_of(request).language)
    return _csv(head, rows, f"waystation-visits-{station.id}-{months.spelled(asked.month)}.csv")


@router.post("/stations/{station}/visits/{answer}/forget")
def forget_words(
    session: SessionDep, user: EditsStations, station: VisibleStation, now: NowDep,
    answer: Annotated[str, Path(max_length=64)],
) -> RedirectResponse:  # fmt: skip
    """Somebody asks that what they wrote or sent be deleted: text and photo go, that they were (dis)satisfied stays.

    Raises HubError 404 where there is nothing of that kind.
    """
    if not forgetting.forget_words(session, station.id, answer):
        raise HubError(404, NO_WORDS)
    trail.note(session, user.name, user.role, "people.forget", now, station=station.id, subject=answer)
    session.commit()
    return RedirectResponse(f"/stations/{station.id}/visits#words", status_code=303)


def _svg(request: Request, view: MonthView, kind: Kind, wide: bool, dark: bool) -> Response:
    headers = {"Cache-Control": "private, max-age=60", "Vary": "Cookie", "Content-Security-Policy": CHART_POLICY}
    content = draw(view, kind, visitor_of(request).language, wide=wide, dark=dark)
    return Response(content, media_type="image/svg+xml", headers=headers)


def _csv(head: sheets.Head, rows: sheets.Rows, name: str) -> Response:
    return attached(b"".join(csv_lines(head, rows)), "text/csv; charset=utf-8", name)
