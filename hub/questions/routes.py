"""What rules ask, and the answers of signed-in people: as a page, as JSON, live; one tap an answer."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.sse import EventSourceResponse
from sqlmodel import Session

from hub.accounts.addresses import safe_next
from hub.accounts.tables import User
from hub.errors import HubError
from hub.pages import fragment, render
from hub.questions import store
from hub.questions.asked import Refusal
from hub.questions.models import QuestionList, question_said
from hub.sessions import NowDep, SessionDep
from hub.signed_in import AnswersQuestions, SignedIn
from hub.stations import store as stations
from hub.stations.routes import VisibleStation
from hub.streams import stream
from hub.trail import store as trail
from shared.text import Text

router = APIRouter()
NO_QUESTION = Text("此站点没有这个问题。", "This station has asked no such question.")
STATUSES = {Refusal.CLOSED: 409, Refusal.NO_SUCH_CHOICE: 422}


@router.get("/questions")
def questions_page(request: Request, session: SessionDep, user: SignedIn) -> HTMLResponse:
    """What waits for an answer, the most urgent first; then what was asked last."""
    return render(request, "questions/list.html", **_listed(session, user))


@router.get("/questions/live")
def questions_live(request: Request, user: SignedIn) -> EventSourceResponse:
    """The list, again whenever it changes."""

    def fragments(session: Session, _now: datetime) -> Mapping[str, str]:
        return {"questions": fragment(request, "questions/_list.html", **_listed(session, user))}

    return stream(request, fragments)


@router.post("/stations/{station}/questions/{question}")
def answer(
    session: SessionDep,
    user: AnswersQuestions,
    now: NowDep,
    station: VisibleStation,
    question: Annotated[str, Path(max_length=64)],
    answer: Annotated[str, Form(max_length=64)],
    onward: Annotated[str, Form(max_length=2000)] = "/questions",
) -> Response:
    """Somebody answers. Raises HubError: 404 never asked here, 409 closed, 422 no such choice."""
    asked = store.get(session, station.id, question)
    if asked is None:
        raise HubError(404, NO_QUESTION)
    refused = store.answer(session, asked, answer, user, now, secrets.token_bytes(10))
    if refused is not None:
        raise HubError(STATUSES[refused], refused.value)
    subject = f"question {question}"
    trail.note(session, user.name, user.role, "question.answer", now, station=station.id, subject=subject, new=answer)
    return RedirectResponse(safe_next(onward), status_code=303)


@router.get("/api/questions", tags=["questions"])
def list_questions(session: SessionDep, user: SignedIn) -> QuestionList:
    """What waits for an answer, the most urgent first; then what was asked last."""
    return QuestionList(questions=[question_said(asked) for asked in store.visible(session, user)])


def _listed(session: Session, user: User) -> dict[str, Any]:
    asked = store.visible(session, user)
    named = {one.station for one in asked}
    places = {
        station.id: Text(station.name, station.name_en or station.name)
        for station in stations.of_ids(session, named).values()
    }
    labels = {
        (facility.station, facility.id): Text(facility.label_zh, facility.label_en)
        for facility in stations.facilities_of(session, named)
    }
    return {"asked": asked, "places": places, "labels": labels}
