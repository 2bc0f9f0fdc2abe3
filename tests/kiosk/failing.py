"""A kiosk that fails while a phone number is in a local variable: `python -m tests.kiosk.failing FOLDER`."""

import sys
from pathlib import Path

from kiosk import crash
from kiosk.__main__ import present
from kiosk.app import KioskApp
from kiosk.desk import Desk
from kiosk.settings import KioskSettings
from shared.records import CheckIn
from tests.kiosk.station import StandingClock


class FailingDesk(Desk):
    """Fails at the first check-in."""

    def check_in(self, occupation: str) -> CheckIn:
        phone = "13812345678"
        raise ZeroDivisionError(len(phone + occupation) // 0)


if __name__ == "__main__":
    settings = KioskSettings.of(Path(sys.argv[1]))
    crash.log_to(settings.log)
    sys.exit(present(KioskApp(FailingDesk(settings, StandingClock()))))
