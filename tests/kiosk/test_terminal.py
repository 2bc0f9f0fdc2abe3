"""The guards on a pseudo-terminal, with a real one's bytes: what they keep out, and that people get through."""

import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.guard import ALONE_S
from kiosk.screens.thanks import READ_S
from shared.records import CheckIn, FaultReport, Retraction
from tests.kiosk.glass import Terminal, in_terminal, terminal
from tests.kiosk.station import board, furnish, said

ANYWHERE = (40, 20)
TILE = (14, 6)
"""On this spot lies 签到 on the home screen and 环卫工 on the next one, at 80x23."""
UNDO = (33, 19)
"""On the thanks: undo, whether two tiles lie beside each other there or three."""
ATTRACT, HOME, CHECK_IN = "轻 触 屏 幕 开 始", "点一下职业就好", "快递员"


@pytest.fixture
def glass(tmp_path: Path) -> Iterator[Terminal]:
    with terminal(in_terminal(furnish(tmp_path))) as glass:
        assert glass.shows(ATTRACT)
        glass.settle()
        yield glass


@pytest.fixture
def home(glass: Terminal) -> Terminal:
    assert glass.press(ANYWHERE, HOME)
    glass.settle()
    return glass


def test_a_double_tap_does_not_check_in_but_a_second_touch_does(home: Terminal, tmp_path: Path) -> None:
    home.tap(*TILE)
    home.read(0.1)
    home.tap(*TILE)
    home.read(0.1)
    home.tap(*TILE)
    home.settle()
    assert said(tmp_path) == []
    assert home.press(TILE, "签到成功")
    assert said(tmp_path) == [CheckIn(occupation="sanitation")]


@pytest.mark.parametrize("between_s", [0.05, 0.25, 0.8])
def test_a_double_tap_calls_no_alarm_off_but_who_has_read_the_question_does(
    home: Terminal, tmp_path: Path, between_s: float
) -> None:
    for key, seen in ((b"3", "哪样东西坏了"), (b"3", "怎么了"), (b"1", "报告已存在本机")):
        home.send(key)
        assert home.shows(seen)
        home.settle()
    home.tap(*UNDO)
    home.read(between_s)
    home.tap(*UNDO)
    assert home.shows("再点一次", READ_S + 8)
    assert [type(fact) for fact in said(tmp_path)] == [FaultReport]
    home.tap(*UNDO)
    assert home.shows("刚才那一条不算数")
    assert [type(fact) for fact in said(tmp_path)] == [FaultReport, Retraction]


def test_a_double_tap_on_undo_stays_to_say_so(home: Terminal, tmp_path: Path) -> None:
    assert home.press(TILE, CHECK_IN)
    home.settle()
    assert home.press(TILE, "签到成功")
    home.settle()
    home.tap(*UNDO)
    home.read(0.25)
    home.tap(*UNDO)
    assert home.shows("刚才那一条不算数")
    assert not home.shows(ATTRACT, 1.5)


def test_a_right_click_presses_nothing(home: Terminal) -> None:
    home.tap(*TILE, button=2)
    assert not home.shows(CHECK_IN, 0.8)
    assert home.press(TILE, CHECK_IN)


def test_press_here_release_there_is_nothing(home: Terminal) -> None:
    home.send(b"\x1b[<0;15;7M\x1b[<32;60;7M\x1b[<0;60;7m")
    assert not home.shows(CHECK_IN, 0.8)


def test_a_scanner_presses_nothing(home: Terminal, tmp_path: Path) -> None:
    home.send(b"6901234567892\r")
    assert home.shows("本机现在不能读卡")
    home.settle()
    home.send(b"12\r")
    assert not home.shows(ATTRACT, 0.8)
    home.send(b"1")
    assert home.shows(ATTRACT)
    assert said(tmp_path) == []


def test_a_held_key_does_not_run_through_the_screens(home: Terminal, tmp_path: Path) -> None:
    for _ in range(10):
        before, longest_s = said(tmp_path), held(home)
        home.settle()
        if longest_s < ALONE_S:
            assert said(tmp_path) == before
            return
        # This machine stood still for a moment: that was a key pressed twice.
        home.send(b"\x1b" * 3)
        home.settle()
    raise AssertionError("no key could be held on this machine")


def held(glass: Terminal) -> float:
    """A key held for more than a second; the longest time between two of its repeats."""
    longest, last = 0.0, time.monotonic()
    for _ in range(40):
        glass.send(b"1")
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
        glass.read(0.033)
    return longest


def test_bytes_that_are_not_utf8_do_not_end_it(glass: Terminal) -> None:
    glass.send(b"\xb0")
    glass.send(b"\xff\xfe\xfa")
    glass.settle()
    assert glass.process.poll() is None
    assert glass.press(ANYWHERE, HOME)


def test_no_key_ends_it_or_opens_anything(home: Terminal) -> None:
    chords = [
        b"\x11",
        b"\x03",
        b"\x10",
        b"\x1a",
        b"\x1c",
        b"\x04",
        b"\x1bOP",
        b"\x1b[15~",
        b"\t\r ",
        b"\x1b[200~1\x1b[201~",
    ]
    for chord in chords:
        home.send(chord)
        assert not home.shows(CHECK_IN, 0.3), chord
        assert home.process.poll() is None, chord
    assert home.press(TILE, CHECK_IN)


def test_nothing_is_painted_on_a_terminal_that_shows_it_already(glass: Terminal) -> None:
    glass.read(2.0)
    silent = [not glass.read(1.0) for _ in range(6)]
    assert sum(silent) >= 4, "but for a minute that changes, and the next line of news"


def test_a_clock_earlier_than_a_time_the_agent_knows_to_have_been_is_not_shown(tmp_path: Path) -> None:
    ahead = datetime.now(UTC) + timedelta(days=1)
    furnish(tmp_path, replace(board(at=ahead), last_good=ahead))
    with terminal(in_terminal(tmp_path)) as glass:
        assert glass.shows("--:--")


def test_a_kiosk_hears_which_time_has_been_while_it_runs(tmp_path: Path) -> None:
    with terminal(in_terminal(furnish(tmp_path))) as glass:
        assert glass.shows(ATTRACT)
        assert b"--:--" not in glass.output
        furnish(tmp_path, replace(board(), last_good=datetime.now(UTC) + timedelta(days=1)))
        assert glass.shows("--:--")


def test_sigterm_ends_it_cleanly_and_gives_the_terminal_back(glass: Terminal) -> None:
    glass.process.send_signal(signal.SIGTERM)
    assert glass.ended() == 0
    assert b"\x1b[?1049l" in glass.output
    assert b"\x1b[?1003l" in glass.output


def test_sighup_ends_it(glass: Terminal) -> None:
    glass.process.send_signal(signal.SIGHUP)
    assert glass.ended() != 0


def test_a_crash_leaks_nothing_says_it_restarts_and_is_exit_code_1(tmp_path: Path) -> None:
    with terminal(["-m", "tests.kiosk.failing", str(furnish(tmp_path))]) as glass:
        assert glass.shows(ATTRACT)
        glass.settle()
        for seen in (HOME, CHECK_IN):
            assert glass.press(TILE, seen)
            glass.settle()
        glass.tap(*TILE)
        assert glass.ended() == 1
        page = glass.output.decode(errors="replace")
    assert "本机正在重新启动" in page
    assert "Traceback" not in page
    assert "13812345678" not in page
    log = (tmp_path / "kiosk.log").read_text()
    assert "ZeroDivisionError" in log
    assert "13812345678" not in log


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with terminal(in_terminal(tmp_path / "nowhere")) as glass:
        assert glass.ended() == 2
    assert b"nowhere" in glass.output
