"""How often something is used at which hour; what is used eleven times a day and was not since yesterday is news."""

from dataclasses import dataclass, field

HOURS = 24
TAKEN_S = 10 * 3600.0
"""Time within one hour of the day over which its rate is taken: ten days."""
LEARNED_S = 3 * 8 * 3600.0
"""Three service days: before, no rate is believed."""


@dataclass(slots=True)
class Rhythm:
    """Uses per hour of the day, learned and expected in opening hours only. Observed seconds."""

    rates: list[float] = field(default_factory=lambda: [0.0] * HOURS)
    """Uses an hour, by the hour of the day (UTC: only its being the same hour matters)."""
    seen_s: list[float] = field(default_factory=lambda: [0.0] * HOURS)
    expected: float = 0.0
    """How many uses there should have been since the last one."""

    @property
    def learned(self) -> bool:
        """Whether it was watched for long enough."""
        return sum(self.seen_s) >= LEARNED_S

    def passed(self, at: float, seconds: float) -> None:
        """Nobody used it for so long."""
        hour = int(at // 3600) % HOURS
        seen = self.seen_s[hour]
        if seen:
            self.expected += self.rates[hour] * seconds / 3600
        self.seen_s[hour] = min(TAKEN_S, seen + seconds)
        self.rates[hour] *= 1 - seconds / max(self.seen_s[hour], 3600.0)

    def used(self, at: float) -> None:
        """A use began."""
        hour = int(at // 3600) % HOURS
        self.rates[hour] += 3600 / max(self.seen_s[hour], 3600.0)
        self.expected = 0.0
