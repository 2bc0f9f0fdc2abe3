"""The page of one facility: what it is, why, since when, on what evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.sse import EventSourceResponse
from sqlmodel import Session

from hub.health import drawing, report, store
from hub.health.chart import Chart, draw
from hub.health.measures import measure, shown
from hub.health.models import FacilityReport, facility_now, proof_said, spell_said, window_minutes
from hub.health.standing import FacilityStanding
from hub.health.store import FacilityWindow
from hub.health.words import GRADES, MODES, rule_name
from hub.pages import fragment, render, visitor_of
from hub.security import CHART_POLICY
from hub.sessions import NowDep, SessionDep
from hub.stations.routes import VisibleFacility, VisibleStation
from hub.stations.tables import Facility, Station
from hub.streams import stream
from hub.telemetry import store as telemetry
from shared.facility import kinds
from shared.opening import Opening

router = APIRouter()
CHARTED = timedelta(hours=24)
WORDS: dict[str, Any] = {
    "GRADES": GRADES,
    "MODES": MODES,
    "rule_name": rule_name,
    "measure": measure,
    "shown": shown,
}


@dataclass(frozen=True, slots=True)
class FacilityView:
    """Everything the page of one facility shows."""

    station: Station
    facility: Facility
    standing: FacilityStanding
    window: FacilityWindow
    counted: list[report.Counted]


@router.get("/stations/{station}/facilities/{facility}", include_in_schema=False)
def facility_page(
    request: Request, session: SessionDep, station: VisibleStation, facility: VisibleFacility, now: NowDep
) -> HTMLResponse:
    """One facility, as people read it."""
    view = _view(session, station, facility, now)
    kind = kinds().get(facility.kind)
    quantities = drawing.drawn(facility.quantities)
    return render(request, "health/facility.html", view=view, kind=kind, quantities=quantities, **WORDS)


@router.get("/stations/{station}/facilities/{facility}/live", include_in_schema=False)
def facility_live(request: Request, station: VisibleStation, facility: VisibleFacility) -> EventSourceResponse:
    """The parts of the page that change."""

    def fragments(session: Session, now: datetime) -> Mapping[str, str]:
        standing = _standing(session, station, facility, now)
        return {"verdict": fragment(request, "health/_verdict.html", standing=standing, **WORDS)}

    return stream(request, fragments)


@router.get("/stations/{station}/facilities/{facility}/chart.svg", include_in_schema=False)
def facility_chart(
    request: Request,
    session: SessionDep,
    station: VisibleStation,
    facility: VisibleFacility,
    now: NowDep,
    wide: bool = False,
    dark: bool = False,
) -> Response:
    """The last 24 hours."""
    start = now - CHARTED
    spells = store.window(session, station.id, facility.id, start, now)
    names = drawing.drawn(facility.quantities)
    lines = [drawing.line(name, telemetry.series(session, station.id, facility.id, name, start, now)) for name in names]
    limits = drawing.limits(facility.kind, facility.options, _newest_limits(spells), (line.unit for line in lines))
    return svg(request, drawing.chart(start, now, lines, spells.spans, limits), wide, dark)


@router.get("/api/stations/{station}/facilities/{facility}", tags=["stations"])
def read_facility(
    session: SessionDep, station: VisibleStation, facility: VisibleFacility, now: NowDep
) -> FacilityReport:
    """One facility: what it is, and the last 30 days of it, newest first."""
    view = _view(session, station, facility, now)
    return FacilityReport(
        now=facility_now(view.standing),
        windows=[window_minutes(counted.days, counted.minutes) for counted in view.counted],
        spells=[spell_said(row) for row in reversed(view.window.spells)],
        proofs=[proof_said(row) for row in reversed(view.window.proofs)],
    )


def svg(request: Request, chart: Chart, wide: bool, dark: bool) -> Response:
    """A chart as an answer a browser may keep for a minute."""
    return Response(
        draw(chart, visitor_of(request).language, wide=wide, dark=dark),
        media_type="image/svg+xml",
        headers={
            "Cache-Control": "private, max-age=60",
            "Vary": "Cookie",
            "Content-Security-Policy": CHART_POLICY,
        },
    )


def _view(session: Session, station: Station, facility: Facility, now: datetime) -> FacilityView:
    window = store.window(session, station.id, facility.id, now - report.LONGEST, now)
    opening = Opening.model_validate(station.opening)
    counted = report.count(window.hours, window.spans, opening, station.commissioned_at, now)
    return FacilityView(station, facility, _standing(session, station, facility, now), window, counted)


def _standing(session: Session, station: Station, facility: Facility, now: datetime) -> FacilityStanding:
    return next(one for one in store.standing(session, station.id, now) if one.facility == facility.id)


def _newest_limits(window: FacilityWindow) -> Mapping[str, float]:
    """What the last judgement in the window went by."""
    return next((row.limits for row in reversed(window.spells) if row.limits), {})
