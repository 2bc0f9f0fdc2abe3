"""A kept kiosk whose keeper has little patience: `python -m tests.kiosk.hanging FOLDER`."""

import sys

from kiosk import supervisor
from kiosk.__main__ import act

if __name__ == "__main__":
    supervisor.HANGS_S = 4.0
    sys.exit(act(["run", "--station", sys.argv[1]]))
