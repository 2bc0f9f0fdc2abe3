"""Titles and tiles whose words are drawn big where the room allows; on a smaller glass the same words stand plain."""

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from kiosk.big import ROWS, big, title
from kiosk.faces import face
from kiosk.touch import Touch

SMALLEST_FACE = 8
TALLEST = 2 * ROWS + 1


class Big(Static):
    """A title, drawn for the room it has.

    `sign` is what is set big, with the title beneath it, where the title itself is too long for big letters.
    """

    def __init__(self, text: str = "", *, id: str, classes: str = "", sign: str = "") -> None:  # noqa: A002 — Textual's word
        super().__init__(text, id=id, classes=classes, markup=False)
        self.words = text
        self._sign = sign

    def say(self, text: str) -> None:
        """Show another title; nothing is painted where it is the same."""
        if text != self.words:
            self.words = text
            self.update(text)

    def render(self) -> RenderResult:
        width, height = self.content_size
        return Content.styled("\n".join(title(self.words, width, height, self._sign)), "bold")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 — Textual's signature
        return len(title(self.words, width, TALLEST, self._sign))


class SignTile(Touch):
    """A tile known by a short word: the word big, beneath it what there is room for; else label and hint alone."""

    def __init__(self, sign: str, label: str, hint: str = "", *, press: str, classes: str = "") -> None:
        super().__init__(label, hint, press=press, classes=classes, gap=2)
        self.styles.line_pad = 0  # the style sheet knows no zero here
        self._sign = sign
        self._beneath = (f"{label}\n{hint}" if hint else label, label, "")

    def render(self) -> RenderResult:
        width, height = self.room
        for beneath in self._beneath:
            rows = height - len(beneath.splitlines())
            if drawn := big(self._sign, width, min(rows, ROWS)):
                lines = [f"{line:<{width}}" for line in drawn]
                return Content.styled("\n".join([*lines, beneath] if beneath else lines), "bold")
        return super().render()


class FaceTile(Touch):
    """A face as large as the tiles of its row allow, and what it means."""

    def __init__(self, score: int, label: str, *, press: str) -> None:
        super().__init__(label, press=press, classes=f"face s{score}")
        self.styles.line_pad = 0
        self._score = score
        self._label = label

    def render(self) -> RenderResult:
        width, height = self.room
        row = self.parent.query(FaceTile) if self.parent else ()
        across = min(*(tile.room.width - 2 for tile in row), width - 2, 2 * (height - 2))
        across -= across % 2
        if across < SMALLEST_FACE:
            return super().render()
        lines = face(self._score, across)
        gap = "\n" * (1 + (height > len(lines) + 3))
        return Content.styled("\n".join(lines) + gap + self._label, "bold")
