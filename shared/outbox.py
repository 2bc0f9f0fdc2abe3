"""Records the hub has not yet said it has committed: one SQLite file a station, and the only door to it.

Agent and kiosk put (any number of processes), the uplink takes and forgets. A record is on disk when `put` returns.
The file is bounded: ordinary records stop at nine tenths of it, the last tenth is kept for people's words. What is
given up to make room (`shared/outbox_room.py`) is said in one gap record.
"""

import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from shared.envelope import ENVELOPE_LIMIT, ENVELOPE_RECORDS
from shared.ids import record_id
from shared.moment import ClockQuality, Stamp
from shared.opening import SHANGHAI
from shared.outbox_room import OutboxFull, make_room, used_bytes
from shared.outbox_schema import SCHEMA
from shared.records import (
    FACTS,
    RECORD_LIMIT,
    WORDS_OF_PEOPLE,
    Fact,
    Minute,
    Profile,
    Question,
    Record,
    Retraction,
    Spell,
)

Lane = Literal["now", "later"]

FRESH = timedelta(seconds=150)
"""A minute record younger than this is the current one and travels at once."""
RESERVE = 0.9
"""The share of the file that ordinary records may fill."""
DEFAULT_LIMIT = 256 * 1024 * 1024

__all__ = ["DEFAULT_LIMIT", "Lane", "Outbox", "OutboxBroken", "OutboxFull", "RecordTooLarge", "Waiting"]


class OutboxBroken(Exception):
    """The file cannot be read or written: locked for too long, damaged, gone."""


class RecordTooLarge(ValueError):
    """A record over the wire's limit; it names the type and the size."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far the station is behind."""

    now: int
    later: int
    bytes: int
    limit: int
    oldest: datetime | None


class Outbox:
    """See the module. `chance` gives random bytes for record ids."""

    def __init__(
        self, path: Path, max_bytes: int = DEFAULT_LIMIT, chance: Callable[[int], bytes] = secrets.token_bytes
    ) -> None:
        self._limit = max_bytes
        self._chance = chance
        self._lock = threading.Lock()
        self._gap_taken = 0
        """The revision of the gap record that was taken last: a later one is not yet on its way."""
        try:
            self._db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA journal_size_limit = 4194304")
            self._db.executescript(SCHEMA)
            path.chmod(0o660)
        except (sqlite3.Error, OSError) as error:
            raise OutboxBroken(f"{path}: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def put(self, fact: Fact, stamp: Stamp) -> str:
        """Keep one fact; its record id. On disk when this returns. Raises OutboxFull and RecordTooLarge."""
        return self.put_all([(fact, stamp)])[0]

    def put_all(self, facts: Sequence[tuple[Fact, Stamp]]) -> list[str]:
        """Keep several facts in one transaction: all or none."""
        rows = [self._row(fact, stamp) for fact, stamp in facts]
        ids = [row[0] for row in rows]
        if not rows:
            return ids
        people = all(fact.type in WORDS_OF_PEOPLE for fact, _ in facts)
        bound = self._limit if people else int(self._limit * RESERVE)
        with self._writing() as db:
            needed = sum(len(row[6].encode()) for row in rows)
            if used_bytes(db) + needed > bound:
                make_room(db, needed, bound, self._chance)
            for (fact, stamp), row in zip(facts, rows, strict=True):
                thing, revision = _told_anew(fact)
                if thing is not None:
                    db.execute(
                        "DELETE FROM item WHERE spell = ? AND (revision < ? OR type = 'profile')", (thing, revision)
                    )
                db.execute("INSERT INTO item VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
                self._note(db, fact, row[0], stamp)
        return ids

    def _row(self, fact: Fact, stamp: Stamp) -> tuple[str, str, float | None, str, float, str, str, str | None, int]:
        body = FACTS.dump_json(fact)
        if len(body) > RECORD_LIMIT - 512:
            raise RecordTooLarge(f"a {fact.type} of {len(body)} bytes; the wire takes {RECORD_LIMIT - 512}")
        about = fact.minute if isinstance(fact, Minute) else stamp.at
        at = None if stamp.clock is ClockQuality.WRONG else stamp.at.timestamp()
        thing, revision = _told_anew(fact)
        new = record_id(about, self._chance(10))
        return new, fact.type, at, stamp.boot, stamp.uptime, stamp.clock.value, body.decode(), thing, revision

    def _note(self, db: sqlite3.Connection, fact: Fact, new: str, stamp: Stamp) -> None:
        """Today's counts outlive the acknowledgement: people's words are tallied by local day, for a week."""
        if isinstance(fact, Retraction):
            db.execute("DELETE FROM said WHERE id = ?", (fact.of,))
        elif fact.type in WORDS_OF_PEOPLE:
            day = stamp.at.astimezone(SHANGHAI).date()
            db.execute("INSERT INTO said VALUES (?, ?, ?)", (new, fact.type, day.isoformat()))
            db.execute("DELETE FROM said WHERE day < ?", ((day - timedelta(days=7)).isoformat(),))

    def said_on(self, type_: str, day: date) -> int:
        """How many facts of one type people said on a local day, retracted ones not counted."""
        with self._reading() as db:
            row = db.execute("SELECT count(*) FROM said WHERE type = ? AND day = ?", (type_, day.isoformat()))
            return int(row.fetchone()[0])

    def take(
        self, lane: Lane, stamp: Stamp, limit: int = ENVELOPE_RECORDS, max_bytes: int = ENVELOPE_LIMIT - 4096
    ) -> list[Record]:
        """The next records of a lane, oldest first, as many as fit; they stay until forgotten.

        Records of this boot made while its clock was wrong are dated as soon as it is right, and wait until then; those
        of a boot that never learned the time go undated. What cannot be read (another version wrote it) is set aside.
        """
        with self._writing() as db:
            if stamp.clock is not ClockQuality.WRONG:
                offset = stamp.at.timestamp() - stamp.uptime
                db.execute("UPDATE item SET at = ? + uptime WHERE at IS NULL AND boot = ?", (offset, stamp.boot))
            fresh = (stamp.at - FRESH).timestamp()
            chosen = _NOW_LANE if lane == "now" else _LATER_LANE
            rows = db.execute(
                f"SELECT id, at, boot, uptime, clock, body, type, revision FROM item WHERE {chosen} "  # noqa: S608 — two constants
                "AND NOT (at IS NULL AND boot = ?) ORDER BY seq LIMIT ?",
                (fresh, stamp.boot, limit),
            ).fetchall()
        records: list[Record] = []
        size = 0
        for id_, at, boot, uptime, clock, body, type_, revision in rows:
            size += len(body.encode()) + 256
            if records and size > max_bytes:
                break
            when = None if at is None else datetime.fromtimestamp(at, UTC)
            try:
                fact = FACTS.validate_json(body)
            except ValidationError as error:
                self.set_aside(id_, f"cannot be read: {error.error_count()} errors")
                continue
            records.append(Record(id=id_, at=when, boot=boot, uptime=uptime, clock=clock, fact=fact))
            if type_ == "gap":
                self._gap_taken = revision
        return records

    def forget(self, ids: Sequence[str]) -> None:
        """The hub has committed these. A gap that has widened since it was taken stays."""
        with self._writing() as db:
            db.executemany(
                "DELETE FROM item WHERE id = ? AND NOT (type = 'gap' AND revision > ?)",
                [(id_, self._gap_taken) for id_ in ids],
            )
            db.executemany(
                "UPDATE gap SET told = revision WHERE id = ? AND id NOT IN (SELECT id FROM item WHERE type = 'gap')",
                [(id_,) for id_ in ids],
            )

    def set_aside(self, id_: str, why: str) -> None:
        """A record that never gets through: kept apart, so that it holds up nothing."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO aside SELECT id, ?, type, body FROM item WHERE id = ?", (why, id_))
            db.execute("DELETE FROM item WHERE id = ?", (id_,))

    def aside(self) -> int:
        """How many records were set aside."""
        with self._reading() as db:
            return int(db.execute("SELECT count(*) FROM aside").fetchone()[0])

    def lowest(self) -> int:
        """The lowest sequence number still held; the next to be given where nothing is held."""
        with self._reading() as db:
            row = db.execute("SELECT min(seq) FROM item").fetchone()
            if row[0] is not None:
                return int(row[0])
            last = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'item'").fetchone()
            return int(last[0]) + 1 if last else 1

    def given(self) -> int:
        """How many records were ever put: the last sequence number."""
        with self._reading() as db:
            row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'item'").fetchone()
            return int(row[0]) if row else 0

    def waiting(self, stamp: Stamp) -> Waiting:
        """How many records wait in each lane, how full the file is, and since when."""
        fresh = (stamp.at - FRESH).timestamp()
        with self._reading() as db:
            now = db.execute(f"SELECT count(*) FROM item WHERE {_NOW_LANE}", (fresh,)).fetchone()[0]  # noqa: S608 — a constant
            later = db.execute(f"SELECT count(*) FROM item WHERE {_LATER_LANE}", (fresh,)).fetchone()[0]  # noqa: S608 — a constant
            oldest = db.execute("SELECT min(at) FROM item").fetchone()[0]
            used = used_bytes(db)
        return Waiting(now, later, used, self._limit, None if oldest is None else datetime.fromtimestamp(oldest, UTC))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Raises OutboxBroken."""
        with self._lock:
            try:
                yield self._db
            except sqlite3.Error as error:
                raise OutboxBroken(f"the outbox could not be read: {error}") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction. Raises OutboxFull where the disk is full, OutboxBroken for what else SQLite says."""
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                    self._db.execute("COMMIT")
                except BaseException:
                    if self._db.in_transaction:
                        self._db.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
                    raise OutboxFull(f"the disk is full: {error}") from error
                raise OutboxBroken(f"the outbox could not be written: {error}") from error


def _told_anew(fact: Fact) -> tuple[str | None, int]:
    """What the fact tells of anew, and its revision: what was said of it before need not be sent. None: of nothing."""
    match fact:
        case Spell():
            return fact.spell, fact.revision
        case Question():
            return fact.question, fact.revision
        case Profile():
            return f"profile {fact.facility}", 0
        case _:
            return None, 0


_LATER_TYPES = "('minute', 'quarter')"
_NOW_LANE = f"(type NOT IN {_LATER_TYPES} OR (type = 'minute' AND at >= ?))"
_LATER_LANE = f"(type IN {_LATER_TYPES} AND NOT (type = 'minute' AND at >= ?))"
