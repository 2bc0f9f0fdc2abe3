"""Things done now and again. Pure."""

from dataclasses import dataclass


@dataclass(slots=True)
class Due:
    """Something done every so many seconds, first at once."""

    every_s: float
    at: float = 0.0

    def now(self, now: float) -> bool:
        """Whether it is time, and if so it counts as done."""
        if now < self.at:
            return False
        self.at = now + self.every_s
        return True
