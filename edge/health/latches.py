"""All rules of one facility at work, and which of them decides."""

from collections.abc import Iterable
from typing import Any

from edge.health.latch import Latch, LatchMemory
from edge.health.limits import Limits
from edge.health.memory import Plain, remember, written
from edge.health.rule import Rule
from edge.health.sight import Sight
from shared.states import State

RANK = (State.DEGRADED, State.UNKNOWN, State.DOWN)
"""Which rule decides: that nobody can say whether it works at all outweighs that it works badly."""


class Latches:
    """The rules that apply: everything they need is wired, and nothing that makes a better rule apply."""

    __slots__ = ("_latches",)

    def __init__(self, rules: Iterable[Rule[Any, Any]], limits: Limits, sight: Sight) -> None:
        wired = sight.bits.keys()
        self._latches = tuple(
            Latch(rule, limits, sight.mask(rule.needs))
            for rule in rules
            if rule.needs <= wired and not rule.without & wired
        )

    def tick(self, at: float, sense: object, blind: int) -> bool:
        """One observation; whether any rule began or ceased to hold."""
        flipped = False
        for latch in self._latches:
            if not latch.mask & blind and latch.tick(at, sense):
                flipped = True
        return flipped

    def interrupt(self, bits: int, at: float) -> None:
        """These quantities were not observed after `at`."""
        for latch in self._latches:
            if latch.mask & bits:
                latch.interrupt(at)

    def disbelieve(self, bits: int, since: float) -> None:
        """These quantities were wrong from `since` on: what began since then rests on nothing."""
        for latch in self._latches:
            memory = latch.memory
            if latch.mask & bits and (memory.active or memory.first is not None) and latch.began >= since:
                latch.memory = LatchMemory(resumed=memory.resumed)

    def resume(self, bits: int, at: float) -> None:
        """These quantities are observed again from `at` on."""
        for latch in self._latches:
            if latch.mask & bits:
                latch.resume(at)

    def deciding(self, blind: int) -> Latch | None:
        """The worst rule that holds and can be seen; of several the one with the earliest symptom."""
        holding = [latch for latch in self._latches if latch.memory.active and not latch.mask & blind]
        return min(holding, key=_first, default=None)

    def doubting(self) -> Latch | None:
        """A rule that holds and makes it unknown, also where it cannot be seen any more: that is no reason for ok."""
        doubts = (latch for latch in self._latches if latch.memory.active and latch.state is State.UNKNOWN)
        return min(doubts, key=_first, default=None)

    def suspecting(self) -> Latch | None:
        """A rule that is not yet sure but no longer lets it pass as ok; of several the earliest."""
        suspects = (latch for latch in self._latches if latch.memory.doubtful)
        return min(suspects, key=_began, default=None)

    def asking(self) -> list[Latch]:
        """Active rules with a question."""
        return [latch for latch in self._latches if latch.rule.asks is not None and latch.memory.active]

    def renew(self) -> None:
        """Another unit stands there: nothing that was true of the old one counts."""
        for latch in self._latches:
            latch.memory = LatchMemory(resumed=latch.memory.resumed)

    def holding(self, rule: str | None, state: State) -> Latch | None:
        """The latch of this rule and state, if it holds."""
        for latch in self._latches:
            if latch.memory.active and latch.rule.id == rule and latch.state is state:
                return latch
        return None

    def others(self, deciding: Latch) -> tuple[str, ...]:
        """The other rules that hold."""
        return tuple(latch.rule.id for latch in self._latches if latch.memory.active and latch is not deciding)

    def written(self) -> Plain:
        """What must survive a restart."""
        return {latch.rule.key: written(latch.memory) for latch in self._latches}

    def remember(self, kept: Plain) -> None:
        """Go on from there; a rule that was not known then starts afresh."""
        for latch in self._latches:
            if latch.rule.key in kept:
                remember(latch.memory, kept[latch.rule.key])


def _first(latch: Latch) -> tuple[int, float]:
    return -RANK.index(latch.state), latch.memory.since


def _began(latch: Latch) -> float:
    return latch.began
