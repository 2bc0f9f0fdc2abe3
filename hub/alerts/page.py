"""The page of one alert and its live pieces: read, and made into HTML; also again with what was wrong in a form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Path, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.alerts import people, store
from hub.alerts.board import sees_hub
from hub.alerts.events import LABELS
from hub.alerts.inhibition import REASONS
from hub.alerts.tables import HUB, Alert
from hub.alerts.view import AlertView, proof_words, view
from hub.errors import HubError
from hub.health import drawing
from hub.health.measures import measure
from hub.health.measures import shown as shown_value
from hub.health.thresholds import LIMITS
from hub.health.words import GRADES, SEVERITIES, rule_name
from hub.pages import fragment, render
from hub.sessions import SessionDep
from hub.shelf import Shelf
from hub.signed_in import SignedIn
from hub.stations import store as stations
from hub.stations.words import STAFFING_LABELS
from shared.envelope import LiveFacility
from shared.text import Text

LARGEST_ID = 2**31 - 1
Look = Callable[[str, str], LiveFacility | None]
"""What a station says of a facility right now, by both."""
LOOKED_EVERY_S = 5.0
"""At what a station says is live, however many look."""
SOON = timedelta(hours=4)
"""What the field of a promise offers."""
WORDS: dict[str, Any] = {
    "GRADES": GRADES,
    "SEVERITIES": SEVERITIES,
    "rule_name": rule_name,
    "LIMITS": LIMITS,
    "measure": measure,
    "shown": shown_value,
    "EVENTS": {str(what): label for what, label in LABELS.items()},
    "REASONS": {str(reason): text for reason, text in REASONS.items()},
    "proof_words": proof_words,
    "STAFFING": {str(one): label for one, label in STAFFING_LABELS.items()},
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was sent and could not be taken."""

    form: str
    place: str
    """The field."""
    why: Text
    typed: Mapping[str, str] = field(default_factory=dict)


def visible_alert(
    user: SignedIn, session: SessionDep, alert: Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[1])]
) -> Alert:
    """The alert. Raises HubError 404, the same whether it is absent or of a station that is not the asker's."""
    found = store.get(session, alert)
    if found is not None:
        hub_itself = found.station == HUB and sees_hub(user)
        if hub_itself or stations.visible(session, user, found.station) is not None:
            return found
    raise HubError(404, Text(f"没有报警 {alert}。", f"There is no alert {alert}."))


VisibleAlert = Annotated[Alert, Depends(visible_alert)]


def shown(
    request: Request, session: Session, user: User, alert: Alert, now: datetime, refused: Refused | None = None
) -> HTMLResponse:
    """The page; with `refused` again, what was typed in its field and the reason beside it."""
    found = view(session, alert, now, live_of(request, alert))
    works = may(user.role, Action.WORK_ON_ALERTS)
    return render(
        request,
        "alerts/alert.html",
        200 if refused is None else 422,
        refused=refused,
        quantities=drawing.drawn(found.facility.quantities) if found.facility else [],
        people=people.repairers(session, alert.station, now) if works and alert.closed_at is None else [],
        soon=now + SOON,
        **_context(user, found),
    )


def fragments(request: Request, session: Session, user: User, alert: Alert, now: datetime) -> Mapping[str, str]:
    """The parts that change by themselves."""
    context = _context(user, view(session, alert, now, live_of(request, alert)))
    return {part: fragment(request, f"alerts/_{part}.html", **context) for part in ("now", "proof", "events")}


def live_of(request: Request, alert: Alert) -> LiveFacility | None:
    """What the station says of the facility now. None: the alert is over, of no facility, or it is not to be had."""
    look: Look | None = request.app.state.live
    if look is None or alert.facility is None or alert.closed_at is not None:
        return None
    station, facility = alert.station, alert.facility
    shelf: Shelf = request.app.state.shelf
    return shelf.get(("live", station, facility), LOOKED_EVERY_S, lambda: look(station, facility))


def _context(user: User, found: AlertView) -> dict[str, Any]:
    return {
        "view": found,
        "works": may(user.role, Action.WORK_ON_ALERTS),
        "answers": may(user.role, Action.ANSWER_QUESTIONS),
        "replaces": may(user.role, Action.REPLACE_UNIT),
        "files": may(user.role, Action.FILE_MAINTENANCE),
        "me": user.name,
        **WORDS,
    }
