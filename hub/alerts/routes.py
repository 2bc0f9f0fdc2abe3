"""The list of alerts and the page of one: as pages, as JSON, and live."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.sse import EventSourceResponse
from sqlmodel import Session

from hub.accounts.tables import User
from hub.alerts import store
from hub.alerts.models import AlertList, AlertSaid, alert_said
from hub.alerts.tables import Alert
from hub.errors import HubError
from hub.health import drawing, present
from hub.health import store as health
from hub.health.measures import measure, shown
from hub.health.routes import svg
from hub.health.standing import FacilityStanding
from hub.health.tables import SpellRow
from hub.health.thresholds import LIMITS
from hub.health.words import GRADES, SEVERITIES, rule_name
from hub.pages import fragment, render
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SignedIn, WorksOnAlerts
from hub.stations import store as stations
from hub.stations.tables import Facility, Station
from hub.streams import stream
from hub.telemetry import store as telemetry
from shared.text import Text

router = APIRouter()
WORDS: dict[str, Any] = {
    "GRADES": GRADES,
    "SEVERITIES": SEVERITIES,
    "rule_name": rule_name,
    "LIMITS": LIMITS,
    "measure": measure,
    "shown": shown,
}
LARGEST_ID = 2**31 - 1
LISTED = 200
"""Open alerts on the page: nobody reads more of them than these, the loudest."""


@dataclass(frozen=True, slots=True)
class AlertView:
    """One alert with what it is about."""

    alert: Alert
    station: Station
    facility: Facility | None
    """None: the station itself, or a facility that has been removed."""
    spell: SpellRow | None
    """None: it rests on silence."""
    standing: FacilityStanding | None
    """What the facility is now. None: as facility."""


def visible_alert(
    user: SignedIn, session: SessionDep, alert: Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[1])]
) -> Alert:
    """The alert. Raises HubError 404, the same whether it is absent or of a station that is not the asker's."""
    found = store.get(session, alert)
    if found is None or stations.visible(session, user, found.station) is None:
        raise HubError(404, Text(f"没有报警 {alert}。", f"There is no alert {alert}."))
    return found


VisibleAlert = Annotated[Alert, Depends(visible_alert)]


@router.get("/alerts")
def alerts_page(request: Request, session: SessionDep, user: SignedIn) -> HTMLResponse:
    """Open alerts, the loudest first; then those closed last."""
    return render(request, "alerts/list.html", **_lists(session, user))


@router.get("/alerts/live")
def alerts_live(request: Request, user: SignedIn) -> EventSourceResponse:
    """The list, again whenever it changes."""

    def fragments(session: Session, _now: datetime) -> Mapping[str, str]:
        return {"alerts": fragment(request, "alerts/_list.html", **_lists(session, user))}

    return stream(request, fragments)


@router.get("/alerts/{alert}")
def alert_page(request: Request, session: SessionDep, alert: VisibleAlert, now: NowDep) -> HTMLResponse:
    """One alert: where, what, why, since when."""
    view = _view(session, alert, now)
    quantities = drawing.drawn(view.facility.quantities) if view.facility else []
    return render(request, "alerts/alert.html", view=view, quantities=quantities, **WORDS)


@router.post("/alerts/{alert}/acknowledge")
def acknowledge(session: SessionDep, user: WorksOnAlerts, alert: VisibleAlert, now: NowDep) -> Response:
    """Somebody looks after it."""
    store.acknowledge(session, alert, user.name, now)
    return RedirectResponse(f"/alerts/{alert.id}", status_code=303)


@router.get("/alerts/{alert}/chart.svg")
def alert_chart(
    request: Request,
    session: SessionDep,
    alert: VisibleAlert,
    now: NowDep,
    wide: bool = False,
    dark: bool = False,
) -> Response:
    """From before the first symptom, with the spell's own evidence where it has some."""
    view = _view(session, alert, now)
    if view.facility is None:
        raise HubError(404, Text("此报警没有图。", "This alert has no chart."))
    start, end = drawing.around(alert.first_symptom_at, alert.closed_at or now)
    traces = [drawing.trace_points(trace) for trace in view.spell.traces] if view.spell else []
    lines = [
        drawing.line(name, telemetry.series(session, alert.station, view.facility.id, name, start, end), traces)
        for name in drawing.drawn(view.facility.quantities)
    ]
    spans = health.window(session, alert.station, view.facility.id, start, end).spans
    limits = drawing.limits(
        view.facility.kind,
        view.facility.options,
        view.spell.limits if view.spell else {},
        (line.unit for line in lines),
    )
    return svg(request, drawing.chart(start, end, lines, spans, limits, alert.first_symptom_at), wide, dark)


@router.get("/api/alerts", tags=["alerts"])
def list_alerts(session: SessionDep, user: SignedIn) -> AlertList:
    """Open alerts, the loudest first, two hundred at most; then those closed last."""
    seen = stations.ids_seen_by(user)
    return AlertList(
        open=[alert_said(row) for row in store.open_alerts(session, seen, LISTED)],
        closed=[alert_said(row) for row in store.closed_alerts(session, seen)],
    )


@router.get("/api/alerts/{alert}", tags=["alerts"])
def read_alert(alert: VisibleAlert) -> AlertSaid:
    """One alert."""
    return alert_said(alert)


def _lists(session: Session, user: User) -> dict[str, Any]:
    seen = stations.ids_seen_by(user)
    opened = store.open_alerts(session, seen, LISTED)
    closed = store.closed_alerts(session, seen)
    named = {alert.station for alert in (*opened, *closed)}
    labels: dict[tuple[str, str | None], Text] = {
        (facility.station, facility.id): Text(facility.label_zh, facility.label_en)
        for facility in stations.facilities_of(session, named)
    }
    return {
        "opened": opened,
        "number": len(opened) if len(opened) < LISTED else store.open_count(session, seen),
        "closed": closed,
        "places": stations.of_ids(session, named),
        "labels": labels,
        **WORDS,
    }


def _view(session: Session, alert: Alert, now: datetime) -> AlertView:
    station = stations.get(session, alert.station)
    if station is None:
        raise HubError(404, Text("站点已不存在。", "The station is gone."))
    facility = next((one for one in stations.facilities(session, station.id) if one.id == alert.facility), None)
    standing = next((one for one in present.standing(session, station.id, now) if one.facility == alert.facility), None)
    spell = None if alert.spell is None else health.spell(session, alert.spell)
    return AlertView(alert, station, facility, spell, standing)
