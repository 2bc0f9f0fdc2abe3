"""S9: what the station promises, in the union's own words; nothing is promised that the hub has not sent."""

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import words
from kiosk.screen import READING, Entry, HomeTile, KioskScreen

MOST = 8


class PledgeScreen(KioskScreen):
    """Numbered lines, the opening hours, and what is kept of a person."""

    LIMITS = READING

    def body(self) -> ComposeResult:
        yield Static(self.desk.say(words.PLEDGE), id="title", markup=False)
        yield Static("\n".join(self._lines()), id="pledge", markup=False)

    def _lines(self) -> list[str]:
        sight = self.desk.sight
        promised = [self.desk.say(line) for line in sight.station.pledge] if sight.station else []
        lines = [f"{number}  {line}" for number, line in enumerate(promised[:MOST], start=1)]
        lines = lines or [self.desk.say(words.NO_PLEDGE)]
        if sight.opening is not None:
            lines += ["", self.desk.say(words.OPEN, start=sight.opening.start, end=sight.opening.end)]
        return [*lines, self.desk.say(words.PRIVACY)]


ENTRY = Entry(HomeTile(5, words.PLEDGE, words.PLEDGE_HINT, PledgeScreen))
