"""Tiles: the only thing on the glass that can be pressed, and the grid they stand in."""

from collections.abc import Sequence
from math import ceil

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Button, Static


class Touch(Button, can_focus=False):
    """A tile, known by what it does: `press`.

    It never has the focus: a scanner ends with Enter, and Enter presses what has the focus.
    """

    ALLOW_SELECT = False

    def __init__(
        self, label: str, hint: str = "", *, press: str, classes: str = "", above: str = "", gap: int = 1
    ) -> None:
        parts: list[str | tuple[str, str]] = [f"{above}\n\n"] if above else []
        parts.append((label, "bold"))
        if hint:
            parts.append("\n" * gap + hint)
        super().__init__(Content.assemble(*parts), id=press, classes=classes)
        self.active_effect_duration = 0.1


class Words(Static):
    """A text that may change while it stands: looked at every second, painted again only when it did change."""

    def __init__(self, text: str | Content = "", *, id: str, classes: str = "") -> None:  # noqa: A002 — Textual's word
        super().__init__(text, id=id, classes=classes, markup=False)

    def say(self, text: str | Content, look: str | None = None) -> None:
        """Show a text, and wear these classes."""
        if text != self.content:
            self.update(text)
        if look is not None and self.classes != frozenset(look.split()):
            self.set_classes(look)


DENSE = 4
"""From this many rows on there is no room between tiles on a small screen."""


def columns(tiles: int) -> int:
    """How many columns a grid of so many tiles has: rows stay at least three cells high at 64x20."""
    for most, count in ((3, max(tiles, 1)), (4, 2), (9, 3)):
        if tiles <= most:
            return count
    return 4


class Tiles(Grid):
    """Tiles of one size that fill their room."""

    def __init__(self, tiles: Sequence[Touch], across: int | None = None, name: str = "tiles") -> None:
        super().__init__(id=name)
        self._tiles = tiles
        self._across = across or columns(len(tiles))

    def compose(self) -> ComposeResult:
        yield from self._tiles

    def on_mount(self) -> None:
        rows = max(1, ceil(len(self._tiles) / self._across))
        self.styles.grid_size_columns = self._across
        self.styles.grid_size_rows = rows
        self.set_class(rows >= DENSE, "dense")
