"""Who may touch the outbox's files: everybody at once, or one alone, who puts another file in its place.

The lock is the folder itself (flock), for a lock file would be wiped together with what it guards. Writers take turns
by a lock of their own: SQLite lets one that writes without a pause starve the others.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.outbox_errors import OutboxBroken, OutboxBusy

LOOK_S = 0.005


class Grip:
    """One holder's lock on a file or folder, whichever stands at the path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open = -1

    def close(self) -> None:
        """Let go for good."""
        if self._open >= 0:
            os.close(self._open)
            self._open = -1

    @contextmanager
    def held(self, *, alone: bool, until: float) -> Iterator[None]:
        """Raises OutboxBusy where others do not let go until then (monotonic), OutboxBroken where nothing is."""
        self._follow()
        kind = (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB
        while True:
            try:
                fcntl.flock(self._open, kind)
                break
            except BlockingIOError as taken:
                if time.monotonic() >= until:
                    raise OutboxBusy(f"{self._path}: another program mends the outbox or holds it") from taken
                time.sleep(LOOK_S)
        try:
            yield
        finally:
            fcntl.flock(self._open, fcntl.LOCK_UN)

    def _follow(self) -> None:
        """It may have been replaced."""
        try:
            stands = self._path.stat()
            if self._open >= 0:
                opened = os.fstat(self._open)
                if (opened.st_dev, opened.st_ino) == (stands.st_dev, stands.st_ino):
                    return
                self.close()
            self._open = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise OutboxBroken(f"{self._path}: {error}") from error
