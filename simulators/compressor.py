"""A fridge's compressor behind its thermostat: on and off, or an inverter's speed; and one that cannot start."""

from random import Random

from simulators.fault import between

ON_ABOVE, OFF_BELOW = 5.2, 2.6
INVERTER_ON_ABOVE, INVERTER_FULL_ABOVE, INVERTER_OFF_BELOW = 3.6, 5.0, 2.2
SLOWEST = 0.15
STARTS_V = 170.0
"""Below this a compressor that stands cannot start (locked-rotor torque falls with the square of the voltage)."""
TRY_EVERY_S, TRY_S, TRY_TIMES = (120.0, 180.0), (3.0, 8.0), (4.0, 6.0)
EDGE_S = 0.01


class Thermostat:
    """Asks for cold above one temperature of the air until it is below another."""

    def __init__(self, *, inverter: bool) -> None:
        self.inverter = inverter
        self.asks = False
        self._band = (INVERTER_ON_ABOVE, INVERTER_OFF_BELOW) if inverter else (ON_ABOVE, OFF_BELOW)

    def feel(self, air: float) -> None:
        """It hangs in the air."""
        if air > self._band[0]:
            self.asks = True
        elif air < self._band[1]:
            self.asks = False

    def speed(self, air: float) -> float:
        """The share of full speed an asked compressor runs at."""
        if not self.inverter:
            return 1.0
        return min(1.0, max(SLOWEST, (air - INVERTER_OFF_BELOW) / (INVERTER_FULL_ABOVE - INVERTER_OFF_BELOW)))


class Tries:
    """A compressor that tries to start every two to three minutes for three to eight seconds, and fails."""

    def __init__(self, since: float, luck: Random, size: float) -> None:
        self._since = since
        self._every, self._lasts = luck.uniform(*TRY_EVERY_S), luck.uniform(*TRY_S)
        self.times = between(TRY_TIMES, size)
        """Its draw in a try, in times of its running power."""

    def trying(self, now: float) -> bool:
        """Whether it tries at this instant."""
        return (now - self._since) % self._every < self._lasts

    def edge(self, now: float) -> float:
        """Just after the next beginning or end of a try."""
        begun = now - (now - self._since) % self._every
        ended = begun + self._lasts + EDGE_S
        return ended if ended > now else begun + self._every + EDGE_S
