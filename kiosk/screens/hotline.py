"""S10: whom to call, large enough to read from a step away."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from kiosk import words
from kiosk.screen import READING, Entry, HomeTile, KioskScreen
from kiosk.sign import Big


class HotlineScreen(KioskScreen):
    """The number is the hub's where it has said one."""

    LIMITS = READING

    def body(self) -> ComposeResult:
        with Horizontal(id="call"), Vertical():
            yield Static(self.desk.say(words.HOTLINE), id="title", markup=False)
            yield Big(self.desk.sight.hotline, id="number")
            yield Static(self.desk.say(words.HOTLINE_WHAT), id="lines", markup=False)
        yield Static(self.desk.say(words.EMERGENCIES), id="note", markup=False)


ENTRY = Entry(HomeTile(6, words.HOTLINE, words.HOTLINE_HINT, HotlineScreen, sign=words.HOTLINE_SIGN))
