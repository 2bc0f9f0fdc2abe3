"""A rule of one facility over time: on-delay, off-delay, back-dating to the first symptom (health.md A0.4–5).

Only observed time counts. A hole ends what was observed so far; after a short one the evidence goes on, after a long
one it starts again; the hole itself never becomes part of a spell.
"""

from dataclasses import dataclass, field
from typing import Any

from edge.health.limits import Limits, seconds
from edge.health.rule import Rule
from shared.states import State

MOST_PIECES = 20
"""Observed pieces before confirmation that are remembered; with more holes than that the earliest is given up."""


@dataclass(slots=True)
class LatchMemory:
    """What a latch writes down. Seconds, and epoch seconds for moments."""

    active: bool = False
    since: float = 0.0
    """The first symptom, once active."""
    confirmed: float = 0.0
    first: float | None = None
    """When the condition became true in the piece observed now."""
    last: float = 0.0
    evidence: float = 0.0
    left: float | None = None
    calm: float = 0.0
    broken_at: float | None = None
    resumed: float = 0.0
    """When it could see again after the last hole; no symptom is dated before."""
    pieces: list[list[float]] = field(default_factory=list)
    """Observed pieces before the last hole: from, to."""
    doubtful: bool = False
    """It has held for long enough to doubt, not yet long enough to be sure."""
    asked: bool = False
    """Whether its question has been put."""
    denied: bool = False
    """Whether a person answered that it does not work."""


class Latch:
    """One rule bound to one facility."""

    __slots__ = ("_bridge_s", "_doubt_s", "_limits", "_off_s", "_on_s", "mask", "memory", "rule")

    def __init__(self, rule: Rule[Any, Any], limits: Limits, mask: int) -> None:
        self.rule = rule
        self.mask = mask
        """Bits of the channels it must see."""
        self.memory = LatchMemory()
        self._limits = limits
        self._on_s = seconds(limits, rule.on_delay)
        self._off_s = seconds(limits, rule.off_delay)
        self._doubt_s = None if rule.doubt_after is None else seconds(limits, rule.doubt_after)
        self._bridge_s = seconds(limits, "bridge")

    @property
    def state(self) -> State:
        """What it amounts to while active: a doubt that a person answered with no is down (health.md AC6)."""
        return State.DOWN if self.memory.denied else self.rule.state

    @property
    def began(self) -> float:
        """The first symptom of what it doubts or is sure of."""
        memory = self.memory
        if memory.active:
            return memory.since
        return memory.last if memory.first is None else memory.first

    def tick(self, at: float, sense: object) -> bool:
        """One observation; true when it became active or doubtful, or stopped being so."""
        memory = self.memory
        if memory.active:
            return self._cool(at, sense, memory)
        holds = self.rule.enter(sense, self._limits)
        if holds is False:
            if memory.first is not None or memory.pieces:
                self._forget()
            return memory.doubtful
        if holds is None or self.rule.paused(sense, self._limits):
            memory.last = at
            return False
        return self._heat(at, sense, memory)

    def interrupt(self, at: float) -> None:
        """Nothing was observed after `at`."""
        memory = self.memory
        memory.left, memory.calm = None, 0.0
        if memory.active or memory.first is None:
            return
        if at > memory.first:
            memory.pieces = [*memory.pieces, [memory.first, at]][-MOST_PIECES:]
        memory.first = None
        memory.broken_at = at

    def resume(self, at: float) -> None:
        """Observed again from `at` on."""
        self.memory.resumed = at

    def _heat(self, at: float, sense: object, memory: LatchMemory) -> bool:
        if memory.first is None:
            if memory.broken_at is not None and at - memory.broken_at > self._bridge_s:
                memory.evidence = 0.0
                memory.pieces = []
                memory.doubtful = False
            memory.first = at
        else:
            memory.evidence += at - memory.last
        memory.last = at
        if memory.evidence < self._on_s:
            if memory.doubtful or self._doubt_s is None or memory.evidence < self._doubt_s:
                return False
            memory.doubtful = True
            return True
        began = self.rule.began(sense, self._limits) if self.rule.began else None
        memory.since = memory.first if began is None else max(memory.resumed, min(began, memory.first))
        memory.active, memory.confirmed, memory.doubtful = True, at, False
        memory.left, memory.calm = None, 0.0
        return True

    def _cool(self, at: float, sense: object, memory: LatchMemory) -> bool:
        gone = self.rule.leave(sense, self._limits)
        if gone is False:
            memory.left, memory.calm = None, 0.0
            return False
        if gone is None:
            memory.last = at
            return False
        if memory.left is None:
            memory.left = at
        else:
            memory.calm += at - memory.last
        memory.last = at
        if memory.calm < self._off_s:
            return False
        self._forget()
        return True

    def _forget(self) -> None:
        self.memory = LatchMemory(resumed=self.memory.resumed)
