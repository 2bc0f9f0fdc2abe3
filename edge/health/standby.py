"""What an appliance draws while it rests; once that is known, drawing nothing at all is news (health.md MW5)."""

from dataclasses import dataclass, field

SURE = 0.9
LEARN = 0.01
"""Share of one resting sample in what is learned."""
STEADY_S = 12 * 3600.0
"""A standby shown for so long is neither a display that goes dark after a while, nor a fan that blows all day."""
PAUSE_S = 120.0
PAUSES = 12
"""The longest pauses are remembered."""
HABIT = 3
"""A pause this often as long is the appliance's own; once or twice is somebody who pulled the plug."""
HABIT_S = 30 * 86400.0


@dataclass(slots=True)
class Standby:
    """Learned from resting samples; durations in seconds of observed time, so that a hole neither adds nor resets."""

    share: float = 0.0
    """Learned share of resting samples that show a standby: it flickers at some, and others have none."""
    watts: float = 0.0
    """Learned draw of those that show one."""
    steady_s: float = 0.0
    """How long it has been seen without a break."""
    known: bool = False
    """Whether it was once seen for long."""
    seen_s: float = 0.0
    """How long it was seen resting at all."""
    gone_s: float = 0.0
    """How long nothing at all has been drawn from a live socket."""
    gone_at: float | None = None
    pauses: list[list[float]] = field(default_factory=list)
    """Pauses that ended by themselves: when they began, how long they were."""

    @property
    def sure(self) -> bool:
        """Whether it lately showed one nearly always."""
        return self.share >= SURE

    @property
    def absent(self) -> bool:
        """Whether it was watched for long enough and has none that could go missing."""
        return not self.known and self.seen_s >= 2 * STEADY_S

    def rested(self, passed: float, watts: float, least: float) -> None:
        """One resting sample."""
        shows = watts >= least
        self.share += LEARN * (shows - self.share)
        if shows:
            self.watts += (watts - self.watts) * (LEARN if self.watts else 1.0)
        if self.known:
            return
        self.seen_s += passed
        if self.share >= SURE:
            self.steady_s += passed
            self.known = self.steady_s >= STEADY_S
        else:
            self.steady_s = 0.0

    def drew(self) -> None:
        """It draws something: it is plugged in."""
        if self.gone_at is None:
            return
        if self.gone_s >= PAUSE_S:
            self.pauses.append([self.gone_at, self.gone_s])
            if len(self.pauses) > PAUSES:
                self.pauses.remove(min(self.pauses, key=_length))
        self.gone_at, self.gone_s = None, 0.0

    def drew_nothing(self, at: float, passed: float) -> None:
        """It draws nothing from a live socket."""
        if self.gone_at is None:
            self.gone_at = at
            self.pauses = [pause for pause in self.pauses if at - pause[0] <= HABIT_S]
        else:
            self.gone_s += passed

    @property
    def usual_s(self) -> float:
        """The longest pause that is a habit of it; 0: it never pauses."""
        lengths = sorted((pause[1] for pause in self.pauses), reverse=True)
        return lengths[HABIT - 1] if len(lengths) >= HABIT else 0.0

    def missed(self, times: float) -> bool:
        """Whether a standby that was known is gone, for longer than so many of its own pauses."""
        return self.known and self.gone_at is not None and self.gone_s >= times * self.usual_s


def _length(pause: list[float]) -> float:
    return pause[1]
