"""What the agent keeps over restarts, beside the outbox: rule memory, connection number, the last good time.

Only this module of the agent opens `state.db`; and it holds the lock that keeps a second agent off one station.
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

STATE = "state.db"
LOCK = "agent.lock"
LAST_GOOD = "last_good"
"""The name of the latest time known to have been."""


class StationTaken(Exception):
    """Another agent, or a replay, holds this station."""


class KeepBroken(Exception):
    """`state.db` cannot be read or written: a full disk, a damaged file."""


def holder(folder: Path) -> int | None:
    """The process that holds a station, an agent or a replay; None where nobody does. 0: somebody of unknown number."""
    try:
        with (folder / LOCK).open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                number = lock.read().strip()
                return int(number) if number.isdigit() else 0
    except FileNotFoundError:
        return None
    return None


def peek(folder: Path, name: str) -> bytes | None:
    """A kept value, read without holding the station. Raises KeepBroken; None where nothing was kept."""
    if not (folder / STATE).exists():
        return None
    with _told(folder / STATE), closing(sqlite3.connect(f"file:{folder / STATE}?mode=ro", timeout=2, uri=True)) as db:
        row = db.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
    return None if row is None else bytes(row[0])


class Keep:
    """Named values on disk. One process at a time holds a station's."""

    def __init__(self, folder: Path) -> None:
        self._guard = threading.Lock()
        self._lock = (folder / LOCK).open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.seek(0)
            holder = self._lock.read().strip() or "unknown"
            self._lock.close()
            raise StationTaken(f"{folder}: another agent or replay holds this station (process {holder})") from error
        self._lock.truncate(0)
        self._lock.write(str(os.getpid()))
        self._lock.flush()
        with _told(folder / STATE):
            self._db = sqlite3.connect(folder / STATE, timeout=10, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value BLOB NOT NULL)")

    def close(self) -> None:
        """Let go of the station."""
        self._db.close()
        self._lock.close()

    def get(self, name: str) -> bytes | None:
        """A kept value. Raises KeepBroken."""
        with self._guard, _told(STATE):
            row = self._db.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def put(self, values: dict[str, bytes]) -> None:
        """Keep several values, all or none. Raises KeepBroken."""
        with self._guard, _told(STATE):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", list(values.items()))
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def next_connection(self) -> int:
        """The number of the next connection, higher than any before."""
        number = int(self.get("connection") or b"0") + 1
        self.put({"connection": str(number).encode()})
        return number

    def last_good(self) -> datetime | None:
        """The latest time known to have been."""
        return good_time(self.get(LAST_GOOD))

    def saw(self, at: datetime) -> None:
        """A time that has certainly been: the hub's, or the station's own when it was right."""
        last = self.last_good()
        if last is None or at > last:
            self.put({LAST_GOOD: at.isoformat().encode()})


def good_time(kept: bytes | None) -> datetime | None:
    """A time as it is kept."""
    return None if kept is None else datetime.fromisoformat(kept.decode()).astimezone(UTC)


@contextmanager
def _told(what: object) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise KeepBroken(f"{what}: {error}") from error
