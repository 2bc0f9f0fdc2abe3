"""What every answer says to the browser, and the comparison every form must pass."""

import hmac
from datetime import timedelta

from fastapi import Request
from starlette.datastructures import MutableHeaders
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


async def check_form(request: Request, visitor: Visitor) -> None:
    """Raise HubError 403 unless an unsafe request brings back the visitor's token, as field or header."""
    if request.method in SAFE_METHODS:
        return
    brought: object = request.headers.get(CSRF_HEADER)
    if brought is None:
        brought = (await request.form()).get(CSRF_FIELD)
    if not (visitor.csrf and isinstance(brought, str) and hmac.compare_digest(brought.encode(), visitor.csrf.encode())):
        raise HubError(
            403,
            Text(
                "此表单已过期或不是本页发出的，未做任何改动。请返回并重新打开页面。",
                "This form has expired or did not come from this page. Nothing was changed. "
                "Go back and load the page again.",
            ),
        )
