"""S2 for phones: the code alone, where the glass is too small to show it beside the tiles."""

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import words
from kiosk.fitted import Fitted
from kiosk.heading import Headed
from kiosk.phone import WORDS_BESIDE, PhoneCode, room_beside
from kiosk.screen import READING, Entry
from kiosk.touch import Words

LINES = 8
"""What is said of the code, with gaps."""


class PhoneScreen(Headed, Fitted):
    """Check-in, feedback, complaint and consultation are all on the page the code leads to."""

    LIMITS = READING

    @property
    def needs(self) -> int:
        return LINES

    @property
    def columns(self) -> int:
        code = self.beside()
        return super().columns - (code.columns if code else 0)

    def body(self) -> ComposeResult:
        yield self.heading(self.desk.say(words.PHONE), words.PHONE_SIGN)
        yield Static(self.desk.say(words.PHONE_HOW), id="lines", markup=False)
        yield Static(self.desk.say(words.PHONE_WHAT), id="what", markup=False)
        yield Static(self.desk.say(words.PHONE_FREE), id="free", markup=False)
        yield Words(id="left")

    def beside(self) -> PhoneCode | None:
        shown = self.desk.door_code()
        room = room_beside(self.glass, WORDS_BESIDE, caption=False)
        return None if shown is None else PhoneCode(self.desk, shown, room)

    def look(self) -> None:
        super().look()
        for code in self.query(PhoneCode):
            code.look()
        shown, say = self.desk.door_code(), self.desk.say
        self.query_one("#left", Words).say(
            say(words.NO_CODE) if shown is None else say(words.SECONDS_LEFT, n=shown.left_s)
        )


ENTRY = Entry()
