"""The trail as cells of a sheet. Pure."""

from collections.abc import Iterable, Iterator

from hub.cells import Cell, csv_lines
from hub.formats import iso
from hub.trail.tables import TrailRow

COLUMNS = ("id", "at", "who", "role", "what", "station", "subject", "old", "new", "reason", "before", "hash")


def values(row: TrailRow) -> dict[str, Cell]:
    """A row by column; times in UTC."""
    return {name: getattr(row, name) for name in COLUMNS} | {"at": iso(row.at)}


def sheet(rows: Iterable[TrailRow]) -> Iterator[bytes]:
    """Rows as CSV with a head, in pieces."""
    return csv_lines(COLUMNS, (list(values(row).values()) for row in rows))
