"""The browser launcher with touch events: a slip presses, a swipe and two fingers do not; a dead kiosk comes back."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, sync_playwright

from shared.records import CheckIn
from tests.kiosk.glass import ROOT
from tests.kiosk.station import furnish, said

WIDTH, HEIGHT = 1280, 800
CENTRE = (WIDTH // 2, HEIGHT // 2)
TILE = (220, 230)
"""签到 on the home screen, 环卫工 on the next."""


class Panel:
    """A touch panel in front of the page."""

    def __init__(self, page: Page, cdp: CDPSession) -> None:
        self.page = page
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

    def shows(self, text: str, milliseconds: int = 10_000) -> bool:
        """Whether the kiosk has painted a text since `forget`."""
        for _ in range(milliseconds // 100):
            if text.encode() in b"".join(self.heard):
                self.page.wait_for_timeout(900)
                return True
            self.page.wait_for_timeout(100)
        return False

    def forget(self) -> None:
        self.heard.clear()


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "serve", "--station", str(furnish(tmp_path)), "--port", "0"],
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
            panel = Panel(page, page.context.new_cdp_session(page))
            page.on("request", lambda request: panel.asked.append(request.url))
            page.on(
                "websocket",
                lambda socket: socket.on(
                    "framereceived",
                    lambda frame: panel.heard.append(frame if isinstance(frame, bytes) else frame.encode()),
                ),
            )
            page.goto(found[0])
            assert panel.shows("Touch to start")
            yield panel
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=10)
        server.stdout.close()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_slipping_finger_presses_a_swipe_and_two_fingers_do_not(panel: Panel, tmp_path: Path) -> None:
    panel.touch(CENTRE)
    assert panel.shows("点一下职业就好")
    panel.forget()
    panel.touch(TILE, slip=300)
    panel.touch(TILE, fingers=2)
    assert not panel.shows("快递员", 500)
    panel.touch(TILE, slip=25)
    assert panel.shows("快递员")
    panel.touch(TILE)
    assert panel.shows("签到成功")
    assert said(tmp_path) == [CheckIn(occupation="sanitation")]
    own = panel.page.url
    assert all(url.startswith((own, "data:")) for url in panel.asked)


def test_a_dead_kiosk_comes_back_by_itself(panel: Panel) -> None:
    server = os.getpid()
    kiosks = [child for pid in children(server) for child in children(pid) if _is_kiosk(child)]
    assert len(kiosks) == 1
    panel.forget()
    os.kill(kiosks[0], signal.SIGKILL)
    assert panel.shows("Touch to start", 20_000)


def _is_kiosk(pid: int) -> bool:
    return b"--follow-parent" in Path(f"/proc/{pid}/cmdline").read_bytes()
