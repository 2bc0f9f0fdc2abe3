"""S10: whom to call, large enough to read from a step away."""

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import words
from kiosk.fitted import Fitted
from kiosk.heading import Headed
from kiosk.phone import WORDS_BESIDE, Code, room_beside
from kiosk.qr import qr_lines
from kiosk.screen import READING, Entry, HomeTile
from kiosk.sign import Big

DIALLED = "0123456789+"
TALLEST = 20
"""Rows of the largest number and the lines beneath it."""


class HotlineScreen(Headed, Fitted):
    """The number is the hub's where it has said one."""

    LIMITS = READING

    @property
    def needs(self) -> int:
        return TALLEST

    @property
    def columns(self) -> int:
        code = self.beside()
        return super().columns - (code.columns if code else 0)

    def body(self) -> ComposeResult:
        yield self.heading(self.desk.say(words.HOTLINE), words.HOTLINE_SIGN)
        yield Big(self.desk.sight.hotline, id="number")
        yield Static(self.desk.say(words.HOTLINE_WHAT), id="lines", markup=False)
        yield Static(self.desk.say(words.EMERGENCIES), id="note", markup=False)

    def beside(self) -> Code | None:
        """One scan dials, with no network of the station's."""
        number = "".join(sign for sign in self.desk.sight.hotline if sign in DIALLED)
        room = room_beside(self.glass, WORDS_BESIDE, caption=True)
        content = f"TEL:{number}"
        if not number or qr_lines(content, *room) is None:
            return None
        return Code(content, room, self.desk.say(words.SCAN_TO_CALL))


ENTRY = Entry(HomeTile(6, words.HOTLINE, words.HOTLINE_HINT, HotlineScreen, sign=words.HOTLINE_SIGN))
