"""S5: what was not good. Any number of reasons, also none; going away counts as none."""

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import answers, words
from kiosk.desk import Desk, NotKept
from kiosk.screen import Entry, KioskScreen
from kiosk.touch import Tiles, Touch


class ReasonsScreen(KioskScreen):
    """The unhappy face has been touched; the answer is kept when this screen ends, unless by Back."""

    def __init__(self, desk: Desk, score: int) -> None:
        super().__init__(desk)
        self._score = score
        self._chosen: set[str] = set()

    def body(self) -> ComposeResult:
        yield Static(self.desk.say(words.REASONS_ASK), id="ask", markup=False)
        yield Static(self.desk.say(words.REASONS_NOTE), id="note", markup=False)
        yield Tiles([Touch(self.desk.say(reason.label), press=f"r-{reason.id}") for reason in answers.REASONS])

    def bar(self) -> ComposeResult:
        yield from super().bar()
        yield Touch(self.desk.say(words.SUBMIT), press="submit", classes="primary")

    def given_up(self) -> None:
        """Whoever touched an unhappy face and left has answered."""
        try:
            self.desk.put(answers.feedback(self._score, self._chosen))
        except NotKept:
            return  # nobody is there to be told

    def pressed(self, tile: str) -> None:
        if tile == "submit":
            said = self.desk.say(words.FEEDBACK_KEPT, what=self.desk.say(words.SCORES[self._score]))
            self.keep(answers.feedback(self._score, self._chosen), lambda: [said])
            return
        reason = tile.removeprefix("r-")
        self._chosen ^= {reason}
        self.query_one(f"#{tile}").set_class(reason in self._chosen, "chosen")


ENTRY = Entry()
