"""S0: what stands on the glass while nobody is there: the name, what works now, today's visits, and the one question.

A face counts straight from here; any other touch starts.
"""

from collections.abc import Sequence
from math import ceil

from textual import events
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from kiosk import answers, words
from kiosk.big import NARROW, cells, fitted
from kiosk.desk import Desk
from kiosk.idle import FOREVER
from kiosk.paging import pages
from kiosk.screen import Entry, KioskScreen
from kiosk.screens.feedback import faces, keep_happy, score_of
from kiosk.shown import Shown, worst_first
from kiosk.sign import Big, SignTile
from kiosk.touch import Words
from shared.states import State
from shared.text import Text

MOST_CHIPS = 8
MOST_ACROSS, ROOMY = 4, 80
"""How many chips stand beside each other from so many columns on; one less below."""
HOLD = "\u00a0"
"""A space that keeps its place: chips begin below each other though each column is centred."""
MARGINS = 4
"""Columns left and right of chips and news, where the glass is widest."""
ON = "…"
"""A line goes on in the next one."""
NEWS_S, STILL_NEWS_S = 8.0, 60.0
"""How long one line of news stands; where nothing is to move on the glass, long enough to be no motion."""


class Started(Message):
    """Somebody touched the glass."""


class Displeased(Message):
    """Somebody touched an unhappy face, and may say why."""

    def __init__(self, score: int) -> None:
        super().__init__()
        self.score = score


class AttractScreen(KioskScreen):
    """It may stand for ever; a person's language, colours and letters end here."""

    CSS_PATH = None
    LIMITS = FOREVER

    def body(self) -> ComposeResult:
        yield Big(id="title", sign=words.SIGN)
        yield Words(id="news")
        with Grid(id="chips"):
            for number in range(MOST_CHIPS):
                yield Words(id=f"chip-{number}", classes="chip")
        yield Words(id="no-board")
        with Horizontal(id="lower"):
            with Vertical(id="asked"):
                yield Static(self.desk.say(words.FEEDBACK_ASK), id="ask", markup=False)
                yield faces(self.desk)
            yield SignTile(words.START_SIGN, words.START, words.START_EN, press="start", classes="primary")
        yield Words(id="foot")

    def bar(self) -> ComposeResult:
        return iter(())

    def on_mount(self) -> None:
        self.look_when_composed()

    def look(self) -> None:
        super().look()
        sight = self.desk.sight
        name = self.desk.say(sight.name)
        self.query_one("#title", Big).say(_spaced(name))
        self.set_class(cells(name) * NARROW > self.app.size.width, "long-name")
        self._show_chips(sight.measured)
        told = sight.dangers or [words.TAGLINE, *sight.news]
        self.query_one("#news", Words).say(self._one_of(told), "danger" if sight.dangers else "")
        self.query_one("#foot", Words).say(_foot(self.desk))

    def _one_of(self, news: Sequence[Text]) -> str:
        """The line whose turn it is; what is longer than a line has several turns."""
        stands = STILL_NEWS_S if self.app.animation_level == "none" else NEWS_S
        room = self.app.size.width - MARGINS
        lines = [line for text in news for line in _lines(self.desk.say(text), room)]
        return lines[int(self.desk.now().uptime // stands) % len(lines)]

    def _show_chips(self, facilities: Sequence[Shown]) -> None:
        """Of more than there is room for what does not work, and how many more there are."""
        self.query_one("#no-board", Words).say("" if facilities else self.desk.say(words.NO_BOARD))
        self.query_one("#no-board").display = not facilities
        self.query_one("#chips").display = bool(facilities)
        most = MOST_CHIPS if len(facilities) <= MOST_CHIPS else MOST_CHIPS - 1
        shown = facilities if len(facilities) <= most else worst_first(facilities)[:most]
        room = self._arrange(min(len(facilities), MOST_CHIPS))
        said = [(self._chip(one, room), one.look) for one in shown]
        if len(shown) < len(facilities):
            said.append((self.desk.say(words.MORE_THINGS, n=len(facilities) - len(shown)), State.UNKNOWN))
        widest = max((cells(text) for text, _ in said), default=0)
        for number in range(MOST_CHIPS):
            chip = self.query_one(f"#chip-{number}", Words)
            chip.display = number < len(said)
            if chip.display:
                text, look = said[number]
                chip.say(text + HOLD * (widest - cells(text)), f"chip {look}")

    def _arrange(self, chips: int) -> int:
        """Chips in rows of about equal length; how many columns each has."""
        width = self.app.size.width
        most = MOST_ACROSS if width >= ROOMY else MOST_ACROSS - 1
        across = max(1, ceil(chips / max(1, ceil(chips / most))))
        self.query_one("#chips").styles.grid_size_columns = across
        return (width - MARGINS - (across - 1)) // across

    def _chip(self, shown: Shown, room: int) -> str:
        """What is measured stands for the word where it plainly works. The name is cut, and never the word."""
        plain = shown.look == State.OK
        word = (shown.value if plain else None) or self.desk.say(shown.word)
        name = fitted(self.desk.say(shown.label), room - cells(f"{shown.shape}  {word}"))
        return f"{shown.shape} {name} {word}"

    def action_back(self) -> None:
        """There is nothing before this screen."""

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(Started())

    def pressed(self, tile: str) -> None:
        if tile == "start":
            self.post_message(Started())
        elif (score := score_of(tile)) > answers.UNHAPPY:
            keep_happy(self, score)
        else:
            self.post_message(Displeased(score))


def _spaced(name: str) -> str:
    """Chinese set wide, as on a sign; other scripts as they are."""
    return " ".join(name) if len(name) <= 12 and not name.isascii() else name


def _lines(text: str, room: int) -> list[str]:
    """A text in lines, each with a sign that it goes on."""
    if cells(text) <= room:
        return [text]
    *lines, last = (line for page in pages([text], room - cells(ON), 1) for line in page)
    return [*(f"{line.rstrip()}{ON}" for line in lines), last]


def _foot(desk: Desk) -> str:
    sight = desk.sight
    parts = [f"{desk.say(words.HOTLINE_FOOT)} {sight.hotline}"]
    if sight.checked_in is not None:
        parts.insert(0, desk.say(words.VISITS, n=sight.checked_in))
    if sight.fresh and sight.board is not None and sight.board.entered_today is not None:
        parts.insert(0, desk.say(words.ENTERED, n=sight.board.entered_today))
    return "     ".join(parts)


ENTRY = Entry()
