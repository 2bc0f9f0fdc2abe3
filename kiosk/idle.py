"""How long nobody has touched the glass, and what follows. Pure: times are seconds of a monotonic clock.

WCAG 2.2.1: warn, and leave at least 20 s to go on with any touch, as often as a person likes.
"""

from dataclasses import dataclass
from enum import Enum, auto

WARNING_S = 20.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a screen allows. `quiet_s` None: it may stand for ever; `warning_s` 0: it ends without asking."""

    quiet_s: float | None
    warning_s: float = WARNING_S


FOREVER = Limits(None)


class Idle(Enum):
    """What the silence means by now."""

    ACTIVE = auto()
    WARN = auto()
    OVER = auto()


class IdleWatch:
    """Counts the silence on the screen that is up."""

    def __init__(self) -> None:
        self._limits = FOREVER
        self._since = 0.0

    def entered(self, limits: Limits, now: float) -> None:
        """Another screen is up, with its own limits."""
        self._limits = limits
        self._since = now

    def touched(self, now: float) -> None:
        """Someone is there."""
        self._since = now

    def verdict(self, now: float) -> Idle:
        """What to do now."""
        if self._limits.quiet_s is None or now < self._since + self._limits.quiet_s:
            return Idle.ACTIVE
        return Idle.OVER if self.left(now) <= 0 else Idle.WARN

    def left(self, now: float) -> float:
        """Seconds until the screen ends; infinite where it may stand for ever."""
        if self._limits.quiet_s is None:
            return float("inf")
        return self._since + self._limits.quiet_s + self._limits.warning_s - now
