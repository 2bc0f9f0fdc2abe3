"""A disk without room: the kiosk stands, says so when something is said, and takes it again when there is room."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from kiosk import words
from tests.kiosk.glass import Terminal, in_terminal, terminal
from tests.kiosk.station import furnish, said
from tests.kiosk.test_supervisor import ATTRACT, RESTARTING, children

STARTS_FULL = """
import resource, sys
from pathlib import Path
from kiosk import answers
from kiosk.desk import Desk, NotKept
from kiosk.settings import KioskSettings
from tests.kiosk.station import StandingClock
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, most))
desk = Desk(KioskSettings.of(Path(sys.argv[1])), StandingClock())
assert desk.sight.checked_in is None
assert desk.condition().waiting is None
try:
    desk.put(answers.feedback(4))
except NotKept as error:
    print(error.why.en)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
desk.put(answers.feedback(4))
print(desk.sight.checked_in)
"""


def test_a_kiosk_that_starts_on_a_full_disk_says_so_and_heals(tmp_path: Path) -> None:
    assert said(furnish(tmp_path)) == []
    child = subprocess.run(
        [sys.executable, "-c", STARTS_FULL, str(tmp_path)],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    assert child.stdout.splitlines() == [words.FULL.en, "0"]
    assert len(said(tmp_path)) == 1


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
