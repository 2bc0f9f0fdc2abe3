"""A keeper on a system that twice has no room for another process, then has; the kiosk fails when it is asked to stop.

`python -m tests.kiosk.no_room LOG`
"""

import errno
import os
import signal
import sys
import time
from pathlib import Path

from kiosk.child import Beat
from kiosk.supervisor import Supervisor
from kiosk.teletype import Teletype
from shared.watchdog import Watchdog
from tests.kiosk.steady import FAILED, write

STANDS = "the kiosk stands"
left = [OSError(errno.EAGAIN, "Resource temporarily unavailable"), OSError(errno.ENOMEM, "Cannot allocate memory")]
fork = os.fork


def fork_or_fail() -> int:
    """fork(2), which fails so when processes or memory run out; root has no limit that would make it."""
    if left:
        raise left.pop(0)
    return fork()


def stand(beat: Beat) -> int:
    """Until it is asked to stop: then it fails."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(FAILED))
    os.write(0, STANDS.encode())
    while True:
        beat()
        time.sleep(0.1)


if __name__ == "__main__":
    os.fork = fork_or_fail
    log = Path(sys.argv[1])
    keeper = Supervisor(stand, Teletype(0), Watchdog(), lambda words: write(log, words))
    sys.exit(keeper.keep())
