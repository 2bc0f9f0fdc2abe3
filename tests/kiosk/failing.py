"""A kiosk that fails while a phone number is in a local variable: `python -m tests.kiosk.failing FOLDER [kept]`."""

import sys
from pathlib import Path

from kiosk import crash
from kiosk.__main__ import present
from kiosk.app import KioskApp
from kiosk.child import Beat
from kiosk.desk import Desk
from kiosk.settings import KioskSettings
from kiosk.supervisor import Supervisor
from kiosk.teletype import Teletype
from shared.records import CheckIn
from shared.watchdog import Watchdog
from tests.kiosk.station import StandingClock


class FailingDesk(Desk):
    """Fails at the first check-in."""

    def check_in(self, occupation: str) -> CheckIn:
        phone = "13812345678"
        raise ZeroDivisionError(len(phone + occupation) // 0)


def fail(settings: KioskSettings, beat: Beat) -> int:
    """Run it until it has failed."""
    crash.log_to(settings.log)
    return present(KioskApp(FailingDesk(settings, StandingClock()), beat=beat))


if __name__ == "__main__":
    settings = KioskSettings.of(Path(sys.argv[1]))
    if "kept" in sys.argv:
        glass, nobody = Teletype(0), Watchdog()
        sys.exit(Supervisor(lambda beat: fail(settings, beat), glass, nobody, lambda _words: None).keep())
    sys.exit(fail(settings, lambda: None))
