"""Shares with Wilson's interval, rates, and percentiles. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

Z = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 %; everything is possible of nothing."""
        if not self.whole:
            return (0.0, 1.0)
        share, n = self.part / self.whole, self.whole
        centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        return (max(0.0, centre - half) if self.part else 0.0, min(1.0, centre + half) if self.part < n else 1.0)


@dataclass(frozen=True, slots=True)
class Rate:
    """Events in a time of facility-months."""

    events: int
    months: float

    @property
    def value(self) -> float | None:
        """None without any time."""
        return self.events / self.months if self.months else None


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of them is not above. Raises IndexError of none."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]
