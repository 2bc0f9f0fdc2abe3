"""A kept kiosk whose keeper has little patience: `python -m tests.kiosk.hanging FOLDER`."""

import sys
from pathlib import Path

from kiosk import supervisor
from kiosk.__main__ import run

if __name__ == "__main__":
    supervisor.HANGS_S = 4.0
    run(Path(sys.argv[1]))
