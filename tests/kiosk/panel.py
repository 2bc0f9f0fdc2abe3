"""A touch panel: the served kiosk in a real Chromium, driven by touch events."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.kiosk.glass import AGAIN_S, PATIENCE_S, ROOT, TRIES

WIDTH, HEIGHT = 1280, 800


class Panel:
    """A touch panel in front of the page of one server."""

    def __init__(self, page: Page, cdp: CDPSession, server: int) -> None:
        self.page = page
        self.server = server
        self._cdp = cdp
        self.heard: list[bytes] = []
        self.asked: list[str] = []

    def touch(self, at: tuple[int, int], slip: int = 0, fingers: int = 1) -> None:
        """Put a finger (or more) on the glass, move it, and lift it."""
        points = [{"x": at[0] + 40 * n, "y": at[1], "id": n} for n in range(fingers)]
        moved = [{**point, "x": point["x"] + slip} for point in points]
        self._cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
        if slip:
            self._cdp.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": moved})
        self._cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        self.page.wait_for_timeout(900)

    def seconds_until(self, text: str, most: float = PATIENCE_S) -> float | None:
        """How long until the kiosk has painted a text since `forget`; None: not within that time."""
        began = time.monotonic()
        while text.encode() not in b"".join(self.heard):
            if time.monotonic() - began > most:
                return None
            self.page.wait_for_timeout(50)
        return time.monotonic() - began

    def shows(self, text: str, seconds: float = PATIENCE_S) -> bool:
        """Whether it does, and the glass hears again."""
        found = self.seconds_until(text, seconds) is not None
        if found:
            self.page.wait_for_timeout(900)
        return found

    def press(self, at: tuple[int, int], seen: str) -> bool:
        """Touch, and touch again where nothing came of it, as people do. Whether the text is painted then."""
        for _ in range(TRIES):
            self.touch(at)
            if self.shows(seen, AGAIN_S):
                return True
        return False

    def forget(self) -> None:
        self.heard.clear()

    def kiosks(self) -> list[int]:
        """The kiosks behind all pages."""
        listed = Path(f"/proc/{self.server}/task/{self.server}/children").read_text()
        return [int(child) for child in listed.split()]


@contextmanager
def panel(folder: Path, query: str = "") -> Iterator[Panel]:
    """Serve a station's kiosk, open it, and wait until it stands."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "serve", "--station", str(folder), "--port", "0"],
        stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
    )  # fmt: skip
    assert server.stdout is not None
    found = re.search(r"http://\S+", server.stdout.readline())
    assert found is not None
    try:
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True)
            panel = Panel(page, page.context.new_cdp_session(page), server.pid)
            page.on("request", lambda request: panel.asked.append(request.url))
            page.on(
                "websocket",
                lambda socket: socket.on(
                    "framereceived",
                    lambda frame: panel.heard.append(frame if isinstance(frame, bytes) else frame.encode()),
                ),
            )
            page.goto(found[0] + query)
            assert panel.shows("Touch to start", 60)
            yield panel
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_S)
        server.stdout.close()
