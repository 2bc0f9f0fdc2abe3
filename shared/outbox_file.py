"""The outbox's file: opened, followed where it goes, read and written in whole transactions, mended when damaged.

Whoever reads or writes holds the folder together with others, whoever puts another file into its place holds it alone.
The files are looked at before each transaction and after it: a file that was deleted, replaced or robbed of its log is
left, and what it held is carried over into the one that stands there.
"""

import errno
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from shared.outbox_errors import OutboxBroken, OutboxBusy, OutboxFull, is_busy, is_damage, told
from shared.outbox_lock import Grip
from shared.outbox_room import tell_gap
from shared.outbox_salvage import SHM, UNREADABLE, WAL, Chance, adopt, half_done, number_from, salvage, set_aside
from shared.outbox_schema import SCHEMA

TRIES = 3
LEAST_WAIT_S = 0.05
AGAIN_S = 0.01
"""Between two attempts to become the one who changes a file."""
LAST = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'item'), 0)"
"""The highest sequence number that was given."""

T = TypeVar("T")
Body = Callable[[sqlite3.Connection], T]
Files = tuple[tuple[int, int] | None, ...]


class _Astray(Exception):
    """What stands at the path is not what was opened, or cannot be opened as it stands."""


class OutboxFile:
    """See the module. One thread at a time is inside."""

    def __init__(self, path: Path, patience_s: float, chance: Chance) -> None:
        self._path, self._patience_s, self._chance = path, patience_s, chance
        self._guard = threading.Lock()
        self._folder = Grip(path.parent)
        self._db: sqlite3.Connection | None = None
        self._files: Files = ()
        self._mark = path.with_suffix(".given")
        self._turn = Grip(self._mark)
        self._attempt(lambda _db: None, patience_s)

    def close(self) -> None:
        """Let go of the file."""
        with self._guard:
            self._let_go()
            self._folder.close()
            self._turn.close()

    def read(self, body: Body[T], patience_s: float) -> T:
        """Raises OutboxBroken."""
        try:
            return self._attempt(body, patience_s)
        except OutboxFull as error:
            raise OutboxBroken(str(error)) from error

    def write(self, body: Body[T], patience_s: float | None = None) -> T:
        """One transaction: `body` is called again after a salvage. Raises OutboxFull and OutboxBroken."""
        patience = self._patience_s if patience_s is None else patience_s
        until = time.monotonic() + patience

        def begin(db: sqlite3.Connection) -> None:
            _make(self._mark)
            with self._turn.held(alone=True, until=until):
                db.execute("BEGIN IMMEDIATE")

        return self._attempt(lambda db: _whole(db, body, begin), patience)

    def note_given(self, number: int) -> None:
        """Leave the highest number that was put beside the file, so that a lost log is missed."""
        with suppress(OSError):
            mark = os.open(self._mark, os.O_WRONLY | os.O_CLOEXEC)
            try:
                os.pwrite(mark, f"{number:020d}\n".encode(), 0)
            finally:
                os.close(mark)

    def _attempt(self, body: Body[T], patience_s: float) -> T:
        until = time.monotonic() + patience_s
        with self._guard:
            for _ in range(TRIES):
                try:
                    with self._folder.held(alone=False, until=until):
                        result = body(self._standing(until))
                        if self._look() == self._files:
                            return result
                except _Astray:
                    self._mend(damaged=False, until=until)
                except sqlite3.Error as error:
                    if not is_damage(error):
                        raise self._given_up(error) from error
                    self._mend(damaged=True, until=until)
                else:
                    # It went meanwhile: what was just written is carried over with the rest.
                    self._mend(damaged=False, until=until)
                    return result
        raise OutboxBroken(f"{self._path}: it is damaged or replaced again and again")

    def _standing(self, until: float) -> sqlite3.Connection:
        """The connection, to what stands at the path. Raises sqlite3.Error, and _Astray."""
        if self._db is None:
            if half_done(self._path):
                raise _Astray
            self._open(until)
            self._miss_records()
        elif self._look() != self._files:
            raise _Astray
        db = self._connection()
        db.execute(f"PRAGMA busy_timeout = {max(LEAST_WAIT_S, until - time.monotonic()) * 1000:.0f}")
        return db

    def _connection(self) -> sqlite3.Connection:
        if self._db is None:
            raise _Astray
        return self._db

    def _open(self, until: float) -> None:
        """Raises sqlite3.Error."""
        timeout = max(LEAST_WAIT_S, until - time.monotonic())
        _make(self._path)
        db = sqlite3.connect(self._path, timeout=timeout, isolation_level=None, check_same_thread=False)
        try:
            db.text_factory = _text
            _log_ahead(db, until)
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA journal_size_limit = 4194304")
            db.execute("PRAGMA cell_size_check = ON")
            db.executescript(SCHEMA)
        except BaseException:
            db.close()
            raise
        self._db, self._files = db, self._look()

    def _miss_records(self) -> None:
        """Fewer were put than there were: a log, or all of it, was lost while nobody looked. Raises sqlite3.Error."""
        given = self._given()
        if self._connection().execute(LAST).fetchone()[0] >= given:
            return

        def tell(db: sqlite3.Connection) -> None:
            last = db.execute(LAST).fetchone()[0]
            if last < given:
                # Of a file that is gone as a whole nobody knows how many of its records still waited.
                counts = {UNREADABLE: given - last if last else 0}
                tell_gap(db, counts, None, self._mark.stat().st_mtime, self._chance)
                number_from(db, given)

        _whole(self._connection(), tell)

    def _mend(self, *, damaged: bool, until: float) -> None:
        """Raises OutboxBusy, OutboxFull, OutboxBroken."""
        with self._folder.held(alone=True, until=until):
            try:
                self._mend_alone(damaged, until)
            except sqlite3.Error as error:
                raise self._given_up(error) from error
            except OSError as error:
                full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
                raise (OutboxFull if full else OutboxBroken)(f"the outbox could not be mended: {error}") from error

    def _mend_alone(self, damaged: bool, until: float) -> None:
        stands = self._look()
        if self._db is None:
            self._mend_unopened(until)
        elif stands[0] != self._files[0]:
            self._follow(until)
        elif damaged or stands != self._files:
            salvage(self._path, self._db, self._given(), self._chance)
            self._let_go()

    def _mend_unopened(self, until: float) -> None:
        """Open it, or salvage it, unless another program has done that already."""
        try:
            if half_done(self._path):
                raise _Astray
            self._open(until)
            self._connection().execute("SELECT count(*) FROM item").fetchone()
        except (_Astray, sqlite3.Error) as error:
            if isinstance(error, sqlite3.Error) and not is_damage(error):
                raise
            self._let_go()
            salvage(self._path, None, self._given(), self._chance)

    def _follow(self, until: float) -> None:
        """To the file that stands in the place of what was opened, with everything that one held."""
        old, opened = self._connection(), self._files
        self._db = None
        try:
            self._mend_unopened(until)
            if self._db is None:
                self._open(until)
            if opened[0] not in [_file(one) for one in set_aside(self._path)]:
                _whole(self._connection(), lambda db: number_from(db, adopt(old, db).last))
        except BaseException:
            self._let_go()
            self._db, self._files = old, opened
            raise
        old.close()

    def _look(self) -> Files:
        return tuple(_file(self._path.with_name(self._path.name + ending)) for ending in ("", WAL, SHM))

    def _given(self) -> int:
        try:
            return int(self._mark.read_text())
        except (OSError, ValueError):
            return 0

    def _let_go(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _given_up(self, error: sqlite3.Error) -> Exception:
        """The outbox's word for it. After anything but a full disk or another's lock the file is opened anew."""
        word = told(error)
        if not isinstance(word, OutboxFull | OutboxBusy):
            self._let_go()
        return word


def _begin(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")


def _log_ahead(db: sqlite3.Connection, until: float) -> None:
    """Two who open a file that was just made both change how it is written, and SQLite makes neither of them wait: a
    busy timeout does not count where a lock is raised. Raises sqlite3.Error.
    """
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() >= until:
                raise
            time.sleep(AGAIN_S)
        else:
            return


def _whole(db: sqlite3.Connection, body: Body[T], begin: Callable[[sqlite3.Connection], None] = _begin) -> T:
    begin(db)
    try:
        result = body(db)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return result


def _make(path: Path) -> None:
    """A file for the whole group before SQLite sees it: its log takes after it. Agent and kiosk are two users."""
    try:
        made = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660)
    except OSError:
        return  # it is there, or SQLite will say why it cannot be
    try:
        os.fchmod(made, 0o660)
    finally:
        os.close(made)


def _file(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _text(raw: bytes) -> str:
    """A letter that damage has made of another is no reason to read nothing."""
    return raw.decode(errors="replace")
