"""The page of one facility: what it is, why, since when, on what evidence, by which limits; and its unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.sse import EventSourceResponse
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.feedback import store as feedback
from hub.health import drawing, present, profiles, report, store
from hub.health.chart import Chart, draw
from hub.health.measures import measure, shown
from hub.health.models import (
    FacilityReport,
    facility_now,
    profile_said,
    proof_said,
    report_said,
    spell_said,
    unit_said,
    window_minutes,
)
from hub.health.profiles import Judging
from hub.health.resolving import resolving
from hub.health.said import PeopleSay, of_facility
from hub.health.standing import FacilityStanding
from hub.health.store import FacilityWindow
from hub.health.words import GRADES, MODES, rule_name
from hub.pages import fragment, render, visitor_of
from hub.questions import store as questions
from hub.questions.asked import Asked
from hub.questions.models import question_said
from hub.security import CHART_POLICY
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SignedIn
from hub.stations import store as stations
from hub.stations.routes import VisibleFacility, VisibleStation
from hub.stations.tables import Facility, Station, UnitRow
from hub.streams import stream
from hub.telemetry import store as telemetry
from shared.facility import kinds
from shared.opening import Opening
from shared.text import Text

router = APIRouter()
Days = Literal["1", "7", "30"]
STEPS: dict[Days, timedelta] = {"1": drawing.QUARTER, "7": timedelta(hours=1), "30": timedelta(hours=4)}
"""How finely each stretch is drawn."""
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
    questions: list[Asked]
    judging: Judging | None
    """By which limits. None: the station has not said."""
    people: PeopleSay
    unit: UnitRow | None
    """The machine standing there, as somebody said on this page. None: nobody has."""

    @property
    def resolving(self) -> Text | None:
        """What would make it known. None: it is not unknown."""
        return resolving(self.standing, any(asked.waiting for asked in self.questions))


@router.get("/stations/{station}/facilities/{facility}")
def facility_page(
    request: Request,
    session: SessionDep,
    user: SignedIn,
    station: VisibleStation,
    facility: VisibleFacility,
    now: NowDep,
    days: Days = "1",
) -> HTMLResponse:
    """One facility, as people read it."""
    return render(
        request,
        "health/facility.html",
        view=_view(session, station, facility, now),
        kind=kinds().get(facility.kind),
        quantities=drawing.drawn(facility.quantities),
        days=days,
        may_say_unit=may(user.role, Action.REPLACE_UNIT),
        **WORDS,
    )


@router.get("/stations/{station}/facilities/{facility}/live")
def facility_live(request: Request, station: VisibleStation, facility: VisibleFacility) -> EventSourceResponse:
    """The parts of the page that change."""

    def fragments(session: Session, now: datetime) -> Mapping[str, str]:
        view = _view(session, station, facility, now)
        return {
            part: fragment(request, f"health/_{part}.html", view=view, **WORDS) for part in ("verdict", "questions")
        }

    return stream(request, fragments)


@router.get("/stations/{station}/facilities/{facility}/chart.svg")
def facility_chart(
    request: Request,
    session: SessionDep,
    station: VisibleStation,
    facility: VisibleFacility,
    now: NowDep,
    wide: bool = False,
    dark: bool = False,
    days: Annotated[Days, Query()] = "1",
) -> Response:
    """The last days, up to now."""
    start, step = now - timedelta(days=int(days)), STEPS[days]
    spells = store.window(session, station.id, facility.id, start, now)
    told = store.profile(session, station.id, facility.id)
    lines = [
        drawing.line(
            name, drawing.folded(telemetry.series(session, station.id, facility.id, name, start, now), step), step=step
        )
        for name in drawing.drawn(facility.quantities)
    ]
    limits = drawing.limits(
        facility.kind,
        facility.options,
        _newest_limits(spells),
        (line.unit for line in lines),
        None if told is None else profiles.values(told.thresholds),
    )
    return svg(request, drawing.chart(start, now, lines, spells.spans, limits), wide, dark)


@router.get("/api/stations/{station}/facilities/{facility}", tags=["stations"])
def read_facility(
    session: SessionDep, station: VisibleStation, facility: VisibleFacility, now: NowDep
) -> FacilityReport:
    """One facility: what it is, and the last 30 days of it, newest first."""
    view = _view(session, station, facility, now)
    told = store.profile(session, station.id, facility.id)
    return FacilityReport(
        now=facility_now(view.standing),
        windows=[window_minutes(counted.days, counted.minutes) for counted in view.counted],
        spells=[spell_said(row) for row in reversed(view.window.spells)],
        proofs=[proof_said(row) for row in reversed(view.window.proofs)],
        reports=[report_said(one) for one in view.people.reports],
        questions=[question_said(asked) for asked in view.questions],
        unit=None if view.unit is None else unit_said(view.unit),
        profile=None if told is None else profile_said(told),
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
    since = now - report.LONGEST
    window = store.window(session, station.id, facility.id, since, now)
    opening = Opening.of(station.opening)
    counted = report.count(window.hours, window.spans, opening, station.commissioned_at, now)
    return FacilityView(
        station,
        facility,
        next(one for one in present.standing(session, station.id, now) if one.facility == facility.id),
        window,
        counted,
        questions.about(session, station.id, facility.id, since),
        _judging(session, facility, window),
        of_facility(
            facility.id,
            kinds().get(facility.kind),
            feedback.fault_reports(session, station.id, since, now),
            feedback.feedback(session, station.id, since, now),
        ),
        stations.unit(session, facility),
    )


def _judging(session: Session, facility: Facility, window: FacilityWindow) -> Judging | None:
    told = store.profile(session, facility.station, facility.id)
    if told is None:
        return None
    deciding = {name for row in window.spells if row.until is None for name in row.limits}
    return profiles.judging(told.thresholds, told.baselines, told.unit, told.learning_since, told.at, deciding)


def _newest_limits(window: FacilityWindow) -> Mapping[str, float]:
    """What the last judgement in the window went by."""
    return next((row.limits for row in reversed(window.spells) if row.limits), {})
