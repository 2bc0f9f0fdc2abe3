"""A disk without room: the kiosk stands, says so when something is said, and takes it again when there is room."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import words
from tests.kiosk.glass import Terminal, in_terminal, terminal
from tests.kiosk.station import furnish, said
from tests.kiosk.test_rough import check_in
from tests.kiosk.test_supervisor import ATTRACT, RESTARTING, children

FULL = """
import resource, sys
from pathlib import Path
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
def disk(full):
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384 if full else most, most))
"""
"""A file may not grow past what SQLite needs to open one."""
WITHOUT_ROOM = (
    FULL
    + """
from kiosk import answers
from kiosk.desk import Desk, NotKept
from kiosk.settings import KioskSettings
from tests.kiosk.station import StandingClock
folder = Path(sys.argv[1])
if "stands" in sys.argv:
    desk = Desk(KioskSettings.of(folder), StandingClock())
    assert desk.sight.checked_in == 0
    for one in folder.glob("outbox.*"):
        one.unlink()
    disk(full=True)
    desk.look()  # finds another file, and lets go of the one that is gone
else:
    disk(full=True)
    desk = Desk(KioskSettings.of(folder), StandingClock())
desk.look()
assert desk.sight.checked_in is None
assert desk.condition().waiting is None
assert desk.danger_stages("of-another-time", "fridge-1", desk.now().uptime)
try:
    desk.put(answers.feedback(4))
except NotKept as error:
    print(error.why.en)
disk(full=False)
desk.put(answers.feedback(4))
print(desk.sight.checked_in)
"""
)
ON_THE_GLASS = (
    FULL
    + """
from kiosk.__main__ import act
disk(full=True)
sys.exit(act(["run", "--station", sys.argv[1]]))
"""
)
NO_BYTECODE = "-B"
"""Python would put half of it where the next one reads it."""


@pytest.mark.parametrize("when", ["starts", "stands"])
def test_a_kiosk_without_room_for_its_outbox_says_so_and_heals(tmp_path: Path, when: str) -> None:
    assert said(furnish(tmp_path)) == []
    child = subprocess.run(
        [sys.executable, NO_BYTECODE, "-c", WITHOUT_ROOM, str(tmp_path), when],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    assert child.stdout.splitlines() == [words.FULL.en, "0"]
    assert len(said(tmp_path)) == 1


def test_a_full_disk_is_said_on_the_glass_of_a_kiosk_that_started_on_it(tmp_path: Path) -> None:
    assert said(furnish(tmp_path)) == []
    with terminal([NO_BYTECODE, "-c", ON_THE_GLASS, str(tmp_path)]) as glass:
        assert glass.shows(ATTRACT)
        glass.settle()
        check_in(glass)
        assert glass.shows("存储已满")
        assert RESTARTING.encode() not in glass.output
    assert said(tmp_path) == []


def test_a_log_that_takes_nothing_more_ends_no_keeper_and_is_not_read_on_the_glass(tmp_path: Path) -> None:
    with terminal(in_terminal(furnish(tmp_path), "--log", "/dev/full")) as glass:
        assert glass.shows(ATTRACT)
        glass.settle()
        _kill_kiosk(glass)
        assert glass.shows(ATTRACT, since=glass.output.index(RESTARTING.encode()))
        assert glass.process.poll() is None
        page = glass.output.decode(errors="replace")
    assert "Traceback" not in page
    assert "Logging error" not in page


def _kill_kiosk(glass: Terminal) -> None:
    [kiosk] = children(glass.process.pid)
    os.kill(kiosk, signal.SIGKILL)
    assert glass.shows(RESTARTING)
