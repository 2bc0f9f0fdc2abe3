"""Running and resting of an appliance: phases, starts, duty. Only observed time counts (health.md A2, A4)."""

from dataclasses import dataclass, field

BRIDGE_S = 900.0
"""A phase goes on over a hole this short if the appliance is found as it was left; the hole is not counted."""
BUCKET_S = 300.0
BUCKETS = 36
"""Three hours of duty."""
PHASES = 12
"""Completed phases remembered for what is usual."""
HOUR_S = 3600.0


@dataclass(slots=True)
class Cycle:
    """The phases of one appliance. Durations in seconds of observed time."""

    on: bool | None = None
    at: float | None = None
    """When it was last seen; None within a hole."""
    lost_at: float = 0.0
    since: float = 0.0
    """When the present phase was first seen."""
    phase_s: float = 0.0
    whole: bool = False
    """Whether the phase was seen to begin, and without a hole since."""
    moves: int = 0
    cycles: int = 0
    """Complete cycles seen."""
    cycle_at: float | None = None
    starts: list[float] = field(default_factory=list)
    """Starts within the last hour."""
    runs: list[float] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)
    bucket_ends: float = 0.0
    bucket_on: float = 0.0
    bucket_seen: float = 0.0
    ring: list[list[float]] = field(default_factory=list)
    """Seconds running and seconds seen, per five minutes."""
    duty: float | None = None
    """Share of running over the last three hours; None until most of them were seen."""

    @property
    def run_s(self) -> float:
        """How long it has been running."""
        return self.phase_s if self.on else 0.0

    @property
    def rest_s(self) -> float:
        """How long it has been resting."""
        return self.phase_s if self.on is False else 0.0

    def step(self, at: float, on: bool) -> None:
        """It was seen running or resting."""
        if at >= self.bucket_ends:
            self._roll(at)
        if self.at is None:
            self._resume(at, on)
        else:
            passed = at - self.at
            self.phase_s += passed
            self.bucket_seen += passed
            if self.on:
                self.bucket_on += passed
            if on is not self.on:
                self._turn(at, on)
        self.at = at

    def hole(self) -> None:
        """It was not seen for a while."""
        if self.at is not None:
            self.lost_at = self.at
        self.at = None

    def starts_within(self, at: float, span_s: float = HOUR_S) -> int:
        """How often it started lately."""
        return sum(1 for start in self.starts if at - start <= span_s)

    def _resume(self, at: float, on: bool) -> None:
        if on is self.on and at - self.lost_at <= BRIDGE_S:
            self.whole = False
            return
        self.on, self.since, self.phase_s, self.whole = on, at, 0.0, False

    def _turn(self, at: float, on: bool) -> None:
        if self.whole:
            phases = self.rests if on else self.runs
            phases.append(self.phase_s)
            del phases[:-PHASES]
            if on:
                self.cycles += 1
                self.cycle_at = at
        if on:
            self.starts = [start for start in self.starts if at - start <= HOUR_S]
            self.starts.append(at)
        self.moves += 1
        self.on, self.since, self.phase_s, self.whole = on, at, 0.0, True

    def _roll(self, at: float) -> None:
        if self.bucket_seen:
            self.ring.append([self.bucket_on, self.bucket_seen])
        empty = int((at - self.bucket_ends) // BUCKET_S)
        if self.bucket_ends and empty > 0:
            self.ring.extend([[0.0, 0.0]] * min(empty, BUCKETS))
        del self.ring[:-BUCKETS]
        self.bucket_on = self.bucket_seen = 0.0
        self.bucket_ends = (at // BUCKET_S + 1) * BUCKET_S
        seen = sum(bucket[1] for bucket in self.ring)
        running = sum(bucket[0] for bucket in self.ring)
        self.duty = running / seen if seen >= 0.8 * BUCKETS * BUCKET_S else None
