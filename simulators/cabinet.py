"""A fridge's cabinet: two bodies, air and food, that exchange heat with the room and with each other.

The daily defrost is on a clock: half an hour of pre-cooling to a fixed floor, the heater (or, without one, a rest),
dripping off. So the cycle starts anew each night, and a story told from any day meets the same told from an earlier.
"""

from enum import IntEnum
from math import exp

from simulators.people import DAY_S, LOCAL_S

WALL_W_PER_K, FOOD_W_PER_K, OPEN_DOOR_W_PER_K = 1.5, 5.0, 20.0
GOOD_WALL_W_PER_K = 0.8
"""Who cuts the power at night has a cabinet that holds its cold until morning."""
AIR_J_PER_K, FOOD_J_PER_K = 20_000.0, 40_000.0
DEFROST_AT = (4.5 * 3600.0, 16.5 * 3600.0)
"""Seconds of the local day at which a defrost begins; the second one only where there are two a day."""
PRECOOL_S, DEFROST_S, DRIP_S = 1800.0, 600.0, 300.0


class Cabinet:
    """Temperatures of air and food in ℃."""

    def __init__(self) -> None:
        self.air = 4.0
        self.food = 4.0

    def step(self, seconds: float, room: float, outward: float, watts: float) -> None:
        """Live for a minute at most, with `outward` W/K to the room and `watts` of heat brought in."""
        conductance = outward + FOOD_W_PER_K
        rest = (outward * room + FOOD_W_PER_K * self.food + watts) / conductance
        self.air += (rest - self.air) * (1 - exp(-seconds * conductance / AIR_J_PER_K))
        self.food += (self.air - self.food) * (1 - exp(-seconds * FOOD_W_PER_K / FOOD_J_PER_K))

    def settle(self) -> None:
        """Forget the last hundredths of where it came from."""
        self.air, self.food = round(self.air, 1), round(self.food, 1)


class Phase(IntEnum):
    """What the clock wants; from HEATING on the compressor rests."""

    COOLING = 0
    PRECOOLING = 1
    HEATING = 2
    RESTING = 3


class DefrostClock:
    """`per_day` defrosts with the heater, 0 to 2; it may be every other day. Asked with a time that never goes back."""

    def __init__(self, per_day: float, seconds: float) -> None:
        self._times = DEFROST_AT if per_day > 1 else DEFROST_AT[:1]
        self._share = per_day / len(self._times)
        self._seconds = seconds
        self._phase, self._until = Phase.COOLING, 0.0

    def phase(self, at: float) -> Phase:
        """The phase an instant lies in."""
        if at >= self._until:
            self._phase, self._until = self._find(at)
        return self._phase

    def _find(self, at: float) -> tuple[Phase, float]:
        day, second = divmod(at + LOCAL_S, DAY_S)
        midnight = at - second
        for begins in self._times:
            heated = begins + self._seconds
            heats = (day + 1) * self._share // 1 > day * self._share // 1
            for phase, ends in (
                (Phase.COOLING, begins - PRECOOL_S),
                (Phase.PRECOOLING, begins),
                (Phase.HEATING if heats else Phase.RESTING, heated),
                (Phase.RESTING, heated + DRIP_S),
            ):
                if second < ends:
                    return phase, midnight + ends
        return Phase.COOLING, midnight + DAY_S
