"""S9: what the station promises, in the union's own words; nothing is promised that the hub has not sent."""

from textual.app import ComposeResult

from kiosk import words
from kiosk.desk import Desk
from kiosk.heading import Headed
from kiosk.paging import page_at, pages
from kiosk.screen import READING, Entry, HomeTile
from kiosk.touch import Words
from shared.opening import SHANGHAI, Opening
from shared.text import Text

MOST_CLOSURES = 2
LINES_AT_ONCE = 6
"""Of the pledge, at least, beside a big heading."""


class PledgeScreen(Headed):
    """Numbered lines, the opening hours, what is kept of a person, and whom to tell when it is not so."""

    LIMITS = READING

    @property
    def needs(self) -> int:
        return LINES_AT_ONCE + len("\n".join(self._always()).splitlines())

    def body(self) -> ComposeResult:
        yield self.heading(self.desk.say(words.PLEDGE), words.PLEDGE_SIGN)
        yield Words(id="pledge")
        yield Words("\n".join(self._always()), id="always")

    def look(self) -> None:
        super().look()
        place = self.query_one("#pledge", Words)
        if not place.content_size.area:
            self.call_after_refresh(self.look)
            return
        shown = pages(self._promised(), place.content_size.width, place.content_size.height)
        lines = shown[page_at(shown, self.desk.now().uptime)]
        spaced = len(shown) == 1 and 2 * len(lines) <= place.content_size.height
        place.say(("\n\n" if spaced else "\n").join(lines))

    def _promised(self) -> list[str]:
        sight = self.desk.sight
        promised = [self.desk.say(line) for line in sight.station.pledge] if sight.station else []
        lines = [f"{number}  {line}" for number, line in enumerate(promised, start=1)]
        return lines or [self.desk.say(words.NO_PLEDGE)]

    def _always(self) -> list[str]:
        """What holds at every station."""
        sight, say = self.desk.sight, self.desk.say
        hours = [say(line) for line in opening_lines(sight.opening, self.desk)] if sight.opening is not None else []
        kept = f"{say(words.PRIVACY)}\n{say(words.RETENTION)}"
        return [*hours, kept, say(words.CALL_US, hotline=sight.hotline)]


def opening_lines(opening: Opening, desk: Desk) -> list[Text]:
    """The filed hours, and the closures that are not over."""
    if len(opening.weekdays) == 7:
        days = words.EVERY_DAY
    else:
        named = [words.WEEKDAYS[day] for day in sorted(opening.weekdays)]
        days = Text("、".join(day.zh for day in named), ", ".join(day.en for day in named))
    today = desk.sight.now.astimezone(SHANGHAI).date()
    closed = [one for one in opening.closures if one.last >= today][:MOST_CLOSURES]
    return [
        words.OPEN_DAYS.filled(days=days, start=opening.start, end=opening.end),
        *(words.CLOSED_DAYS.filled(first=f"{one.first:%m-%d}", last=f"{one.last:%m-%d}") for one in closed),
    ]


ENTRY = Entry(HomeTile(5, words.PLEDGE, words.PLEDGE_HINT, PledgeScreen, sign=words.PLEDGE_SIGN, aside=True))
