"""A split air conditioner: keeps 19 to 27 ℃ while people come, at night only 14 ℃ (health.md A4).

Healthy with these options: `inverter` 0 or 1 (power follows the load, and the split with it), `cool_to` 23 to 27,
`heat_to` 18 to 23, `standby_w` 0 to 6, `start_hour` and `stop_hour` of its timer, `night_below` (℃).
"""

from collections.abc import Mapping
from math import exp

from simulators.appliance import FOREVER, Appliance, Fault, Physics
from simulators.fault import between
from simulators.meter import metered
from simulators.people import Day
from simulators.surroundings import Surroundings

COOL_TO, COOL_ABOVE_K = 25.2, 1.6
HEAT_TO, HEAT_BELOW_K = 20.8, 2.0
NIGHT_BELOW, NIGHT_TO = 14.0, 16.5
COMPRESSOR_W, FAN_W, STANDBY_W = 900.0, 24.0, 2.2
HEATING_W, COOLING_W = 3100.0, 2800.0
COOLING_SPLIT, HEATING_SPLIT = 11.5, 15.5
"""Kelvin between room and supply air; 9 to 12 is normal for cooling, above 10 for heating."""
SUPPLY_S = 150.0
START_HOUR, STOP_HOUR = 8.0, 17.5
SLOWEST, FULL_ABOVE_K, INVERTER_STOPS_K = 0.2, 1.6, 0.8
"""An inverter's least share of full load, how far off it runs at full load, how far beyond its aim it stops."""

LITTLE, WEAK = (0.25, 0.03), (0.75, 0.30)
STARTS_PER_H, ON_SHARE = (7.0, 14.0), (0.85, 0.70)
LOST_GAS_SHARE = 0.8
"""A compressor with little refrigerant to press draws less."""
EDGE_S = 0.01

FAULTS = {
    "no_effect": Fault("from the next wish on it runs and moves 0.25 down to 0.03 of its heat by size", 0.773),
    "weak": Fault("from the next wish on it moves 0.75 down to 0.3 of its heat by size", 0.556),
    "dead": Fault("from the next wish on the fan runs and the compressor never starts"),
    "short_cycle": Fault("it starts 7 to 14 times an hour by size, and still moves most of its heat"),
    "unplugged": Fault("the plug is out; the meter still sees the mains"),
    "relay_off": Fault("the monitoring relay was left off; the meter still sees the mains"),
    "probe_out": Fault("the supply probe fell off the vent and feels the room"),
}


class AirConditioner(Appliance):
    """One split unit; it warms or cools the shared air of the room through `around.conditioning_w`."""

    faults = FAULTS
    waits = frozenset({"dead", "no_effect", "weak"})

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self.mode: str | None = None
        """`cooling` or `heating` while that is wished, else None."""
        self.load = 0.0
        """The compressor's share of full load; 0 while it stands."""
        self._inverter = bool(options.get("inverter"))
        self._cool_to = options.get("cool_to", COOL_TO)
        self._heat_to = options.get("heat_to", HEAT_TO)
        self._warm_to = self._heat_to
        """What it heats to at this hour."""
        self._standby_w = options.get("standby_w", STANDBY_W)
        self._start = options.get("start_hour", START_HOUR)
        self._stop = options.get("stop_hour", STOP_HOUR)
        self._night_below = options.get("night_below", NIGHT_BELOW)
        self._fan = False
        self._supply: float | None = None
        self._now: float | None = None

    def _expect(self, day: Day) -> None:
        """Nobody touches it: it follows the clock and the room."""

    def next(self, now: float) -> float:
        if self.acts != "short_cycle" or self.mode is None:
            return now + FOREVER
        period, on_s = self._cycle()
        begun = now - (now - self.since) % period
        return next(edge for edge in (begun + on_s + EDGE_S, begun + period + EDGE_S) if edge > now)

    def live(self, now: float, around: Surroundings) -> None:
        step = 0.0 if self._now is None else now - self._now
        self._now = now
        self._wish(around)
        self.load = self._drive(now, around)
        around.conditioning_w = self._heat_w()
        supply = around.room if self._supply is None else self._supply
        self._supply = supply + (around.room + self._split() - supply) * (1 - exp(-step / SUPPLY_S))
        values = self.values
        metered(values, self._watts(around), around, self.noise, 0.97 if self.load else 0.6)
        values["room_temperature"] = around.room
        values["room_humidity"] = around.humidity
        values["outdoor_temperature"] = around.outdoor
        felt = around.room if self.how == "probe_out" else self._supply
        values["supply_temperature"] = felt + 0.1 * next(self.noise)
        self._feel_relay()

    def facts(self, now: float, around: Surroundings) -> Mapping[str, float]:  # noqa: ARG002 as it is
        """`moved`: the share of its nameplate heat it can move, asked or not."""
        if not self.fed(around) or self.acts == "dead":
            return {"moved": 0.0}
        period, on_s = self._cycle()
        return {"moved": self._effect() * (on_s / period if self.acts == "short_cycle" else 1.0)}

    def _wish(self, around: Surroundings) -> None:
        on_time = self._start <= around.hour() < self._stop
        self._warm_to = heat_to = self._heat_to if on_time else NIGHT_TO
        was = self.mode
        beyond = INVERTER_STOPS_K if self._inverter else 0.0
        if not self.fed(around):
            self.mode = None
        elif was == "heating":
            self.mode = "heating" if around.room < heat_to + beyond else None
        elif was == "cooling":
            self.mode = "cooling" if on_time and around.room > self._cool_to - beyond else None
        elif around.room < (heat_to - HEAT_BELOW_K if on_time else self._night_below):
            self.mode = "heating"
        elif on_time and around.room > self._cool_to + COOL_ABOVE_K:
            self.mode = "cooling"
        if was is None and self.mode is not None:
            self.acts = self.how
        self._fan = self.mode is not None or (self._fan and on_time)

    def _drive(self, now: float, around: Surroundings) -> float:
        if self.mode is None or self.acts == "dead":
            return 0.0
        if self.acts == "short_cycle":
            period, on_s = self._cycle()
            return 1.0 if (now - self.since) % period < on_s else 0.0
        if not self._inverter:
            return 1.0
        off = self._warm_to - around.room if self.mode == "heating" else around.room - self._cool_to
        return min(1.0, max(SLOWEST, SLOWEST + (1 - SLOWEST) * (off + INVERTER_STOPS_K) / FULL_ABOVE_K))

    def _cycle(self) -> tuple[float, float]:
        """Period of a short cycle and how long it is on, in s."""
        period = 3600 / between(STARTS_PER_H, self.size)
        return period, period * between(ON_SHARE, self.size)

    def _effect(self) -> float:
        if self.acts not in ("no_effect", "weak"):
            return 1.0
        return between(LITTLE if self.acts == "no_effect" else WEAK, self.size)

    def _heat_w(self) -> float:
        return self._effect() * self.load * (HEATING_W if self.mode == "heating" else -COOLING_W)

    def _split(self) -> float:
        """A slow inverter's fan is slow too: its split falls by less than its load."""
        if not self.load:
            return 0.0
        return (
            self._effect() * (0.35 + 0.65 * self.load) * (HEATING_SPLIT if self.mode == "heating" else -COOLING_SPLIT)
        )

    def _watts(self, around: Surroundings) -> float:
        if not self.fed(around):
            return 0.0
        if self.load:
            return COMPRESSOR_W * (0.1 + 0.9 * self.load) * (LOST_GAS_SHARE if self.acts == "no_effect" else 1.0)
        return FAN_W if self._fan else self._standby_w


PHYSICS = Physics(AirConditioner, FAULTS)
