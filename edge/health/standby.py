"""What an appliance draws while it rests; once that is known, drawing nothing at all is news (health.md MW5)."""

from dataclasses import dataclass

SURE = 0.9
LEARN = 0.01
"""Share of one resting sample in the learned share."""
STEADY_S = 6 * 3600.0
"""A standby shown for so long is not one that a display switches off after a while to save power."""


@dataclass(slots=True)
class Standby:
    """Learned from resting samples; durations in seconds of observed time, so that a hole neither adds nor resets."""

    share: float = 0.0
    """Learned share of resting samples that show a standby: it flickers at some, and others have none."""
    steady_s: float = 0.0
    """How long it has been seen without a break."""
    known: bool = False
    """Whether it was once seen for long."""
    gone_s: float = 0.0
    """How long nothing at all has been drawn from a live socket."""
    gone_at: float | None = None

    @property
    def sure(self) -> bool:
        """Whether it lately showed one nearly always."""
        return self.share >= SURE

    def rested(self, passed: float, shows: bool) -> None:
        """One resting sample."""
        self.share += LEARN * (shows - self.share)
        if self.known:
            return
        if self.share >= SURE:
            self.steady_s += passed
            self.known = self.steady_s >= STEADY_S
        else:
            self.steady_s = 0.0

    def drew(self) -> None:
        """It draws something: it is plugged in."""
        if self.gone_at is not None:
            self.gone_at, self.gone_s = None, 0.0

    def drew_nothing(self, at: float, passed: float) -> None:
        """It draws nothing from a live socket."""
        if self.gone_at is None:
            self.gone_at = at
        else:
            self.gone_s += passed

    def missed(self, hours: float) -> bool:
        """Whether a standby that was known has been gone for so long."""
        return self.known and self.gone_s >= hours * 3600
