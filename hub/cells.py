"""Values as cells of a table: nothing a person typed is ever a formula (OWASP, CSV injection). Pure."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO

from hub.formats import local

Cell = str | int | float | bool | datetime | None
LONGEST = 32_767
"""Characters a cell of a spreadsheet takes."""
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Full-width forms, too: spreadsheets in Chinese read them alike."""
_BOM = "\ufeff"


def text(value: Cell) -> str:
    """What is written of it: times as in Shanghai, nothing for nothing, no control characters."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M:%S}"
    said = "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in str(value))
    return said[:LONGEST]


def guarded(said: str) -> str:
    """Text for a file that knows nothing but text: what would start a formula gets an apostrophe in front."""
    return f"'{said}" if said.startswith(STARTS_A_FORMULA) else said


def harmless(value: Cell) -> str:
    """A value for CSV, where a program guesses. Numbers stay numbers."""
    return guarded(text(value)) if isinstance(value, str) else text(value)


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV file in UTF-8, with the mark spreadsheets need to read Chinese, in pieces."""
    yield _BOM.encode()
    line = StringIO()
    writer = csv.writer(line)
    writer.writerow([harmless(cell) for cell in head])
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if line.tell() > 1 << 16:
            yield line.getvalue().encode()
            line.seek(0)
            line.truncate()
    yield line.getvalue().encode()
