"""Tiles in large letters: as many as the room holds, and one that shows the next ones."""

from collections.abc import Sequence
from math import ceil

from textual import events
from textual.app import ComposeResult
from textual.containers import Grid

from kiosk.big import ROWS
from kiosk.touch import Touch, other

ACROSS, SIGN_ROWS = 32, ROWS + 1
"""What a tile with two big characters and its label takes; without its label one row less will do."""


class Pages(Grid):
    """Where all fit there is one page and no tile to turn it."""

    def __init__(self, tiles: Sequence[Touch], more: str) -> None:
        super().__init__(id="pages")
        self._tiles = tiles
        self._more = Touch(more, press="more")
        self._page = 0

    def compose(self) -> ComposeResult:
        yield from self._tiles
        yield self._more

    def on_resize(self, event: events.Resize) -> None:
        self._show(event.size.width, event.size.height)

    def on_button_pressed(self, event: Touch.Pressed) -> None:
        if event.button is self._more:
            event.stop()
            self._page += 1
            self._show(*self.size)

    def _show(self, width: int, height: int) -> None:
        columns = max(1, width // ACROSS)
        rows = max(1, height // SIGN_ROWS, 2 * (height // (2 * ROWS)))
        room = max(2, columns * rows)
        pages = 1 if len(self._tiles) <= room else ceil(len(self._tiles) / (room - 1))
        first = 0 if pages == 1 else self._page % pages * (room - 1)
        shown = self._tiles[first : first + (room if pages == 1 else room - 1)]
        for tile in self._tiles:
            tile.display = tile in shown
        self._more.display = pages > 1
        for place, tile in enumerate([*shown, self._more]):
            tile.set_class(other(place, columns), "other")
        self.styles.grid_size_columns = columns
        self.styles.grid_size_rows = rows if pages > 1 else ceil(len(shown) / columns)
