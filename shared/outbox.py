"""Records the hub has not yet said it has committed: one SQLite file a station, and the only door to it.

Agent and kiosk put (any number of processes), the uplink takes and forgets. A record is on disk when `put` returns.
The file is bounded: ordinary records stop at nine tenths of it, the last tenth is kept for people's words. What is
given up to make room (`shared/outbox_room.py`) is said in one gap record.
"""

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from shared.bounds import ENVELOPE_LIMIT, ENVELOPE_RECORDS
from shared.moment import ClockQuality, Stamp
from shared.outbox_errors import OutboxBroken, OutboxBusy, OutboxFull
from shared.outbox_file import LAST, OutboxFile
from shared.outbox_hours import hours_left
from shared.outbox_room import make_room, used_bytes
from shared.outbox_rows import (
    UNREADABLE,
    WORDS_OF_PEOPLE,
    RecordTooLarge,
    insert,
    keep_unread,
    note_said,
    open_reports,
    read_again,
    record_of,
    replace_older,
    row_of,
    was_kept,
)

if TYPE_CHECKING:
    from shared.records import Fact, Record

Lane = Literal["now", "later"]
LANES: tuple[Lane, ...] = ("now", "later")
T = TypeVar("T")

FRESH = timedelta(seconds=150)
"""A minute record younger than this is the current one and travels at once."""
RESERVE = 0.9
"""The share of the file that ordinary records may fill."""
DEFAULT_LIMIT = 256 * 1024 * 1024

PATIENCE_S, FOR_PEOPLE_S, FOR_A_LOOK_S = 10.0, 2.0, 0.5
"""How long others are waited for: with what the agent says, with a person before the glass, and to read."""

__all__ = [
    "DEFAULT_LIMIT", "FOR_PEOPLE_S", "Lane", "Outbox", "OutboxBroken", "OutboxBusy", "OutboxFull", "RecordTooLarge",
    "Salvage", "Waiting",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far the station is behind."""

    now: int
    later: int
    bytes: int
    limit: int
    oldest: datetime | None

    @property
    def bound(self) -> int:
        """Bytes that what the agent says may fill."""
        return int(self.limit * RESERVE)

    def lasts_h(self, records_per_hour: float | None) -> float | None:
        """Hours until it is full if nothing leaves it; None where nothing is put or no rate is known."""
        if records_per_hour is None:
            return None
        return hours_left(self.bytes, self.now + self.later, self.bound, records_per_hour)


@dataclass(frozen=True, slots=True)
class Salvage:
    """A damaged file was mended."""

    number: int
    file: str
    """Where the damaged file was set aside, beside the outbox."""
    carried: int
    lost: int | None
    """Records that could not be read; None where nobody knows how many."""


class Outbox:
    """See the module. `chance` gives random bytes for record ids; `patience_s` is how long others are waited for.

    Every method raises OutboxBroken where the file cannot be had, OutboxBusy where others hold it. Opening it raises
    OutboxFull where the disk has no room even for that.
    """

    def __init__(
        self,
        path: Path,
        max_bytes: int = DEFAULT_LIMIT,
        chance: Callable[[int], bytes] = secrets.token_bytes,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._limit = max_bytes
        self._chance = chance
        self._patience_s = patience_s
        self._gap_taken = 0
        """The revision of the gap record that was taken last: a later one is not yet on its way."""
        self._file = OutboxFile(path, patience_s, chance)
        if self.unread():
            self._file.write(read_again)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def put(self, fact: "Fact", stamp: Stamp) -> str:
        """Keep one fact; its record id. On disk when this returns. Raises OutboxFull and RecordTooLarge."""
        return self.put_all([(fact, stamp)])[0]

    def put_all(
        self, facts: Sequence[tuple["Fact", Stamp]], ids: Sequence[str] = (), patience_s: float = FOR_PEOPLE_S
    ) -> list[str]:
        """Keep several facts in one transaction: all or none.

        `ids` are given where people's words may have to be put again: what was kept under one is not kept a second
        time, though the hub may have it by then. `patience_s` is of people's words.
        """
        rows = [row_of(fact, stamp, self._chance) for fact, stamp in facts]
        if ids:
            rows = [(id_, *row[1:]) for id_, row in zip(ids, rows, strict=True)]
        new = [row[0] for row in rows]
        if not rows:
            return new
        people = all(fact.type in WORDS_OF_PEOPLE for fact, _ in facts)
        bound = self._limit if people else int(self._limit * RESERVE)
        needed = sum(len(row[6].encode()) for row in rows)

        def keep(db: sqlite3.Connection) -> int:
            if ids and all(was_kept(db, id_) for id_ in ids):
                return 0
            if used_bytes(db) + needed > bound:
                make_room(db, needed, bound, self._chance)
            number = 0
            for (fact, stamp), row in zip(facts, rows, strict=True):
                replace_older(db, fact)
                number = insert(db, row)
                note_said(db, fact, row[0], stamp)
            return number

        number = self._file.write(keep, min(self._patience_s, patience_s) if people else self._patience_s)
        if number:
            self._file.note_given(number)
        return new

    def said_on(self, type_: str, day: date) -> int:
        """How many facts of one type people said on a local day, retracted ones not counted."""
        asked = "SELECT count(*) FROM said WHERE type = ? AND day = ?"
        return self._read(lambda db: int(db.execute(asked, (type_, day.isoformat())).fetchone()[0]))

    def take(
        self, lane: Lane, stamp: Stamp, limit: int = ENVELOPE_RECORDS, max_bytes: int = ENVELOPE_LIMIT - 4096
    ) -> "list[Record]":
        """The next records of a lane, oldest first, as many as fit; they stay until forgotten.

        Records of this boot made while its clock was wrong are dated as soon as it is right, and wait until then; those
        of a boot that never learned the time go undated. What cannot be read (a later version wrote it) is kept apart
        until a version opens the outbox that can.
        """

        def choose(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
            if stamp.clock is not ClockQuality.WRONG:
                offset = stamp.at.timestamp() - stamp.uptime
                db.execute("UPDATE item SET at = ? + uptime WHERE at IS NULL AND boot = ?", (offset, stamp.boot))
            fresh = (stamp.at - FRESH).timestamp()
            chosen = _NOW_LANE if lane == "now" else _LATER_LANE
            return db.execute(
                f"SELECT id, at, boot, uptime, clock, body, type, revision FROM item WHERE {chosen} "  # noqa: S608 — two constants
                "AND NOT (at IS NULL AND boot = ?) ORDER BY seq LIMIT ?",
                (fresh, stamp.boot, limit),
            ).fetchall()

        rows = self._file.write(choose)
        records: list[Record] = []
        size = 0
        for id_, at, boot, uptime, clock, body, type_, revision in rows:
            size += len(body.encode()) + 256
            if records and size > max_bytes:
                break
            try:
                records.append(record_of(id_, at, boot, uptime, clock, body))
            except UNREADABLE:
                self._file.write(partial(keep_unread, id_=id_))
                continue
            if type_ == "gap":
                self._gap_taken = revision
        return records

    def forget(self, ids: Sequence[str]) -> None:
        """The hub has committed these. A gap that has widened since it was taken stays."""

        def drop(db: sqlite3.Connection) -> None:
            db.executemany(
                "DELETE FROM item WHERE id = ? AND NOT (type = 'gap' AND revision > ?)",
                [(id_, self._gap_taken) for id_ in ids],
            )
            db.executemany(
                "UPDATE gap SET told = revision WHERE id = ? AND id NOT IN (SELECT id FROM item WHERE type = 'gap')",
                [(id_,) for id_ in ids],
            )

        self._file.write(drop)

    def reports(self) -> "list[Record]":
        """The fault reports that wait here and were not taken back, oldest first."""
        return self._read(open_reports)

    def holds(self, id_: str) -> bool:
        """Whether a record is still here: the hub has not said it has committed it, as far as the station heard."""
        return self._read(lambda db: bool(db.execute(_HELD, (id_,)).fetchone()[0]))

    def set_aside(self, id_: str, why: str) -> None:
        """A record that never gets through: kept apart, so that it holds up nothing."""

        def move(db: sqlite3.Connection) -> None:
            db.execute("INSERT OR REPLACE INTO aside SELECT id, ?, type, body FROM item WHERE id = ?", (why, id_))
            db.execute("DELETE FROM item WHERE id = ?", (id_,))

        self._file.write(move)

    def aside(self) -> int:
        """How many records were set aside: the hub never took them, or this version cannot read them."""
        return self.unread() + self._read(lambda db: int(db.execute("SELECT count(*) FROM aside").fetchone()[0]))

    def unread(self) -> int:
        """How many records this version cannot read; a later one will."""
        return self._read(lambda db: int(db.execute("SELECT count(*) FROM unread").fetchone()[0]))

    def salvages(self) -> list[Salvage]:
        """When the file was damaged and mended, the first first."""
        asked = "SELECT number, file, carried, lost FROM salvage ORDER BY number"
        return self._read(lambda db: [Salvage(*row) for row in db.execute(asked)])

    def lowest(self) -> int:
        """The lowest sequence number still held; the next to be given where nothing is held."""
        lowest = self._read(lambda db: db.execute("SELECT min(seq) FROM item").fetchone()[0])
        return self.given() + 1 if lowest is None else int(lowest)

    def given(self) -> int:
        """How many records were ever put: the last sequence number."""
        return self._read(lambda db: int(db.execute(LAST).fetchone()[0]))

    def waiting(self, stamp: Stamp) -> Waiting:
        """How many records wait in each lane, how full the file is, and since when."""
        fresh = (stamp.at - FRESH).timestamp()

        def look(db: sqlite3.Connection) -> Waiting:
            now = db.execute(f"SELECT count(*) FROM item WHERE {_NOW_LANE}", (fresh,)).fetchone()[0]  # noqa: S608 — a constant
            later = db.execute(f"SELECT count(*) FROM item WHERE {_LATER_LANE}", (fresh,)).fetchone()[0]  # noqa: S608 — a constant
            oldest = db.execute("SELECT min(at) FROM item").fetchone()[0]
            since = None if oldest is None else datetime.fromtimestamp(oldest, UTC)
            return Waiting(now, later, used_bytes(db), self._limit, since)

        return self._read(look)

    def _read(self, body: Callable[[sqlite3.Connection], T]) -> T:
        return self._file.read(body, min(self._patience_s, FOR_A_LOOK_S))


_HELD = """SELECT EXISTS (SELECT 1 FROM item WHERE id = ?1) OR EXISTS (SELECT 1 FROM aside WHERE id = ?1)
    OR EXISTS (SELECT 1 FROM unread WHERE id = ?1)"""
_LATER_TYPES = "('minute', 'quarter')"
_NOW_LANE = f"(type NOT IN {_LATER_TYPES} OR (type = 'minute' AND coalesce(at, 0) >= ?))"
_LATER_LANE = f"(type IN {_LATER_TYPES} AND NOT (type = 'minute' AND coalesce(at, 0) >= ?))"
