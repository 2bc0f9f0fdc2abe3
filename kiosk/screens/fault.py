"""S6: which thing is broken. What the station already knows stands on the tile, so that nobody need report it again."""

from math import ceil

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import words
from kiosk.desk import Desk
from kiosk.heading import Headed
from kiosk.screen import Entry, HomeTile
from kiosk.screens.problem import ProblemScreen, Subject
from kiosk.touch import LEAST_ROWS, Tiles, Touch, columns
from shared.facility import DOOR, ELSEWHERE, NETWORK, kinds

MOST_FACILITIES = 13
"""With the door, the network and "something else" this makes four rows of four."""

MOST_WITH_NOTE = 12
"""A fourth row of tiles takes the room of the line above them."""


def subjects(desk: Desk) -> list[Subject]:
    """What a person may complain of: the board's facilities, the door, the network, and everything else."""
    found = [Subject(shown.id, shown.label) for shown in desk.sight.facilities[:MOST_FACILITIES]]
    if not any(subject.id.startswith("entrance-") for subject in found):
        found.append(Subject(DOOR, kinds()["entrance"].label))
    return [*found, Subject(NETWORK, words.NETWORK), Subject(ELSEWHERE, words.ELSEWHERE)]


class FaultScreen(Headed):
    """One tap on the thing; the next screen asks what is wrong."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._subjects = subjects(desk)

    @property
    def needs(self) -> int:
        return LEAST_ROWS * ceil(len(self._subjects) / columns(len(self._subjects)))

    def body(self) -> ComposeResult:
        note = self.desk.say(words.FAULT_NOTE)
        yield self.heading(self.desk.say(words.FAULT_ASK), words.FAULT_SIGN, note)
        if len(self._subjects) <= MOST_WITH_NOTE:
            yield Static(note, id="note", markup=False)
        yield Tiles([self._tile(number, subject) for number, subject in enumerate(self._subjects)])

    def _tile(self, number: int, subject: Subject) -> Touch:
        shown = next((shown for shown in self.desk.sight.facilities if shown.id == subject.id), None)
        hint = ""
        if shown is not None:
            hint = f"{shown.shape} {self.desk.say(self.desk.sight.known(subject.id, short=True) or shown.word)}"
        return Touch(self.desk.say(subject.label), hint, press=f"subject-{number}")

    def pressed(self, tile: str) -> None:
        self.go(ProblemScreen(self.desk, self._subjects[int(tile.removeprefix("subject-"))]))


ENTRY = Entry(HomeTile(3, words.FAULT, words.FAULT_HINT, FaultScreen, sign=words.FAULT_SIGN))
