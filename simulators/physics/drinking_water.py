"""A water dispenser: a hot tank kept between 84 and 93 ℃ by bursts of a kilowatt (health.md A5).

Healthy with these options for up to 100 visits a day: `heater_w` 700 to 2000 (from 400 up for 60 visits), `standby_w` 0
to 5, `night_off` 0 or 1 (then hot again soon after seven).
"""

from collections.abc import Mapping
from math import exp

from simulators.appliance import Appliance, Fault, Physics
from simulators.fault import between
from simulators.mains import NOMINAL_V
from simulators.meter import metered
from simulators.people import DAY_S, LOCAL_S, Day, Uses
from simulators.probe import Stuck
from simulators.surroundings import Surroundings

HEAT_BELOW, HEAT_TO, BOILS = 84.0, 93.0, 99.5
HEATER_W, STANDBY_W = 1000.0, 2.6
TANK_L = 4.0
TANK_J_PER_K, LOSS_W_PER_K = TANK_L * 4187.0, 0.8
TOPS_UP, TOPPED_K = (4 * 3600.0, 4 * 3600.0 + 900), 0.5
"""Seconds of the local day in which it heats up once whatever the water is; so each day begins its cycle anew."""
COARSE_S, FINE_S = 30.0, 5.0

WEAK_TO_C, WEAK_SHARE = (75.0, 45.0), 0.5
"""A scaled heater gives half its heat, and its cut-out opens long before the water is hot."""
BAND_K = HEAT_TO - HEAT_BELOW
BOILS_OVER_S = 600.0

FAULTS = {
    "no_heat": Fault("the heater is burnt out, the water cools"),
    "weak_heater": Fault("the heater is scaled: at half power the water only reaches 75 down to 45 ℃ by size"),
    "dry": Fault("the tank is dry and the heater stays on"),
    "stuck_on": Fault("the thermostat sticks: the water boils without end, and over after ten minutes"),
    "empty": Fault("the bottle is empty"),
    "leak": Fault("water on the floor"),
    "unplugged": Fault("the plug is out; the meter still sees the mains"),
    "relay_off": Fault("the monitoring relay was left off; the meter still sees the mains"),
    "probe_stuck": Fault("the probe on the tank repeats one value"),
}
NO_WATER = frozenset({"dry", "empty"})
STAYS_ON = frozenset({"dry", "stuck_on"})
NO_CLOCK = STAYS_ON | {"no_heat"}


class DrinkingWater(Appliance):
    """One dispenser; `hot_water_temperature` is a probe on the tank."""

    faults = FAULTS

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self.water = 88.0
        self.heating = False
        self._heater_w = options.get("heater_w", HEATER_W)
        self._standby_w = options.get("standby_w", STANDBY_W)
        self._draws = Uses()
        self._now: float | None = None
        self._boiled_s = 0.0
        self._probe = Stuck(["hot_water_temperature"])

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
        values = self.values
        metered(values, self._watts(around), around, self.noise, 1.0 if self.heating else 0.45)
        values["hot_water_temperature"] = self.water + 0.1 * next(self.noise)
        values["water_low"] = 1.0 if self.how in NO_WATER else 0.0
        values["leak"] = 1.0 if self.how == "leak" else 0.0
        self._feel_relay()
        if self.how == "probe_stuck":
            self._probe.hold(values)

    def facts(self, now: float, around: Surroundings) -> Mapping[str, float]:  # noqa: ARG002 the water is as it is
        """`water`: ℃ in the tank; `in_order`: 1 while there is water to draw and none on the floor."""
        wet = self.how == "leak" or (self.how == "stuck_on" and self._boiled_s > BOILS_OVER_S)
        return {"water": self.water, "in_order": 0.0 if wet or self.how in NO_WATER else 1.0}

    def _broken(self) -> None:
        self._probe.free()

    def _healed(self) -> None:
        self.heating = False
        self._boiled_s = 0.0
        self._probe.free()

    def _step(self, at: float, step: float, around: Surroundings) -> None:
        to = self._regulate(around)
        topping_up = TOPS_UP[0] <= (at + LOCAL_S) % DAY_S < TOPS_UP[1] and self.how not in NO_CLOCK and self.fed(around)
        if topping_up and self.water < to - TOPPED_K:
            self.heating = True
        drawn = self._draws.within(at, at + step)
        for use in () if self.how in NO_WATER else drawn:
            share = (min(use.end, at + step) - max(use.start, at)) / (use.end - use.start)
            self.water += (around.room - self.water) * min(1.0, use.amount * share / TANK_L)
        watts = self._heats(around) if self.heating else 0.0
        rest = around.room + watts / LOSS_W_PER_K
        self.water += (rest - self.water) * (1 - exp(-step * LOSS_W_PER_K / TANK_J_PER_K))
        if self.water > BOILS:
            self.water = BOILS
            self._boiled_s += step
        elif topping_up and self.water > to - TOPPED_K:
            self.water = to

    def _regulate(self, around: Surroundings) -> float:
        """Switch the heater; returns the temperature it is to reach."""
        to = HEAT_TO
        if self.how == "weak_heater":
            to = between(WEAK_TO_C, self.size)
        if not self.fed(around) or self.how == "no_heat":
            self.heating = False
        elif self.how in STAYS_ON or self.water < to - BAND_K:
            self.heating = True
        elif self.water >= to:
            self.heating = False
        return to

    def _heats(self, around: Surroundings) -> float:
        """What the heater gives: its power follows the square of the voltage."""
        share = WEAK_SHARE if self.how == "weak_heater" else 1.0
        return share * self._heater_w * ((around.mains or 0.0) / NOMINAL_V) ** 2

    def _watts(self, around: Surroundings) -> float:
        if not self.fed(around):
            return 0.0
        return self._heats(around) if self.heating else self._standby_w


PHYSICS = Physics(DrinkingWater, FAULTS)
