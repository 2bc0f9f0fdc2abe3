"""Who is asking: recognised by a cookie, checked on every request, before any route runs."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from hub.accounts import store
from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.errors import HubError
from hub.pages import Visitor, cookie_language, visitor_of
from hub.security import CSRF_COOKIE, SESSION_COOKIE, check_form
from hub.sessions import NowDep, SessionDep
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Asker:
    """The user behind a request; None is a stranger."""

    user: User | None


def recognise(request: Request, session: SessionDep, now: NowDep) -> Asker:
    """Look the cookie up and note for the pages who asks. Never refuses."""
    token = request.cookies.get(SESSION_COOKIE)
    found = store.find_session(session, token, now) if token else None
    if found is None:
        csrf = request.cookies.get(CSRF_COOKIE, "")
        request.state.visitor = Visitor(name=None, role=None, language=cookie_language(request), csrf=csrf)
        return Asker(None)
    user, row = found
    request.state.visitor = Visitor(user.name, user.role, "en" if user.language == "en" else "zh", row.csrf)
    return Asker(user)


AskerDep = Annotated[Asker, Depends(recognise, scope="function")]


async def checked(request: Request) -> None:
    """After `recognise`: a form is from this visitor, or HubError 403."""
    await check_form(request, visitor_of(request))


GUARDS = (Depends(recognise, scope="function"), Depends(checked))
"""On every router, in this order: whoever asks is recognised, and every form is checked."""


def signed_in(asker: AskerDep) -> User:
    """The user. Raises HubError 401 for a stranger: a page then leads to the sign-in, the API says so."""
    if asker.user is None:
        raise HubError(401, Text("请先登录。", "Please sign in first."))
    return asker.user


class Needs:
    """A route's dependency: the user, where their role allows the action. Raises HubError 401 and 403.

    What a route needs is found again in its dependencies, so that a test can go over every route.
    """

    def __init__(self, action: Action) -> None:
        self.action = action

    def __call__(self, user: Annotated[User, Depends(signed_in)]) -> User:
        if not may(user.role, self.action):
            raise HubError(403, Text("您的角色不能做这件事。", "Your role may not do this."))
        return user


SignedIn = Annotated[User, Depends(Needs(Action.SEE))]
AnswersQuestions = Annotated[User, Depends(Needs(Action.ANSWER_QUESTIONS))]
EditsStations = Annotated[User, Depends(Needs(Action.EDIT_STATION))]
KeepsStation = Annotated[User, Depends(Needs(Action.KEEP_STATION))]
ReplacesUnits = Annotated[User, Depends(Needs(Action.REPLACE_UNIT))]
WorksOnAlerts = Annotated[User, Depends(Needs(Action.WORK_ON_ALERTS))]
SeesAlertNumbers = Annotated[User, Depends(Needs(Action.SEE_ALERT_NUMBERS))]
EditsDuty = Annotated[User, Depends(Needs(Action.EDIT_DUTY))]
CorrectsInspections = Annotated[User, Depends(Needs(Action.CORRECT_INSPECTIONS))]
AssignsInspections = Annotated[User, Depends(Needs(Action.ASSIGN_INSPECTIONS))]
Inspects = Annotated[User, Depends(Needs(Action.INSPECT))]
SeesInspections = Annotated[User, Depends(Needs(Action.SEE_INSPECTIONS))]
ReviewsInspections = Annotated[User, Depends(Needs(Action.REVIEW_INSPECTIONS))]
WorksOnFindings = Annotated[User, Depends(Needs(Action.WORK_ON_FINDINGS))]
VerifiesFindings = Annotated[User, Depends(Needs(Action.VERIFY_FINDINGS))]
SeesSummaries = Annotated[User, Depends(Needs(Action.SEE_SUMMARIES))]
SeesProposals = Annotated[User, Depends(Needs(Action.SEE_PROPOSALS))]
SeesTrail = Annotated[User, Depends(Needs(Action.SEE_TRAIL))]
EditsUsers = Annotated[User, Depends(Needs(Action.EDIT_USERS))]
EditsUnions = Annotated[User, Depends(Needs(Action.EDIT_UNIONS))]
OwnAccount = Annotated[User, Depends(Needs(Action.OWN_ACCOUNT))]
