"""What a phone at the door may say beside a check-in: how satisfied, and what is broken."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from hub.formats import plain
from hub.phone import bounds, store
from hub.phone.of_request import EntranceDep, KeysDep, SourceDep, Token, form
from hub.phone.page import Sent, done, refused
from hub.phone.reportable import chosen
from hub.phone.tokens import Done, Receipt
from hub.photos import store as photos
from hub.photos.picture import BadPhoto, developed
from hub.photos.sent import LARGEST_FORM, SentPhoto, content_of
from hub.sessions import NowDep, SessionDep
from hub.signed_in import Everybody
from shared.settings_message import REASONS
from shared.text import Text

router = APIRouter()
LONGEST_TEXT = 500
BY = "phone"
"""Whose photo it is: nobody's."""
WHICH_FACE = Text("请先点一个表情。", "Tap one of the faces first.")
TOO_LONG = Text(f"最多 {LONGEST_TEXT} 字。", f"At most {LONGEST_TEXT} characters.")
WHAT_BROKE = Text("请选哪里坏了。", "Say what is broken.")
Tag = Annotated[str, Form(max_length=64)]


@router.post("/c/{station}/feedback", max_body_size=LARGEST_FORM)
def feedback(
    request: Request, session: SessionDep, now: NowDep, found: EntranceDep, keys: KeysDep, came: SourceDep,
    lang: Everybody, token: Token,
    score: Annotated[int | None, Form(ge=1, le=4)] = None,
    tags: Annotated[list[Tag], Form(max_length=20)] = [],  # noqa: B006 — FastAPI copies it
    text: Annotated[str, Form(max_length=2 * LONGEST_TEXT)] = "",
    photo: SentPhoto = None,
) -> Response:  # fmt: skip
    """How satisfied, with what not, in words, with one photo; once for a form."""
    given = form(found, keys, token, came, now)
    words, known = plain(text, lines=True), {one.id for one in REASONS}
    chosen_tags = [one.id for one in REASONS if one.id in tags]
    typed = {"score": score, "tags": chosen_tags, "text": words}
    wrong = WHICH_FACE if score is None else TOO_LONG if len(words) > LONGEST_TEXT else None
    if given is None or score is None or wrong is not None or not set(tags) <= known:
        return refused(request, found, keys, now, Sent("feedback", wrong, typed), given)
    if not store.has_feedback(session, given):
        content = content_of(photo)
        try:
            kept = None if content is None else _without_its_camera(content)
        except BadPhoto as bad:
            return refused(request, found, keys, now, Sent("feedback", bad.why, typed), given)
        row = None
        if kept is not None:
            came.bound("photo", bounds.PHOTOS, came.address)
            row = photos.keep(session, found.id, kept, BY, now)
        store.put_feedback(session, given, score, chosen_tags, words, None if row is None else row.id, now)
    return done(keys, Receipt(given, Done.FEEDBACK, now), lang)


@router.post("/c/{station}/fault")
def fault(
    request: Request, session: SessionDep, now: NowDep, found: EntranceDep, keys: KeysDep, came: SourceDep,
    lang: Everybody, token: Token,
    fault: Annotated[str, Form(max_length=130)] = "",
    phone: Annotated[str, Form(pattern=r"^([0-9a-f]{32})?$")] = "",
) -> Response:  # fmt: skip
    """Something is broken: `facility/problem`, one of those the page offers. The same again from the same phone within
    half an hour is not counted again."""
    given, said = form(found, keys, token, came, now), chosen(found.reportable, fault)
    if given is None or said is None:
        return refused(request, found, keys, now, Sent("fault", WHAT_BROKE), given)
    what, problem = said
    same = ("fault", found.id, phone or came.address, fault)
    if not (
        store.has_fault(session, given, what, problem) or came.recent.is_full(same, came.now, bounds.SAME_REPORT)
    ):  # fmt: skip
        came.bound("faults", bounds.REPORTS, found.id, came.address)
        came.recent.note(same, came.now)
        store.put_fault(session, given, what, problem, now)
    kind = Done.DANGER if problem.danger else Done.FAULT
    return done(keys, Receipt(given, kind, now), lang)


def _without_its_camera(content: bytes) -> bytes:
    """A stranger's photo is kept without what the camera wrote along: not even as an original. Raises BadPhoto."""
    return developed(content).shown
