"""SV6: a fridge cannot warm that fast with its door closed and its compressor running: suspect, not at fault."""

from dataclasses import dataclass, field

from edge.health.channel import Channel
from edge.health.limits import Limits, seconds
from edge.health.validation.check import Check, Look

RUNS_W, DEFROSTS_W = 15.0, 250.0
"""Between these it is a compressor that draws (health.md FR3, FR9)."""
NEARLY = 0.8
"""Of the time it takes: looks are some minutes apart."""
BACK_K = 1.0
"""So near to where it came from it is believed again."""


@dataclass(slots=True)
class Rise:
    """Looks at a closed, running fridge: time and temperature."""

    marks: list[list[float]] = field(default_factory=list)
    came_from: float | None = None
    """Where a rise that nobody believes began."""


class Slew(Check[Rise]):
    """A probe, and the door and the power beside it. The probe's `suspicion` is set, never its fault."""

    __slots__ = ("_after_s", "_door", "_power", "_probe", "_rate")
    code = "SV6"

    def __init__(self, probe: Channel, door: Channel, power: Channel, limits: Limits) -> None:
        super().__init__(probe.name, Rise())
        self._probe, self._door, self._power = probe, door, power
        self._rate, self._after_s = limits.slew, seconds(limits, "slew_after")

    def look(self, look: Look) -> tuple[Channel, ...]:
        memory, value = self.memory, self._probe.value
        if value is None or self._probe.silent:
            memory.marks = []
            return ()
        if memory.came_from is not None:
            if value > memory.came_from + BACK_K:
                return self._probe.suspect(self.code)
            memory.came_from, memory.marks = None, []
            return self._probe.trust(self.code)
        if not self._closed_and_running(look):
            memory.marks = []
            return ()
        memory.marks.append([look.at, value])
        while look.at - memory.marks[0][0] > self._after_s:
            del memory.marks[0]
        first_at, first = memory.marks[0]
        if look.at - first_at >= NEARLY * self._after_s and value - first > self._rate * (look.at - first_at) / 3600:
            memory.came_from = first
            return self._probe.suspect(self.code)
        return ()

    def hole(self) -> None:
        self.memory.marks = []

    def _closed_and_running(self, look: Look) -> bool:
        door, power = self._door, self._power
        if door.silent or door.value is None or door.value >= 0.5 or power.silent or power.value is None:
            return False
        return look.still_s == 0 and RUNS_W <= power.value < DEFROSTS_W
