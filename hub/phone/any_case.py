"""A QR code holds capitals in half the room, so the kiosk's address is all capitals: its path means the same in any
case. Pure ASGI.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX = "/c/"


class AnyCase:
    """ASGI: what is under /C/ is asked for as if it had been written small."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            small = scope["path"].lower()
            if small.startswith(PREFIX) and small != scope["path"]:
                scope = {**scope, "path": small, "raw_path": small.encode()}
        await self.app(scope, receive, send)
