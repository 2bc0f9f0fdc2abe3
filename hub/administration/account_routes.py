"""One's own account: password, where one is signed in, tokens for one's programs."""

import secrets
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from hub.accounts import store, token_store, user_store
from hub.accounts.roles import ROLE_LABELS
from hub.accounts.scopes import LONGEST_LIFE, SCOPE_LABELS, USUAL_LIFE, Scope, offered, read_scopes
from hub.accounts.store import BadUser, Refused
from hub.accounts.tables import User
from hub.errors import HubError
from hub.pages import render
from hub.security import SESSION_COOKIE, SESSION_LIFE, drop_cookie, set_cookie
from hub.sessions import NowDep, SessionDep
from hub.signed_in import OwnAccount
from hub.trail import store as trail
from shared.text import Text

router = APIRouter()
Password = Annotated[str, Form(max_length=1000)]
WRONG = Text("原密码不正确", "the password so far is not right")
LOCKED = Text("多次不正确，请过一刻钟再试", "it was wrong several times: try again in a quarter of an hour")
DIFFERENT = Text("两次输入的新密码不同", "the two new passwords differ")
SAME = Text("新密码与原密码相同", "the new password is the old one")


@router.get("/account")
def account_page(request: Request, session: SessionDep, user: OwnAccount, now: NowDep) -> HTMLResponse:
    """One's own account."""
    return _page(request, session, user, now)


@router.post("/account/password")
def change_password(
    request: Request,
    session: SessionDep,
    user: OwnAccount,
    now: NowDep,
    old: Password = "",
    new: Password = "",
    again: Password = "",
) -> Response:
    """Another password, for whoever knows the one so far; all other browsers are signed out, this one goes on."""
    try:
        checked = store.check_password(session, user.name, old, now)
        if isinstance(checked, Refused):
            raise BadUser("old", WRONG if checked is Refused.WRONG else LOCKED)
        if new != again:
            raise BadUser("again", DIFFERENT)
        if new == old:
            raise BadUser("password", SAME)
        store.set_password(session, user.name, new)
    except BadUser as error:
        return _page(request, session, user, now, error=error)
    token = secrets.token_urlsafe(32)
    store.open_session(session, user, token, secrets.token_urlsafe(24), now, SESSION_LIFE)
    trail.note(session, user.name, user.role, "account.password", now, subject=f"user {user.name}")
    response = RedirectResponse("/account?changed=1", status_code=303)
    set_cookie(request, response, SESSION_COOKIE, token, int(SESSION_LIFE.total_seconds()))
    return response


@router.post("/account/sign-out-everywhere")
def sign_out_everywhere(request: Request, session: SessionDep, user: OwnAccount, now: NowDep) -> Response:
    """Every browser is signed out, this one too."""
    store.close_sessions(session, user)
    trail.note(session, user.name, user.role, "account.sign_out_everywhere", now, subject=f"user {user.name}")
    response = RedirectResponse("/sign-in", status_code=303)
    drop_cookie(request, response, SESSION_COOKIE)
    return response


@router.post("/account/tokens")
def make_token(
    request: Request,
    session: SessionDep,
    user: OwnAccount,
    now: NowDep,
    name: Annotated[str, Form(max_length=200)] = "",
    scopes: Annotated[list[Scope], Form(max_length=len(Scope))] = [],  # noqa: B006 — FastAPI copies it
    days: Annotated[int, Form(ge=0, le=10_000)] = USUAL_LIFE.days,
) -> HTMLResponse:
    """A token for a program. The page that answers shows it, this once."""
    if user.must_change:
        raise HubError(403, Text("请先更换初始密码。", "Please change your first password first."))
    try:
        row, token = token_store.make(session, user, name, set(scopes), now, timedelta(days=days))
    except BadUser as error:
        return _page(request, session, user, now, error=error, name=name, chosen=set(scopes), days=days)
    trail.note(session, user.name, user.role, "token.make", now, subject=f"token {row.id}", new=row.scopes)
    return _page(request, session, user, now, made=token)


@router.post("/account/tokens/{token}/revoke")
def revoke_token(
    session: SessionDep,
    user: OwnAccount,
    now: NowDep,
    token: Annotated[int, Path(ge=1, le=2**31 - 1, examples=[1])],
) -> Response:
    """It opens nothing any more. Raises HubError 404 for another's."""
    row = token_store.revoke(session, user, token, now)
    if row is None:
        raise HubError(404, Text("没有这个令牌。", "There is no such token."))
    trail.note(session, user.name, user.role, "token.revoke", now, subject=f"token {token}")
    return RedirectResponse("/account#tokens", status_code=303)


def _page(
    request: Request,
    session: Session,
    user: User,
    now: datetime,
    *,
    error: BadUser | None = None,
    made: str = "",
    name: str = "",
    chosen: set[Scope] | None = None,
    days: int = USUAL_LIFE.days,
) -> HTMLResponse:
    return render(
        request, "administration/account.html", 422 if error else 200, user=user, error=error, made=made, name=name,
        chosen={Scope.READ} if chosen is None else chosen, days=days, longest=LONGEST_LIFE.days,
        browsers=user_store.browsers(session, user, now), scopes=offered(user.role),
        changed="changed" in request.query_params, tokens=token_store.of_user(session, user),
        is_live=token_store.is_live, read_scopes=read_scopes,
        ROLE_LABELS=ROLE_LABELS, SCOPE_LABELS=SCOPE_LABELS, shortest=store.SHORTEST_PASSWORD,
    )  # fmt: skip
