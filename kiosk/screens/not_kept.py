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
    """`why` is for the person; `title` says what did not happen."""

    LIMITS = Limits(20, warning_s=0)

    def __init__(self, desk: Desk, why: Text, title: Text = words.NOT_KEPT) -> None:
        super().__init__(desk)
        self._why, self._title = why, title

    def body(self) -> ComposeResult:
        yield Big(self.desk.say(self._title), id="title")
        yield Static(self.desk.say(self._why), id="lines", markup=False)
        yield Static(self.desk.say(words.ASK_FOR_HELP, hotline=self.desk.sight.hotline), id="note", markup=False)

    def action_back(self) -> None:
        self.post_message(Finished())


ENTRY = Entry()
