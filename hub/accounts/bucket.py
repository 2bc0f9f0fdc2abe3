"""A leaky bucket: so many in a row, then one whenever one has leaked out. Pure; times are seconds since 1970.

It is kept as one number, when it will be empty: a time that has passed is an empty bucket, and needs no row.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Bucket:
    """At most `most` in a row; each is forgotten after `every`."""

    most: int
    every: timedelta

    def is_full(self, forgiven_at: float, now: float) -> bool:
        """Whether the next one waits."""
        return forgiven_at - now > (self.most - 1) * self.every.total_seconds()

    def after(self, forgiven_at: float, now: float) -> float:
        """When all will be forgotten, with one more."""
        return max(forgiven_at, now) + self.every.total_seconds()
