"""The voltage at the station's main breaker: a function of time, some noise, and what a story says is wrong with it."""

from math import cos, pi, sin

from simulators.chance import Noise, chance
from simulators.fault import Fault, between, sized
from simulators.people import DAY_S, LOCAL_S

MEAN_V, SWING_V, NOISE_V = 228.5, 2.0, 0.4
NOMINAL_V = 229.0
"""Nameplate powers are meant at this voltage."""
LOW_V, HIGH_V = (20.0, 52.0), (6.0, 22.0)
BROWN_V = (190.0, 150.0)
SAG_S, PAUSE_S = (60.0, 480.0), (600.0, 2400.0)
"""How long a sag lasts, and how long the supply holds between two."""
WOBBLE_V, WOBBLE_S = 3.0, 47.0

MAINS_FAULTS = {
    "cut": Fault("the whole station loses its mains"),
    "low": Fault("the supply sags by 20 to 52 V by size, typically to about 193 V"),
    "high": Fault("the supply rises by 6 to 22 V by size, typically to about 243 V"),
    "brown_out": Fault("the supply sags for minutes, again and again; size: to 190 down to 150 V"),
}


class Mains:
    """The supply, asked with a time that never goes back."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self.fault: str | None = None
        self._size = 0.5
        self._luck = chance(seed)
        self._sag = (0.0, 0.0)
        """From, until: the sag that is, or the next."""

    def turn(self, fault: str | None, since: float, size: float | None) -> None:
        """From `since` on it has this fault; None: none."""
        self.fault, self._size = fault, sized(MAINS_FAULTS, fault, size)
        self._luck = chance(self._seed, fault, since)
        self._sag = (since, since + self._luck.uniform(*SAG_S))

    def volts(self, at: float, noise: Noise) -> float | None:
        """Volts now; None in a power cut."""
        if self.fault == "cut":
            return None
        volts = MEAN_V + SWING_V * cos(2 * pi * ((at + LOCAL_S) / DAY_S - 1 / 8)) + NOISE_V * next(noise)
        if self.fault is None:
            return volts
        if self.fault == "brown_out":
            return between(BROWN_V, self._size) + WOBBLE_V * sin(at / WOBBLE_S) if self._sags(at) else volts
        return volts - between(LOW_V, self._size) if self.fault == "low" else volts + between(HIGH_V, self._size)

    def _sags(self, at: float) -> bool:
        while at >= self._sag[1]:
            began = self._sag[1] + self._luck.uniform(*PAUSE_S)
            self._sag = (began, began + self._luck.uniform(*SAG_S))
        return at >= self._sag[0]
