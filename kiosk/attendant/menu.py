"""S14: what is wrong here in the doctor's words, how far the station is behind, and what an attendant can do."""

from dataclasses import replace

from textual.app import ComposeResult

from kiosk.attendant import words
from kiosk.attendant.cleaning import CleaningScreen
from kiosk.attendant.questions import QuestionsScreen
from kiosk.attendant.touch_test import TouchTestScreen
from kiosk.idle import Limits
from kiosk.phone import alone_fits
from kiosk.screen import Finished, KioskScreen, LanguageChosen, RestartChosen
from kiosk.touch import BACK_KEY, Tiles, Touch, Words
from kiosk.words import OTHER_LANGUAGE

ACROSS = 5


class MenuScreen(KioskScreen):
    """Once it is left the code is asked for again."""

    LIMITS = Limits(60, warning_s=0)

    def body(self) -> ComposeResult:
        facts, troubles = self._told()
        yield Words(facts, id="facts")
        yield Words(troubles, id="troubles")
        say = self.desk.say
        yield Tiles(
            [
                Touch(say(words.QUESTIONS, n=len(self.desk.questions)), press="questions", classes="primary"),
                Touch(say(OTHER_LANGUAGE), press="language"),
                Touch(say(words.TOUCH_TEST), press="touch-test"),
                Touch(say(words.CLEANING), press="cleaning"),
                Touch(say(words.RESTART), press="restart"),
            ],
            across=ACROSS,
        )

    def bar(self) -> ComposeResult:
        yield Touch(self.desk.say(words.LEAVE), press="back", key=BACK_KEY)

    def look(self) -> None:
        super().look()
        facts, troubles = self._told()
        self.query_one("#facts", Words).say(facts)
        self.query_one("#troubles", Words).say(troubles)
        self.query_one("#questions", Touch).label = self.desk.say(words.QUESTIONS, n=len(self.desk.questions))

    def _told(self) -> tuple[str, str]:
        shown, size = self.desk.door_code(), self.app.size
        fits = shown is None or alone_fits(shown, (size.width, size.height))
        condition = replace(self.desk.condition(), code_fits=fits)
        facts, troubles = (map(self.desk.say, lines) for lines in (condition.facts, condition.troubles))
        return "\n".join(facts), "\n".join(troubles)

    def action_back(self) -> None:
        self.post_message(Finished())

    def pressed(self, tile: str) -> None:
        match tile:
            case "questions":
                self.go(QuestionsScreen(self.desk))
            case "language":
                self.post_message(LanguageChosen())
            case "touch-test":
                self.go(TouchTestScreen(self.desk))
            case "cleaning":
                self.go(CleaningScreen(self.desk))
            case "restart":
                self.post_message(RestartChosen())
