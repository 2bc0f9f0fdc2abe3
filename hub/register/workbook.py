"""Files of rows: xlsx and csv in, xlsx and csv out. Everything is text, nothing is computed, and size has a bound."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from hub.cells import guarded
from hub.register.sheet import LARGEST_SHEET, LONGEST_CELL, is_header
from hub.register.wrong import Wrong
from shared.text import Text

LARGEST_BYTES = 8 * 1024 * 1024
LARGEST_FORM = LARGEST_BYTES + 64 * 1024
LARGEST_UNPACKED = 96 * 1024 * 1024
MOST_COLUMNS = 60
ABOVE = 10
"""Rows a title may take above the header."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_A_SHEET = Text("不是可读的 xlsx 或 csv 文件。", "Not an xlsx or csv file that can be read.")
TOO_LARGE = Text("文件太大：最多 8 MB。", "The file is too large: at most 8 MB.")
TOO_MANY = Text(f"最多 {LARGEST_SHEET} 行，请分成几个文件。", f"At most {LARGEST_SHEET} rows: split the file.")
NO_HEADER = Text(
    "前十行里没有表头：须有“推荐站点名称”一列。",
    "No header in the first ten rows: a column is 推荐站点名称.",
)


def read(content: bytes) -> tuple[int, list[str], list[list[str]]]:
    """Number of the header's row, the header, and the rows below it that are not empty with their place kept.

    Raises Wrong where it is no sheet, has no header, or is too large.
    """
    if len(content) > LARGEST_BYTES:
        raise Wrong(TOO_LARGE)
    try:
        return _below_header(_of_xlsx(content) if content[:4] == b"PK\x03\x04" else _of_csv(content))
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, csv.Error, EOFError) as error:
        if isinstance(error, Wrong):
            raise
        raise Wrong(NOT_A_SHEET) from error


def xlsx(header: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> bytes:
    """A workbook of one sheet in which every cell is text."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title[:31])
    page.freeze_panes = "A2"
    for number, name in enumerate(header, 1):
        page.column_dimensions[get_column_letter(number)].width = max(10, min(40, 2 * len(name) + 4))

    def cell(value: str, *, bold: bool = False) -> Cell:
        made: Cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", value)[:32_000])
        # A value that begins with = was taken for a formula.
        made.data_type = "s"
        if bold:
            made.font, made.alignment = Font(bold=True), Alignment(wrap_text=True)
        return made

    page.append([cell(name, bold=True) for name in header])
    for row in rows:
        page.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comma_separated(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark at its start, for spreadsheets that would guess; risky cells are made text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([guarded(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _below_header(rows: Iterator[list[str]]) -> tuple[int, list[str], list[list[str]]]:
    found: list[list[str]] = []
    header: list[str] | None = None
    first = 0
    for number, row in enumerate(rows, 1):
        if header is None:
            if is_header(row):
                header, first = row, number
            elif number >= ABOVE:
                break
            continue
        found.append(row)
        if len(found) > LARGEST_SHEET and any(cell.strip() for cell in row):
            raise Wrong(TOO_MANY)
        if len(found) > 2 * LARGEST_SHEET:
            break
    if header is None:
        raise Wrong(NO_HEADER)
    while found and not any(cell.strip() for cell in found[-1]):
        found.pop()
    return first, header, found


def _of_xlsx(content: bytes) -> Iterator[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
            raise Wrong(TOO_LARGE)
    # Formulas come as they are written: their last values are not asked for.
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        page = book.worksheets[0]
        limit = 2 * LARGEST_SHEET + ABOVE
        for row in page.iter_rows(max_row=limit, max_col=MOST_COLUMNS):
            # A formula begins with =; a text that does is told from it as in a csv file.
            yield _trimmed([_text(cell.value) if cell.data_type == "f" else guarded(_text(cell.value)) for cell in row])
    finally:
        book.close()


def _of_csv(content: bytes) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Wrong(NOT_A_SHEET)
    if "\0" in text:
        raise Wrong(NOT_A_SHEET)
    start = text[:4000]
    delimiter = max((",", "\t", ";"), key=start.count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield _trimmed([cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]])


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row.pop()
    return row


def _text(value: object) -> str:
    """A cell as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)[:LONGEST_CELL]
