"""S5: what was not good. Any number of reasons, also none: the unhappy face counts however a person leaves."""

from math import ceil

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import answers, words
from kiosk.desk import Desk, NotKept
from kiosk.heading import Headed
from kiosk.messages import Refused
from kiosk.phone import WithPhone
from kiosk.screen import Entry, KioskScreen
from kiosk.screens.phone import PhoneScreen
from kiosk.touch import LEAST_ROWS, MAIN_KEY, Tiles, Touch, columns
from shared.choice import Choice
from shared.settings_message import REASONS

ROOMY = 100
"""From this many columns on there are three tiles in a row beside a code."""


class ReasonsScreen(Headed, WithPhone):
    """The unhappy face has been touched; the answer is kept when this screen ends, with the reasons chosen so far.

    Only Back right after the face, before any reason, takes it back: the finger had slipped.
    """

    CAPTION, PHONE_TILE, NO_ROOM = words.PHONE_MORE, words.PHONE_WRITE, words.NO_ROOM_MORE

    def __init__(self, desk: Desk, score: int) -> None:
        super().__init__(desk)
        self._score = score
        self._chosen: set[str] = set()
        self._answered = False
        self._since = desk.now().uptime

    @property
    def tiles(self) -> int:
        return len(REASONS)

    @property
    def across(self) -> int:
        return 3 if self.app.size.width >= ROOMY else 2

    @property
    def needs(self) -> int:
        return LEAST_ROWS * ceil(self.tiles / columns(self.tiles))

    def body(self) -> ComposeResult:
        note = self.desk.say(words.REASONS_NOTE)
        yield self.heading(self.desk.say(words.REASONS_ASK), words.REASONS_SIGN, note)
        yield Static(note, id="note", markup=False)
        yield Tiles([self._tile(reason) for reason in REASONS], across=self.across if self.beside_code else None)

    def _tile(self, reason: Choice) -> Touch:
        chosen = "chosen" if reason.id in self._chosen else ""
        return Touch(self.desk.say(reason.label), press=f"r-{reason.id}", classes=chosen)

    def bar(self) -> ComposeResult:
        yield from super().bar()
        yield from self.phone_tiles()
        yield Touch(self.desk.say(words.SUBMIT), press="submit", classes="primary", key=MAIN_KEY)

    def given_up(self) -> None:
        """Whoever touched an unhappy face and left has answered."""
        self._count()

    def action_back(self) -> None:
        slip = not self._chosen and self.desk.now().uptime < self._since + answers.AGAIN_WITHIN_S
        super().action_back()
        if not slip and self._count() and isinstance(self.app.screen, KioskScreen):
            self.app.screen.top.remark(self._kept)

    def _count(self) -> bool:
        """Keep the answer once; whether it is on disk."""
        if self._answered:
            return True
        self._answered = True
        try:
            self.desk.put(answers.feedback(self._score, self._chosen))
        except NotKept as error:
            self.app.post_message(Refused(error.why))  # this screen may be gone by then
            return False
        return True

    @property
    def _kept(self) -> str:
        return self.desk.say(words.FEEDBACK_KEPT, what=self.desk.say(words.SCORES[self._score]))

    def pressed(self, tile: str) -> None:
        if tile == "submit":
            self.keep(answers.feedback(self._score, self._chosen), lambda: [self._kept])
            self._answered = self._leaving
        elif tile == "phone":
            self.go(PhoneScreen(self.desk))
        else:
            reason = tile.removeprefix("r-")
            self._chosen ^= {reason}
            self.query_one(f"#{tile}").set_class(reason in self._chosen, "chosen")


ENTRY = Entry()
