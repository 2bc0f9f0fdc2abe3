"""Finishing a form: remark and signatures, submitting, the second look, corrections and versions."""

from base64 import b64decode
from binascii import Error as NotBase64
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from hub.inspections import actions, log_store, store, version_store
from hub.inspections.form_page import AfterSubmit, acted
from hub.inspections.form_routes import points_meant
from hub.inspections.of_request import FormFacts, Key, VisibleInspection
from hub.inspections.signing import Signer
from hub.inspections.workflow import Reason, Verdict
from hub.pages import render
from hub.photos.picture import NO_PHOTO, BadPhoto
from hub.sessions import NowDep, SessionDep
from hub.signed_in import CorrectsInspections, Inspects, ReviewsInspections, SeesInspections

router = APIRouter()
LARGEST_DRAWING = 200_000
"""Characters: a signature of a few hundred pixels is a tenth of it."""
PNG = "data:image/png;base64,"
Name = Annotated[str, Form(max_length=60)]
Words = Annotated[str, Form(max_length=2000)]
Drawing = Annotated[str, Form(max_length=LARGEST_DRAWING)]


@router.post("/inspections/{number}/remark")
def head_remark(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, facts: FormFacts,
    remark: Words = "",
) -> Response:  # fmt: skip
    """What the station head says."""
    deed = facts.deed(user, now)
    act = partial(actions.head_remark, session, row, remark, deed)
    return acted(request, session, row, user, "remark", act, remark=remark)


@router.post("/inspections/{number}/sign")
def sign(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, facts: FormFacts,
    signer: Annotated[Signer, Form()], name: Name = "", drawing: Drawing = "",
) -> Response:  # fmt: skip
    """A name under the form, typed or drawn."""
    deed = facts.deed(user, now)

    def act() -> None:
        actions.sign(session, row, signer, name, _drawn(drawing), deed)

    return acted(request, session, row, user, f"sign-{signer}", act, name=name)


@router.post("/inspections/{number}/refuse-to-sign")
def refuse_to_sign(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, facts: FormFacts,
    name: Name = "", reason: Words = "",
) -> Response:  # fmt: skip
    """The station head does not sign, and why."""
    act = partial(actions.refuse_to_sign, session, row, name, reason, facts.deed(user, now))
    return acted(request, session, row, user, "sign-head", act, name=name, reason=reason)


def _drawn(drawing: str) -> bytes | None:
    """The picture a canvas gives; None: nothing was drawn. Raises BadPhoto."""
    if not drawing:
        return None
    if not drawing.startswith(PNG):
        raise BadPhoto(NO_PHOTO)
    try:
        return b64decode(drawing.removeprefix(PNG), validate=True)
    except NotBase64 as error:
        raise BadPhoto(NO_PHOTO) from error


@router.post("/inspections/{number}/submit")
def submit(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, row: VisibleInspection, facts: FormFacts
) -> Response:
    """The form is closed and waits for the second look."""
    after_submit: AfterSubmit = request.app.state.after_submit

    def act() -> None:
        actions.submit(session, row, facts.deed(user, now))
        after_submit(session, row, user, now)

    return acted(request, session, row, user, "sum", act)


@router.post("/inspections/{number}/review")
def review(
    request: Request, session: SessionDep, now: NowDep, user: ReviewsInspections, row: VisibleInspection,
    facts: FormFacts, verdict: Annotated[Verdict, Form()], reason: Words = "",
) -> Response:  # fmt: skip
    """The second look."""
    act = partial(actions.review, session, row, verdict, reason, facts.deed(user, now))
    return acted(request, session, row, user, "review", act, reason=reason)


@router.post("/inspections/{number}/items/{key}/correct")
def correct(
    request: Request, session: SessionDep, now: NowDep, user: CorrectsInspections, row: VisibleInspection, key: Key,
    facts: FormFacts, points: Annotated[str, Form(max_length=40)], why: Words = "",
    reason: Annotated[Reason | None, Form()] = None, note: Words = "",
) -> Response:  # fmt: skip
    """Other points on a closed form: for whoever filled it in, and for reviewers."""
    deed = facts.deed(user, now)
    after_submit: AfterSubmit = request.app.state.after_submit

    def act() -> None:
        actions.correct(session, row, key, points_meant(row, key, points), reason, note, why, deed)
        after_submit(session, row, user, now)

    return acted(request, session, row, user, key, act, why=why, note=note, reason=reason)


@router.get("/inspections/{number}/versions")
def versions_page(
    request: Request, session: SessionDep, _user: SeesInspections, row: VisibleInspection
) -> HTMLResponse:
    """Every version of the form, each with what changed, by whom and why."""
    return render(
        request, "inspections/versions.html", head=store.head_of(row), rubric=store.rubric_of(row),
        versions=version_store.versions(session, row),
        steps=[step for step in log_store.trail(session, row) if step.what in STEPS],
    )  # fmt: skip


STEPS = ("submit", "return", "confirm", "correct")
"""What versions are told of."""
