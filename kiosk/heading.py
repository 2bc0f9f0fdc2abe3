"""What a screen is about, above all else on it: one line; in large letters drawn big where the rest leaves the rows."""

from textual.geometry import Size

from kiosk.big import ROWS, title
from kiosk.screen import KioskScreen
from kiosk.sign import Big
from shared.text import Text

FRAME_ROWS = 4
"""Rows of a screen that are neither heading nor body: the top row and the bottom row."""
BIG_ROWS = ROWS + 1
"""Of a big heading: the letters, and a line beneath them."""
SIDES = 4
"""Columns left and right of it."""
GAP_ROWS = 6
"""With fewer rows to spare tiles touch each other, and no line stands between them and the heading."""


class Heading(Big):
    """Its words; `sign` is drawn where they are too long for big letters, and `more` goes on where it has no row."""

    def __init__(self, ask: str, sign: str, more: str) -> None:
        super().__init__(ask, id="ask", sign=sign)
        self._ask, self._more = ask, more

    def rows(self, width: int) -> int:
        """How many it has where so many columns are given; 1: it cannot be big."""
        return len(title(self._ask, width, BIG_ROWS, self._sign))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 — Textual's signature
        return self.rows(width)

    def go_on(self, further: bool) -> None:
        """Say what else there is to say, or the question alone."""
        self.say(f"{self._ask}   {self._more}" if further and self._more else self._ask)


class Headed(KioskScreen):
    """A screen with a heading. It wears `headed` while that is big, and `tight` where this leaves no gaps."""

    @property
    def needs(self) -> int:
        """The fewest rows that all beneath the heading can do with."""
        raise NotImplementedError

    @property
    def columns(self) -> int:
        """How wide what stands beneath it is."""
        return self.app.size.width

    def heading(self, ask: str, sign: Text, more: str = "") -> Heading:
        """The first thing in a body."""
        made = Heading(ask, self.desk.say(sign), more)
        self._grow(made)
        return made

    async def on_resize(self) -> None:
        """The glass has another size."""
        for heading in self.query(Heading):
            self._grow(heading)

    def _grow(self, heading: Heading) -> None:
        rows = heading.rows(self.columns - SIDES)
        spare = self.app.size.height - FRAME_ROWS - rows - self.needs
        big = self.desk.large and spare >= 0 and rows > 1
        tight = big and spare < GAP_ROWS
        self.set_class(big, "headed")
        self.set_class(tight, "tight")
        heading.go_on(further=tight)
