"""What was looked up is kept for a moment: those who ask the same at once cost one look, however many they are.

Only what may be a few seconds old is kept here, and nothing that this process writes.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
NEVER = float("-inf")


class Busy(Exception):
    """More different answers are wanted than may be looked up now."""


@dataclass(slots=True, eq=False)
class _Kept:
    """One answer. Any: each key has answers of its own type."""

    at: float = NEVER
    answer: Any = None
    looking: Lock = field(default_factory=Lock)


class Shelf:
    """Answers by key, the most recently wanted ones. For many threads: of those who want one key at once one looks."""

    def __init__(
        self,
        size: int = 4096,
        most: int | None = None,
        per_s: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`most`: so many looks in `per_s` seconds, all keys together. None: as many as are wanted."""
        self._size, self._most, self._per_s, self._clock = size, most, per_s, clock
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._looks: deque[float] = deque()
        self._lock = Lock()

    def get(self, key: Hashable, keep_s: float, look: Callable[[], T]) -> T:
        """The answer, no older than `keep_s`; looked up where there is none. Raises Busy for a look too many."""
        kept = self._place(key)
        with kept.looking:
            if not self._clock() - kept.at < keep_s:
                self._count()
                kept.answer = look()
                kept.at = self._clock()
            found: T = kept.answer
        return found

    def _place(self, key: Hashable) -> _Kept:
        with self._lock:
            kept = self._kept.setdefault(key, _Kept())
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return kept

    def _count(self) -> None:
        if self._most is None:
            return
        with self._lock:
            now = self._clock()
            while self._looks and now - self._looks[0] >= self._per_s:
                self._looks.popleft()
            if len(self._looks) >= self._most:
                raise Busy
            self._looks.append(now)
