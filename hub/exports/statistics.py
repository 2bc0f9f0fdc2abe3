"""Rates with what can be said of them: n, and the interval they lie in. Pure."""

from dataclasses import dataclass
from math import sqrt

RANKED_FROM = 5
"""Nothing is ranked, or called different, on fewer (I25)."""
Z = 1.96
"""95 %."""


@dataclass(frozen=True, slots=True)
class Rate:
    """k of n, a fraction."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        """None: there was nothing."""
        return None if self.n == 0 else self.k / self.n

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's, 95 %. None: there was nothing."""
        if self.n == 0:
            return None
        share, n = self.k / self.n, self.n
        middle, width = share + Z * Z / (2 * n), Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        whole = 1 + Z * Z / n
        return max(0.0, (middle - width) / whole), min(1.0, (middle + width) / whole)

    def apart_from(self, other: "Rate") -> bool:
        """Surely different: enough of both, and the intervals do not meet."""
        mine, theirs = self.interval, other.interval
        if mine is None or theirs is None or min(self.n, other.n) < RANKED_FROM:
            return False
        return mine[0] > theirs[1] or mine[1] < theirs[0]
