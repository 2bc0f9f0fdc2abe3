"""S10: whom to call, large enough to read from a step away."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Digits, Static

from kiosk import words
from kiosk.big import big
from kiosk.fitted import Fitted
from kiosk.heading import SIDES, Headed
from kiosk.phone import WORDS_BESIDE, Code, room_beside
from kiosk.qr import qr_lines
from kiosk.screen import READING, Entry, HomeTile
from kiosk.sign import Big

DIALLED = "0123456789+"
LINED, DIGIT_COLUMNS = frozenset("0123456789+-"), 3
"""What can be drawn in lines, and how wide each is then."""
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
        yield self._number()
        yield Static(self.desk.say(words.HOTLINE_WHAT), id="lines", markup=False)
        yield Static(self.desk.say(words.EMERGENCIES), id="note", markup=False)

    def _number(self) -> Widget:
        """As large as there is room: a long one in digits three rows high, in two lines if need be."""
        number, room = self.desk.sight.hotline, self.columns - SIDES
        area, dash, rest = number.partition("-")
        lines = next(
            (
                lines
                for lines in ([number], [area + dash, rest])
                if all(DIGIT_COLUMNS * len(line) <= room for line in lines)
            ),
            [],
        )
        if big(number, room) is not None or not lines or not set(number) <= LINED:
            return Big(number, id="number")
        return Vertical(*(Digits(line) for line in lines if line), id="number")

    def beside(self) -> Code | None:
        """One scan dials, with no network of the station's."""
        number = "".join(sign for sign in self.desk.sight.hotline if sign in DIALLED)
        room = room_beside(self.glass, WORDS_BESIDE, caption=True)
        content = f"TEL:{number}"
        if not number or qr_lines(content, *room) is None:
            return None
        return Code(content, room, self.desk.say(words.SCAN_TO_CALL))


ENTRY = Entry(HomeTile(6, words.HOTLINE, words.HOTLINE_HINT, HotlineScreen, sign=words.HOTLINE_SIGN))
