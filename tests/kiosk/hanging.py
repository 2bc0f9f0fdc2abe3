"""A kept kiosk whose keeper has little patience: `python -m tests.kiosk.hanging FOLDER [app|screen]`.

With a word the first kiosk stops hearing soon after it stands, the app or the screen on top, while its timers run on.
"""

import asyncio
import sys
from pathlib import Path

import kiosk
from kiosk import crash, supervisor
from kiosk.__main__ import act, present
from kiosk.app import KioskApp
from kiosk.child import Beat
from kiosk.desk import Desk
from kiosk.settings import KioskSettings
from kiosk.supervisor import Supervisor
from kiosk.teletype import Teletype
from shared.moment import system_clock
from shared.watchdog import Watchdog

PATIENCE_S = 8.0
HEARS_S = 2.0


class Hanging(KioskApp):
    """Waits for what never comes."""

    CSS_PATH = Path(kiosk.__file__).with_name("kiosk.tcss")
    waits: str

    def on_mount(self) -> None:
        self.set_timer(HEARS_S, self.hang)

    def hang(self) -> None:
        """For ever."""
        (self if self.waits == "app" else self.screen).call_later(asyncio.Event().wait)


def kept(settings: KioskSettings, waits: str) -> int:
    """The first one hangs, the next ones do not."""
    log, hung = settings.log, settings.folder / "hung"

    def one(beat: Beat) -> int:
        crash.log_to(log)
        desk = Desk(settings, system_clock())
        if hung.exists():
            return present(KioskApp(desk, beat=beat))
        hung.touch()
        app = Hanging(desk, beat=beat)
        app.waits = waits
        return present(app)

    return Supervisor(one, Teletype(0), Watchdog(), lambda words: crash.ended(log, words)).keep()


if __name__ == "__main__":
    supervisor.HANGS_S = PATIENCE_S
    if sys.argv[2:]:
        sys.exit(kept(KioskSettings.of(Path(sys.argv[1])), sys.argv[2]))
    sys.exit(act(["run", "--station", sys.argv[1]]))
