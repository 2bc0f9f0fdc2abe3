"""The room: its air, and whether the radar sees someone."""

from collections.abc import Mapping

from simulators.appliance import Appliance, Fault, Physics
from simulators.people import Day, Uses
from simulators.surroundings import Surroundings

FAULTS = {
    "probe_stuck": Fault("the thermometer repeats one value"),
    "ghost": Fault("a moving curtain: the radar sees someone all the time"),
}


class Room(Appliance):
    """Watched, not judged. The air itself lives in the surroundings."""

    faults = FAULTS

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self._presence = Uses()
        self._stuck: float | None = None

    def _expect(self, day: Day) -> None:
        self._presence.add(day.presence)

    def next(self, now: float) -> float:
        return self._presence.edge(now)

    def live(self, now: float, around: Surroundings) -> None:
        felt = around.room + 0.04 * next(self.noise)
        if self.how == "probe_stuck":
            self._stuck = felt if self._stuck is None else self._stuck
            felt = self._stuck
        self.values["room_temperature"] = felt
        self.values["room_humidity"] = min(100.0, max(1.0, around.humidity + 0.3 * next(self.noise)))
        self.values["outdoor_temperature"] = around.outdoor
        self.values["presence"] = 1.0 if self._presence.at(now) or self.how == "ghost" else 0.0

    def _broken(self) -> None:
        self._stuck = None


PHYSICS = Physics(Room, FAULTS)
