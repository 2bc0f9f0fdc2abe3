"""The form as a page: the sheet, what stands beside its lines, and what this user may do with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.errors import HubError
from hub.inspections import assignment_store as assignments
from hub.inspections import attachment_store as attachments
from hub.inspections import earlier_store, log_store, mark_store, store
from hub.inspections.log_store import identity
from hub.inspections.of_request import NO_LINE
from hub.inspections.presence import PRESENCES
from hub.inspections.purposes import PURPOSES
from hub.inspections.refusals import Refusal, Refused
from hub.inspections.signing import SIGNERS, missing
from hub.inspections.tables import Inspection
from hub.inspections.three_minutes import BadFigure
from hub.inspections.workflow import LOOKS, REASONS
from hub.pages import render, wants_json
from hub.photos.picture import BadPhoto
from hub.stations import store as stations
from shared.text import Text

UNPROCESSABLE = frozenset(
    {
        Refusal.REASON_MISSING, Refusal.NOTE_MISSING, Refusal.WORDS_MISSING, Refusal.NAME_MISSING,
        Refusal.PLACE_MISSING, Refusal.CODE_WRONG, Refusal.WHICH_FACILITY,
    }
)  # fmt: skip
"""What was sent is not enough; the others come at the wrong time."""
FORBIDDEN = frozenset({Refusal.NOT_ASSIGNED, Refusal.OWN_WORK})

OpenFindings = Callable[[Session, str], Mapping[str, Sequence[Text]]]
"""Of a station, by the line they came from: what is found and not closed yet."""


BesideForm = Callable[[Request, Session, Inspection, User], str]
"""A piece of the form's page that another concept makes, as HTML; empty where it has nothing to say."""


AfterSubmit = Callable[[Session, Inspection, User, datetime], object]
"""What follows from a form that was just submitted or corrected, in the same transaction."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody typed that was refused: the form shows it again."""

    at: str | None = None
    """The line, or the part of the form. None: the form as a whole."""
    refused: Text | None = None
    typed: Mapping[str, str] = field(default_factory=dict)


class Unfit(Exception):
    """What was sent cannot be used; says why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def acted(
    request: Request, session: Session, row: Inspection, user: User, at: str, act: Callable[[], object], **typed: object
) -> Response:
    """Do it, and back to its place on the form. What is refused becomes the form again, with the reason at that place
    and what was typed; a program is told. Raises HubError 404 for a line the form does not have."""
    try:
        act()
    except Refused as refused:
        status = 422 if refused.refusal in UNPROCESSABLE else 403 if refused.refusal in FORBIDDEN else 409
        why = refused.text
    except (BadPhoto, BadFigure, Unfit) as unfit:
        status, why = 422, unfit.why
    except LookupError as error:
        raise HubError(404, NO_LINE) from error
    else:
        return RedirectResponse(f"/inspections/{identity(row)}#{at}", status_code=303)
    session.rollback()
    if wants_json(request):
        raise HubError(status, why)
    said = {name: "" if value is None else str(value) for name, value in typed.items()}
    return page(request, session, row, user, status, Sent(at, why, said))


def page(
    request: Request, session: Session, row: Inspection, user: User, status: int = 200, sent: Sent | None = None
) -> HTMLResponse:
    """The form for this user."""
    sheet = store.sheet(session, row)
    inspects, mine, opened = may(user.role, Action.INSPECT), store.may_fill(session, row, user), store.is_open(row)
    reviews = may(user.role, Action.REVIEW_INSPECTIONS)
    hands = log_store.hands(session, row) if reviews and not opened else set()
    outside = user.role == Role.THIRD_PARTY
    signatures = attachments.signatures_of(session, identity(row))
    open_findings: OpenFindings = request.app.state.open_findings
    station = stations.get(session, row.station)
    now = request.app.state.now()
    return render(
        request, "inspections/form.html", status, sheet=sheet, LOOKS=LOOKS, REASONS=REASONS, PURPOSES=PURPOSES,
        PRESENCES=PRESENCES, SIGNERS=SIGNERS, sent=sent or Sent(),
        may_answer=inspects and mine and opened,
        may_review=reviews and not opened and row.confirmed_at is None and user.name not in hands,
        own_work=reviews and not opened and row.confirmed_at is None and user.name in hands,
        may_correct=not opened and ((inspects and mine) or reviews),
        people=assignments.names(session, [row.assignment]).get(row.assignment, ()) if row.assignment else (),
        signatures=signatures, unsigned=missing(signatures),
        earlier={} if outside else earlier_store.last_time(session, row),
        findings={} if outside else open_findings(session, row.station),
        check_ins=earlier_store.check_ins(session, row, now),
        area_m2=getattr(station, "area_m2", None),
        located=station is not None and station.latitude is not None,
        facilities=stations.facilities(session, row.station), marked=mark_store.marks(session, row),
        beside=Markup(request.app.state.beside_form(request, session, row, user)),  # noqa: S704 — a template made it
    )  # fmt: skip
