"""A fridge: a thermostat, a compressor, air and food in a cabinet, a door, a daily defrost (health.md A2).

Two bodies exchange heat with the room: the air with the walls, and the food. Healthy it holds 2 to 6 ℃ with a cycle of
about three quarters of an hour. Before the daily defrost the cabinet is cooled to a fixed floor, so the cycle starts
anew each night and a story told from any day meets the same story told from an earlier one.
"""

from collections.abc import Mapping
from math import exp

from simulators.appliance import Appliance, Physics
from simulators.meter import metered
from simulators.people import DAY_S, LOCAL_S, Day, Uses
from simulators.surroundings import Surroundings

ON_ABOVE, OFF_BELOW = 5.2, 2.6
COOLING_W = 125.0
COMPRESSOR_W = 92.0
IDLE_W = 1.8
WALL_W_PER_K, FOOD_W_PER_K, OPEN_DOOR_W_PER_K = 1.5, 5.0, 20.0
AIR_J_PER_K, FOOD_J_PER_K = 20_000.0, 40_000.0
PRECOOL_FROM, DEFROST_FROM, DEFROST_TO, DRIP_TO = 4 * 3600, 4 * 3600 + 1800, 4 * 3600 + 2400, 4 * 3600 + 2700
"""Seconds of the local day: pre-cooling to `FLOOR`, the defrost heater, then dripping off."""
FLOOR = 2.2
DEFROST_W, DEFROST_INTO_AIR_W = 380.0, 20.0
STEP_S = 60.0
LEAK_PER_DAY, LEAK_FLOOR = 0.27, 0.02


class Fridge(Appliance):
    """One fridge; `cabinet_temperature` is what the probe feels."""

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self.air = 4.0
        self.food = 4.0
        self.cooling = False
        self._compressor_w = options.get("compressor_w", COMPRESSOR_W)
        self._doors = Uses()
        self._now: float | None = None
        self._stuck: float | None = None

    def _expect(self, day: Day) -> None:
        self._doors.add(day.doors)

    def next(self, now: float) -> float:
        return self._doors.edge(now)

    def live(self, now: float, around: Surroundings) -> None:
        at = now if self._now is None else self._now
        while at < now:
            step = min(STEP_S, now - at)
            self._step(at, step, around)
            at += step
        self._now = now
        self._feel(now, around)

    def _broken(self) -> None:
        self._stuck = None

    def capacity(self, now: float) -> float:
        """The share of the cooling power that is left; a leak takes a quarter a day."""
        if self.how != "leak":
            return 1.0
        return max(LEAK_FLOOR, 1 - LEAK_PER_DAY * (now - self.since) / DAY_S)

    def _step(self, at: float, step: float, around: Surroundings) -> None:
        second = (at + LOCAL_S) % DAY_S
        precooling = PRECOOL_FROM <= second < DEFROST_FROM
        defrosting = DEFROST_FROM <= second < DEFROST_TO
        self._regulate(precooling, DEFROST_FROM <= second < DRIP_TO, around)
        open_s = sum(min(use.end, at + step) - max(use.start, at) for use in self._doors.within(at, at + step))
        if self.how == "door":
            open_s = step
        door = OPEN_DOOR_W_PER_K * open_s / step
        watts = -COOLING_W * self.capacity(at) if self.cooling else DEFROST_INTO_AIR_W if defrosting else 0.0
        conductance = WALL_W_PER_K + door + FOOD_W_PER_K
        rest = ((WALL_W_PER_K + door) * around.room + FOOD_W_PER_K * self.food + watts) / conductance
        self.air += (rest - self.air) * (1 - exp(-step * conductance / AIR_J_PER_K))
        self.food += (self.air - self.food) * (1 - exp(-step * FOOD_W_PER_K / FOOD_J_PER_K))
        if precooling and self.air < FLOOR:
            self.air = FLOOR
        if second < DEFROST_FROM <= second + step:
            self.food = round(self.food, 1)

    def _regulate(self, precooling: bool, defrosting: bool, around: Surroundings) -> None:
        if self.how in ("dead", "unplugged") or defrosting or around.mains is None:
            self.cooling = False
        elif precooling or self.air > ON_ABOVE:
            self.cooling = True
        elif self.air < OFF_BELOW:
            self.cooling = False

    def _watts(self, now: float) -> float:
        if self.how == "unplugged":
            return 0.0
        if self.cooling:
            return self._compressor_w * (0.62 + 0.38 * self.capacity(now)) + (self.air - 4) * 0.8
        second = (now + LOCAL_S) % DAY_S
        if DEFROST_FROM <= second < DEFROST_TO and self.how != "dead":
            return DEFROST_W
        return IDLE_W

    def _feel(self, now: float, around: Surroundings) -> None:
        self.values.update(metered(self._watts(now), around, self.rng, 0.72 if self.cooling else 0.5))
        felt = self.air + self.rng.gauss(0, 0.04)
        if self.how == "probe_out":
            felt = around.room + self.rng.gauss(0, 0.15)
        elif self.how == "probe_stuck":
            self._stuck = felt if self._stuck is None else self._stuck
            felt = self._stuck
        self.values["cabinet_temperature"] = felt
        self.values["room_temperature"] = around.room
        self.values["door_open"] = 1.0 if self.how == "door" or self._doors.at(now) else 0.0


PHYSICS = Physics(
    Fridge,
    {
        "leak": "the refrigerant leaks: cooling fades over days",
        "dead": "the compressor does not start",
        "unplugged": "the plug is out; the meter still sees the mains",
        "door": "the door stands open",
        "probe_out": "the probe hangs outside the cabinet",
        "probe_stuck": "the probe repeats one value",
    },
)
