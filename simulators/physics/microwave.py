"""A microwave oven: about a watt on standby, two steps up to full power while a meal heats (health.md A3).

Healthy with these options: `full_power_w` 950 to 1700 (input), `output_share` 0.5 to 0.65 (of it into the water; where
that is less than 0.55, full power from 1000 W up), `standby_w` 0 to 3, `low_power` 0 to 1: the share of meals heated on
a low setting, in bursts of full power for 30 to 50 % of a cycle of 20 to 30 s.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from simulators.appliance import FOREVER, Appliance, Fault, Physics
from simulators.chance import chance
from simulators.fault import between
from simulators.mains import NOMINAL_V
from simulators.meter import metered
from simulators.people import DAY_S, Day, Use, Uses
from simulators.surroundings import Surroundings

STANDBY_W = 0.9
FULL_W = 1300.0
FIRST_STEP_W, FIRST_STEP_S = 420.0, 2.0
"""Lamp, fan, turntable and the magnetron's heater come first, its high voltage after."""
COLD_W = 90.0
FINE_S = 2.0
OUTPUT_SHARE = 0.6
LITRE_J_PER_K, HEATED_S = 4187.0, 60.0
LOW_DUTY, LOW_CYCLE_S = (0.3, 0.5), (20.0, 30.0)

WEAK_HEAT = (0.6, 0.25)
FADED_INPUT, FADED_SHARE, FADES_S = (0.9, 0.5), (0.95, 0.6), 2 * DAY_S
OVER_TIMES, OVER_S = (1.3, 1.5), (4.0, 8.0)
TRIPS_AFTER_S = 5.0

FAULTS = {
    "no_heat": Fault("from the next use on lamp, fan and turntable run at 90 W and nothing is heated"),
    "weak_magnetron": Fault("its input is normal; size: 0.6 to 0.25 of the heat still reaches the water"),
    "fading": Fault("within two days input falls to 0.9 to 0.5 by size, and heat by more"),
    "over_draw": Fault("at the next use it draws 1.3 to 1.5 times its power by size, and trips after 4 to 8 s"),
    "trip": Fault("five seconds into the next use its fuse blows; nothing after"),
    "unplugged": Fault("the plug is out; the meter still sees the mains"),
    "relay_off": Fault("the monitoring relay was left off; the meter still sees the mains"),
}


@dataclass(frozen=True, slots=True)
class Burst:
    """A low setting: full power for `on_s` of each `cycle_s`."""

    on_s: float
    cycle_s: float


class Microwave(Appliance):
    """One oven. A power says nothing of heat."""

    faults = FAULTS
    waits = frozenset({"no_heat", "over_draw", "trip"})

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self._full_w = options.get("full_power_w", FULL_W)
        self._standby_w = options.get("standby_w", STANDBY_W)
        self._output_share = options.get("output_share", OUTPUT_SHARE)
        self._low_power = options.get("low_power", 0.0)
        self._uses = Uses()
        self._bites_at = FOREVER
        """When the use began in which a fault showed first."""
        self._trips_after = 0.0
        self._setting: tuple[float, Burst | None] = (FOREVER, None)
        """Start of the use at hand, and its low setting."""

    def _expect(self, day: Day) -> None:
        self._uses.add(day.heating)

    def next(self, now: float) -> float:
        return now + FINE_S if self._uses.at(now) else self._uses.edge(now)

    def live(self, now: float, around: Surroundings) -> None:
        use = self._uses.at(now)
        if use is not None and self.acts != self.how and use.start >= self.since and self.fed(around):
            self.acts, self._bites_at = self.how, now
        metered(self.values, self._watts(use, now, around), around, self.noise, 0.96 if use else 0.3)
        self._feel_relay()

    def facts(self, now: float, around: Surroundings) -> Mapping[str, float]:
        """`litre_k`: by how much K it would warm a litre of water in a minute at full power, from now on."""
        if not self.fed(around) or self._tripped(now) or self.acts == "no_heat":
            return {"litre_k": 0.0}
        input_w = self._full_w * self._faded(now, FADED_INPUT) * self._supply(around)
        share = self._output_share * self._faded(now, FADED_SHARE)
        if self.acts == "weak_magnetron":
            share *= between(WEAK_HEAT, self.size)
        return {"litre_k": input_w * share * HEATED_S / LITRE_J_PER_K}

    def _broken(self) -> None:
        self._bites_at = -FOREVER if self.acts else FOREVER
        self._trips_after = self.luck.uniform(*OVER_S) if self.how == "over_draw" else TRIPS_AFTER_S

    def _healed(self) -> None:
        """Whoever repaired it tries it."""
        self._bites_at = FOREVER
        self._uses.add([Use(self.since + 5, self.since + 50)])

    def _tripped(self, now: float) -> bool:
        return self.acts in ("trip", "over_draw") and now >= self._bites_at + self._trips_after

    def _faded(self, now: float, to: tuple[float, float]) -> float:
        if self.acts != "fading":
            return 1.0
        return 1 - (1 - between(to, self.size)) * min(1.0, (now - self.since) / FADES_S)

    def _supply(self, around: Surroundings) -> float:
        """The transformer evens out half of the square with which power follows the voltage."""
        return (around.mains or 0.0) / NOMINAL_V

    def _watts(self, use: Use | None, now: float, around: Surroundings) -> float:
        if not self.fed(around) or self._tripped(now):
            return 0.0
        if use is None:
            return self._standby_w
        if self.acts == "no_heat" or not self._bursts(use, now):
            return COLD_W
        if now - use.start < FIRST_STEP_S:
            return FIRST_STEP_W
        if self.acts == "over_draw":
            return self._full_w * between(OVER_TIMES, self.size)
        return self._full_w * self._faded(now, FADED_INPUT) * self._supply(around)

    def _bursts(self, use: Use, now: float) -> bool:
        """Whether its high voltage is on at this instant of a use."""
        if not self._low_power:
            return True
        if self._setting[0] != use.start:
            self._setting = (use.start, self._chosen(use))
        burst = self._setting[1]
        return burst is None or (now - use.start) % burst.cycle_s < burst.on_s

    def _chosen(self, use: Use) -> Burst | None:
        rng = chance(self.seed, "setting", use.start)
        if rng.random() >= self._low_power:
            return None
        cycle = rng.uniform(*LOW_CYCLE_S)
        return Burst(rng.uniform(*LOW_DUTY) * cycle, cycle)


PHYSICS = Physics(Microwave, FAULTS)
