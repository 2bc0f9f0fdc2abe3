"""SV3 whatever the appliance does: no thermometer shows one exact temperature for a night and a day."""

from dataclasses import dataclass

from edge.health.channel import Channel
from edge.health.limits import Limits, seconds
from edge.health.validation.check import Check, Look


@dataclass(slots=True)
class Held:
    """The temperature it holds."""

    value: float | None = None
    since: float = 0.0
    wrong_since: float | None = None


class Frozen(Check[Held]):
    """One thermometer."""

    __slots__ = ("_after_s", "_channel", "_clear", "_range")
    code = "SV3"

    def __init__(self, channel: Channel, limits: Limits) -> None:
        super().__init__(channel.name, Held())
        self._channel = channel
        self._after_s = seconds(limits, "stuck_ever")
        self._range, self._clear = limits.stuck_range, limits.stuck_clear

    def look(self, look: Look) -> tuple[Channel, ...]:
        memory, value = self.memory, self._channel.value
        if value is None or self._channel.silent:
            return ()
        if memory.value is None or look.at < memory.since:
            memory.value, memory.since = value, look.at
        moved = abs(value - memory.value)
        if memory.wrong_since is not None:
            if moved <= self._clear:
                return self._find((self._channel,), memory.wrong_since)
            memory.wrong_since, memory.value, memory.since = None, value, look.at
            return self._find((self._channel,), None)
        if moved > self._range:
            memory.value, memory.since = value, look.at
        elif look.at - memory.since >= self._after_s:
            memory.wrong_since = memory.since
            return self._find((self._channel,), memory.wrong_since)
        return ()

    def hole(self) -> None:
        if self.memory.wrong_since is None:
            self.memory.value = None
