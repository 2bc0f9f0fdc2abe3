"""How the station fares, in lines for the attendant. Pure; the desk looked."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.attendant import words
from kiosk.news import day_time
from kiosk.sight import Sight
from shared.moment import ClockQuality
from shared.opening import SHANGHAI
from shared.outbox import Waiting
from shared.span import spoken
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Condition:
    """What the desk found."""

    sight: Sight
    waiting: Waiting | None
    """None: the outbox cannot be read."""
    clock: ClockQuality
    version: str
    disk_free: int
    code_fits: bool = True
    """Whether there is room on the glass for the code that phones scan."""

    @property
    def facts(self) -> list[Text]:
        """Three lines: what waits, the hub and the clock, the kiosk itself."""
        version = words.VERSION.filled(version=self.version)
        disk = words.DISK.filled(n=f"{self.disk_free / 1024**3:.1f}")
        return [_row(*self._store()), _row(*self._hub(), words.CLOCKS[self.clock]), _row(version, disk)]

    @property
    def troubles(self) -> list[Text]:
        """What is wrong, each a line; one line that says so where nothing is."""
        board = self.sight.board
        if board is None or self.sight.age_s is None:
            found = [words.NO_MONITOR]
        elif not self.sight.fresh:
            found = [words.NO_MONITOR_FOR.filled(since=spoken(self.sight.age_s))]
        else:
            found = list(board.troubles)
        if not self.code_fits:
            found = [*found, words.CODE_TOO_LONG]
        return [words.TROUBLE.filled(what=trouble) for trouble in found] or [words.WELL]

    def _store(self) -> list[Text]:
        if self.waiting is None:
            return [words.NO_OUTBOX]
        parts = [words.WAITING.filled(n=self.waiting.now + self.waiting.later)]
        if self.waiting.oldest is not None:
            parts.append(words.OLDEST.filled(time=_when(self.waiting.oldest, self.sight.now)))
        board = self.sight.board
        if board is not None and self.sight.fresh and board.lasts_h is not None:
            parts.append(words.LASTS.filled(n=f"{board.lasts_h:.0f}"))
        return parts

    def _hub(self) -> list[Text]:
        board = self.sight.board
        heard = None if board is None else board.acknowledged_at
        if self.sight.online:
            return [words.ONLINE] if heard is None else [words.ONLINE, words.CONFIRMED.filled(time=day_time(heard))]
        if heard is None:
            return [words.OFFLINE]
        return [words.OFFLINE_FOR.filled(since=spoken((self.sight.now - heard).total_seconds()))]


def _row(*parts: Text) -> Text:
    return Text("   ".join(part.zh for part in parts), "   ".join(part.en for part in parts))


def _when(at: datetime, now: datetime) -> str:
    """A time of today; with its day where it is of another."""
    at, now = at.astimezone(SHANGHAI), now.astimezone(SHANGHAI)
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%m-%d %H:%M}"
