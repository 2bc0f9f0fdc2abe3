"""S2: one tap on the occupation is the check-in. No name, no phone. Whoever likes scans the code with a phone."""

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import words
from kiosk.answers import offered
from kiosk.desk import Desk
from kiosk.large_tiles import Pages
from kiosk.phone import WithPhone
from kiosk.screen import Entry, HomeTile
from kiosk.screens.feedback import FeedbackScreen
from kiosk.screens.phone import PhoneScreen
from kiosk.sign import SignTile
from kiosk.touch import Tiles, Touch
from shared.choice import Choice

ACROSS, LARGE_ACROSS = 4, 2


class CheckInScreen(WithPhone):
    """The occupations are the hub's where it has said any, else the regulation's seven and everybody else."""

    CAPTION, PHONE_TILE, NO_ROOM = words.PHONE_LEFT, words.PHONE_CHECK_IN, words.NO_ROOM_CHECK_IN

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._choices = offered(desk.sight.occupations)

    @property
    def tiles(self) -> int:
        return len(self._choices)

    def body(self) -> ComposeResult:
        beside = self.beside_code
        yield Static(self.desk.say(words.CHECK_IN_ASK), id="ask", markup=False)
        yield Static(self.desk.say(words.KEPT_90_SHORT if beside else words.KEPT_90), id="note", markup=False)
        if self.desk.large and self.desk.language == "zh":
            yield Pages(
                [self._sign(choice, f"o-{n}") for n, choice in enumerate(self._choices)], self.desk.say(words.MORE)
            )
            return
        tiles = [Touch(self.desk.say(choice.label), press=f"o-{n}") for n, choice in enumerate(self._choices)]
        yield Tiles(tiles, across=LARGE_ACROSS if self.desk.large else self.across if beside else ACROSS)

    def _sign(self, choice: Choice, press: str) -> Touch:
        return SignTile(words.OCCUPATION_SIGNS.get(choice.id, ""), self.desk.say(choice.label), press=press)

    def bar(self) -> ComposeResult:
        yield from super().bar()
        yield from self.phone_tiles()
        if self.desk.reads_cards:
            yield Static(self.desk.say(words.CARD_HINT), id="hint", classes="hint", markup=False)

    def pressed(self, tile: str) -> None:
        if tile == "phone":
            self.go(PhoneScreen(self.desk))
            return
        choice = self._choices[int(tile.removeprefix("o-"))]
        self.keep(self.desk.check_in(choice.id), lambda: self._said(choice), then=FeedbackScreen)

    def _said(self, choice: Choice) -> list[str]:
        return checked_in(self.desk, self.desk.say(choice.label))


def checked_in(desk: Desk, what: str) -> list[str]:
    """What is said of a check-in: as what, when, and which of today's it is."""
    said = desk.say(words.CHECKED_IN, what=what, time=desk.time()[-5:])
    count = desk.sight.checked_in
    return [said] if count is None else [said, desk.say(words.NTH, n=count)]


ENTRY = Entry(HomeTile(1, words.CHECK_IN, words.CHECK_IN_HINT, CheckInScreen, "primary", words.CHECK_IN_SIGN))
