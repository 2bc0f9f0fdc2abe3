"""A kiosk on this terminal that presses tiles by itself: `python -m tests.kiosk.pressing FOLDER TILE...`."""

import sys
from pathlib import Path

import kiosk
from kiosk import crash
from kiosk.__main__ import present
from kiosk.app import KioskApp
from kiosk.desk import Desk
from kiosk.settings import KioskSettings
from kiosk.touch import Touch
from shared.moment import system_clock

EVERY_S = 0.5


class Pressing(KioskApp):
    """Presses what is there to be pressed, one tile after the other."""

    CSS_PATH = Path(kiosk.__file__).with_name("kiosk.tcss")
    tiles_left: list[str]

    def on_mount(self) -> None:
        self.set_interval(EVERY_S, self.press_next)

    def press_next(self) -> None:
        """The next tile, once it is painted and the one before has had its effect: the glass hears it then."""
        if not self._gate.hears(self.screen):
            return
        found = self.screen.query(f"#{self.tiles_left[0]}").results(Touch) if self.tiles_left else ()
        for tile in found:
            if tile.is_on_screen:
                self.tiles_left.pop(0)
                tile.press()


if __name__ == "__main__":
    crash.log_to(Path(sys.argv[1]) / "kiosk.log")
    app = Pressing(Desk(KioskSettings.of(Path(sys.argv[1])), system_clock()))
    app.tiles_left = sys.argv[2:]
    sys.exit(present(app))
