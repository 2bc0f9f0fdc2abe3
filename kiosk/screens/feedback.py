"""S4: one question, four faces, no neutral one. The two unhappy ones are asked why."""

from textual.app import ComposeResult

from kiosk import answers, words
from kiosk.desk import Desk
from kiosk.heading import Headed
from kiosk.screen import Entry, HomeTile, KioskScreen
from kiosk.screens.reasons import ReasonsScreen
from kiosk.sign import FaceTile
from kiosk.touch import Tiles

SCORES = (4, 3, 2, 1)
"""From left to right; the order never changes, so that a habit stays right."""


FACE_ROWS = 10
"""Of a tile with a face that is not smaller than without a big heading, and its word."""


class FeedbackScreen(Headed):
    """A happy face is the whole answer; an unhappy one counts even if no reason is given."""

    @property
    def needs(self) -> int:
        return FACE_ROWS

    def body(self) -> ComposeResult:
        yield self.heading(self.desk.say(words.FEEDBACK_ASK), words.SATISFIED_SIGN)
        yield faces(self.desk)

    def pressed(self, tile: str) -> None:
        score = score_of(tile)
        if score <= answers.UNHAPPY:
            self.go(ReasonsScreen(self.desk, score))
        else:
            keep_happy(self, score)


def faces(desk: Desk) -> Tiles:
    """The four faces; what they do is `score-4` … `score-1`."""
    tiles = [FaceTile(score, desk.say(words.SCORES[score]), press=f"score-{score}") for score in SCORES]
    return Tiles(tiles, across=len(SCORES), name="faces")


def score_of(tile: str) -> int:
    """What a face means."""
    return int(tile.removeprefix("score-"))


def keep_happy(screen: KioskScreen, score: int) -> None:
    """A happy face is the whole answer."""
    said = screen.desk.say(words.FEEDBACK_KEPT, what=screen.desk.say(words.SCORES[score]))
    screen.keep(answers.feedback(score), lambda: [said])


ENTRY = Entry(HomeTile(2, words.FEEDBACK, words.FEEDBACK_HINT, FeedbackScreen, sign=words.FEEDBACK_SIGN))
