"""Four digits of a code that changes, by touch or by number pad; three wrong ones shut the door for five minutes."""

from math import ceil

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk.attendant import words
from kiosk.attendant.menu import MenuScreen
from kiosk.desk import Desk
from kiosk.idle import Limits
from kiosk.screen import Finished, KioskScreen
from kiosk.touch import Tiles, Touch, Words
from shared.door_code import ATTENDANT_DIGITS
from shared.text import Text

ACROSS = 4
GIVEN, OPEN = "●", "○"


class CodeScreen(KioskScreen):
    """It shows how many digits were given, and never which."""

    LIMITS = Limits(60, warning_s=0)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._digits = ""
        self._said: Text = words.CODE_WHERE

    def body(self) -> ComposeResult:
        yield Static(self.desk.say(words.CODE_ASK), id="ask", markup=False)
        yield Words(id="dots")
        yield Words(id="note")
        digits = {digit: Touch(digit, press=f"d-{digit}", key=digit) for digit in "1234567890"}
        erase, clear = (
            Touch(self.desk.say(words.ERASE), press="erase", key="-"),
            Touch(self.desk.say(words.CLEAR), press="clear", key="*"),
        )
        rows = ([*(digits[one] for one in row), last] for row, last in (("123", erase), ("456", clear), ("7890", None)))
        yield Tiles([tile for row in rows for tile in row if tile is not None], across=ACROSS)

    def on_mount(self) -> None:
        self.look_when_composed()

    def look(self) -> None:
        super().look()
        refusal = self._refusal()
        self.query_one(Tiles).visible = refusal is None
        self.query_one("#dots", Words).say(" ".join([GIVEN] * len(self._digits) + [OPEN] * self._missing))
        self.query_one("#note", Words).say(refusal or self.desk.say(self._said, n=self.desk.attendants.left))

    def action_back(self) -> None:
        self.post_message(Finished())

    def pressed(self, tile: str) -> None:
        if self._refusal() is not None:
            return
        if tile.startswith("d-"):
            self._digits += tile.removeprefix("d-")
        else:
            self._digits = self._digits[:-1] if tile == "erase" else ""
        if not self._missing:
            self._try()
        self.look()

    @property
    def _missing(self) -> int:
        return ATTENDANT_DIGITS - len(self._digits)

    def _refusal(self) -> str | None:
        """Why no code can be tried now."""
        shut_s = self.desk.attendants.shut_s(self.desk.now().uptime)
        if shut_s > 0:
            return self.desk.say(words.CODE_SHUT, n=ceil(shut_s / 60))
        why = self.desk.why_no_code()
        return None if why is None else self.desk.say(why)

    def _try(self) -> None:
        code, self._digits = self._digits, ""
        if self.desk.opens(code):
            self.replace(MenuScreen(self.desk))
        else:
            self._said = words.CODE_WRONG
