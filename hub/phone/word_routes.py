"""What a phone at the door may say beside a check-in: how satisfied, and what is broken."""

from collections.abc import Hashable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlmodel import Session

from hub.formats import plain
from hub.phone import bounds, store
from hub.phone.of_request import EntranceDep, KeysDep, Source, SourceDep, Token, form
from hub.phone.page import Sent, done, refused
from hub.phone.reportable import Reportable, chosen
from hub.phone.tokens import Done, FormToken, Receipt
from hub.photos import store as photos
from hub.photos.picture import BadPhoto, developed
from hub.photos.sent import LARGEST_FORM, SentPhoto, content_of
from hub.security import cleans
from hub.sessions import NowDep, SessionDep
from hub.signed_in import Everybody
from shared.facility import Problem
from shared.records import Feedback
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
@cleans("text", "tags")
def feedback(
    request: Request, session: SessionDep, now: NowDep, found: EntranceDep, keys: KeysDep, came: SourceDep,
    lang: Everybody, token: Token,
    score: Annotated[int | None, Form(ge=1, le=4)] = None,
    tags: Annotated[list[Tag], Form(max_length=20)] = [],  # noqa: B006 — FastAPI copies it
    text: Annotated[str, Form(max_length=20 * LONGEST_TEXT)] = "",
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
        if content is not None:
            came.bound("photo", bounds.PHOTOS, came.address)  # before it is looked at, which is what costs
        try:
            kept = None if content is None else _without_its_camera(content)
        except BadPhoto as bad:
            return refused(request, found, keys, now, Sent("feedback", bad.why, typed), given)
        row = None
        if kept is not None:
            row = photos.keep(session, found.id, kept, BY, now)
        answer = Feedback(score=score, tags=chosen_tags, burst=_one_of_many(came, given))
        store.put_feedback(session, given, answer, words, None if row is None else row.id, now)
    return done(keys, Receipt(given, Done.FEEDBACK, now), lang)


@router.post("/c/{station}/fault")
@cleans("fault")
def fault(
    request: Request, session: SessionDep, now: NowDep, found: EntranceDep, keys: KeysDep, came: SourceDep,
    lang: Everybody, token: Token,
    fault: Annotated[str, Form(max_length=130)] = "",
    phone: Annotated[str, Form(pattern=r"^([0-9a-f]{32})?$")] = "",
) -> Response:  # fmt: skip
    """Something is broken: `facility/problem`, one of those the page offers. The same again from the same phone within
    half an hour is not counted again, unless it was put right meanwhile or is danger."""
    said = chosen(found.reportable, fault)
    danger = said is not None and said[1].danger  # which always passes (kiosk.md §8)
    given = form(found, keys, token, came, now, danger)
    if given is None or said is None:
        return refused(request, found, keys, now, Sent("fault", WHAT_BROKE), given)
    what, problem = said
    kind, record = Done.DANGER if danger else Done.FAULT, store.place_of_fault(session, given, what, problem)
    if record and not danger and _said_before(session, given, came, phone, said):
        kind = Done.KNOWN
    elif record:
        if not danger:
            came.bound("faults", bounds.REPORTS, found.id, came.address)
        came.recent.note(_voice(given, phone, fault), came.now)
        store.put_fault(session, given, record, what, problem, now)
    return done(keys, Receipt(given, kind, now), lang)


def _voice(given: FormToken, phone: str, fault: str) -> Hashable:
    return "fault", given.station, phone, fault


def _said_before(
    session: Session, given: FormToken, came: Source, phone: str, said: tuple[Reportable, Problem]
) -> bool:
    """Whether this phone has said so lately, of what was not put right since. One without a number is not known again:
    behind its address stand others.
    """
    what, problem = said
    place = _voice(given, phone, f"{what.subject}/{problem.id}")
    ages = [age for _, age in came.recent.ages(place, came.now, bounds.SAME_REPORT.within_s)] if phone else []
    since = datetime.fromtimestamp(came.now - min(ages), UTC) if ages else None
    return since is not None and not store.put_right_since(session, given.station, what, problem, since)


def _one_of_many(came: Source, given: FormToken) -> bool:
    """Whether this answer is one of a burst. By the code on the wall from anywhere: all of those are one place."""
    place = "face", given.station, "" if given.method == "static" else came.address
    ages = [age for _, age in came.recent.ages(place, came.now, bounds.FACES_WITHIN_S)]
    came.recent.note(place, came.now)
    return bounds.is_burst_of_faces(ages)


def _without_its_camera(content: bytes) -> bytes:
    """A stranger's photo is kept without what the camera wrote along: not even as an original. Raises BadPhoto."""
    return developed(content).shown
