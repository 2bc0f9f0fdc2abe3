"""One facility alone in fixed surroundings, with time as an argument."""

from collections.abc import Iterator
from random import Random

from simulators.appliance import Appliance, physics
from simulators.people import DAY_S, Day, day_start
from simulators.surroundings import Surroundings

MIDNIGHT = day_start(20_500)


class Still(Surroundings):
    """Surroundings that stay as they are set; only the hour passes."""

    def at(self, now: float) -> "Still":
        self.now = now
        return self


def around(room: float = 24.0, outdoor: float = 20.0, mains: float | None = 230.0) -> Still:
    still = Still("test", MIDNIGHT)
    still.room, still.outdoor, still.mains = room, outdoor, mains
    return still


def make(kind: str, day: Day | None = None, **options: float) -> Appliance:
    appliance = physics()[kind].make(options)
    appliance.plan(day or Day(), Random(1))
    return appliance


def lived(
    appliance: Appliance, still: Still, start: float, hours: float, step: float = 30.0
) -> Iterator[dict[str, float | None]]:
    for tick in range(int(hours * 3600 / step) + 1):
        now = start + tick * step
        appliance.live(now, still.at(now))
        yield dict(appliance.values)


def column(rows: Iterator[dict[str, float | None]], quantity: str) -> list[float]:
    return [value for row in rows if (value := row[quantity]) is not None]


def settled(kind: str, still: Still, day: Day | None = None) -> Appliance:
    appliance = make(kind, day)
    for _ in lived(appliance, still, MIDNIGHT - DAY_S, 24):
        pass
    return appliance
