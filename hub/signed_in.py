"""Who is asking: recognised by a cookie or a token, checked on every request, before any route runs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query, Request
from sqlmodel import Session

from hub.accounts import store, token_store
from hub.accounts.actions import Action, may
from hub.accounts.scopes import Scope, grants, read_scopes
from hub.accounts.tables import User
from hub.errors import HubError
from hub.pages import Visitor, bearer_of, cookie_language, visitor_of
from hub.security import CSRF_COOKIE, SESSION_COOKIE, check_form, check_from_here, check_text, cookie
from hub.sessions import NowDep, SessionDep
from shared.text import Language, Text

MUST_CHANGE = Text("请先在“我的账户”更换初始密码。", "Please change your first password on your account page.")


@dataclass(frozen=True, slots=True)
class Asker:
    """The user behind a request; None is a stranger."""

    user: User | None
    scopes: frozenset[Scope] | None = None
    """What their token is good for. None: they came with a cookie, and may what their role may."""


def recognise(request: Request, session: SessionDep, now: NowDep) -> Asker:
    """Look the token or the cookie up and note for the pages who asks. A token comes first, and is never mistaken for a
    stranger's: raises HubError 401 for one that opens nothing, 403 outside /api/.
    """
    bearer = bearer_of(request)
    if bearer is not None:
        return _program(request, session, bearer, now)
    token = cookie(request, SESSION_COOKIE)
    found = store.find_session(session, token, now) if token else None
    if found is None:
        csrf = cookie(request, CSRF_COOKIE) or ""
        request.state.visitor = Visitor(name=None, role=None, language=cookie_language(request), csrf=csrf)
        return Asker(None)
    user, row = found
    request.state.visitor = Visitor(user.name, user.role, _language(user), row.csrf)
    # A page that refreshes itself keeps nobody signed in: only people do.
    if "text/event-stream" not in request.headers.get("accept", ""):
        store.note_use(session, row, now)
    return Asker(user)


def _program(request: Request, session: Session, token: str, now: datetime) -> Asker:
    found = token_store.find(session, token, now)
    if found is None:
        raise HubError(401, Text("令牌无效、已过期或已撤销。", "This token is not valid, has expired or was revoked."))
    user, row = found
    request.state.visitor = Visitor(user.name, user.role, _language(user), csrf="", by_token=True)
    if not request.url.path.startswith("/api/"):
        raise HubError(403, Text("令牌只能用于 /api/ 下的地址。", "Tokens work under /api/ only."))
    token_store.note_use(session, row, now)
    return Asker(user, read_scopes(row.scopes))


def _language(user: User) -> Language:
    return "en" if user.language == "en" else "zh"


AskerDep = Annotated[Asker, Depends(recognise, scope="function")]


async def checked(request: Request) -> None:
    """After `recognise`: a form is from this visitor, or HubError 403; what it says can be stored, or HubError 422."""
    await check_form(request, visitor_of(request))
    await check_text(request)


GUARDS = (Depends(recognise, scope="function"), Depends(checked))
"""On every router, in this order: whoever asks is recognised, and every form is checked."""


async def checked_for_all(request: Request) -> None:
    """The same of a form for everybody, which proves itself by a token its page was given: no cookie is needed."""
    check_from_here(request)
    await check_text(request)


OPEN_GUARDS = (Depends(recognise, scope="function"), Depends(checked_for_all))
"""On routers whose forms are for everybody; each of their forms has a token of its own."""


def everybody(request: Request, lang: Annotated[Language, Query()] = "zh") -> Language:
    """Whoever asks, signed in or not, is a stranger here: what is kept for all may name nobody."""
    request.state.visitor = Visitor(name=None, role=None, language=lang, csrf="")
    return lang


Everybody = Annotated[Language, Depends(everybody)]
"""On pages for everybody: their language is in their address, and no cookie has it."""


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

    def __call__(self, asker: AskerDep, user: Annotated[User, Depends(signed_in)]) -> User:
        if not may(user.role, self.action):
            raise HubError(403, Text("您的角色不能做这件事。", "Your role may not do this."))
        if user.must_change and self.action is not Action.OWN_ACCOUNT:
            raise HubError(403, MUST_CHANGE)
        if asker.scopes is not None and not grants(asker.scopes, self.action):
            raise HubError(403, Text("此令牌的范围不包括这件事。", "This token's scopes do not include this."))
        return user


SignedIn = Annotated[User, Depends(Needs(Action.SEE))]
AnswersQuestions = Annotated[User, Depends(Needs(Action.ANSWER_QUESTIONS))]
EditsStations = Annotated[User, Depends(Needs(Action.EDIT_STATION))]
KeepsStation = Annotated[User, Depends(Needs(Action.KEEP_STATION))]
CommitsCodes = Annotated[User, Depends(Needs(Action.COMMIT_CODES))]
RevokesStations = Annotated[User, Depends(Needs(Action.REVOKE_STATIONS))]
IssuesSecrets = Annotated[User, Depends(Needs(Action.ISSUE_SECRETS))]
ReplacesUnits = Annotated[User, Depends(Needs(Action.REPLACE_UNIT))]
WorksOnAlerts = Annotated[User, Depends(Needs(Action.WORK_ON_ALERTS))]
FilesMaintenance = Annotated[User, Depends(Needs(Action.FILE_MAINTENANCE))]
SeesAlertNumbers = Annotated[User, Depends(Needs(Action.SEE_ALERT_NUMBERS))]
SeesDuty = Annotated[User, Depends(Needs(Action.SEE_DUTY))]
HasRoads = Annotated[User, Depends(Needs(Action.HAVE_ROADS))]
EditsDuty = Annotated[User, Depends(Needs(Action.EDIT_DUTY))]
CorrectsInspections = Annotated[User, Depends(Needs(Action.CORRECT_INSPECTIONS))]
AssignsInspections = Annotated[User, Depends(Needs(Action.ASSIGN_INSPECTIONS))]
Inspects = Annotated[User, Depends(Needs(Action.INSPECT))]
SeesInspections = Annotated[User, Depends(Needs(Action.SEE_INSPECTIONS))]
ReviewsInspections = Annotated[User, Depends(Needs(Action.REVIEW_INSPECTIONS))]
RaisesFindings = Annotated[User, Depends(Needs(Action.RAISE_FINDINGS))]
WorksOnFindings = Annotated[User, Depends(Needs(Action.WORK_ON_FINDINGS))]
VerifiesFindings = Annotated[User, Depends(Needs(Action.VERIFY_FINDINGS))]
SeesComplaints = Annotated[User, Depends(Needs(Action.SEE_COMPLAINTS))]
WorksOnComplaints = Annotated[User, Depends(Needs(Action.WORK_ON_COMPLAINTS))]
AssignsComplaints = Annotated[User, Depends(Needs(Action.ASSIGN_COMPLAINTS))]
SeesSummaries = Annotated[User, Depends(Needs(Action.SEE_SUMMARIES))]
SeesProposals = Annotated[User, Depends(Needs(Action.SEE_PROPOSALS))]
SeesTrail = Annotated[User, Depends(Needs(Action.SEE_TRAIL))]
EditsUsers = Annotated[User, Depends(Needs(Action.EDIT_USERS))]
EditsUnions = Annotated[User, Depends(Needs(Action.EDIT_UNIONS))]
OwnAccount = Annotated[User, Depends(Needs(Action.OWN_ACCOUNT))]
