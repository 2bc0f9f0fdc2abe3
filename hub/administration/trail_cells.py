"""The trail as cells of a sheet. Pure."""

import csv
from collections.abc import Iterable
from io import StringIO

from hub.formats import iso
from hub.trail.tables import TrailRow

COLUMNS = ("id", "at", "who", "role", "what", "station", "subject", "old", "new", "reason", "before", "hash")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
BOM = "\ufeff"
"""By which spreadsheets see that it is UTF-8."""


def cell(value: object) -> str:
    """A value as text that no spreadsheet computes."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def values(row: TrailRow) -> dict[str, object]:
    """A row by column; times in UTC."""
    return {name: getattr(row, name) for name in COLUMNS} | {"at": iso(row.at)}


def sheet(rows: Iterable[TrailRow]) -> str:
    """Rows as CSV with a head."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in values(row).values()] for row in rows)
    return BOM + out.getvalue()
