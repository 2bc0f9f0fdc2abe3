"""Minutes counted: availability as health.md B2 defines it, pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Minutes:
    """The service minutes of a window, hour by hour; every one is in exactly one of the five masks."""

    start: datetime
    """The whole hour the first masks belong to."""
    service: list[int]
    ok: list[int]
    degraded: list[int]
    down: list[int]
    excluded: list[int]
    unknown: list[int]


@dataclass(frozen=True, slots=True)
class Availability:
    """Counts of a window, in minutes. S = X + U + G + D + N, always."""

    service: int
    """S: filed opening minutes."""
    excluded: int
    """X."""
    ok: int
    """U."""
    degraded: int
    """G."""
    down: int
    """D."""
    unknown: int
    """N: nobody has said."""
    longest_down: int
    """Service minutes of the longest down event."""
    down_events: int
    """Separate times it was down: only a minute seen working ends one; a night or a silence does not."""

    @property
    def judged(self) -> int:
        """S′ = S − X."""
        return self.service - self.excluded

    @property
    def observed(self) -> int:
        """U + G + D."""
        return self.ok + self.degraded + self.down

    @property
    def coverage(self) -> float | None:
        """C = (U + G + D) / S′. None: no minute to judge."""
        return self.observed / self.judged if self.judged else None

    @property
    def availability(self) -> float | None:
        """A = (U + G) / (U + G + D). None: nothing observed."""
        return (self.ok + self.degraded) / self.observed if self.observed else None

    @property
    def lowest(self) -> float | None:
        """A_lo = (U + G) / S′: if every unknown minute were bad."""
        return (self.ok + self.degraded) / self.judged if self.judged else None

    @property
    def highest(self) -> float | None:
        """A_hi = (U + G + N) / S′: if every unknown minute were good."""
        return (self.ok + self.degraded + self.unknown) / self.judged if self.judged else None

    @property
    def user_view(self) -> float | None:
        """A_all = (U + G) / S: what a worker found, whatever the excuse."""
        return (self.ok + self.degraded) / self.service if self.service else None


def availability(minutes: Minutes) -> Availability:
    """Count a window."""
    longest, events = _down_events(minutes)
    return Availability(
        service=_count(minutes.service),
        excluded=_count(minutes.excluded),
        ok=_count(minutes.ok),
        degraded=_count(minutes.degraded),
        down=_count(minutes.down),
        unknown=_count(minutes.unknown),
        longest_down=longest,
        down_events=events,
    )


def _count(masks: list[int]) -> int:
    return sum(mask.bit_count() for mask in masks)


def _down_events(minutes: Minutes) -> tuple[int, int]:
    """Length of the longest event, and how many there were."""
    longest = running = events = 0
    for ok, degraded, down in zip(minutes.ok, minutes.degraded, minutes.down, strict=True):
        works = ok | degraded
        if not down:
            running = 0 if works else running
            continue
        for minute in range(60):
            bit = 1 << minute
            if down & bit:
                events += running == 0
                running += 1
                longest = max(longest, running)
            elif works & bit:
                running = 0
    return longest, events
