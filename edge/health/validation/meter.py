"""SV8: a meter that contradicts itself. P is V · I · PF; where it says no factor, P is at most V · I."""

from dataclasses import dataclass

from edge.health.channel import Channel
from edge.health.limits import Limits, seconds
from edge.health.validation.check import Check, Look

TOGETHER_S = 1.0
"""Values this near in time are of one reading."""
MOST_PASSED_S = 300.0


@dataclass(slots=True)
class Contradicted:
    """How long it contradicted itself while it had something to measure."""

    seconds: float = 0.0
    first: float = 0.0
    last: float = 0.0
    wrong_since: float | None = None


class SelfContradiction(Check[Contradicted]):
    """One meter with at least power, voltage and current."""

    __slots__ = ("_after_s", "_again_s", "_channels", "_current", "_factor", "_least", "_power", "_share", "_voltage")
    code = "SV8"

    def __init__(
        self, name: str, power: Channel, voltage: Channel, current: Channel, factor: Channel | None, limits: Limits
    ) -> None:
        super().__init__(name, Contradicted())
        self._power, self._voltage, self._current, self._factor = power, voltage, current, factor
        self._channels = (power, voltage, current) if factor is None else (power, voltage, current, factor)
        self._share, self._least = limits.meter_share, limits.meter_least
        self._after_s, self._again_s = seconds(limits, "meter_after"), seconds(limits, "meter_again")

    def look(self, look: Look) -> tuple[Channel, ...]:
        memory = self.memory
        differs = self._differs()
        if differs:
            if not memory.seconds:
                memory.first = look.at
            memory.seconds += min(look.passed, MOST_PASSED_S)
            memory.last = look.at
            if memory.seconds >= self._after_s and memory.wrong_since is None:
                memory.wrong_since = memory.first
        elif differs is False and memory.wrong_since is None:
            memory.seconds = 0.0
        if memory.wrong_since is not None and not 0 <= look.at - memory.last < self._again_s:
            memory.wrong_since, memory.seconds = None, 0.0
        return self._find(self._channels, memory.wrong_since)

    def hole(self) -> None:
        if self.memory.wrong_since is None:
            self.memory.seconds = 0.0

    def _differs(self) -> bool | None:
        """None: it measures next to nothing, or not all of it is of one reading."""
        newest = self._power.at
        for channel in self._channels:
            if channel.silent or channel.value is None or not -TOGETHER_S <= channel.at - newest <= TOGETHER_S:
                return None
        power, apparent = self._power.value or 0.0, (self._voltage.value or 0.0) * (self._current.value or 0.0)
        most = apparent if self._factor is None else apparent * (self._factor.value or 0.0)
        if max(power, most) < self._least:
            return None
        slack = self._least / 2 + self._share * max(power, most)
        return power - most > slack if self._factor is None else abs(power - most) > slack
