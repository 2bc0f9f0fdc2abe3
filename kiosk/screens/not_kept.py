"""Said honestly: what a person said is not on disk, why, and whom to tell."""

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import words
from kiosk.desk import Desk
from kiosk.idle import Limits
from kiosk.screen import Entry, Finished, KioskScreen
from kiosk.sign import Big
from shared.text import Text


class NotKeptScreen(KioskScreen):
    """`why` is for the person."""

    LIMITS = Limits(20, warning_s=0)

    def __init__(self, desk: Desk, why: Text) -> None:
        super().__init__(desk)
        self._why = why

    def body(self) -> ComposeResult:
        yield Big(self.desk.say(words.NOT_KEPT), id="title")
        yield Static(self.desk.say(self._why), id="lines", markup=False)
        yield Static(self.desk.say(words.ASK_FOR_HELP, hotline=self.desk.sight.hotline), id="note", markup=False)

    def action_back(self) -> None:
        self.post_message(Finished())


ENTRY = Entry()
