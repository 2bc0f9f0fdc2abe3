"""S6: which thing is broken. What the station already knows stands on the tile, so that nobody need report it again."""

from math import ceil

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import words
from kiosk.desk import Desk
from kiosk.heading import Headed
from kiosk.paging import spread
from kiosk.screen import Entry, HomeTile, ScreenShown
from kiosk.screens.problem import ProblemScreen, Subject
from kiosk.touch import LEAST_ROWS, Tiles, Touch, columns
from shared.facility import DOOR, ELSEWHERE, NETWORK, kinds

MOST_TILES = 12
"""What a screen holds with a line above it; of more things there are pages, and a tile that turns them."""


def more(desk: Desk, page: int, pages: int) -> Touch:
    """The tile that turns the page, and which one this is."""
    return Touch(desk.say(words.MORE), f"{page + 1} / {pages}", press="more")


def subjects(desk: Desk) -> list[Subject]:
    """What a person may complain of: the board's facilities, the door, the network, and everything else."""
    found = [Subject(shown.id, shown.label) for shown in desk.sight.facilities]
    if not any(subject.id.startswith("entrance-") for subject in found):
        found.append(Subject(DOOR, kinds()["entrance"].label))
    return [*found, Subject(NETWORK, words.NETWORK), Subject(ELSEWHERE, words.ELSEWHERE)]


class FaultScreen(Headed):
    """One tap on the thing; the next screen asks what is wrong."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._subjects = subjects(desk)
        self._pages = spread(list(enumerate(self._subjects)), MOST_TILES)
        self._page = 0

    @property
    def _tiles(self) -> int:
        return len(self._pages[self._page]) + (len(self._pages) > 1)

    @property
    def needs(self) -> int:
        return LEAST_ROWS * ceil(self._tiles / columns(self._tiles))

    def body(self) -> ComposeResult:
        note = self.desk.say(words.FAULT_NOTE)
        yield self.heading(self.desk.say(words.FAULT_ASK), words.FAULT_SIGN, note)
        yield Static(note, id="note", markup=False)
        tiles = [self._tile(number, subject) for number, subject in self._pages[self._page]]
        if len(self._pages) > 1:
            tiles.append(more(self.desk, self._page, len(self._pages)))
        yield Tiles(tiles)

    def _tile(self, number: int, subject: Subject) -> Touch:
        """What became of a fault stands beneath its name, else how it is; of what nothing measures nothing."""
        shown = next((shown for shown in self.desk.sight.facilities if shown.id == subject.id), None)
        known = self.desk.sight.known(subject.id, short=True)
        word = known or (shown.word if shown else None)
        hint = "" if word is None else f"{shown.shape} {self.desk.say(word)}" if shown else self.desk.say(word)
        return Touch(self.desk.say(subject.label), hint, press=f"subject-{number}")

    def pressed(self, tile: str) -> None:
        if tile == "more":
            self._page = (self._page + 1) % len(self._pages)
            self.refresh(recompose=True)
            self.post_message(ScreenShown())  # other tiles lie under the finger
            return
        self.go(ProblemScreen(self.desk, self._subjects[int(tile.removeprefix("subject-"))]))


ENTRY = Entry(HomeTile(3, words.FAULT, words.FAULT_HINT, FaultScreen, sign=words.FAULT_SIGN))
