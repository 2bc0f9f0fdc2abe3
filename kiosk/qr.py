"""QR codes in half blocks, to be shown black on white whatever the colours of the glass. Pure.

Two rows of modules make one row of cells. A code keeps the quiet zone of four modules that ISO/IEC 18004 asks for.
"""

from collections.abc import Sequence
from functools import lru_cache

QUIET = 4
LEVELS = ("m", "l")
"""Error correction, the better one first: a screen is seldom dirty, and a long address needs the room."""
HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def warm_up() -> None:
    """Load what drawing needs, while nobody waits for it."""
    qr_lines("TEL:12351", 99, 99)


@lru_cache(maxsize=8)
def qr_lines(content: str, width: int, height: int) -> Sequence[str] | None:
    """The code as lines of one width, at most so many cells wide and high; None where none fits."""
    import segno  # here: it would cost a tenth of the time to the first frame, which shows no code

    for level in LEVELS:
        modules = segno.make(content, error=level, micro=False, boost_error=False).matrix_iter(border=QUIET)
        rows = [bytes(row) for row in modules]
        if len(rows[0]) <= width and (len(rows) + 1) // 2 <= height:
            return _paired(rows)
    return None


def _paired(rows: Sequence[bytes]) -> Sequence[str]:
    """An odd row at the end gets a light one below it."""
    even = [*rows, *([bytes(len(rows[0]))] * (len(rows) % 2))]
    return tuple("".join(HALVES[pair] for pair in zip(*even[y : y + 2], strict=True)) for y in range(0, len(even), 2))
