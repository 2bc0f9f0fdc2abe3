"""Half a minute in which the glass feels nothing, so that it can be wiped."""

from math import ceil

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk.attendant import words
from kiosk.desk import Desk
from kiosk.idle import FOREVER
from kiosk.screen import KioskScreen
from kiosk.sign import Big

CLEANING_S = 30


class CleaningScreen(KioskScreen):
    """It ends by itself, and by nothing else."""

    LIMITS = FOREVER
    DEAF = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._until = desk.now().uptime + CLEANING_S

    def body(self) -> ComposeResult:
        yield Static(self.desk.say(words.CLEANING_NOW), id="title", markup=False)
        yield Big(str(CLEANING_S), id="seconds")

    def bar(self) -> ComposeResult:
        return iter(())

    def look(self) -> None:
        super().look()
        left = ceil(self._until - self.desk.now().uptime)
        if left > 0:
            self.query_one("#seconds", Big).say(str(left))
        elif self.is_current:
            self.app.pop_screen()
