"""The glass as pixels, exactly: every cell in its own colours, half blocks as halves. What a camera would see."""

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.style import Style

from kiosk.app import KioskApp

CELL = (8, 16)
"""Width and height of a cell: one to two, as in the fonts the kiosk asks for."""
Pixels = NDArray[np.uint8]


def photographed(app: KioskApp) -> Pixels:
    """The screen that is up, as it is painted."""
    rows = app.screen._compositor.render_strips()
    width, height = app.size
    picture = np.zeros((height * CELL[1], width * CELL[0], 3), np.uint8)
    for y, strip in enumerate(rows):
        x = 0
        for segment in strip:
            fore, back = _colours(segment.style)
            for sign in segment.text:
                cells = cell_len(sign)
                place = picture[y * CELL[1] : (y + 1) * CELL[1], x * CELL[0] : (x + cells) * CELL[0]]
                half = CELL[1] // 2
                place[:half] = fore if sign in "█▀" else back
                place[half:] = fore if sign in "█▄" else back
                x += cells
    return picture


def _colours(style: Style | None) -> tuple[tuple[int, ...], tuple[int, ...]]:
    fore, back = (255, 255, 255), (0, 0, 0)
    if style is not None and style.color is not None:
        fore = tuple(style.color.get_truecolor())
    if style is not None and style.bgcolor is not None:
        back = tuple(style.bgcolor.get_truecolor())
    return (back, fore) if style is not None and style.reverse else (fore, back)


def codes(picture: Pixels) -> list[str]:
    """What a phone reads that does not try the picture in negative: many do not."""
    return [found.text for found in zxingcpp.read_barcodes(picture, try_invert=False)]
