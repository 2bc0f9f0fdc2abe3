"""Pixels in half blocks: two rows of pixels in each row of the glass, every terminal font has them. Pure."""

from collections.abc import Sequence

HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def half_blocks(pixels: Sequence[Sequence[bool]]) -> list[str]:
    """Rows of pixels, an even number of equal length, as half as many lines of text."""
    return [
        "".join(HALVES[top, low] for top, low in zip(*pixels[row : row + 2], strict=True))
        for row in range(0, len(pixels), 2)
    ]
