"""A split air conditioner: keeps 19 to 27 ℃ while people come, at night only 14 ℃ (health.md A4)."""

from collections.abc import Mapping
from math import exp

from simulators.appliance import Appliance, Physics
from simulators.meter import metered
from simulators.people import Day
from simulators.surroundings import Surroundings

COOL_ABOVE, COOL_TO = 26.8, 25.2
HEAT_BELOW, HEAT_TO = 18.8, 20.8
NIGHT_BELOW, NIGHT_TO = 14.0, 16.5
COMPRESSOR_W, FAN_W, STANDBY_W = 900.0, 24.0, 2.2
HEATING_W, COOLING_W = 3100.0, 2800.0
COOLING_SPLIT, HEATING_SPLIT = 11.5, 15.5
"""Kelvin between room and supply air; 9 to 12 is normal for cooling, above 10 for heating."""
SUPPLY_S = 150.0
START_HOUR, STOP_HOUR = 8.0, 17.5


class AirConditioner(Appliance):
    """One split unit; it warms or cools the shared air of the room through `around.conditioning_w`."""

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self.mode: str | None = None
        """`cooling` or `heating` while the compressor runs, else None."""
        self._fan = False
        self._supply: float | None = None
        self._start = options.get("start_hour", START_HOUR)
        self._stop = options.get("stop_hour", STOP_HOUR)
        self._now: float | None = None

    def _expect(self, day: Day) -> None:
        """Nobody touches it: it follows the clock and the room."""

    def live(self, now: float, around: Surroundings) -> None:
        step = 0.0 if self._now is None else now - self._now
        self._now = now
        on_time = self._start <= around.hour() < self._stop
        self._regulate(around, on_time)
        around.conditioning_w = self._heat_w()
        supply = around.room if self._supply is None else self._supply
        self._supply = supply + (around.room + self._split() - supply) * (1 - exp(-step / SUPPLY_S))
        self.values.update(metered(self._watts(), around, self.rng, 0.97 if self.mode else 0.6))
        self.values["room_temperature"] = around.room
        self.values["room_humidity"] = around.humidity
        self.values["outdoor_temperature"] = around.outdoor
        self.values["supply_temperature"] = self._supply + self.rng.gauss(0, 0.1)

    def _regulate(self, around: Surroundings, on_time: bool) -> None:
        below, to = (HEAT_BELOW, HEAT_TO) if on_time else (NIGHT_BELOW, NIGHT_TO)
        if self.how in ("dead", "unplugged") or around.mains is None:
            self.mode = None
        elif self.how == "no_effect":
            self.mode = "heating" if around.outdoor < 18 else "cooling"
        elif self.mode == "heating":
            self.mode = "heating" if around.room < to else None
        elif self.mode == "cooling":
            self.mode = "cooling" if on_time and around.room > COOL_TO else None
        elif around.room < below:
            self.mode = "heating"
        elif on_time and around.room > COOL_ABOVE:
            self.mode = "cooling"
        self._fan = self.mode is not None or (self._fan and on_time)

    def _effect(self) -> float:
        return {"no_effect": 0.08, "weak": 0.5}.get(self.how or "", 1.0)

    def _heat_w(self) -> float:
        if self.mode is None:
            return 0.0
        return self._effect() * (HEATING_W if self.mode == "heating" else -COOLING_W)

    def _split(self) -> float:
        if self.mode is None:
            return 0.0
        return self._effect() * (HEATING_SPLIT if self.mode == "heating" else -COOLING_SPLIT)

    def _watts(self) -> float:
        if self.how == "unplugged":
            return 0.0
        if self.mode is not None:
            return COMPRESSOR_W * (0.8 if self.how == "no_effect" else 1.0)
        return FAN_W if self._fan else STANDBY_W


PHYSICS = Physics(
    AirConditioner,
    {
        "no_effect": "the compressor runs at once and goes on, the air stays as it is",
        "weak": "half its cooling and heating is gone",
        "dead": "the compressor never starts",
        "unplugged": "the plug is out; the meter still sees the mains",
    },
)
