"""Tiles: the only thing on the glass that can be pressed, and the grid they stand in."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from rich.segment import Segment
from textual.app import ComposeResult, RenderResult
from textual.containers import Grid
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Button, Static

WIDE = "\u2e80"
"""Chinese characters, and all that is as wide, begin here."""
BACK_KEY, MAIN_KEY, NO_KEY = "0", "+", ""
"""That of the way back, and of the tile that sends a form off, wherever they stand; of a tile that no key presses."""
IN_ORDER = "123456789+-*/"
"""The keys of a number pad that the other tiles get in reading order."""


class Mounted(Widget):
    """Is styled from when it is mounted on: then all of it is, and what is set before that would be so once more."""

    def update_node_styles(self, animate: bool = True) -> None:
        if self.is_attached:
            super().update_node_styles(animate)


class Touch(Mounted, Button, can_focus=False, inherit_css=False):
    """A tile, known by what it does: `press`.

    It never has the focus: a scanner ends with Enter, and Enter presses what has the focus.
    """

    ALLOW_SELECT = False

    def __init__(
        self,
        label: str,
        hint: str = "",
        *,
        press: str,
        classes: str = "",
        above: str = "",
        gap: int = 1,
        key: str | None = None,
    ) -> None:
        parts: list[str | tuple[str, str]] = [f"{above}\n\n"] if above else []
        parts.append((label, "bold"))
        if hint:
            parts.append("\n" * gap + hint)
        super().__init__(Content.assemble(*parts), id=press, classes=classes)
        self.active_effect_duration = 0.1
        self.key = key
        """The key of a number pad that presses it wherever it stands. None: its place says which."""
        self.painted_key: str | None = None
        """Its key as it was last painted."""
        self.found_key: str | None = None
        """Its key as one beside it found it, which was painted just before."""
        self._key_row: int | None = None
        """The row it stands in."""

    def render(self) -> RenderResult:
        """A label set wide is closed up where the tile is too narrow for it."""
        label = Content.from_text(self.label, markup=False)
        if all(Content(line).cell_length <= self.room.width for line in label.plain.splitlines()):
            return label
        for at in reversed(_wide_gaps(label.plain)):
            label = label[:at] + label[at + 1 :]
        return label

    @property
    def room(self) -> Size:
        """What the label may fill."""
        width, height = self.content_size
        return Size(width - 2 * int(self.styles.line_pad), height)

    def render_line(self, y: int) -> Strip:
        """The tile's key stands in its upper left corner; where that is taken, further down at its left edge."""
        strip = super().render_line(y)
        if not y:
            if self.found_key is None:
                find_keys(self.screen)
            self.painted_key, self.found_key = self.found_key or NO_KEY, None
            self._key_row = self._row_for_key()
        if y != self._key_row or self.painted_key in (None, NO_KEY, str(self.label)):
            return strip
        free = _free(strip)
        sign = f" {self.painted_key} " if free >= CORNER else f"{self.painted_key} "[:free]
        _, rest = strip.divide([len(sign), strip.cell_length])
        return Strip.join([Strip([Segment(sign, self.rich_style)]), rest])

    def _row_for_key(self) -> int | None:
        """The row for the key: the upper left corner; where that is taken, the first row with nothing in it, or else
        the first with the most room. None: no row has any.
        """
        free: list[int] = []
        for y in range(self.size.height):
            strip = super().render_line(y)
            free.append(_free(strip))
            if free[y] == strip.cell_length or (not y and free[0] >= CORNER):
                return y
        most = min(CORNER, max(free, default=0))
        return next((y for y, cells in enumerate(free) if cells >= most), None) if most else None

    def on_show(self) -> None:
        repaint_keys(self.screen)

    def on_hide(self) -> None:
        repaint_keys(self.screen)


CORNER = 3
"""How many cells a key takes with a gap on both sides."""


def _free(strip: Strip) -> int:
    """How many cells at the left edge hold nothing."""
    return len(strip.text) - len(strip.text.lstrip())


def pressable(screen: Screen[object]) -> list[Touch]:
    """The tiles on the glass in reading order."""
    return [tile for tile in screen.query(Touch) if tile.display and tile.visible]


def keys(screen: Screen[object]) -> dict[Touch, str]:
    """Which key of a number pad presses each tile: its own, else the next in reading order; none past the last.

    A screen that lies beneath another one hears none.
    """
    tiles = pressable(screen)
    if not screen.is_active:
        return dict.fromkeys(tiles, NO_KEY)
    found = dict.fromkeys(tiles, NO_KEY)
    own: dict[str, Touch] = {}
    for tile in tiles:
        if tile.key:
            own.setdefault(tile.key, tile)
    found.update({tile: key for key, tile in own.items()})
    rest = [tile for tile in tiles if not found[tile] and tile.key != NO_KEY]
    found.update(zip(rest, (key for key in IN_ORDER if key not in own), strict=False))
    return found


def find_keys(screen: Screen[Any]) -> dict[Touch, str]:
    """keys(), and each tile knows its own when it is painted next: looked for once and not for every tile."""
    found = keys(screen)
    for tile, key in found.items():
        tile.found_key = key
    return found


def repaint_keys(screen: Screen[Any]) -> None:
    """Something came or went: tiles that another key presses now, or none beneath another screen, say so."""
    for tile, key in find_keys(screen).items():
        if tile.painted_key not in (None, key):
            tile.refresh()


class Words(Mounted, Static):
    """A text that may change while it stands: looked at every second, painted again only when it did change."""

    def __init__(self, text: str | Content = "", *, id: str, classes: str = "") -> None:  # noqa: A002 — Textual's word
        super().__init__(text, id=id, classes=classes, markup=False)

    def say(self, text: str | Content, look: str | None = None) -> None:
        """Show a text, and wear these classes."""
        if text != self.content:
            self.update(text)
        if look is not None and self.classes != frozenset(look.split()):
            self.set_classes(look)


LEAST_ROWS = 3
"""Of a tile that a finger hits."""
DENSE = 4
"""From this many rows on there is no room between tiles on a small screen."""


def columns(tiles: int) -> int:
    """How many columns a grid of so many tiles has: rows stay at least three cells high at 64x20."""
    for most, count in ((3, max(tiles, 1)), (4, 2), (9, 3)):
        if tiles <= most:
            return count
    return 4


def other(place: int, across: int) -> bool:
    """Whether a tile has the other of two colours: where tiles touch, neighbours differ like a chess board's fields."""
    return sum(divmod(place, across)) % 2 == 1


class Tiles(Grid):
    """Tiles of one size that fill their room."""

    def __init__(self, tiles: Sequence[Touch], across: int | None = None, name: str = "tiles") -> None:
        super().__init__(id=name)
        self._tiles = tiles
        # All of it before anything is mounted: a mounted tile would be styled anew, and the screen laid out again.
        across = across or columns(len(tiles))
        rows = max(1, ceil(len(tiles) / across))
        self.styles.grid_size_columns = across
        self.styles.grid_size_rows = rows
        self.set_class(rows >= DENSE, "dense")
        for place, tile in enumerate(tiles):
            tile.set_class(other(place, across), "other")

    def compose(self) -> ComposeResult:
        yield from self._tiles


def _wide_gaps(text: str) -> list[int]:
    """Where a space stands between two Chinese characters."""
    return [at for at in range(1, len(text) - 1) if text[at] == " " and text[at - 1] >= WIDE <= text[at + 1]]
