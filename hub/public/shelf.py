"""Answers kept for a moment, so that strangers cost the database no more than a bound however many they are.

A hub shows its public pages to everybody: one key is looked up at most once in `keep_s`, and all keys together at most
`most` times in `per_s`.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Busy(Exception):
    """More different answers are wanted than may be looked up now."""


class Shelf(Generic[T]):
    """Answers by key, the most recently wanted ones. For many threads."""

    def __init__(
        self,
        keep_s: float = 20.0,
        size: int = 4096,
        most: int = 200,
        per_s: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keep_s, self._size, self._most, self._per_s = keep_s, size, most, per_s
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[float, T]] = OrderedDict()
        self._looked: deque[float] = deque()
        self._lock = Lock()

    def get(self, key: Hashable, look: Callable[[], T]) -> T:
        """The answer kept, or a fresh one. Raises Busy where a fresh one would be one too many."""
        now = self._clock()
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and now - kept[0] < self._keep_s:
                self._kept.move_to_end(key)
                return kept[1]
            while self._looked and now - self._looked[0] >= self._per_s:
                self._looked.popleft()
            if len(self._looked) >= self._most:
                raise Busy
            self._looked.append(now)
        found = look()
        with self._lock:
            self._kept[key] = (now, found)
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return found
