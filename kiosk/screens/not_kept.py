"""Said honestly: what a person said is not on disk, why, and whom to tell. Of danger: leave, and call."""

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import words
from kiosk.desk import Desk
from kiosk.idle import Limits
from kiosk.screen import Entry, Finished, KioskScreen
from kiosk.screens.thanks import DANGER_LIMITS
from kiosk.sign import Big
from shared.text import Text


class NotKeptScreen(KioskScreen):
    """`why` is for the person; `title` says what did not happen.

    `alarming`: it was danger. Then neither why nor another try is what counts, and it stands as long as a warning does.
    """

    LIMITS = Limits(20, warning_s=0)

    def __init__(self, desk: Desk, why: Text, title: Text = words.NOT_KEPT, alarming: bool = False) -> None:
        super().__init__(desk)
        self._why, self._title = why, title
        self.alarming = alarming

    @property
    def limits(self) -> Limits:
        return DANGER_LIMITS if self.alarming else self.LIMITS

    def body(self) -> ComposeResult:
        if self.alarming:
            call = self.desk.say(words.DANGER_CALL, hotline=self.desk.sight.hotline)
            yield Big(self.desk.say(words.DANGER_TITLE), id="title")
            yield Static(f"{call}\n{self.desk.say(words.DANGER_NOT_KEPT)}", id="lines", markup=False)
            yield Static(self.desk.say(words.DANGER_TELL), id="note", markup=False)
            return
        yield Big(self.desk.say(self._title), id="title")
        yield Static(self.desk.say(self._why), id="lines", markup=False)
        yield Static(self.desk.say(words.ASK_FOR_HELP, hotline=self.desk.sight.hotline), id="note", markup=False)

    def action_back(self) -> None:
        self.post_message(Finished())


ENTRY = Entry()
