"""QR codes in half blocks, to be shown black on white whatever the colours of the glass. Pure.

Two rows of pixels make one row of cells. A code keeps the quiet zone of four modules that ISO/IEC 18004 asks for, and
is drawn twice as large where that fits: the larger a module, the further away a phone reads it.
"""

from collections.abc import Sequence
from functools import lru_cache

from kiosk.blocks import half_blocks

QUIET = 4
LEVELS = ("m", "l")
"""Error correction, the better one first: a screen is seldom dirty, and a long address needs the room."""
SCALES = (2, 1)
"""Pixels of a module, the better first; more would be out of proportion on any glass a kiosk has."""


def warm_up() -> None:
    """Load what drawing needs, while nobody waits for it."""
    qr_lines("TEL:12351", 99, 99)


@lru_cache(maxsize=8)
def qr_lines(content: str, width: int, height: int) -> Sequence[str] | None:
    """The code as lines of one width, at most so many cells wide and high; None where none fits."""
    import segno  # here: it would cost a tenth of the time to the first frame, which shows no code

    for level in LEVELS:
        code = segno.make(content, error=level, micro=False, boost_error=False)
        for scale in SCALES:
            across, _ = code.symbol_size(scale, QUIET)
            if across <= width and (across + 1) // 2 <= height:
                pixels = [[bool(dark) for dark in row] for row in code.matrix_iter(scale, QUIET)]
                # An odd row at the end gets a light one below it.
                return tuple(half_blocks([*pixels, *([[False] * len(pixels)] * (len(pixels) % 2))]))
    return None
