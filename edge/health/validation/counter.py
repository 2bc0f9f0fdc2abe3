"""SV8E: what a meter counts is what it measured over the day; a counter starts anew only with its meter."""

from dataclasses import dataclass

from edge.health.channel import Channel
from edge.health.limits import Limits, seconds
from edge.health.validation.check import Check, Look

DAY_S = 86_400.0
ROUNDING_WH = 2.0
HOLES = 3
"""A pause of more than so many usual intervals is a hole: what was counted in it was not measured."""
FULL_WH = 9_900_000.0
"""From here a counter may begin anew because it is full (PZEM manual: 9999.99 kWh)."""


@dataclass(slots=True)
class Counted:
    """What was counted and what was measured since then, in Wh."""

    at: float = 0.0
    power: float = 0.0
    energy: float = 0.0
    counted: float = 0.0
    measured: float = 0.0
    slack: float = 0.0
    """How far off the measuring may be: what changed between two samples changed somewhere between them."""
    seconds: float = 0.0
    first: float = 0.0
    wrong_since: float | None = None


class Counter(Check[Counted]):
    """One meter with power and energy. It is asked at every sample, for a meal between two minutes counts."""

    __slots__ = ("_again_s", "_channels", "_energy", "_least", "_power", "_share")
    code = "SV8E"

    def __init__(self, name: str, power: Channel, energy: Channel, beside: tuple[Channel, ...], limits: Limits) -> None:
        super().__init__(name, Counted())
        self._power, self._energy, self._channels = power, energy, (power, energy, *beside)
        self._share, self._least = limits.energy_share, limits.energy_least
        self._again_s = seconds(limits, "meter_again")

    def count(self) -> None:
        """Take in the last reading."""
        memory, at = self.memory, self._power.at
        power, energy = self._power.value, self._energy.value
        if at == memory.at or power is None or energy is None or self._energy.at != at:
            return
        passed = at - memory.at
        if 0 < passed <= HOLES * self._power.interval + 1:
            if energy < memory.energy:
                self._began_anew(at)
            else:
                memory.counted += energy - memory.energy
                memory.measured += (power + memory.power) / 2 * passed / 3600
                memory.slack += abs(power - memory.power) * passed / 7200
                memory.seconds += passed
        memory.at, memory.power, memory.energy = at, power, energy

    def look(self, look: Look) -> tuple[Channel, ...]:
        memory = self.memory
        if memory.seconds >= (DAY_S if memory.wrong_since is None else self._again_s):
            most = max(memory.counted, memory.measured)
            off = abs(memory.counted - memory.measured) > self._share * most + memory.slack + ROUNDING_WH
            if memory.wrong_since is not None and not off:
                memory.wrong_since = None
            elif off and most >= self._least and memory.wrong_since is None:
                memory.wrong_since = memory.first
            self._restart(look.at)
        return self._find(self._channels, memory.wrong_since)

    def hole(self) -> None:
        """A hole ends at the next reading by itself."""

    def _began_anew(self, at: float) -> None:
        memory = self.memory
        if memory.energy < FULL_WH and memory.wrong_since is None:
            memory.wrong_since = at
        self._restart(at)

    def _restart(self, at: float) -> None:
        memory = self.memory
        memory.counted = memory.measured = memory.slack = memory.seconds = 0.0
        memory.first = at
