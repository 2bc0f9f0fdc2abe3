"""A kiosk that fails is back on the glass, S13 stands there meanwhile, and nothing of what was typed is left."""

import os
import signal
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.restarting import page, pause_s
from tests.kiosk.glass import Terminal, in_terminal, terminal
from tests.kiosk.station import furnish

ATTRACT, RESTARTING = "轻 触 屏 幕 开 始", "本机正在重新启动"
BACK_WITHIN_S = 2.0
CARD = "6228480402564890018"


@pytest.fixture
def glass(tmp_path: Path) -> Iterator[Terminal]:
    with terminal(in_terminal(furnish(tmp_path))) as glass:
        assert glass.shows(ATTRACT)
        glass.settle()
        yield glass


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0), (1, 0), (2, 1), (3, 2), (4, 4), (6, 16), (7, 30), (99, 30)])
def test_who_fails_again_and_again_waits_longer(failures: int, seconds: float) -> None:
    assert pause_s(failures) == seconds


@pytest.mark.parametrize("size", [(80, 23), (64, 20), (120, 34)])
def test_the_page_fits_and_stands_in_the_middle(size: tuple[int, int]) -> None:
    lines = page(*size).split("\n")
    assert len(lines) < size[1]
    assert lines[-1].strip() == "Restarting. The station stays open."
    assert abs(2 * (len(lines[-1]) - len(lines[-1].lstrip())) + len(lines[-1].strip()) - size[0]) <= 1


def test_a_killed_kiosk_is_back_within_two_seconds_and_the_page_stands_meanwhile(glass: Terminal) -> None:
    [kiosk] = children(glass.process.pid)
    os.kill(kiosk, signal.SIGKILL)
    began = time.monotonic()
    heard = b""
    while ATTRACT.encode() not in heard and time.monotonic() < began + 10:
        heard += glass.read(0.02)
    assert time.monotonic() - began < BACK_WITHIN_S
    page_at = heard.index(RESTARTING.encode())
    assert heard.index(b"\x1b[?1049l") < page_at
    assert heard.index(b"\x1b[?1003l") < page_at
    assert children(glass.process.pid) not in ([], [kiosk])


def test_it_fails_again_and_again_and_the_page_stays(glass: Terminal, tmp_path: Path) -> None:
    for _ in range(2):
        [kiosk] = children(glass.process.pid)
        os.kill(kiosk, signal.SIGKILL)
        assert glass.shows(ATTRACT)
    log = (tmp_path / "kiosk.log").read_text()
    assert "ended by SIGKILL" in log
    assert "starting again in 0 s" in log
    assert "starting again in 1 s" in log


def test_what_is_typed_while_it_restarts_is_nowhere(glass: Terminal, tmp_path: Path) -> None:
    for _ in range(2):  # the second time it waits a second, and is typed to
        [kiosk] = children(glass.process.pid)
        glass.output = b""
        os.kill(kiosk, signal.SIGKILL)
        assert glass.shows(RESTARTING)
        glass.send(CARD.encode() + b"\r\x03\x1a\x1c")
        assert glass.shows(ATTRACT)
    glass.settle()
    assert CARD.encode() not in glass.output
    assert CARD not in (tmp_path / "kiosk.log").read_text()
    assert glass.process.poll() is None


def test_the_terminal_is_given_back_as_it_was(tmp_path: Path) -> None:
    with terminal(in_terminal(furnish(tmp_path))) as glass:
        before = termios.tcgetattr(glass.glass)
        assert glass.shows(ATTRACT)
        [kiosk] = children(glass.process.pid)
        os.kill(kiosk, signal.SIGKILL)
        assert glass.shows(ATTRACT)
        glass.process.send_signal(signal.SIGTERM)
        assert glass.ended() == 0
        assert termios.tcgetattr(glass.glass)[:4] == before[:4]
        assert glass.output.endswith(b"\x1b[?25h")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 0), (signal.SIGHUP, 129)], ids=str)
def test_a_signal_ends_both(glass: Terminal, number: signal.Signals, code: int) -> None:
    [kiosk] = children(glass.process.pid)
    glass.process.send_signal(number)
    assert glass.ended() == code
    assert not Path(f"/proc/{kiosk}").exists()


def test_a_signal_ends_the_wait_too(glass: Terminal) -> None:
    for time_ in range(3):
        [kiosk] = children(glass.process.pid)
        os.kill(kiosk, signal.SIGKILL)
        assert glass.shows(RESTARTING)
        if time_ < 2:
            assert glass.shows(ATTRACT)
    began = time.monotonic()
    glass.process.send_signal(signal.SIGTERM)
    assert glass.ended() == 0
    assert time.monotonic() - began < 1.5


def test_a_killed_keeper_takes_its_kiosk_along(glass: Terminal) -> None:
    [kiosk] = children(glass.process.pid)
    glass.process.send_signal(signal.SIGKILL)
    glass.process.wait()
    end = time.monotonic() + 5
    while Path(f"/proc/{kiosk}").exists() and time.monotonic() < end:
        glass.read(0.05)
        if b"Z" in Path(f"/proc/{kiosk}/stat").read_bytes().rpartition(b")")[2][:3]:
            break
    assert time.monotonic() < end


def test_a_kiosk_that_hangs_is_killed(tmp_path: Path) -> None:
    with terminal(["-m", "tests.kiosk.hanging", str(furnish(tmp_path))]) as glass:
        assert glass.shows(ATTRACT)
        [kiosk] = children(glass.process.pid)
        os.kill(kiosk, signal.SIGSTOP)
        assert glass.shows(RESTARTING, 30)
        assert glass.shows(ATTRACT, 30)
    assert "ended by SIGKILL" in (tmp_path / "kiosk.log").read_text()


@pytest.mark.parametrize("what", ["app", "screen"])
def test_a_kiosk_that_hears_nothing_is_killed_though_its_timers_run(tmp_path: Path, what: str) -> None:
    with terminal(["-m", "tests.kiosk.hanging", str(furnish(tmp_path)), what]) as glass:
        assert glass.shows(ATTRACT, 30)
        assert glass.shows(RESTARTING, 30)
        assert glass.shows(ATTRACT, 30)
    assert "ended by SIGKILL" in (tmp_path / "kiosk.log").read_text()


def test_a_crash_is_kept_off_the_glass_and_the_kiosk_comes_back(tmp_path: Path) -> None:
    with terminal(["-m", "tests.kiosk.failing", str(furnish(tmp_path)), "kept"]) as glass:
        assert glass.shows(ATTRACT)
        glass.settle()
        for seen in ("点一下职业就好", "快递员", RESTARTING):
            glass.tap(14, 6)
            assert glass.shows(seen), seen
            glass.settle()
        end = time.monotonic() + 10
        while ATTRACT.encode() not in glass.output.rpartition(RESTARTING.encode())[2] and time.monotonic() < end:
            glass.read(0.05)
        page = glass.output.decode(errors="replace")
    assert ATTRACT in page.rpartition(RESTARTING)[2]
    for secret in ("Traceback", "ZeroDivision", "13812345678"):
        assert secret not in page
    assert "ZeroDivisionError" in (tmp_path / "kiosk.log").read_text()
    assert "13812345678" not in (tmp_path / "kiosk.log").read_text()


def test_the_keeper_is_small(glass: Terminal) -> None:
    status = Path(f"/proc/{glass.process.pid}/status").read_text()
    resident_kb = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
    assert resident_kb < 40 * 1024, "it has imported what only a kiosk needs"
