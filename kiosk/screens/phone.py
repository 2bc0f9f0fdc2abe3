"""S2 for phones: the code alone, where the glass is too small to show it beside the tiles."""

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import words
from kiosk.phone import WORDS_BESIDE, PhoneCode, room_beside
from kiosk.screen import READING, Entry, KioskScreen
from kiosk.touch import Words


class PhoneScreen(KioskScreen):
    """Check-in, feedback, complaint and consultation are all on the page the code leads to."""

    LIMITS = READING

    def body(self) -> ComposeResult:
        yield Static(self.desk.say(words.PHONE), id="title", markup=False)
        yield Static(self.desk.say(words.PHONE_HOW), id="lines", markup=False)
        yield Static(self.desk.say(words.PHONE_WHAT), id="what", markup=False)
        yield Static(self.desk.say(words.PHONE_FREE), id="free", markup=False)
        yield Words(id="left")

    def beside(self) -> PhoneCode | None:
        shown = self.desk.door_code()
        size = self.app.size.width, self.app.size.height
        return None if shown is None else PhoneCode(self.desk, shown, room_beside(size, WORDS_BESIDE, caption=False))

    def look(self) -> None:
        super().look()
        for code in self.query(PhoneCode):
            code.look()
        shown, say = self.desk.door_code(), self.desk.say
        self.query_one("#left", Words).say(
            say(words.NO_CODE) if shown is None else say(words.SECONDS_LEFT, n=shown.left_s)
        )


ENTRY = Entry()
