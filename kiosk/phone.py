"""The code a phone scans, as a column of the glass: there where it leaves room for everything else, else on a tile."""

from collections.abc import Sequence
from math import ceil
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from kiosk import words
from kiosk.desk import Desk
from kiosk.fitted import Fitted
from kiosk.idle import Limits
from kiosk.phone_code import DoorCode
from kiosk.qr import qr_lines
from kiosk.screen import READING
from kiosk.touch import Touch, Words
from shared.text import Text

Room = tuple[int, int]
"""Columns and rows."""
TOP_ROWS = 1
GAPS = 2
"""Columns left and right of a code."""
TILES_BESIDE, WORDS_BESIDE = 36, 24
"""Columns that tiles, or words alone, need beside a code."""
FRAME_ROWS = 8
"""Rows of a screen with tiles that are not tiles: top, two lines, the gaps, the bottom row."""
TILE_ROWS = 4
"""Of a tile of three rows and the gap below it."""


class Qr(Static):
    """A code drawn in half blocks, black on white in every theme, as large as it is."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines), classes="qr", markup=False)
        self.styles.width, self.styles.height = len(lines[0]), len(lines)


class Code(Vertical):
    """A code for phones, and one line below it where there is something to say."""

    def __init__(self, content: str, room: Room, caption: str = "") -> None:
        super().__init__(id="code")
        self._content, self._room, self._caption = content, room, caption

    @property
    def columns(self) -> int:
        """How wide it is, with what it keeps free at its sides; nothing where no code fits."""
        lines = qr_lines(self._content, *self._room)
        return len(lines[0]) + GAPS if lines else 0

    def compose(self) -> ComposeResult:
        lines = qr_lines(self._content, *self._room)
        if lines is None:
            return
        self.styles.width = self.columns
        yield Qr(lines)
        if self._caption:
            yield Words(self._caption, id="caption")

    def show(self, content: str, caption: str) -> None:
        """Another code in its place, and another line. Nothing is painted that stands there already."""
        if content != self._content and (lines := qr_lines(content, *self._room)):
            self._content = content
            self.query_one(Qr).update("\n".join(lines))
        for line in self.query("#caption").results(Words):
            line.say(caption)


class PhoneCode(Code):
    """The rotating code, which leads a phone to this station's page for half a minute."""

    def __init__(self, desk: Desk, shown: DoorCode, room: Room, caption: Text | None = None) -> None:
        self._desk, self._says = desk, caption
        super().__init__(shown.url, room, desk.say(caption, n=shown.left_s) if caption else "")

    def look(self) -> None:
        """Show the code of this moment. Where there is none any more, none is shown."""
        now = self._desk.door_code()
        for code in self.query(Qr):
            code.display = now is not None
        if now is not None:
            self.show(now.url, self._desk.say(self._says, n=now.left_s) if self._says else "")
        else:
            for line in self.query("#caption").results(Words):
                line.say(self._desk.say(words.NO_CODE))


def room_beside(size: Room, columns: int, caption: bool) -> Room:
    """What a code may take of the glass beside so many columns."""
    return size[0] - columns - GAPS, size[1] - TOP_ROWS - caption


def alone_fits(shown: DoorCode, size: Room) -> bool:
    """Whether the code fits on a screen that has nothing else to show."""
    return qr_lines(shown.url, *room_beside(size, WORDS_BESIDE, caption=False)) is not None


class WithPhone(Fitted):
    """A screen of tiles on which a phone may do the same: beside them the code, or where that is too large its tile."""

    CAPTION: ClassVar[Text]
    PHONE_TILE: ClassVar[Text]
    NO_ROOM: ClassVar[Text]
    """What else a person can do where the address is too long for the glass."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._door = desk.door_code()

    @property
    def limits(self) -> Limits:
        """Whoever takes out a phone does not touch the glass."""
        return READING if self._door is not None else self.LIMITS

    @property
    def tiles(self) -> int:
        """How many tiles it has."""
        raise NotImplementedError

    @property
    def across(self) -> int:
        """Tiles in a row beside a code."""
        return 2

    @property
    def beside_code(self) -> bool:
        """Whether the tiles stand beside the code."""
        if self._door is None or self.desk.large:
            return False
        rows = FRAME_ROWS + TILE_ROWS * ceil(self.tiles / self.across) - 1
        return rows <= self.glass[1] and qr_lines(self._door.url, *self._room) is not None

    @property
    def _room(self) -> Room:
        return room_beside(self.glass, TILES_BESIDE, caption=True)

    def beside(self) -> PhoneCode | None:
        if self._door is None or not self.beside_code:
            return None
        return PhoneCode(self.desk, self._door, self._room, self.CAPTION)

    def phone_tiles(self) -> list[Widget]:
        """Where the code does not stand here: the tile that leads to it, or words where no screen has room for it."""
        if self._door is None or self.beside_code:
            return []
        if alone_fits(self._door, self.glass):
            return [Touch(self.desk.say(self.PHONE_TILE), press="phone")]
        said = self.desk.say(self.NO_ROOM, hotline=self.desk.sight.hotline)
        return [Static(said, id="no-room", classes="hint", markup=False)]

    def look(self) -> None:
        super().look()
        for code in self.query(PhoneCode):
            code.look()

    def refit(self) -> None:
        self._door = self.desk.door_code()
