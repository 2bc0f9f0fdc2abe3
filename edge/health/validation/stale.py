"""SV2: a meter that repeats itself. A live line is never still, so its voltage says whether a reading is a reading.

A meter on a dead line, and one without a voltage, may honestly say the same for days: they are not tested.
"""

from dataclasses import dataclass

from edge.health.channel import Channel
from edge.health.limits import Limits, seconds
from edge.health.station import LIVE_V
from edge.health.validation.check import Check, Look

CHANGES = 2
"""It is believed again after so many (health.md SV2)."""


@dataclass(slots=True)
class Repeated:
    """When one meter last said something else."""

    volt: float | None = None
    seen: int = 0
    """Changes of all it says, up to the last look."""
    since: float = 0.0
    step: float = 0.0
    """The smallest change of its voltage that was ever seen; 0: none yet."""
    wrong_since: float | None = None
    again: int = 0
    """Changes since it was found wrong."""


class Stale(Check[Repeated]):
    """One meter: its voltage first, then whatever else it says."""

    __slots__ = ("_channels", "_coarse_s", "_coarse_v", "_fine_s")
    code = "SV2"

    def __init__(self, name: str, channels: tuple[Channel, ...], limits: Limits) -> None:
        super().__init__(name, Repeated())
        self._channels = channels
        self._fine_s, self._coarse_s = seconds(limits, "stale_after"), seconds(limits, "stale_coarse_after")
        self._coarse_v = limits.stale_coarse

    def look(self, look: Look) -> tuple[Channel, ...]:
        memory, volt, silent = self.memory, self._channels[0].value, self._channels[0].silent
        changes = 0
        for channel in self._channels:
            changes += channel.changes
        if volt is None or volt < LIVE_V or silent or memory.volt is None or look.at < memory.since:
            memory.since = look.at
        elif changes != memory.seen:
            self._changed(changes - memory.seen, volt, look.at)
        elif memory.wrong_since is None:
            if look.at - memory.since < self._patience_s():
                return ()
            memory.wrong_since, memory.again = memory.since, 0
        memory.seen, memory.volt = changes, None if silent else volt
        return self._find(self._channels, memory.wrong_since)

    def hole(self) -> None:
        self.memory.volt = None

    def _patience_s(self) -> float:
        return self._fine_s if 0 < self.memory.step < self._coarse_v else self._coarse_s

    def _changed(self, changes: int, volt: float, at: float) -> None:
        memory = self.memory
        step = abs(volt - memory.volt) if memory.volt is not None else 0.0
        if step:
            memory.step = min(memory.step, step) if memory.step else step
        memory.since = at
        memory.again += changes
        if memory.again >= CHANGES:
            memory.wrong_since = None
