"""The shape of a simulated facility. The kinds are the files of `simulators/physics/`."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import ClassVar

from shared.discovery import collect
from simulators.chance import chance, noise
from simulators.fault import Fault as Fault
from simulators.fault import sized
from simulators.people import Day
from simulators.surroundings import Surroundings

Values = dict[str, float | None]
"""Quantity -> value; None is a channel that says nothing (a meter without mains, for example)."""


FOREVER = float("inf")

CUT_OFF = frozenset({"unplugged", "relay_off"})
"""Faults behind which nothing is fed; the meter stands in front and still sees the mains."""

DAY_FROM, DAY_TO = 7.0, 21.0
"""Local hours between which a timer (`night_off`) feeds what is behind it."""


class Appliance(ABC):
    """One facility that lives. Time never goes back; every number comes from what was passed in.

    Options of every kind: `night_off` 1 has a timer that cuts it at night, `relay` 1 a relay that tells its state.
    """

    faults: ClassVar[Mapping[str, Fault]] = {}
    """The ways it can break."""
    waits: ClassVar[frozenset[str]] = frozenset()
    """Faults that happen in use: they act from the first use after their beginning on."""

    def __init__(self, options: Mapping[str, float]) -> None:
        self.options = options
        self.values: Values = {}
        self.rng = chance("until the first day")
        self.noise = noise(self.rng)
        self.seed = ""
        self.begun = -FOREVER
        """When its world began: a fault older than that has met its first use."""
        self.how: str | None = None
        """The fault it has."""
        self.acts: str | None = None
        """The same once it acts."""
        self.since = 0.0
        self.size = 0.5
        """How severe the fault is, 0 to 1."""
        self.luck = self.rng
        """What of a fault is chance: settled by the story's seed and the fault's beginning."""
        self._night_off = bool(options.get("night_off"))
        self._relay = bool(options.get("relay"))

    def settle(self, seed: str, begun: float) -> None:
        """It stands in a world of this seed that begins at `begun`."""
        self.seed, self.begun = seed, begun

    def plan(self, day: Day, rng: Random) -> None:
        """A day begins, or someone comes unexpected: what people will do, and the day's own chance."""
        if rng is not self.rng:
            self.rng, self.noise = rng, noise(rng)
        self._expect(day)

    def next(self, now: float) -> float:
        """The instant after `now` at which it wants to be looked at again, for its own changes."""
        return now + FOREVER

    @abstractmethod
    def live(self, now: float, around: Surroundings) -> None:
        """Live until `now`, then let `values` be what its sensors feel."""

    def facts(self, now: float, around: Surroundings) -> Mapping[str, float]:  # noqa: ARG002 some need neither
        """What is physically so, whatever its sensors feel; empty for a kind that nobody judges."""
        return {}

    def fed(self, around: Surroundings) -> bool:
        """Whether there is mains behind its meter, relay, timer and plug."""
        if around.mains is None or self.how in CUT_OFF:
            return False
        return not self._night_off or DAY_FROM <= around.hour() < DAY_TO

    def break_down(self, how: str, since: float, size: float | None = None) -> None:
        """From `since` on it has this fault, of this size or the fault's typical one; one fault at a time."""
        self.how, self.since = how, since
        self.acts = how if how not in self.waits or since < self.begun else None
        self.size = sized(self.faults, how, size)
        self.luck = chance(self.seed, how, since)
        self._broken()

    def heal(self, now: float) -> None:
        """It was repaired and reset at `now`."""
        self.how, self.acts, self.since = None, None, now
        self._healed()

    @abstractmethod
    def _expect(self, day: Day) -> None:
        """Note what of the day concerns it."""

    def _broken(self) -> None:  # noqa: B027 most faults need nothing at their start
        """What a fault brings about at once."""

    def _healed(self) -> None:  # noqa: B027 most repairs need nothing after them
        """What a repair brings about at once."""

    def _feel_relay(self) -> None:
        if self._relay:
            self.values["relay_on"] = 0.0 if self.how == "relay_off" else 1.0


@dataclass(frozen=True, slots=True)
class Physics:
    """An entry of `simulators/physics/`: how to make one, and the ways it can break."""

    make: Callable[[Mapping[str, float]], Appliance]
    faults: Mapping[str, Fault]
    """The faults by name."""


@cache
def physics() -> Mapping[str, Physics]:
    """Every simulated kind of facility by its name."""
    import simulators.physics

    return collect(simulators.physics, "PHYSICS", Physics)
