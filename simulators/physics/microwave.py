"""A microwave oven: about a watt on standby, two steps up to full power while a meal heats (health.md A3)."""

from collections.abc import Mapping

from simulators.appliance import FOREVER, Appliance, Physics
from simulators.meter import metered
from simulators.people import Day, Use, Uses
from simulators.surroundings import Surroundings

STANDBY_W = 0.9
FULL_W = 1300.0
FIRST_STEP_W, FIRST_STEP_S = 420.0, 2.0
"""Lamp, fan, turntable and the magnetron's heater come first, its high voltage after."""
COLD_W = 90.0
TRIPS_AFTER_S = 5.0
FINE_S = 2.0


class Microwave(Appliance):
    """One oven. A power says nothing of heat: `no_heat` runs lamp, fan and turntable only."""

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self._full_w = options.get("full_power_w", FULL_W)
        self._uses = Uses()
        self._tripped_at = FOREVER

    def _expect(self, day: Day) -> None:
        self._uses.add(day.heating)

    def next(self, now: float) -> float:
        return now + FINE_S if self._uses.at(now) else self._uses.edge(now)

    def live(self, now: float, around: Surroundings) -> None:
        use = self._uses.at(now)
        self.values.update(metered(self._watts(use, now), around, self.rng, 0.96 if use else 0.3))

    def _broken(self) -> None:
        since = self.since
        if self.how == "trip":
            self._uses.add([Use(since, since + 60)])
            self._tripped_at = since + TRIPS_AFTER_S
        elif self.how == "no_heat":
            self._uses.add([Use(since + 5 + later, since + 35 + later) for later in (0, 45, 90)])

    def _healed(self) -> None:
        self._tripped_at = FOREVER
        self._uses.add([Use(self.since + 5, self.since + 50)])

    def _watts(self, use: Use | None, now: float) -> float:
        if self.how == "unplugged" or now >= self._tripped_at:
            return 0.0
        if use is None:
            return STANDBY_W
        if self.how == "no_heat":
            return COLD_W
        return FIRST_STEP_W if now - use.start < FIRST_STEP_S else self._full_w


PHYSICS = Physics(
    Microwave,
    {
        "no_heat": "it runs at 90 W and heats nothing (someone tries three times)",
        "trip": "its fuse blows five seconds into a meal; nothing after",
        "unplugged": "the plug is out; the meter still sees the mains",
    },
)
