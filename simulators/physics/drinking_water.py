"""A water dispenser: a hot tank kept between 84 and 93 ℃ by bursts of a kilowatt (health.md A5)."""

from collections.abc import Mapping
from math import exp

from simulators.appliance import Appliance, Physics
from simulators.meter import metered
from simulators.people import Day, Uses
from simulators.surroundings import Surroundings

HEAT_BELOW, HEAT_TO, BOILS = 84.0, 93.0, 99.5
HEATER_W, STANDBY_W = 1000.0, 2.6
TANK_L = 2.0
TANK_J_PER_K, LOSS_W_PER_K = TANK_L * 4187.0, 0.6
COARSE_S, FINE_S = 30.0, 5.0


class DrinkingWater(Appliance):
    """One dispenser; `hot_water_temperature` is a probe on the tank."""

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self.water = 88.0
        self.heating = False
        self._heater_w = options.get("heater_w", HEATER_W)
        self._draws = Uses()
        self._now: float | None = None

    def _expect(self, day: Day) -> None:
        self._draws.add(day.draws)

    def next(self, now: float) -> float:
        return now + (FINE_S if self.heating else COARSE_S)

    def live(self, now: float, around: Surroundings) -> None:
        at = now if self._now is None else self._now
        while at < now:
            step = min(FINE_S if self.heating else COARSE_S, now - at)
            self._step(at, step, around)
            at += step
        self._now = now
        self.values.update(metered(self._watts(), around, self.rng, 1.0 if self.heating else 0.45))
        self.values["hot_water_temperature"] = self.water + self.rng.gauss(0, 0.1)
        self.values["water_low"] = 1.0 if self.how in ("dry", "empty") else 0.0
        self.values["leak"] = 1.0 if self.how == "leak" else 0.0

    def _healed(self) -> None:
        self.heating = False

    def _step(self, at: float, step: float, around: Surroundings) -> None:
        self._regulate(around)
        for use in self._draws.within(at, at + step):
            share = (min(use.end, at + step) - max(use.start, at)) / (use.end - use.start)
            self.water += (around.room - self.water) * min(1.0, use.amount * share / TANK_L)
        watts = self._heater_w if self.heating else 0.0
        rest = around.room + watts / LOSS_W_PER_K
        self.water += (rest - self.water) * (1 - exp(-step * LOSS_W_PER_K / TANK_J_PER_K))
        if self.water > BOILS:
            self.water = BOILS

    def _regulate(self, around: Surroundings) -> None:
        if around.mains is None or self.how in ("no_heat", "unplugged"):
            self.heating = False
        elif self.how == "dry" or self.water < HEAT_BELOW:
            self.heating = True
        elif self.water >= HEAT_TO:
            self.heating = False

    def _watts(self) -> float:
        if self.how == "unplugged":
            return 0.0
        return self._heater_w if self.heating else STANDBY_W


PHYSICS = Physics(
    DrinkingWater,
    {
        "no_heat": "the heater is burnt out, the water cools",
        "dry": "the tank is dry and the heater stays on",
        "empty": "the bottle is empty",
        "leak": "water on the floor",
        "unplugged": "the plug is out; the meter still sees the mains",
    },
)
