"""Said honestly: what a person said is not on disk, why, and whom to tell. Of danger: leave, and call."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import words
from kiosk.desk import Desk, NotKept
from kiosk.idle import Limits
from kiosk.messages import Kept, Receipt
from kiosk.screen import Entry, Finished, KioskScreen
from kiosk.screens.thanks import DANGER_LIMITS
from kiosk.sign import Big
from shared.text import Text

AGAIN_S = 1.0


class NotKeptScreen(KioskScreen):
    """`why` is for the person; `title` says what did not happen.

    `again` keeps a report of danger after all. Then neither why nor what the person could try is what counts: it stands
    as long as a warning does and tries by itself, and promises nothing before that has worked.
    """

    LIMITS = Limits(20, warning_s=0)

    def __init__(
        self, desk: Desk, why: Text, title: Text = words.NOT_KEPT, again: Callable[[], Receipt] | None = None
    ) -> None:
        super().__init__(desk)
        self._why, self._title = why, title
        self._again = again
        self._again_at = desk.now().uptime + AGAIN_S
        self.alarming = again is not None

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

    def look(self) -> None:
        super().look()
        if self._again is not None and self.desk.now().uptime >= self._again_at:
            self._try(self._again)

    def _try(self, again: Callable[[], Receipt]) -> None:
        try:
            receipt = again()
        except NotKept:
            self._again_at = self.desk.now().uptime + AGAIN_S
            return
        self._again, self._leaving = None, True
        self.app.post_message(Kept(receipt))  # this screen may be gone by then, and what was kept is told all the same

    def action_back(self) -> None:
        self.post_message(Finished())


ENTRY = Entry()
