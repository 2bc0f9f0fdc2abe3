"""What went over the road to the hub, counted since the agent's start. Pure."""

from collections import Counter
from dataclasses import dataclass, field

BOUNDS_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Upper ends of the acknowledgement times counted together."""


@dataclass(slots=True)
class Traffic:
    """Counts by lane; times from sending to the hub's acknowledgement."""

    sent: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    timed_out: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    """Connections that ended as soon as this lane had sent."""
    halved: Counter[str] = field(default_factory=Counter)
    committed: int = 0
    """Records the hub said it has, quarantined ones included."""
    took_s: float = 0.0
    """All acknowledgement times together."""
    took: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_S) + 1))
    """How many acknowledgements took up to each bound, and longer than the last."""

    def answered(self, lane: str, seconds: float) -> None:
        """An envelope was acknowledged."""
        self.acknowledged[lane] += 1
        self.took_s += seconds
        self.took[next((n for n, bound in enumerate(BOUNDS_S) if seconds <= bound), len(BOUNDS_S))] += 1
