"""S0: what stands on the glass while nobody is there: the name, what works now, today's visits. Any touch starts."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Center, Grid
from textual.message import Message

from kiosk import words
from kiosk.desk import Desk
from kiosk.idle import FOREVER
from kiosk.screen import Entry, KioskScreen
from kiosk.sight import Shown
from kiosk.touch import Touch, Words

MOST_CHIPS = 8


class Started(Message):
    """Somebody touched the glass."""


class AttractScreen(KioskScreen):
    """It may stand for ever; a person's language and colours end here."""

    LIMITS = FOREVER

    def body(self) -> ComposeResult:
        yield Words(id="title")
        yield Words(self.desk.say(words.TAGLINE), id="tagline")
        with Grid(id="chips"):
            for number in range(MOST_CHIPS):
                yield Words(id=f"chip-{number}", classes="chip")
        yield Words(id="no-board")
        yield Center(Touch(words.START, words.START_EN, press="start", classes="primary", gap=2))
        yield Words(id="foot")

    def bar(self) -> ComposeResult:
        return iter(())

    def on_mount(self) -> None:
        self.look_when_composed()

    def look(self) -> None:
        super().look()
        sight = self.desk.sight
        self.query_one("#title", Words).say(_spaced(self.desk.say(sight.name)))
        facilities = sight.measured[:MOST_CHIPS]
        self.query_one("#no-board", Words).say("" if facilities else self.desk.say(words.NO_BOARD))
        self.query_one("#no-board").display = not facilities
        self.query_one("#chips").display = bool(facilities)
        for number in range(MOST_CHIPS):
            chip = self.query_one(f"#chip-{number}", Words)
            chip.display = number < len(facilities)
            if number < len(facilities):
                chip.say(self._chip(facilities[number]), f"chip {facilities[number].look}")
        self.query_one("#foot", Words).say(_foot(self.desk))

    def _chip(self, shown: Shown) -> str:
        return f"{shown.shape} {self.desk.say(shown.label)} {shown.value or self.desk.say(shown.word)}"

    def action_back(self) -> None:
        """There is nothing before this screen."""

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(Started())

    def pressed(self, tile: str) -> None:  # noqa: ARG002 — there is one tile
        self.post_message(Started())


def _spaced(name: str) -> str:
    """Chinese set wide, as on a sign; other scripts as they are."""
    return " ".join(name) if len(name) <= 12 and not name.isascii() else name


def _foot(desk: Desk) -> str:
    sight = desk.sight
    parts = [f"{desk.say(words.HOTLINE_FOOT)} {sight.hotline}"]
    if sight.checked_in is not None:
        parts.insert(0, desk.say(words.VISITS, n=sight.checked_in))
    if sight.fresh and sight.board is not None and sight.board.entered_today is not None:
        parts.insert(0, desk.say(words.ENTERED, n=sight.board.entered_today))
    return "     ".join(parts)


ENTRY = Entry()
