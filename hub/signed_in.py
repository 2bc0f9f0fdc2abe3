"""Who is asking: recognised by a cookie, checked on every request, before any route runs."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from hub.accounts import store
from hub.accounts.roles import Role
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


def administrator(user: Annotated[User, Depends(signed_in)]) -> User:
    """The user, where it is an administrator. Raises HubError 403."""
    if user.role != Role.ADMINISTRATOR:
        raise HubError(403, Text("只有管理员可以做这件事。", "Only an administrator may do this."))
    return user


SignedIn = Annotated[User, Depends(signed_in)]
Administrator = Annotated[User, Depends(administrator)]
