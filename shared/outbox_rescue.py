"""What can still be read of a damaged outbox, row by row, into another one.

A damaged page costs its own rows and no others. An index that is whole names the rows whose page is not.
"""

import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from shared.moment import ClockQuality
from shared.outbox_schema import ITEM

PROBES = 5_000
"""Numbers tried in vain, one after the other, before the rest of a table is given up: where no index names them."""
RECORD = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CLOCKS = frozenset(quality.value for quality in ClockQuality)

Row = tuple[object, ...]


@dataclass(slots=True)
class Rescue:
    """What became of the records of one damaged outbox. `given` is the highest number known to have been put."""

    given: int = 0
    carried: int = 0
    ids: set[str] = field(default_factory=set)
    """Records that were read, of whatever source."""
    named: dict[str, float | None] = field(default_factory=dict)
    """Records an index names, and when they were put."""
    sure: bool = False
    """Whether a source that reaches up to `given` named all of its records."""
    last: int = 0
    """The highest sequence number seen."""

    @property
    def lost(self) -> dict[str, float | None]:
        """Records that are known to have been there, and when they were put."""
        return {id_: at for id_, at in self.named.items() if id_ not in self.ids}


def carry(source: sqlite3.Connection, target: sqlite3.Connection, rescue: Rescue) -> None:
    """Everything of the source that the target has not. Inside the target's transaction.

    Sequence numbers are kept where they are free. Raises what SQLite says of the target only.
    """
    before, source.text_factory = source.text_factory, bytes
    try:
        _carry(source, target, rescue)
    finally:
        source.text_factory = before


def _carry(source: sqlite3.Connection, target: sqlite3.Connection, rescue: Rescue) -> None:
    with suppress(sqlite3.Error):
        source.execute("PRAGMA writable_schema = ON")  # reads a file that is shorter than it says
    try:
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        return  # not one page of it can be found
    known, sure = _named(source, rescue)
    last = 0
    for row in _rows(source, "item", "seq", f"seq, {ITEM}", known):
        item = _item(row)
        if item is None or not isinstance(row[0], int):
            continue
        rescue.ids.add(str(item[0]))
        last = max(last, row[0])
        rescue.carried += target.execute(
            "INSERT OR IGNORE INTO item SELECT "
            "CASE WHEN EXISTS (SELECT 1 FROM item WHERE seq = ?1) THEN NULL ELSE ?1 END, "
            "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10",
            (row[0], *item),
        ).rowcount
    for table, columns in (("said", 3), ("aside", 4), ("gap", 6), ("unread", 9), ("salvage", 4)):
        places = ", ".join("?" * columns)
        for row in _rows(source, table, "rowid", "*"):
            whole = _texts(row)
            if whole is not None and len(whole) == columns:
                target.execute(f"INSERT OR IGNORE INTO {table} VALUES ({places})", whole)  # noqa: S608 — constants
    for row in _rows(source, "sqlite_sequence", "rowid", "name, seq"):
        if row[0] == b"item" and isinstance(row[1], int):
            last = max(last, row[1])
    rescue.last = max(rescue.last, last)
    rescue.sure = rescue.sure or (sure and last >= rescue.given)


def _named(source: sqlite3.Connection, rescue: Rescue) -> tuple[Collection[int], bool]:
    """The sequence numbers the indexes know, and whether an index was read to its end."""
    known: dict[int, str] = {}
    sure = True
    try:
        for seq, id_ in source.execute("SELECT seq, id FROM item INDEXED BY sqlite_autoindex_item_1"):
            if isinstance(id_, bytes) and RECORD.fullmatch(name := id_.decode(errors="replace")):
                known[seq] = name
    except sqlite3.Error:
        sure = False
    times: dict[int, float | None] = {}
    with suppress(sqlite3.Error):
        times.update(source.execute("SELECT seq, at FROM item INDEXED BY item_by_type"))
    for seq, name in known.items():
        rescue.named.setdefault(name, times.get(seq))
    return known, sure


def _rows(source: sqlite3.Connection, table: str, key: str, columns: str, known: Collection[int] = ()) -> Iterator[Row]:
    """Every row that can be read, in the order of its key."""
    after, misses = -1, 0
    while misses < PROBES:
        try:
            for row in source.execute(f"SELECT {key}, {columns} FROM {table} WHERE {key} > ? ORDER BY {key}", (after,)):  # noqa: S608 — constants
                after, misses = row[0], 0
                yield row[1:]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
                return  # no such table: an earlier version's file
            after, misses = after + 1, misses + 1
        except (sqlite3.Error, TypeError):
            after, misses = after + 1, misses + 1
        else:
            return
        if misses == 1 and known:
            yield from _singly(source, table, key, columns, sorted(seq for seq in known if seq >= after))
            return


def _singly(source: sqlite3.Connection, table: str, key: str, columns: str, keys: Sequence[int]) -> Iterator[Row]:
    for one in keys:
        try:
            yield from source.execute(f"SELECT {columns} FROM {table} WHERE {key} = ?", (one,)).fetchall()  # noqa: S608 — constants
        except sqlite3.Error:
            continue


def _item(row: Row) -> Row | None:
    """The columns of a record that can be one; None for what damage has made of it."""
    texts = _texts(row[1:])
    if texts is None:
        return None
    id_, type_, at, boot, uptime, clock, body, spell, revision = texts
    right = (
        isinstance(id_, str)
        and RECORD.fullmatch(id_) is not None
        and isinstance(type_, str)
        and isinstance(at, float | None)
        and isinstance(boot, str)
        and isinstance(uptime, float)
        and clock in CLOCKS
        and isinstance(body, str)
        and isinstance(spell, str | None)
        and isinstance(revision, int)
    )
    return texts if right else None


def _texts(row: Row) -> Row | None:
    """With bytes as text; None where they are none."""
    try:
        return tuple(value.decode() if isinstance(value, bytes) else value for value in row)
    except UnicodeDecodeError:
        return None
