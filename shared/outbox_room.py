"""What the outbox gives up when its file is full, in the design's order, and the one record that says so.

Order: quarters, minutes from the oldest, the evidence of spells, older proofs. Spells themselves and people's words are
never given up. The gap record counts what went and widens; it is kept in the room that was just made.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from shared.ids import record_id
from shared.outbox_errors import OutboxFull
from shared.outbox_schema import ITEM

BATCH = 200
"""Records given up at a time."""


def used_bytes(db: sqlite3.Connection) -> int:
    """Bytes of the file in use, free pages not counted."""
    pages, free, size = (
        int(db.execute(f"PRAGMA {pragma}").fetchone()[0]) for pragma in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def make_room(db: sqlite3.Connection, needed: int, bound: int, chance: Callable[[int], bytes]) -> None:
    """Give up records until `needed` bytes fit under `bound`. Inside the caller's transaction. Raises OutboxFull."""
    gone: Counter[str] = Counter()
    oldest: float | None = None
    newest: float | None = None
    for type_ in ("quarter", "minute"):
        while used_bytes(db) + needed > bound:
            rows = db.execute("SELECT seq, at FROM item WHERE type = ? ORDER BY seq LIMIT ?", (type_, BATCH)).fetchall()
            if not rows:
                break
            db.executemany("DELETE FROM item WHERE seq = ?", [(seq,) for seq, _ in rows])
            gone[type_] += len(rows)
            times = [at for _, at in rows if at is not None]
            oldest = min([*times, *([] if oldest is None else [oldest])], default=None)
            newest = max([*times, *([] if newest is None else [newest])], default=None)
    if used_bytes(db) + needed > bound:
        gone["trace"] += _without_traces(db)
    if used_bytes(db) + needed > bound:
        gone["proof"] += _without_older_proofs(db)
    if used_bytes(db) + needed > bound:
        raise OutboxFull(f"the outbox is full: {used_bytes(db)} of {bound} bytes, and nothing more may be given up")
    tell_gap(db, +gone, oldest, newest, chance)


def _without_traces(db: sqlite3.Connection) -> int:
    """Evidence windows go before the spells they belong to.

    The spells are written anew at the end: shortened in place they would leave half-empty pages and free nothing.
    """
    db.execute(
        "CREATE TEMP TABLE bare AS SELECT * FROM item "
        "WHERE type = 'spell' AND json_array_length(body, '$.traces') > 0 ORDER BY seq"
    )
    db.execute("DELETE FROM item WHERE seq IN (SELECT seq FROM bare)")
    written = db.execute(
        f"INSERT INTO item (seq, {ITEM}) SELECT NULL, id, type, at, boot, uptime, clock, "  # noqa: S608 — a constant
        "json_set(body, '$.traces', json('[]')), spell, revision FROM bare"
    ).rowcount
    db.execute("DROP TABLE bare")
    return written


def _without_older_proofs(db: sqlite3.Connection) -> int:
    """Of several proofs of one facility by one rule the newest says most."""
    changed = db.execute(
        "DELETE FROM item WHERE type = 'proof' AND seq NOT IN (SELECT max(seq) FROM item WHERE type = 'proof' "
        "GROUP BY json_extract(body, '$.facility'), json_extract(body, '$.rule'), json_extract(body, '$.mode'))"
    )
    return changed.rowcount


def tell_gap(
    db: sqlite3.Connection,
    gone: Mapping[str, int],
    oldest: float | None,
    newest: float | None,
    chance: Callable[[int], bytes],
) -> None:
    """Widen the gap the hub has not yet heard of, or open another one. Inside the caller's transaction."""
    if not gone:
        return
    counts = Counter(gone)
    row = db.execute("SELECT id, revision, counts, oldest, newest FROM gap WHERE told < revision").fetchone()
    revision = 1
    old_id = None
    if row:
        old_id, revision, before, old_oldest, old_newest = row[0], row[1] + 1, json.loads(row[2]), row[3], row[4]
        counts.update(before)
        # 0 of them says that nobody knows how many, and that stays so.
        counts.update({name: -counts[name] for name in counts if 0 in (gone.get(name), before.get(name))})
        oldest = min((at for at in (oldest, old_oldest) if at is not None), default=None)
        newest = max((at for at in (newest, old_newest) if at is not None), default=None)
        db.execute("DELETE FROM gap WHERE id = ?", (old_id,))
    from shared.records import Gap  # a file that is opened loses nothing, as a rule: see shared/outbox_rows.py

    model = Gap(revision=revision, counts=dict(counts), oldest=_moment(oldest), newest=_moment(newest))
    at = newest or 0.0
    new = old_id or record_id(datetime.fromtimestamp(at, UTC), chance(10))
    db.execute("DELETE FROM item WHERE id = ?", (new,))
    db.execute(
        f"INSERT INTO item (seq, {ITEM}) SELECT NULL, ?, 'gap', ?, coalesce(max(boot), 'none'), 0, 'plausible', ?, "  # noqa: S608 — a constant
        "NULL, ? FROM (SELECT boot FROM item ORDER BY seq DESC LIMIT 1)",
        (new, newest, model.model_dump_json(), revision),
    )
    db.execute("DELETE FROM gap WHERE told >= revision")
    db.execute("INSERT INTO gap VALUES (?, ?, 0, ?, ?, ?)", (new, revision, json.dumps(dict(counts)), oldest, newest))


def _moment(at: float | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC)
