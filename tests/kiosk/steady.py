"""A keeper of kiosks that fail: twice at once, then after standing a while; the next one ends as asked.

`python -m tests.kiosk.steady LOG`
"""

import sys
import time
from pathlib import Path

from kiosk.child import Beat
from kiosk.supervisor import Supervisor
from kiosk.teletype import Teletype
from shared.watchdog import Watchdog

STEADY_S, STANDS_S = 1.0, 1.5
FAILED = 1


def fail(log: Path, _beat: Beat) -> int:
    """Its exit code, by how many have failed before."""
    before = len(log.read_text().splitlines())
    if before == 2:
        time.sleep(STANDS_S)
    return FAILED if before < 3 else 0


def write(log: Path, words: str) -> None:
    """A line for each that failed."""
    with log.open("a") as lines:
        lines.write(words + "\n")


if __name__ == "__main__":
    log = Path(sys.argv[1])
    log.touch()
    keeper = Supervisor(
        lambda beat: fail(log, beat), Teletype(0), Watchdog(), lambda words: write(log, words), steady_s=STEADY_S
    )
    sys.exit(keeper.keep())
