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
LEARNT_S = 24 * HOUR_S
"""The usual duty is known after so much observed time."""
HABIT_S = 7 * 24 * HOUR_S
"""It is that of about so long (health.md A2: baseline 7 d)."""


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
    habit: float = 0.0
    habit_s: float = 0.0
    """Share of running while all was well, and how long it was taken over."""

    @property
    def usual_duty(self) -> float | None:
        """The share of running while all was well; None until it was seen for a day."""
        return self.habit if self.habit_s >= LEARNT_S else None

    @property
    def usual_run_s(self) -> float | None:
        """The median of the runs seen whole."""
        return _median(self.runs)

    @property
    def usual_rest_s(self) -> float | None:
        """The median of the rests seen whole."""
        return _median(self.rests)

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

    def learn(self, passed: float) -> None:
        """All was well for so long: what it does now is usual."""
        self.habit_s = min(HABIT_S, self.habit_s + passed)
        if self.habit_s:
            self.habit += (bool(self.on) - self.habit) * min(1.0, passed / self.habit_s)

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


def _median(phases: list[float]) -> float | None:
    return sorted(phases)[len(phases) // 2] if phases else None
