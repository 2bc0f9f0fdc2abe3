"""Filling in a form: its page, and what may be done to one line."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from hub.errors import HubError
from hub.inspections import actions, door_code, mark_store, store, wording
from hub.inspections.form_page import Unfit, acted, page
from hub.inspections.of_request import Carried, DoorCode, FormFacts, Key, VisibleInspection
from hub.inspections.refusals import Refusal, Refused
from hub.inspections.scoring import NotInTheRubric, legal
from hub.inspections.tables import Inspection
from hub.inspections.workflow import Look, Reason
from hub.keys import hub_keys
from hub.photos.sent import LARGEST_FORM, SentPhoto, content_of
from hub.sessions import NowDep, SessionDep
from hub.signed_in import Inspects, SeesInspections
from hub.stations import store as stations
from shared.text import Text

router = APIRouter()
NOT_APPLICABLE = "n/a"
NO_PHOTO = Text("没有选择照片。", "No photo was chosen.")
Figure = Annotated[float | None, Form(ge=-1000, le=10_000)]
Digest = Annotated[str | None, Form(pattern="^[0-9a-f]{64}$")]


@router.get("/inspections/{number}")
def form_page(request: Request, session: SessionDep, user: SeesInspections, row: VisibleInspection) -> HTMLResponse:
    """The form."""
    return page(request, session, row, user)


@router.post("/inspections/{number}/arrive")
def arrive(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, facts: FormFacts
) -> Response:
    """Where the inspector's device says they are."""
    deed = facts.deed(user, now)
    return acted(request, session, row, user, "presence", lambda: actions.arrive(session, row, deed))


@router.post("/inspections/{number}/arrive-by-code")
def arrive_by_code(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, facts: FormFacts,
    code: DoorCode = "", seen: Carried = "",
) -> Response:  # fmt: skip
    """The rotating code on the kiosk's screen, typed in; or `seen`, what the phone's page made of a scanned one."""
    deed, keys = facts.deed(user, now), hub_keys(request.app.state.settings.folder)

    def act() -> None:
        station = stations.get(session, row.station)
        found = None if station is None else door_code.found(keys, station, user, code, seen, now)
        if found is None:
            raise Refused(Refusal.CODE_WRONG)
        actions.arrive_by_code(session, row, found, deed)

    return acted(request, session, row, user, "presence", act, code=code)


@router.post("/inspections/{number}/items/{key}/look")
def look(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, key: Key,
    facts: FormFacts, look: Annotated[Look, Form()],
) -> Response:  # fmt: skip
    """The inspector's own look."""
    deed = facts.deed(user, now)
    return acted(request, session, row, user, key, lambda: actions.look(session, row, key, look, deed))


@router.post("/inspections/{number}/items/{key}/reveal")
def reveal(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, key: Key,
    facts: FormFacts,
) -> Response:  # fmt: skip
    """Compute the proposal now, seal it, show it."""
    deed = facts.deed(user, now)
    return acted(request, session, row, user, key, lambda: actions.reveal(session, row, key, deed))


@router.post("/inspections/{number}/items/{key}/decide")
def decide(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, key: Key,
    facts: FormFacts,
    points: Annotated[str, Form(max_length=40)],
    reason: Annotated[Reason | None, Form()] = None,
    note: Annotated[str, Form(max_length=2000)] = "",
) -> Response:  # fmt: skip
    """A person's points."""
    deed = facts.deed(user, now)

    def act() -> None:
        actions.decide(session, row, key, points_meant(row, key, points), reason, note, deed)

    return acted(request, session, row, user, key, act, note=note, reason=reason)


@router.post("/inspections/{number}/items/{key}/finding")
def mark(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, key: Key,
    facts: FormFacts, wanted: Annotated[bool, Form()] = False,
) -> Response:  # fmt: skip
    """Whether the line's note becomes a finding, with owner and deadline, when the form is submitted."""
    deed = facts.deed(user, now)

    def act() -> None:
        if not mark_store.mark(session, row, key, wanted, deed):
            raise Unfit(mark_store.NO_NOTE)

    return acted(request, session, row, user, key, act)


def points_meant(row: Inspection, key: str, points: str) -> int | None:
    """None: not applicable. Raises HubError 422 for a value that is not the line's, and LookupError."""
    rubric = store.rubric_of(row)
    item = rubric.item(key)
    if item is None:
        raise LookupError(f"{row.rubric} has no line {key}")
    if points == NOT_APPLICABLE:
        return None
    try:
        return legal(rubric, key, points)
    except NotInTheRubric as error:
        raise HubError(422, wording.not_a_value(key, item.text, str(error.value), error.allowed)) from error


@router.post("/inspections/{number}/items/{key}/photos", max_body_size=LARGEST_FORM)
def put_photo(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, key: Key,
    facts: FormFacts, photo: SentPhoto = None, digest: Digest = None,
) -> Response:  # fmt: skip
    """A photo of one line. `digest` is the SHA-256 the device made of it."""
    content, deed = content_of(photo), facts.deed(user, now)

    def act() -> None:
        if content is None:
            raise Unfit(NO_PHOTO)
        actions.put_photo(session, row, key, content, deed, digest)

    return acted(request, session, row, user, key, act)


@router.post("/inspections/{number}/items/{key}/test")
def put_test(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, key: Key,
    facts: FormFacts, facility: Annotated[str, Form(max_length=64)] = "",
    cabinet: Figure = None, before: Figure = None, after: Figure = None, seconds: Figure = None, rated: Figure = None,
    room: Figure = None, supply: Figure = None, outlet: Figure = None, sockets: Figure = None, live: Figure = None,
) -> Response:  # fmt: skip
    """The 3-minute test of one line."""
    figures = {
        "cabinet": cabinet, "before": before, "after": after, "seconds": seconds, "rated": rated, "room": room,
        "supply": supply, "outlet": outlet, "sockets": sockets, "live": live,
    }  # fmt: skip
    deed = facts.deed(user, now)

    def act() -> None:
        actions.put_test(session, row, key, facility or None, figures, deed)

    return acted(request, session, row, user, key, act, facility=facility, **figures)
