"""A damaged outbox is mended: what can be read goes into a fresh file, the damaged one is set aside under a dated name.

Whoever calls holds the folder alone. The fresh file is whole on disk before any name changes, so a salvage that is
killed is either begun anew or finished by the next one.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from shared.outbox_rescue import Rescue, carry
from shared.outbox_room import tell_gap
from shared.outbox_schema import SCHEMA

KEPT = 2
"""Damaged files that are kept, the newest."""
UNREADABLE = "unreadable"
"""What a gap calls records that were in a damaged file; 0 of them where nobody knows how many."""
WAL, SHM = "-wal", "-shm"
PAGE = 4096
_PAGES_AT, _FREE_AT = 28, 32

Chance = Callable[[int], bytes]


def set_aside(path: Path) -> list[Path]:
    """Damaged outboxes beside this one, the oldest first."""
    return sorted(path.parent.glob(f"{path.stem}-damaged-*{path.suffix}"))


def half_done(path: Path) -> bool:
    """Whether a salvage was killed between the file that is whole and its name, or the file cannot be opened at all."""
    if _whole(path).exists() or path.is_dir():
        return True
    # SQLite deletes the log of a file of no bytes instead of reading it.
    with suppress(FileNotFoundError):
        return path.stat().st_size < PAGE and _beside(path, WAL).stat().st_size > 0
    return False


def salvage(path: Path, own: sqlite3.Connection | None, given: int, chance: Chance) -> None:
    """Mend it. `own` is a connection that still has the file open; `given` the highest number known to have been put.

    Raises sqlite3.Error or OSError where the disk takes no more.
    """
    if not _whole(path).exists():
        written = _last_written(path)
        name = _aside_name(path, written)
        fresh = path.with_name(f"{path.name}.salvaging")
        _remove(fresh)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous = FULL")
            db.executescript(SCHEMA)
            db.execute("BEGIN IMMEDIATE")
            _fill(db, path, own, max(given, 0), name, written, chance)
            db.execute("COMMIT")
        fresh.chmod(0o660)
        fresh.replace(_whole(path))
    _exchange(path)


def adopt(old: sqlite3.Connection, db: sqlite3.Connection) -> Rescue:
    """Carry over from a file that was deleted or replaced while it was open. Inside the caller's transaction."""
    rescue = Rescue()
    carry(old, db, rescue)
    return rescue


def number_from(db: sqlite3.Connection, given: int) -> None:
    """Numbers up to this one are never given again."""
    if db.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'item'", (given,)).rowcount == 0:
        db.execute("INSERT INTO sqlite_sequence VALUES ('item', ?)", (given,))


def _fill(
    db: sqlite3.Connection,
    path: Path,
    own: sqlite3.Connection | None,
    given: int,
    name: str,
    written: float,
    chance: Chance,
) -> None:
    rescue = Rescue(given)
    if own is not None:
        carry(own, db, rescue)
    for repaired in (False, True):
        if not rescue.sure:
            with suppress(sqlite3.Error), _opened(path, repaired=repaired) as source:
                carry(source, db, rescue)
    number_lost: int | None = len(rescue.lost) + max(0, given - rescue.last)
    if not rescue.sure:
        number_lost = None if given or path.is_file() else 0
    if number_lost != 0:
        times = [at for at in rescue.lost.values() if at is not None]
        span = min(times, default=None), max(times, default=written)
        tell_gap(db, {UNREADABLE: number_lost or 0}, *span, chance)
    db.execute("INSERT INTO salvage VALUES (NULL, ?, ?, ?)", (name, rescue.carried, number_lost))
    number_from(db, max(given, rescue.last))


@contextmanager
def _opened(path: Path, *, repaired: bool) -> Iterator[sqlite3.Connection]:
    """The damaged file under another name, with its log read anew. Raises sqlite3.Error.

    `repaired`: with the first page of a fresh file, for all begin alike: a lost header costs nothing else.
    """
    reading = path.with_name(f"{path.name}.reading")
    _remove(reading)
    try:
        if repaired:
            _copy_with_first_page(path, reading)
        else:
            _link(path, reading)
        _link(_beside(path, WAL), _beside(reading, WAL))
        with closing(sqlite3.connect(f"file:{reading}?mode={'rw' if repaired else 'ro'}", uri=True)) as source:
            source.execute("PRAGMA cell_size_check = ON")
            yield source
    except OSError as error:
        raise sqlite3.OperationalError(str(error)) from error
    finally:
        _remove(reading)


def _copy_with_first_page(path: Path, copy: Path) -> None:
    with path.open("rb") as damaged, copy.open("wb") as out:
        shutil.copyfileobj(damaged, out)
    pages = max(1, copy.stat().st_size // PAGE)
    template = path.with_name(f"{path.name}.template")
    _remove(template)
    try:
        with closing(sqlite3.connect(template)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(SCHEMA)
        page = bytearray(template.read_bytes()[:PAGE])
    finally:
        _remove(template)
    page[_PAGES_AT : _PAGES_AT + 4] = pages.to_bytes(4, "big")
    page[_FREE_AT : _FREE_AT + 8] = bytes(8)
    with copy.open("r+b") as out:
        out.write(page)
        out.truncate(pages * PAGE)


def _exchange(path: Path) -> None:
    """The damaged file away, the fresh one into its place."""
    name = path.with_name(_aside_name(path, _last_written(path)))
    if _beside(path, WAL).exists() and path.is_file():
        _beside(path, WAL).replace(_beside(name, WAL))
    _remove(path, only=(WAL, SHM))
    if path.exists():
        path.replace(name)
    _whole(path).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    for old in set_aside(path)[:-KEPT]:
        _remove(old)


def _last_written(path: Path) -> float:
    """When the file or its log was last written: what damaged it came later."""
    times = [one.stat().st_mtime for one in (path, _beside(path, WAL)) if one.exists()]
    return max(times, default=0.0)


def _aside_name(path: Path, written: float) -> str:
    """`outbox-damaged-20261120T040000Z.db`, with a number where there is one already."""
    stem = f"{path.stem}-damaged-{datetime.fromtimestamp(written, UTC):%Y%m%dT%H%M%SZ}"
    number = 1
    while path.with_name(f"{stem}-{number}{path.suffix}").exists():
        number += 1
    return f"{stem}-{number}{path.suffix}"


def _whole(path: Path) -> Path:
    return path.with_name(f"{path.name}.salvaged")


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _link(path: Path, other: Path) -> None:
    """The same bytes under another name; a copy where the file system has no links."""
    if not path.exists():
        return
    try:
        other.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, other)


def _remove(path: Path, only: Sequence[str] = ("", WAL, SHM, "-journal")) -> None:
    for ending in only:
        one = _beside(path, ending)
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)
        else:
            one.unlink(missing_ok=True)
