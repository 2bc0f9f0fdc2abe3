"""The questions of one facility's doubts, and what people said (health.md AC6, MW5, MW6).

A "no" given while a doubt lasts makes it down, from the doubt's first symptom on. A "yes" only closes the question: it
is evidence of grade E1 and raises nothing; the doubt stays until the appliance shows what it can do.
"""

from dataclasses import dataclass, field

from edge.health.latch import Latch
from edge.health.latches import Latches
from edge.health.limits import Limits, seconds
from edge.health.memory import Plain
from edge.health.rule import NO
from edge.health.verdict import Asked, Settled

YES = "yes"


@dataclass(slots=True)
class Doubts:
    """What is asked about one facility, and the last thing a person said of it. Epoch seconds."""

    facility: str
    open: list[str] = field(default_factory=list)
    """Ids of the rules whose question awaits an answer."""
    said: str = ""
    said_at: float = 0.0

    def hear(self, answer: str, at: float) -> bool:
        """A person said something about it; false if a later word is known already."""
        if at <= self.said_at or answer not in (YES, NO):
            return False
        self.said, self.said_at = answer, at
        return True

    def update(self, latches: Latches, limits: Limits, at: float) -> list[Asked | Settled]:
        """Doubts that began or passed, and what was said meanwhile."""
        asking = latches.asking()
        happened: list[Asked | Settled] = []
        for latch in asking:
            if self._answered(latch):
                if self.said == NO and not latch.memory.denied:
                    latch.memory.denied, latch.memory.confirmed = True, at
                latch.memory.asked = True
            elif not latch.memory.asked:
                latch.memory.asked = True
                self.open.append(latch.rule.id)
                happened.append(_asked(self.facility, latch, limits, at))
        waiting = {latch.rule.id for latch in asking if not self._answered(latch)}
        over = [rule for rule in self.open if rule not in waiting]
        happened.extend(Settled(self.facility, rule, at) for rule in over)
        self.open = [rule for rule in self.open if rule in waiting]
        return happened

    def written(self) -> Plain:
        """What must survive a restart."""
        return {"open": self.open, "said": self.said, "said_at": self.said_at}

    def remember(self, kept: Plain) -> None:
        """Go on from there."""
        self.open, self.said, self.said_at = kept["open"], kept["said"], kept["said_at"]

    def _answered(self, latch: Latch) -> bool:
        return bool(self.said) and self.said_at >= latch.memory.since


def _asked(facility: str, latch: Latch, limits: Limits, at: float) -> Asked:
    ask = latch.rule.asks
    if ask is None:
        raise AssertionError(f"{latch.rule.id} asks nothing")
    return Asked(facility, latch.rule.id, ask, at, at + seconds(limits, ask.due))
