"""S4: one question, four faces, no neutral one. The two unhappy ones are asked why."""

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import answers, words
from kiosk.desk import Desk
from kiosk.faces import face
from kiosk.screen import Entry, HomeTile, KioskScreen
from kiosk.screens.reasons import ReasonsScreen
from kiosk.themes import CONTRAST
from kiosk.touch import Tiles, Touch

SCORES = (4, 3, 2, 1)
"""From left to right; the order never changes, so that a habit stays right."""


ROOMY, MARGINS, NARROW_MARGINS = 23, 10, 5
"""From this many rows on the style sheet takes ten columns for margins and gaps, below it five."""


class FeedbackScreen(KioskScreen):
    """A happy face is the whole answer; an unhappy one counts even if no reason is given."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._drawn_for = self.app.size

    def body(self) -> ComposeResult:
        yield Static(self.desk.say(words.FEEDBACK_ASK), id="ask", markup=False)
        yield Tiles([self._tile(score) for score in SCORES], across=len(SCORES), name="faces")

    def _tile(self, score: int) -> Touch:
        drawn = "\n".join(face(score, _across(*self.app.size, framed=self.app.theme == CONTRAST.name)))
        return Touch(self.desk.say(words.SCORES[score]), press=f"score-{score}", classes=f"face s{score}", above=drawn)

    async def on_resize(self) -> None:
        """Faces are drawn for the room there is."""
        if self.app.size != self._drawn_for:
            self._drawn_for = self.app.size
            await self.recompose()

    def pressed(self, tile: str) -> None:
        score = int(tile.removeprefix("score-"))
        if score <= answers.UNHAPPY:
            self.go(ReasonsScreen(self.desk, score))
        else:
            said = self.desk.say(words.FEEDBACK_KEPT, what=self.desk.say(words.SCORES[score]))
            self.keep(answers.feedback(score), lambda: [said])


def _across(width: int, height: int, framed: bool) -> int:
    """How many pixels across a face can be: what the style sheet leaves inside a tile; an even number."""
    between = MARGINS if height >= ROOMY else NARROW_MARGINS
    inside = (width - between) // len(SCORES) - (4 if framed else 2)
    room = min(inside, 2 * (height - 12))
    return max(room - room % 2, 2)


ENTRY = Entry(HomeTile(2, words.FEEDBACK, words.FEEDBACK_HINT, FeedbackScreen))
