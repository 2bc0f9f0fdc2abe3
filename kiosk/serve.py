"""The kiosk in a browser on this machine: textual-serve on 127.0.0.1 with the project's own page.

The page asks nothing of any other host, reloads itself when its kiosk is gone, and forgives a finger that slips.
"""

import asyncio
import json
import logging
import shlex
import socket
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from kiosk.browser import LARGE
from kiosk.supervisor import GRACE_S

HOST = "127.0.0.1"
TITLE = "Waystation"
OWN_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
MOST_CELLS = 500
LONGEST_NUMBER = 9
"""Digits that are read at all."""
SHUTDOWN_S = 2.0
"""How long the kiosks behind all pages may take when the server ends."""
LOGGER = logging.getLogger("waystation.kiosk.serve")


def own_page(host: str, origin: str | None) -> bool:
    """Whether a request comes from a page of this server: no other web page may tap on the kiosk."""
    try:
        name = urlsplit(f"//{host}").hostname
        return name in OWN_NAMES and (origin is None or urlsplit(origin).netloc == host)
    except ValueError:  # no address at all
        return False


class OneKiosk(AppService):
    """The kiosk behind one page. One that hangs is killed: textual-serve alone would wait for it for ever."""

    async def run(self) -> None:
        """Until it ends, however: then the page is let go at once, and comes back with another."""
        await super().run()
        await self.remote_close()

    async def on_meta(self, data: bytes) -> None:
        """What the kiosk says beside what it paints."""
        said = json.loads(data)
        if said["type"] == LARGE:
            await self.remote_write_str(json.dumps([LARGE, bool(said["on"])]))
        else:
            await super().on_meta(data)

    async def send_bytes(self, data: bytes) -> bool:
        """What was typed and touched. False: the kiosk did not take it."""
        return await self._taken(super().send_bytes(data))

    async def send_meta(self, data: dict[str, str | int | bool | None]) -> bool:
        """What the page says of itself. False: the kiosk did not take it."""
        return await self._taken(super().send_meta(data))

    async def stop(self) -> None:
        """End it. Afterwards it is gone, and waited for."""
        if self._process is None:
            return
        asking = asyncio.ensure_future(super().stop())
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), GRACE_S)
        finally:
            self._kill()
        await self._process.wait()
        await asking

    async def _taken(self, saying: Coroutine[None, None, bool]) -> bool:
        """Until the kiosk has taken it. One that reads nothing more would keep its page's end from being heard."""
        try:
            return await asyncio.wait_for(saying, GRACE_S)
        except TimeoutError:
            self._kill()
            return False

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()


class KioskServer(Server):
    """One kiosk process for each page that is open."""

    def __init__(self, command: Sequence[str], port: int) -> None:
        templates = Path(__file__).parent / "templates"
        super().__init__(f"exec {shlex.join(command)}", HOST, port, TITLE, templates_path=templates)
        self._pages: set[asyncio.Task[web.WebSocketResponse]] = set()

    def initialize_logging(self) -> None:
        """Short lines: textual-serve's own set-up prints local variables."""
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Nothing yet: where the kiosk is is said once it can be reached."""

    def serve(self, debug: bool = False) -> None:
        """Serve until SIGINT or SIGTERM."""
        self.debug = debug
        self.initialize_logging()
        web.run_app(self._make_app(), host=self.host, port=self.port, print=self._announce, shutdown_timeout=1)

    def _announce(self, *_: object) -> None:
        self.console.print(f"Kiosk: {self.public_url}/", highlight=False)

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002 — aiohttp's signature
        """End the kiosks behind all pages before the server ends."""
        for page in self._pages:
            page.cancel()
        if self._pages:
            await asyncio.wait(self._pages, timeout=SHUTDOWN_S)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A page asks for a kiosk."""
        if not own_page(request.host, request.headers.get("Origin")):
            raise web.HTTPForbidden(text="only pages of this kiosk")
        page = asyncio.ensure_future(self._one_page(request))
        self._pages.add(page)
        try:
            return await page
        finally:
            self._pages.discard(page)

    async def _one_page(self, request: web.Request) -> web.WebSocketResponse:
        """Until its kiosk ends, or the page goes away."""
        page = web.WebSocketResponse(heartbeat=15)
        await page.prepare(request)

        async def let_go() -> None:
            await page.close()

        kiosk = OneKiosk(
            self.command,
            write_bytes=page.send_bytes,
            write_str=page.send_str,
            close=let_go,
            download_manager=self.download_manager,
        )
        try:
            size = request.query
            await kiosk.start(cells_of(size.get("width", ""), 80), cells_of(size.get("height", ""), 24))
            try:
                await self._process_messages(page, kiosk)
            finally:
                await kiosk.stop()
        except asyncio.CancelledError:
            await page.close()
        return page


def cells_of(said: str, usual: int) -> int:
    """What the page says of its size; nonsense is as if it said nothing."""
    whole = said.isascii() and said.isdigit() and len(said) <= LONGEST_NUMBER
    return min(int(said), MOST_CELLS) if whole and int(said) > 0 else usual


def serve(command: Sequence[str], port: int) -> int:
    """Serve until SIGINT or SIGTERM. The exit code: 0, or 1 where the port is taken."""
    try:
        chosen = _listenable(port)
    except OSError as error:
        LOGGER.error("port %d on %s: %s", port, HOST, error.strerror)
        return 1
    KioskServer(command, chosen).serve()
    return 0


def _listenable(port: int) -> int:
    """The port, or a free one for 0. Raises OSError where it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
        return int(probe.getsockname()[1])
