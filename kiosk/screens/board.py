"""S8: services and facilities as they are now, each with word, shape and colour, and how old the data are.

Unknown is an answer.
"""

from collections.abc import Sequence
from math import ceil

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content

from kiosk import words
from kiosk.big import cells, cut
from kiosk.desk import Desk
from kiosk.heading import Headed
from kiosk.news import day_time
from kiosk.paging import page_at, pages, spread
from kiosk.screen import READING, Entry, HomeTile, ScreenShown
from kiosk.screens.fault import FaultScreen, more
from kiosk.screens.pledge import PledgeScreen
from kiosk.shown import Shown, service_lines, worst_first
from kiosk.sight import Sight
from kiosk.touch import LEAST_ROWS, Touch, Words, columns
from shared.services import ServiceNow
from shared.text import Text

MOST = 12
ROOMY, NEWS_ROWS = 30, 4
"""From this height on there is room for so many lines of news."""
MIDDLE = 23
"""Below this height no plate has a second line for a note."""
MARGINS = 4
SERVICE_ROWS, LINES_BENEATH = 2, 2
"""Above the plates, and beneath them: one line of news, and how old the data are."""


class BoardScreen(Headed):
    """It follows the board while it stands."""

    LIMITS = READING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._page, self._of = 0, 1
        """Which page stands, and of how many."""

    def _turned(self) -> tuple[Sequence[Shown], int, int]:
        """What stands on this page, which one it is, and of how many: of several the first has what does not work."""
        measured = self.desk.sight.measured
        found = spread(measured if len(measured) <= MOST else worst_first(measured), MOST)
        page = self._page % len(found)
        return found[page], page, len(found)

    @property
    def needs(self) -> int:
        shown, _, pages = self._turned()
        plates = _places(shown, pages)
        return SERVICE_ROWS + (LEAST_ROWS + 1) * ceil(plates / columns(plates)) - 1 + LINES_BENEATH

    def body(self) -> ComposeResult:
        yield self.heading(self.desk.say(words.BOARD), words.BOARD_SIGN)
        shown, page, self._of = self._turned()
        offered = self.desk.sight.services
        with Grid(id="services") as row:
            row.styles.grid_size_columns = max(1, len(offered))
            for service in offered:
                yield Words(self.desk.say(service_lines(service)), id=service.key, classes=_service_look(service))
        with Grid(id="board") as board:
            board.styles.grid_size_columns = columns(_places(shown, self._of))
            for number, (facility, plate) in enumerate(zip(shown, self._plates(shown, self._of), strict=True)):
                yield Words(plate, id=f"plate-{number}", classes=f"plate {facility.look}")
            if self._of > 1:
                yield more(self.desk, page, self._of)
        yield Words(id="news")
        yield Words(self.desk.say(_data_age(self.desk.sight)), id="note")

    def bar(self) -> ComposeResult:
        yield from super().bar()
        if self.desk.large:  # the home screen may have no tile for it then
            yield Touch(self.desk.say(words.PLEDGE), press="pledge")
        yield Touch(self.desk.say(words.FAULT), press="fault", classes="primary")

    def look(self) -> None:
        super().look()
        sight = self.desk.sight
        (shown, _, pages), plates = self._turned(), list(self.query(".plate").results(Words))
        if (len(plates), self._of) != (len(shown), pages) or [one.id for one in self.query(".service")] != [
            one.key for one in sight.services
        ]:
            self.refresh(recompose=True)
            return
        for service in sight.services:
            place = self.query_one(f"#{service.key}", Words)
            place.say(self.desk.say(service_lines(service)), _service_look(service))
        for plate, facility, text in zip(plates, shown, self._plates(shown, pages), strict=True):
            plate.say(text, f"plate {facility.look}")
        self.query_one("#note", Words).say(self.desk.say(_data_age(sight)))
        self._tell(self.query_one("#news", Words))

    @property
    def _news(self) -> list[str]:
        """Where danger is, that it is closed, what is coming, what was done."""
        sight = self.desk.sight
        told = (*sight.dangers, *([sight.closed] if sight.closed else ()), *sight.news)
        return [self.desk.say(text) for text in told]

    def _tell(self, place: Words) -> None:
        """As much of the news at once as there are rows, and the rest in turn."""
        told = self._news
        place.display = bool(told)
        rows = NEWS_ROWS if self.app.size.height >= ROOMY and not self.has_class("headed") else 1
        place.styles.height = min(rows, len(told)) or 1
        shown = pages(told, self.app.size.width - MARGINS, rows)
        if shown:
            place.say(
                "\n".join(shown[page_at(shown, self.desk.now().uptime)]), "danger" if self.desk.sight.dangers else ""
            )

    def _plates(self, shown: Sequence[Shown], pages: int) -> list[Content]:
        """What stands on them, on one of so many pages. Where a plate is small its note is brief."""
        (width, height), places = self.app.size, _places(shown, pages)
        across = columns(places)
        line = (width - MARGINS - 2 * (across - 1)) // across - self.app.has_class("contrast")  # which draws an edge
        three = places > 2 * across  # rows, from which news takes one more, and a big heading, too
        less = bool(self._news) or self.has_class("headed")
        small = three and less if height >= ROOMY else self.desk.large or height < MIDDLE or three
        return [self._plate(one, line, small) for one in shown]

    def _plate(self, shown: Shown, line: int, small: bool) -> Content:
        state = f"{shown.shape} {self.desk.say(shown.word)}"
        lines: list[str | tuple[str, str]] = [(self.desk.say(shown.label), "bold"), "\n", state]
        if shown.value:
            lines.append(f"  {shown.value}")
        if note := self._note(shown, line, small):
            lines.append(f"\n{note}")
        return Content.assemble(*lines)

    def _note(self, shown: Shown, line: int, small: bool) -> str:
        """What is said of it besides, and never more than it holds."""
        room = 2 * line if not small else line if cells(self.desk.say(shown.label)) <= line else 0
        told = [text for text in (shown.note, shown.brief) if text]
        said = [self.desk.say(text) for text in told]
        return next((text for text in said if cells(text) <= room), cut(said[0], room) if said else "")

    def pressed(self, tile: str) -> None:
        if tile == "more":
            self._page += 1
            self.refresh(recompose=True)
            self.post_message(ScreenShown())  # another page lies under the finger
        elif tile == "fault":
            self.replace(FaultScreen(self.desk))
        elif tile == "pledge":
            self.go(PledgeScreen(self.desk))


def _places(shown: Sequence[Shown], pages: int) -> int:
    """Plates, and the tile that turns the page."""
    return len(shown) + (pages > 1)


def _service_look(service: ServiceNow) -> str:
    return f"service {service.availability}"


def _data_age(sight: Sight) -> Text:
    if sight.board is None:
        return words.NO_BOARD
    if sight.fresh and not sight.dated:
        return words.UPDATED_UNDATED.filled(age=sight.age)
    template = words.UPDATED if sight.fresh else words.STALE
    return template.filled(time=day_time(sight.board.written_at), age=sight.age)


ENTRY = Entry(HomeTile(4, words.BOARD, words.BOARD_HINT, BoardScreen, sign=words.BOARD_SIGN, aside=True))
