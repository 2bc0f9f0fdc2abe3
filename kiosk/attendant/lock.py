"""What opens the attendant's menu, and what keeps it shut. Pure: times are seconds of a monotonic clock."""

from collections import deque

CLOCK_COLUMNS, CLOCK_ROWS = 18, 1
"""Where on the glass the clock is, from its right upper corner."""
KNOCKS, KNOCKS_WITHIN_S = 5, 3.0
TRIES, SHUT_S = 3, 300.0
"""So many wrong codes in a row shut it for so long."""


class Knocks:
    """Counts touches of the clock, on whatever screen: they are no accident when they are many in a short time."""

    def __init__(self) -> None:
        self._at: deque[float] = deque(maxlen=KNOCKS)

    def knock(self, at: float) -> bool:
        """One touch; whether it was the last of those that open."""
        self._at.append(at)
        if len(self._at) < KNOCKS or at - self._at[0] > KNOCKS_WITHIN_S:
            return False
        self._at.clear()
        return True

    def touched(self, column: int, row: int, width: int, at: float) -> bool:
        """The glass was touched somewhere; whether that opens. A touch elsewhere begins the counting anew."""
        if row >= CLOCK_ROWS or column < width - CLOCK_COLUMNS:
            self._at.clear()
            return False
        return self.knock(at)


class Lock:
    """Counts wrong codes."""

    def __init__(self) -> None:
        self._wrong = 0
        self._shut_until: float | None = None

    def shut_s(self, now: float) -> float:
        """Seconds for which it stays shut; 0: it may be tried."""
        return 0.0 if self._shut_until is None else max(0.0, self._shut_until - now)

    @property
    def left(self) -> int:
        """How many more wrong codes it takes."""
        return TRIES - self._wrong

    def wrong(self, now: float) -> None:
        """A wrong code."""
        self._wrong += 1
        if self._wrong >= TRIES:
            self._wrong, self._shut_until = 0, now + SHUT_S

    def right(self) -> None:
        """The right one."""
        self._wrong, self._shut_until = 0, None
