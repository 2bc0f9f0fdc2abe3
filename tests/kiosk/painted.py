"""What stands on a terminal's glass after a stream of bytes: text and cursor moves, colours left out."""

import re
from collections.abc import Sequence

from rich.cells import cell_len

MOST_COLUMNS, MOST_ROWS = 250, 100
_TOKEN = re.compile(r"\x1b\[([?<>=]?)([\d;]*)[ -/]*([@-~])|\x1b[^\[]|([\r\n\b])|([^\x00-\x1f\x7f])|.", re.DOTALL)
_MOVES = {"A": (-1, 0), "B": (1, 0), "C": (0, 1), "D": (0, -1)}


def painted(output: bytes) -> Sequence[str]:
    """The lines of the glass that are not empty. What was painted before the bytes begin is not known."""
    cells = [[" "] * MOST_COLUMNS for _ in range(MOST_ROWS)]
    row = column = 0
    for private, numbers, final, control, sign in _TOKEN.findall(output.decode(errors="replace")):
        given = [int(number or 1) for number in numbers.split(";")]
        if final == "H" and not private:
            row, column = given[0] - 1, (given[1] if len(given) > 1 else 1) - 1
        elif final in _MOVES and not private:
            down, right = _MOVES[final]
            row, column = row + down * given[0], column + right * given[0]
        elif final == "J" and not private:
            cells = [[" "] * MOST_COLUMNS for _ in range(MOST_ROWS)]
        elif control:
            row, column = row + (control == "\n"), 0 if control == "\r" else column - (control == "\b")
        elif sign and (width := cell_len(sign)):
            if 0 <= row < MOST_ROWS and 0 <= column <= MOST_COLUMNS - width:
                cells[row][column : column + width] = [sign, *[""] * (width - 1)]
            column += width
    return [line for line in ("".join(signs).rstrip() for signs in cells) if line]
