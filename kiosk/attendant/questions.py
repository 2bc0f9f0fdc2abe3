"""What rules ask a person ("off or broken?"), and the answer: a statement, which S3 can take back."""

from textual.app import ComposeResult, RenderResult
from textual.content import Content
from textual.widgets import Static

from kiosk import answers
from kiosk.attendant import words
from kiosk.big import cut
from kiosk.desk import Desk
from kiosk.screen import READING, KioskScreen
from kiosk.touch import Tiles, Touch
from shared.board import BoardQuestion
from shared.choice import Choice

MOST_QUESTIONS = 6
"""What a screen holds; the next come up as these are answered."""
ATTENDANT = "attendant"


class QuestionTile(Touch):
    """What is asked, as far as there is room: the next screen shows it whole."""

    def render(self) -> RenderResult:
        whole = Content.from_text(self.label, markup=False)
        width, height = self.room
        lines = whole.wrap(width) if width > 0 else []
        if len(lines) <= height:
            return super().render()
        *kept, last = (line.plain for line in lines[:height])
        return Content.styled("\n".join([*kept, cut(last, width)]), "bold")


class QuestionsScreen(KioskScreen):
    """The oldest first. What was answered here is gone at once, though the board asks until it has heard."""

    LIMITS = READING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked = desk.questions[:MOST_QUESTIONS]

    def body(self) -> ComposeResult:
        ask = words.QUESTIONS_ASK if self._asked else words.NO_QUESTIONS
        yield Static(self.desk.say(ask), id="ask", markup=False)
        tiles = [
            QuestionTile(
                self.desk.say(self.desk.sight.label(asked.facility)),
                self.desk.say(asked.text),
                press=f"q-{number}",
                gap=1,
            )
            for number, asked in enumerate(self._asked)
        ]
        yield Tiles(tiles, across=1 if len(tiles) <= 3 else 2)

    def pressed(self, tile: str) -> None:
        self.go(AnswerScreen(self.desk, self._asked[int(tile.removeprefix("q-"))]))


class AnswerScreen(KioskScreen):
    """One tap is the answer."""

    LIMITS = READING

    def __init__(self, desk: Desk, asked: BoardQuestion) -> None:
        super().__init__(desk)
        self._asked = asked

    def body(self) -> ComposeResult:
        desk = self.desk
        yield Static(
            f"{desk.say(desk.sight.label(self._asked.facility))}  {desk.say(self._asked.text)}",
            id="question",
            markup=False,
        )
        yield Static(desk.say(words.QUESTIONS_ASK), id="note", markup=False)
        yield Tiles([Touch(desk.say(choice.label), press=f"a-{n}") for n, choice in enumerate(self._asked.choices)])

    def pressed(self, tile: str) -> None:
        choice = self._asked.choices[int(tile.removeprefix("a-"))]
        asked = self._asked
        self.keep(answers.statement(asked, choice, ATTENDANT), lambda: self._said(choice))

    def _said(self, choice: Choice) -> list[str]:
        desk = self.desk
        return [desk.say(self._asked.text), desk.say(words.ANSWERED, what=desk.say(choice.label))]
