"""Sign in, sign out, choose a language."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from hub.accounts import store
from hub.accounts.addresses import safe_next
from hub.accounts.spray import place
from hub.pages import LANGUAGE_COOKIE, render, visitor_of
from hub.security import CSRF_COOKIE, SESSION_COOKIE, SESSION_LIFE, cookie, drop_cookie, set_cookie
from hub.sessions import NowDep, SessionDep
from hub.trail import store as trail
from shared.text import Language

router = APIRouter()
A_YEAR_S = 365 * 86_400


@router.get("/sign-in")
def sign_in_page(request: Request, onward: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The form; whoever is signed in goes on."""
    if visitor_of(request).name is not None:
        return RedirectResponse(safe_next(onward), status_code=303)
    return _form(request, onward)


@router.post("/sign-in")
def sign_in(
    request: Request,
    session: SessionDep,
    now: NowDep,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    onward: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Look at name and password; answer 401 with the form again where they are wrong."""
    source = place(None if request.client is None else request.client.host)
    result = store.check_password(session, name, password, now, source)
    if isinstance(result, store.Refused):
        if result is store.Refused.LOCKING and (user := store.find_user(session, name)) is not None:
            trail.note(session, user.name, user.role, "account.lock", now, subject=f"user {user.name}")
        status = 429 if result is store.Refused.BUSY else 401
        return _form(request, onward, name=name, refused=result.value, status_code=status)
    # A fresh token at every sign-in: one planted before it is worth nothing, and the one before it ends.
    if before := cookie(request, SESSION_COOKIE):
        store.close_session(session, before)
    token = secrets.token_urlsafe(32)
    store.open_session(session, result, token, secrets.token_urlsafe(24), now, SESSION_LIFE)
    trail.note(session, result.name, result.role, "account.sign_in", now, subject=f"user {result.name}")
    response = RedirectResponse("/account" if result.must_change else safe_next(onward), status_code=303)
    set_cookie(request, response, SESSION_COOKIE, token, int(SESSION_LIFE.total_seconds()))
    drop_cookie(request, response, CSRF_COOKIE)
    return response


@router.post("/sign-out")
def sign_out(request: Request, session: SessionDep) -> Response:
    """Forget the browser."""
    token = cookie(request, SESSION_COOKIE)
    if token:
        store.close_session(session, token)
    response = RedirectResponse("/sign-in", status_code=303)
    drop_cookie(request, response, SESSION_COOKIE)
    return response


@router.post("/language")
def choose_language(
    request: Request,
    session: SessionDep,
    language: Annotated[Language, Form()],
    onward: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """One language at a time: for the user everywhere, for a stranger in this browser."""
    name = visitor_of(request).name
    user = None if name is None else store.find_user(session, name)
    if user is not None:
        store.choose_language(session, user, language)
    response = RedirectResponse(safe_next(onward), status_code=303)
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=A_YEAR_S, httponly=True, samesite="lax",
        secure=request.app.state.settings.cookies_secure,
    )  # fmt: skip
    return response


def _form(request: Request, onward: str, name: str = "", refused: str = "", status_code: int = 200) -> HTMLResponse:
    """The form with a token of its own: signing in is checked like every other form."""
    csrf = visitor_of(request).csrf or secrets.token_urlsafe(24)
    response = render(
        request, "sign_in.html", status_code, onward=safe_next(onward), name=name, refused=refused, csrf=csrf
    )
    set_cookie(request, response, CSRF_COOKIE, csrf, None)
    return response
