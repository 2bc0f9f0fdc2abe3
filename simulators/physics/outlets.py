"""A strip of charging sockets behind one breaker, each with its own meter (health.md A6)."""

from collections.abc import Mapping
from math import exp

from simulators.appliance import Appliance, Physics
from simulators.meter import metered
from simulators.people import Day, Use, Uses
from simulators.surroundings import Surroundings

OVERLOAD_W = 2650.0
"""Eleven and a half amperes: a kettle and a heater on one ten-ampere socket."""
STRIP_S = 900.0
STRIP_K_PER_KW2 = 6.5
"""Contacts heat with the square of the load."""


class Outlets(Appliance):
    """`sockets` sockets; the quantities of the second are `voltage.2`, `power.2` and so on."""

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self._charging = {number: Uses() for number in range(1, int(options.get("sockets", 2)) + 1)}
        self._strip: float | None = None
        self._now: float | None = None

    def _expect(self, day: Day) -> None:
        for number, charging in self._charging.items():
            charging.add(use for use in day.charging if use.place == number)

    def live(self, now: float, around: Surroundings) -> None:
        total = 0.0
        for number, charging in self._charging.items():
            watts = self._load(number, charging.at(now), now)
            total += watts
            self._feel(number, watts, around)
        step = 0.0 if self._now is None else now - self._now
        self._now = now
        strip = around.room if self._strip is None else self._strip
        target = around.room + STRIP_K_PER_KW2 * (total / 1000) ** 2
        self._strip = strip + (target - strip) * (1 - exp(-step / STRIP_S))
        self.values["strip_temperature"] = self._strip + self.rng.gauss(0, 0.05)
        self.values["breaker_tripped"] = 1.0 if self.how == "trip" else 0.0

    def _dead(self, number: int) -> bool:
        return self.how == "trip" or (self.how == "socket_dead" and number == len(self._charging))

    def _load(self, number: int, use: Use | None, now: float) -> float:
        if self._dead(number):
            return 0.0
        if self.how == "overload" and number == 1:
            return OVERLOAD_W
        if use is None:
            return 0.0
        return use.amount * (1 - 0.5 * (now - use.start) / (use.end - use.start))

    def _feel(self, number: int, watts: float, around: Surroundings) -> None:
        felt = metered(watts, around, self.rng, 0.62 if watts < 500 else 0.99)
        if self._dead(number):
            felt = dict.fromkeys(felt)
        volts, power, factor = felt["voltage"], felt["power"], felt["power_factor"]
        if self.how == "out_of_band" and volts is not None:
            volts -= 41
        current = None if volts is None or power is None else power / volts / factor if factor else 0.0
        self.values[f"voltage.{number}"] = volts
        self.values[f"power.{number}"] = power
        self.values[f"power_factor.{number}"] = factor
        self.values[f"current.{number}"] = current


PHYSICS = Physics(
    Outlets,
    {
        "trip": "the breaker trips: its contact closes, the meters behind it fall silent",
        "overload": "a kettle and a heater draw 11.5 A from socket 1",
        "out_of_band": "a loose neutral: about 188 V at the sockets",
        "socket_dead": "the last socket has no mains",
    },
)
