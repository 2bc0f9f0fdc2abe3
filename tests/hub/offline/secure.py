"""A hub over https by an authority of its own, which goes away and comes back; and a phone that trusts its key."""

import shutil
import socket
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Thread

import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import BrowserContext, Page, Playwright, ViewportSize

from hub.authority import Papers, provide
from hub.security import SESSION_COOKIE
from hub.server import Server
from tests.browser import Axe
from tests.hub.inspections.conftest import Hub
from tests.hub.inspections.conftest import opened as hub_over
from tests.hub.offline.devices import Device, assign, seen_and_blind

PHONE: ViewportSize = {"width": 390, "height": 844}
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    # Tells and keeps to the room there really is.
    "--disable-features=StaticStorageQuota",
]  # fmt: skip


@dataclass
class Site:
    """The hub's web port."""

    hub: Hub
    papers: Papers
    chain: Path
    port: int = 0
    running: list[tuple[Server, Thread]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    def come(self) -> None:
        """Serve, on the same port as before."""
        listening = socket.create_server(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        state = self.hub.app.state
        state.closing.clear()
        config = uvicorn.Config(self.hub.app, log_level="error", ssl_certfile=self.chain, ssl_keyfile=self.papers.key)
        server = Server(config, state.closing)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        self.running.append((server, thread))

    def go(self) -> None:
        """Serve no more."""
        while self.running:
            server, thread = self.running.pop()
            server.close()
            thread.join()

    @property
    def trusted(self) -> str:
        """The argument by which Chromium trusts this authority's key, and nothing else it would not trust."""
        certificate = x509.load_pem_x509_certificate(self.papers.authority.read_bytes())
        key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return f"--ignore-certificate-errors-spki-list={b64encode(sha256(key).digest()).decode()}"

    @contextmanager
    def phone(
        self, playwright: Playwright, folder: Path, person: str, at: datetime | None = None
    ) -> Iterator[BrowserContext]:
        """A browser over this folder: what it keeps outlives it. Its clock stands at `at`."""
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=shutil.which("chromium"), args=[*ARGUMENTS, self.trusted], viewport=PHONE,
            base_url=self.address, accept_downloads=False,
        )  # fmt: skip
        context.clock.set_fixed_time(at or self.hub.now)
        self.sign_in(context, person)
        yield context
        context.close()

    def sign_in(self, context: BrowserContext, person: str, token: str = "") -> None:
        """As somebody whose session `Hub.browser` has opened, or by the token of a later one."""
        value = token or f"token-of-{person}"
        cookie = {"name": SESSION_COOKIE, "value": value, "url": self.address, "secure": True}
        context.add_cookies([cookie])  # type: ignore[list-item]  # a dict of these is what it takes


def site_of(hub: Hub, folder: Path) -> Site:
    """Not serving yet."""
    papers = provide(folder, ["localhost", "127.0.0.1"], hub.now)
    # With the authority behind it: the browser knows its key.
    chain = folder / "chain.pem"
    chain.write_bytes(papers.certificate.read_bytes() + papers.authority.read_bytes())
    return Site(hub, papers, chain)


def opened(context: BrowserContext, *, wrong: list[str] | None = None) -> Page:
    """The app, with what it downloaded."""
    page = context.new_page()
    if wrong is not None:
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto("/inspections/app")
    return page


def loaded(context: BrowserContext, wrong: list[str] | None = None) -> Page:
    """The app with its download, kept by its worker."""
    page = opened(context, wrong=wrong)
    page.get_by_role("link", name="淮河路驿站").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    return page


def sound(page: Page) -> None:
    """Nothing sticks out sideways, and axe finds nothing."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """A hub that serves, with a station assigned to two inspectors."""
    hub = hub_over(folder, "")
    station = hub.healthy("fridge-1", "microwave-1")
    clients = [hub.browser("inspector", name) for name in ("zhang", "li")]
    assign(hub, station, "zhang", "li")
    Device(hub, clients[0]).download()
    seen_and_blind(hub)
    site = site_of(hub, folder)
    site.come()
    yield site
    site.go()
    hub.app.state.engine.dispose()
