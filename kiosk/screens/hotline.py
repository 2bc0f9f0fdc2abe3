"""S10: whom to call, large enough to read from a step away."""

from textual.app import ComposeResult
from textual.containers import Center
from textual.widgets import Digits, Static

from kiosk import words
from kiosk.screen import READING, Entry, HomeTile, KioskScreen


class HotlineScreen(KioskScreen):
    """The number is the hub's where it has said one."""

    LIMITS = READING

    def body(self) -> ComposeResult:
        yield Static(self.desk.say(words.HOTLINE), id="title", markup=False)
        yield Center(Digits(self.desk.sight.hotline, id="number"))
        yield Static(self.desk.say(words.HOTLINE_WHAT), id="lines", markup=False)
        yield Static(self.desk.say(words.EMERGENCIES), id="note", markup=False)


ENTRY = Entry(HomeTile(6, words.HOTLINE, words.HOTLINE_HINT, HotlineScreen))
