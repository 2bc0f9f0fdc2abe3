"""What every answer says to the browser, and what every request must pass before a route runs."""

import hmac
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import unquote_plus

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import MutableHeaders, UploadFile
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.errors import HubError
from hub.pages import Visitor
from shared.text import Text

CSRF_FIELD = "csrf"
CSRF_HEADER = "X-CSRF-Token"
CSRF_COOKIE = "waystation_form"
SESSION_COOKIE = "waystation_session"
SESSION_LIFE = timedelta(days=7)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SAME_SITE = frozenset({"same-origin", "none"})
"""`Sec-Fetch-Site` of what a page of this hub sends, or a person by reloading."""
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL stores no NUL; half a surrogate pair is no text and cannot be encoded."""
CLEANED = "cleans"
Route = TypeVar("Route", bound=Callable[..., Any])
NOT_OURS = Text(
    "此表单已过期或不是本页发出的，未做任何改动。请返回并重新打开页面。",
    "This form has expired or did not come from this page. Nothing was changed. Go back and load the page again.",
)

HEADERS = {
    # Nothing on a page comes from another host, and nothing is written into the page itself.
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Pages show names and faults: shared computers must not keep them.
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}

CHART_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""For SVG files alone: drawings carry their own style and may run nothing."""


class Protected:
    """ASGI: puts the headers on every answer; an answer that says something stricter of its own keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def cookie_name(request: Request, name: str) -> str:
    """Over HTTPS a browser takes a cookie of this prefix from this host alone, for all of it, and keeps it Secure."""
    return f"__Host-{name}" if request.app.state.settings.cookies_secure else name


def cookie(request: Request, name: str) -> str | None:
    """What the browser brings under this name."""
    return request.cookies.get(cookie_name(request, name))


def set_cookie(request: Request, response: Response, name: str, value: str, seconds: int | None) -> None:
    """For scripts never, for links from elsewhere only. None: until the browser is closed."""
    response.set_cookie(
        cookie_name(request, name), value, max_age=seconds, httponly=True, samesite="lax",
        secure=request.app.state.settings.cookies_secure,
    )  # fmt: skip


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """The browser forgets it."""
    set_cookie(request, response, name, "", 0)


async def check_form(request: Request, visitor: Visitor) -> None:
    """Raise HubError 403 unless an unsafe request comes from this hub's own page and brings back the visitor's token,
    as field or header. What a program sends with a token of its own no browser could have sent for somebody.
    """
    if request.method in SAFE_METHODS or visitor.by_token:
        return
    if not from_here(request):
        raise HubError(403, NOT_OURS)
    brought: object = request.headers.get(CSRF_HEADER)
    if brought is None:
        brought = (await request.form()).get(CSRF_FIELD)
    if not (visitor.csrf and isinstance(brought, str) and _same(brought, visitor.csrf)):
        raise HubError(403, NOT_OURS)


def _same(brought: str, expected: str) -> bool:
    return hmac.compare_digest(brought.encode(errors="replace"), expected.encode(errors="replace"))


def from_here(request: Request) -> bool:
    """Whether the browser says a page of this hub sent it. A client that says nothing of it is no browser."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in SAME_SITE
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host", "")


def check_from_here(request: Request) -> None:
    """Raise HubError 403 where a page of another site sent it. For forms that bring a proof of their own and whose page
    sends no referrer: a browser too old for `Sec-Fetch-Site` then names no origin, and is believed.
    """
    nameless = "sec-fetch-site" not in request.headers and request.headers.get("origin") == "null"
    if request.method not in SAFE_METHODS and not nameless and not from_here(request):
        raise HubError(403, NOT_OURS)


def cleans(*fields: str) -> Callable[[Route], Route]:
    """Marks a route that keeps nothing of these form fields as it came: it takes out what no database can keep, or
    looks the field up among choices. Whoever typed it cannot see a NUL, and need not be refused for it.
    """

    def mark(route: Route) -> Route:
        vars(route)[CLEANED] = frozenset(fields)
        return route

    return mark


async def check_text(request: Request) -> None:
    """Raise HubError 422 where an address, a field or a body says what no database can keep, but for what its route
    `cleans`.
    """
    told = [request.url.path, unquote_plus(request.url.query)]
    if request.method not in SAFE_METHODS:
        if request.headers.get("content-type", "").lower().startswith(FORMS):
            told += [text async for text in _fields(request)]
        else:
            told += _json(await request.body())
    if any(UNSTORABLE.search(text) for text in told):
        raise HubError(
            422, Text("文字里有无法保存的字符，未做任何改动。", "The text has characters that cannot be kept.")
        )


async def _fields(request: Request) -> AsyncIterator[str]:
    cleaned: frozenset[str] = getattr(request.scope.get("endpoint"), CLEANED, frozenset())
    for name, value in (await request.form()).multi_items():
        yield name
        if isinstance(value, UploadFile):
            yield value.filename or ""
        elif name not in cleaned:
            yield value


def _json(body: bytes) -> Iterator[str]:
    """Every text in a body that is JSON, keys too, however deep."""
    try:
        left: list[object] = [json.loads(body)] if body else []
    except (ValueError, RecursionError):
        return
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            left += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            left += one
