"""The browser launcher with touch events: one tap checks in, what is no tap does not; a dead kiosk comes back."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from shared.records import CheckIn
from tests.kiosk.glass import PATIENCE_S
from tests.kiosk.panel import Panel
from tests.kiosk.panel import panel as open_panel
from tests.kiosk.station import furnish, said

SILENT_S = 8
"""How long the page bears no word from its kiosk."""
ANYWHERE = (200, 30)
"""The name in the top row: on the attract screen a touch of it starts, as of anything that is no tile."""
TILE = (220, 230)
"""签到 on the home screen, 环卫工 on the next."""
HOME, CHECK_IN = "点一下职业就好", "快递员"


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    with open_panel(furnish(tmp_path)) as panel:
        yield panel


def test_one_tap_checks_in_and_a_swipe_and_two_fingers_do_nothing(panel: Panel, tmp_path: Path) -> None:
    assert panel.press(ANYWHERE, HOME)
    panel.forget()
    panel.touch(TILE, slip=300)
    panel.touch(TILE, fingers=2)
    assert not panel.shows(CHECK_IN, 0.5)
    panel.touch(TILE, slip=25)
    assert panel.shows(CHECK_IN)
    panel.touch(TILE, slip=-300)
    panel.touch(TILE, fingers=3)
    assert said(tmp_path) == []
    assert panel.press(TILE, "签到成功")
    assert said(tmp_path) == [CheckIn(occupation="sanitation")]
    assert all(url.startswith((panel.page.url, "data:")) for url in panel.asked)


def test_a_dead_kiosk_is_back_by_itself_and_the_page_says_so_meanwhile(panel: Panel) -> None:
    for time_ in range(2):
        [kiosk] = panel.kiosks()
        panel.forget()
        os.kill(kiosk, signal.SIGKILL)
        if time_:  # the second time it rests a second first
            assert panel.page.wait_for_function("document.body.classList.contains('away')", timeout=1000 * PATIENCE_S)
            assert "本机正在重新启动" in panel.page.inner_text("#away")
        end = time.monotonic() + PATIENCE_S
        while panel.kiosks() in ([], [kiosk]):
            assert time.monotonic() < end
            panel.page.wait_for_timeout(50)
        assert panel.shows("Touch to start", 60)  # and has painted what it paints at a start
    own = panel.page.url
    assert all(url.startswith((own, "data:")) for url in panel.asked)
    panel.forget()
    assert panel.press(ANYWHERE, HOME)


def test_a_kiosk_that_stands_still_is_noticed_by_its_silence_and_another_comes(panel: Panel) -> None:
    assert panel.press(ANYWHERE, HOME)
    [kiosk] = panel.kiosks()
    os.kill(kiosk, signal.SIGSTOP)  # its socket stays open: nobody says that it is gone
    stopped = time.monotonic()
    try:
        panel.forget()
        with panel.page.expect_navigation(timeout=1000 * (SILENT_S + PATIENCE_S)):
            assert not panel.page.evaluate("document.body.classList.contains('away')")
        assert time.monotonic() - stopped > SILENT_S / 2
        assert panel.shows("Touch to start", 60)
    finally:
        with suppress(ProcessLookupError):
            os.kill(kiosk, signal.SIGCONT)
    assert panel.press(ANYWHERE, HOME)
