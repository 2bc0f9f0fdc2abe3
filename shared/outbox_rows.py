"""A fact as a row of the outbox, and what putting it changes beside it. Inside the caller's transaction."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from shared.bounds import RECORD_LIMIT
from shared.ids import record_id
from shared.moment import ClockQuality, Stamp
from shared.opening import SHANGHAI
from shared.outbox_schema import ITEM

if TYPE_CHECKING:
    from shared.records import Fact, Record

# A kiosk opens the outbox before its first frame and reads no record then: who reads or makes one imports their models.

WORDS_OF_PEOPLE = frozenset({"checkin", "feedback", "fault_report", "statement", "retraction"})
"""Record types the outbox never gives up."""
SAID_FOR = timedelta(days=7)

UNREADABLE = (ValueError, TypeError, OverflowError, OSError)
"""What a row raises that damage has changed or a later version wrote."""

Row = tuple[str, str, float | None, str, float, str, str, str | None, int]


class RecordTooLarge(ValueError):
    """A record over the wire's limit; it names the type and the size."""


def row_of(fact: "Fact", stamp: Stamp, chance: Callable[[int], bytes]) -> Row:
    """With an id of its own. Raises RecordTooLarge."""
    body = fact.model_dump_json().encode()
    if len(body) > RECORD_LIMIT - 512:
        raise RecordTooLarge(f"a {fact.type} of {len(body)} bytes; the wire takes {RECORD_LIMIT - 512}")
    about = fact.minute if fact.type == "minute" else stamp.at
    at = None if stamp.clock is ClockQuality.WRONG else stamp.at.timestamp()
    thing, revision = _told_anew(fact)
    new = record_id(about, chance(10))
    return new, fact.type, at, stamp.boot, stamp.uptime, stamp.clock.value, body.decode(), thing, revision


def insert(db: sqlite3.Connection, row: Row) -> int:
    """The sequence number it got."""
    places = ", ".join("?" * len(row))
    return int(db.execute(f"INSERT INTO item (seq, {ITEM}) VALUES (NULL, {places})", row).lastrowid or 0)  # noqa: S608 — constants


def replace_older(db: sqlite3.Connection, fact: "Fact") -> None:
    """What was said of the same thing before need not be sent."""
    thing, revision = _told_anew(fact)
    if thing is not None:
        db.execute("DELETE FROM item WHERE spell = ? AND (revision < ? OR type = 'profile')", (thing, revision))


def note_said(db: sqlite3.Connection, fact: "Fact", id_: str, stamp: Stamp) -> None:
    """Today's counts outlive the acknowledgement: people's words are tallied by local day, for a week."""
    if fact.type == "retraction":
        db.execute("DELETE FROM said WHERE id = ?", (fact.of,))
    elif fact.type in WORDS_OF_PEOPLE:
        day = stamp.at.astimezone(SHANGHAI).date()
        db.execute("INSERT INTO said VALUES (?, ?, ?)", (id_, fact.type, day.isoformat()))
        db.execute("DELETE FROM said WHERE day < ?", ((day - SAID_FOR).isoformat(),))


def was_kept(db: sqlite3.Connection, id_: str) -> bool:
    """Whether people's words are here under this id, or were and the hub has them."""
    asked = "SELECT EXISTS (SELECT 1 FROM item WHERE id = ?1) OR EXISTS (SELECT 1 FROM said WHERE id = ?1)"
    return bool(db.execute(asked, (id_,)).fetchone()[0])


def keep_unread(db: sqlite3.Connection, id_: str) -> None:
    """A later version wrote it, or damage has changed it: whole, until a version comes that reads it."""
    db.execute(f"INSERT OR REPLACE INTO unread SELECT {ITEM} FROM item WHERE id = ?", (id_,))  # noqa: S608 — a constant
    db.execute("DELETE FROM item WHERE id = ?", (id_,))


def read_again(db: sqlite3.Connection) -> None:
    """What this version can read goes back to its lane."""
    from shared.records import FACTS

    for row in db.execute(f"SELECT {ITEM} FROM unread ORDER BY id").fetchall():  # noqa: S608 — a constant
        with suppress(ValueError):
            FACTS.validate_json(row[6])
            insert(db, row)
            db.execute("DELETE FROM unread WHERE id = ?", (row[0],))


def record_of(id_: str, at: float | None, boot: str, uptime: float, clock: str, body: str) -> "Record":
    """What a row says. Raises one of UNREADABLE."""
    from shared.records import FACTS, Record

    when = None if at is None else datetime.fromtimestamp(at, UTC)
    return Record(id=id_, at=when, boot=boot, uptime=uptime, clock=ClockQuality(clock), fact=FACTS.validate_json(body))


def open_reports(db: sqlite3.Connection) -> "list[Record]":
    """Fault reports without those that were taken back. What cannot be read says nothing."""
    asked = (
        "SELECT id, at, boot, uptime, clock, body FROM item WHERE type IN ('fault_report', 'retraction') ORDER BY seq"
    )
    found: dict[str, Record] = {}
    for row in db.execute(asked).fetchall():
        with suppress(*UNREADABLE):
            record = record_of(*row)
            if record.fact.type == "retraction":
                found.pop(record.fact.of, None)
            else:
                found[record.id] = record
    return list(found.values())


def _told_anew(fact: "Fact") -> tuple[str | None, int]:
    """What the fact tells of anew, and its revision. None: of nothing."""
    if fact.type == "spell":
        return fact.spell, fact.revision
    if fact.type == "question":
        return fact.question, fact.revision
    if fact.type == "profile":
        return f"profile {fact.facility}", 0
    return None, 0
