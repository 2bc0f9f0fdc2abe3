"""What an outbox may fail of, and how SQLite says so."""

import sqlite3


class OutboxBroken(Exception):
    """The file cannot be read or written: damaged beyond help, gone, not allowed."""


class OutboxBusy(OutboxBroken):
    """Another program has held the file for too long; later it may be free."""


class OutboxFull(Exception):
    """Nothing more may be given up, or the disk takes no more: the fact was not kept."""


_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
"""A quota or a limit of the file's size shows as a failed write."""
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is not what was written, so that a salvage may help."""
    code = _code(error)
    moved = (sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_READONLY_DBMOVED)
    return code & 0xFF in _DAMAGED or code in moved


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program holds it just now."""
    return _code(error) & 0xFF in _BUSY


def told(error: sqlite3.Error) -> OutboxBroken | OutboxFull:
    """The outbox's word for what SQLite says."""
    code = _code(error)
    if code in _FULL:
        return OutboxFull(f"the disk takes no more: {error}")
    if is_busy(error):
        return OutboxBusy(f"the outbox is held by another program: {error}")
    return OutboxBroken(f"the outbox failed: {error}")


def _code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", None) or 0)
