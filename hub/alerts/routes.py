"""The list of alerts and the page of one: as pages, as JSON, and live."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.sse import EventSourceResponse
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.alerts import journal, page, store
from hub.alerts.board import LISTED, Filter, Loud, Who, board, seen
from hub.alerts.inhibition import REASONS
from hub.alerts.models import AlertList, AlertStory, alert_said, story
from hub.alerts.page import LARGEST_ID, VisibleAlert
from hub.errors import HubError
from hub.feedback import store as feedback
from hub.health import drawing
from hub.health import store as health
from hub.health.routes import svg
from hub.health.words import SEVERITIES
from hub.pages import fragment, render
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SignedIn
from hub.stations import store as stations
from hub.streams import stream
from hub.telemetry import store as telemetry
from hub.unions import store as unions
from shared.text import Text

router = APIRouter()
NumberOfUnion = Annotated[int | None, Query(ge=1, le=LARGEST_ID)]


@router.get("/alerts")
def alerts_page(
    request: Request,
    session: SessionDep,
    user: SignedIn,
    now: NowDep,
    who: Who = "",
    severity: Loud = "",
    union: Annotated[str, Query(max_length=20, pattern=r"^[0-9]*$")] = "",
) -> HTMLResponse:
    """Open alerts, the loudest first; then those resolved and closed last."""
    wanted = Filter(who, severity, _number(union))
    return render(
        request,
        "alerts/list.html",
        wanted=wanted,
        unions=unions.all_unions(session),
        sees_numbers=may(user.role, Action.SEE_ALERT_NUMBERS),
        **_listed(session, user, wanted, now),
    )


@router.get("/alerts/live")
def alerts_live(
    request: Request,
    user: SignedIn,
    who: Who = "",
    severity: Loud = "",
    union: NumberOfUnion = None,
) -> EventSourceResponse:
    """The list, again whenever it changes."""

    def fragments(session: Session, now: datetime) -> Mapping[str, str]:
        shown = _listed(session, user, Filter(who, severity, union), now)
        return {"alerts": fragment(request, "alerts/_list.html", **shown)}

    return stream(request, fragments)


@router.get("/alerts/{alert}")
def alert_page(request: Request, session: SessionDep, user: SignedIn, alert: VisibleAlert, now: NowDep) -> HTMLResponse:
    """One alert: where, what, why, since when, what to bring, and what will prove the repair."""
    return page.shown(request, session, user, alert, now)


@router.get("/alerts/{alert}/live")
def alert_live(request: Request, user: SignedIn, alert: VisibleAlert) -> EventSourceResponse:
    """The parts of the page that change."""
    number = alert.id or 0

    def fragments(session: Session, now: datetime) -> Mapping[str, str]:
        fresh = store.get(session, number)
        return {} if fresh is None else page.fragments(request, session, user, fresh, now)

    return stream(request, fragments)


@router.get("/alerts/{alert}/chart.svg")
def alert_chart(
    request: Request,
    session: SessionDep,
    _user: SignedIn,
    alert: VisibleAlert,
    now: NowDep,
    wide: bool = False,
    dark: bool = False,
) -> Response:
    """From before the first symptom, with the spell's own evidence where it has some."""
    there = stations.facilities(session, alert.station)
    facility = next((one for one in there if one.id == alert.facility), None)
    if facility is None:
        raise HubError(404, Text("此报警没有图。", "This alert has no chart."))
    spell = None if alert.spell is None else health.spell(session, alert.spell)
    start, end = drawing.around(alert.first_symptom_at, alert.resolved_at or alert.closed_at or now)
    traces = [drawing.trace_points(trace) for trace in spell.traces] if spell else []
    lines = [
        drawing.line(name, telemetry.series(session, alert.station, facility.id, name, start, end), traces)
        for name in drawing.drawn(facility.quantities)
    ]
    spans = health.window(session, alert.station, facility.id, start, end).spans
    limits = drawing.limits(
        facility.kind, facility.options, spell.limits if spell else {}, (line.unit for line in lines)
    )
    return svg(request, drawing.chart(start, end, lines, spans, limits, alert.first_symptom_at), wide, dark)


@router.get("/api/alerts", tags=["alerts"])
def list_alerts(session: SessionDep, user: SignedIn) -> AlertList:
    """Open alerts, the loudest first, two hundred at most; those resolved within a day; then those closed last."""
    ids = seen(user)
    return AlertList(
        open=[alert_said(row) for row in store.open_alerts(session, ids, LISTED)],
        resolved=[alert_said(row) for row in store.resolved_alerts(session, ids)],
        closed=[alert_said(row) for row in store.closed_alerts(session, ids)],
    )


@router.get("/api/alerts/{alert}", tags=["alerts"])
def read_alert(session: SessionDep, _user: SignedIn, alert: VisibleAlert) -> AlertStory:
    """One alert, with everything that happened to it."""
    number = alert.id or 0
    told = feedback.reports_of(session, [number]).get(number, [])
    return story(alert, list(journal.of_alert(session, number)), [one.method for one in told if not one.retracted])


def _number(text: str) -> int | None:
    return int(text) if text and 1 <= int(text) <= LARGEST_ID else None


def _listed(session: Session, user: User, wanted: Filter, now: datetime) -> dict[str, Any]:
    found = board(session, user, wanted, now)
    held = [alert for some in found.held.values() for alert in some]
    named = {alert.station for alert in (*found.open, *held, *found.resolved, *found.closed)}
    labels: dict[tuple[str, str | None], Text] = {
        (facility.station, facility.id): Text(facility.label_zh, facility.label_en)
        for facility in stations.facilities_of(session, named)
    }
    places = stations.of_ids(session, named)
    reasons = {str(reason): text for reason, text in REASONS.items()}
    return {"board": found, "places": places, "labels": labels, "SEVERITIES": SEVERITIES, "REASONS": reasons}
