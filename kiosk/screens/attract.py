"""S0: what stands on the glass while nobody is there: the name, what works now, today's visits, and the one question.

A face counts straight from here; any other touch starts.
"""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from kiosk import answers, words
from kiosk.big import NARROW, cells
from kiosk.chips import MARGINS, Chips
from kiosk.desk import Desk
from kiosk.idle import FOREVER
from kiosk.paging import pages
from kiosk.screen import Entry, KioskScreen
from kiosk.screens.feedback import faces, keep_happy, score_of
from kiosk.sign import Big, SignTile
from kiosk.touch import Words
from shared.text import Text

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

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._title, self._news, self._chips = Big(id="title", sign=words.SIGN), Words(id="news"), Chips(desk)
        self._no_board, self._foot = Words(desk.say(words.NO_BOARD), id="no-board"), Words(id="foot")

    def body(self) -> ComposeResult:
        self._say()  # before any of it is mounted, and so styled
        yield self._title
        yield self._news
        yield self._chips
        yield self._no_board
        with Horizontal(id="lower"):
            with Vertical(id="asked"):
                yield Static(self.desk.say(words.FEEDBACK_ASK), id="ask", markup=False)
                yield faces(self.desk)
            yield SignTile(words.START_SIGN, words.START, words.START_EN, press="start", classes="primary")
        yield self._foot

    def bar(self) -> ComposeResult:
        return iter(())

    def look(self) -> None:
        super().look()
        self._say()

    def _say(self) -> None:
        sight, width = self.desk.sight, self.app.size.width
        name = self.desk.say(sight.name)
        self._title.say(_spaced(name))
        self.set_class(cells(name) * NARROW > width, "long-name")
        facilities = sight.measured
        self._chips.show(facilities, width)
        self._no_board.display = not facilities
        told = sight.dangers or [words.TAGLINE, *sight.news]
        self._news.say(self._one_of(told), "danger" if sight.dangers else "")
        self._foot.say(_foot(self.desk))

    def _one_of(self, news: Sequence[Text]) -> str:
        """The line whose turn it is; what is longer than a line has several turns."""
        stands = STILL_NEWS_S if self.app.animation_level == "none" else NEWS_S
        room = self.app.size.width - MARGINS
        lines = [line for text in news for line in _lines(self.desk.say(text), room)]
        return lines[int(self.desk.now().uptime // stands) % len(lines)]

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
