"""The entrance: a pair of light beams that people break, the outer one first on the way in (devices.md 5)."""

from collections.abc import Mapping

from simulators.appliance import Appliance, Physics
from simulators.people import Day, Uses
from simulators.surroundings import Surroundings


class Entrance(Appliance):
    """Two beams; 1 is a broken beam."""

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self._beams = {"beam_a": Uses(), "beam_b": Uses()}

    def _expect(self, day: Day) -> None:
        self._beams["beam_a"].add(day.beam_a)
        self._beams["beam_b"].add(day.beam_b)

    def next(self, now: float) -> float:
        return min(beam.edge(now) for beam in self._beams.values())

    def live(self, now: float, around: Surroundings) -> None:  # noqa: ARG002 light beams need nothing around
        for name, beam in self._beams.items():
            self.values[name] = 1.0 if beam.at(now) else 0.0
        if self.how == "blocked":
            self.values["beam_a"] = 1.0


PHYSICS = Physics(Entrance, {"blocked": "something stands in the outer beam"})
