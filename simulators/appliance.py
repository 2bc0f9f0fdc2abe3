"""The shape of a simulated facility. The kinds are the files of `simulators/physics/`."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from shared.discovery import collect
from simulators.chance import chance
from simulators.people import Day
from simulators.surroundings import Surroundings

Values = dict[str, float | None]
"""Quantity -> value; None is a channel that says nothing (a meter without mains, for example)."""


FOREVER = float("inf")


class Appliance(ABC):
    """One facility that lives. Time never goes back; every number comes from what was passed in."""

    def __init__(self, options: Mapping[str, float]) -> None:
        self.options = options
        self.values: Values = {}
        self.rng = chance("until the first day")
        self.how: str | None = None
        """The fault it has."""
        self.since = 0.0

    def plan(self, day: Day, rng: Random) -> None:
        """A day begins, or someone comes unexpected: what people will do, and the day's own chance."""
        self.rng = rng
        self._expect(day)

    def next(self, now: float) -> float:
        """The instant after `now` at which it wants to be looked at again, for its own changes."""
        return now + FOREVER

    @abstractmethod
    def live(self, now: float, around: Surroundings) -> None:
        """Live until `now`, then let `values` be what its sensors feel."""

    def break_down(self, how: str, since: float) -> None:
        """From `since` on it has this fault; one fault at a time."""
        self.how, self.since = how, since
        self._broken()

    def heal(self, now: float) -> None:
        """It was repaired and reset at `now`."""
        self.how, self.since = None, now
        self._healed()

    @abstractmethod
    def _expect(self, day: Day) -> None:
        """Note what of the day concerns it."""

    def _broken(self) -> None:  # noqa: B027 most faults need nothing at their start
        """What a fault brings about at once."""

    def _healed(self) -> None:  # noqa: B027 most repairs need nothing after them
        """What a repair brings about at once."""


@dataclass(frozen=True, slots=True)
class Physics:
    """An entry of `simulators/physics/`: how to make one, and the ways it can break."""

    make: Callable[[Mapping[str, float]], Appliance]
    faults: Mapping[str, str]
    """Name of the fault -> what happens, in a line."""


@cache
def physics() -> Mapping[str, Physics]:
    """Every simulated kind of facility by its name."""
    import simulators.physics

    return collect(simulators.physics, "PHYSICS", Physics)
