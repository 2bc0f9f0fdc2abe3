"""Tables become an xlsx file, row by row: what a person typed is text, whatever it starts with. Only here is openpyxl
used to write.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from hub.cells import Cell, text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 4 * 1024 * 1024
"""Bytes of a file kept in memory; beyond them it lies on disk."""
_NOT_IN_A_NAME = str.maketrans("", "", r"[]:*?/\'")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def written(tables: Iterable[Table]) -> IO[bytes]:
    """The file, at its beginning; whoever takes it closes it."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.name.translate(_NOT_IN_A_NAME)[:31])
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, name, bold=True) for name in table.head])
        for row in table.rows:
            sheet.append([_cell(sheet, value) for value in row])
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 — whoever takes it closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    """What the library takes: text that would be a formula as a cell that says it is text."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    said = text(value)
    if not bold and not said.startswith("="):
        return said
    cell = WriteOnlyCell(sheet, value=said)
    cell.data_type = "s"  # "=1+1" is what somebody wrote, not what is to be computed
    if bold:
        cell.font = Font(bold=True)
    return cell
