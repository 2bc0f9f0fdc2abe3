"""What is true of a facility, minute by minute, asked of the physics before any rule runs.

The world of a story is settled by its seed: it is lived through here once more, without sensors, gaps or rules.

A minute is true (WORKS) when the thing does its job, PARTLY when some of its sockets do, FAILS otherwise:

- fridge: the food's core is at 8 ℃ or less.
- microwave: its input, were somebody to heat a litre for a minute, would warm it by 6.9 K (the maker's figure for
  800 W, health.md A3). The physics has no heat in the cavity: a weak magnetron with normal input cannot be told.
- air conditioner: it could move at least 60 % of its nameplate heat, asked or not.
- drinking water: the tank is at 60 ℃ or more, there is water in it and none on the floor.
- outlets: every socket is live and within 198–235.4 V.

A minute without mains is nobody's fault and counts for nothing (health.md B2, X).
"""

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulators.people import Use
from simulators.scenario import Story
from simulators.world import WARM_UP_S, World
from tests.evaluation.catalogue import KINDS
from tests.evaluation.plans import HIGH, LOW, open_seconds

FAILS, PARTLY, WORKS, EXCLUDED = 0, 1, 2, 3
MINUTE_S = 60.0

FOOD_C = 8.0
LITRE_J_PER_K = 4187.0
LITRE_K, LITRE_S = 6.9, 60.0
INTO_WATER = 0.6
"""Share of a microwave's input that reaches the water, typical; the physics has none of its own."""
MOVED_SHARE = 0.6
HOT_C = 60.0
LOW_V, HIGH_V = 198.0, 235.4
PARTLY_SHARE = 0.10
"""More partly working minutes than this are no 10 (health.md B5, S24 and S25)."""

Facility = Any  # an Appliance of one kind; this module looks inside all of them


def _fridge(fridge: Facility, _now: float) -> int:
    return WORKS if fridge.food <= FOOD_C else FAILS


def _microwave(oven: Facility, now: float) -> int:
    watts = oven._watts(Use(now - LITRE_S / 2, now + LITRE_S / 2), now)
    return WORKS if watts * INTO_WATER * LITRE_S / LITRE_J_PER_K >= LITRE_K else FAILS


def _air_conditioner(unit: Facility, _now: float) -> int:
    runs = unit.how not in ("dead", "unplugged")
    return WORKS if runs and unit._effect() >= MOVED_SHARE else FAILS


def _drinking_water(tank: Facility, _now: float) -> int:
    in_order = tank.how not in ("empty", "dry", "leak")
    return WORKS if in_order and tank.water >= HOT_C else FAILS


def _outlets(strip: Facility, _now: float) -> int:
    volts = [volt for name, volt in strip.values.items() if name.startswith("voltage.")]
    good = sum(1 for volt in volts if volt is not None and LOW_V <= volt <= HIGH_V)
    return WORKS if good == len(volts) else PARTLY if good else FAILS


JOBS: Mapping[str, Callable[[Facility, float], int]] = dict(
    zip(KINDS, (_fridge, _microwave, _air_conditioner, _drinking_water, _outlets), strict=True)
)


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one facility from `start` (epoch seconds) on; each is what was so at its end."""

    start: float
    states: "array[int]"

    def at(self, moment: float) -> int:
        """The minute a moment lies in; the last one for a moment at the very end."""
        return self.states[min(int((moment - self.start) // MINUTE_S), len(self.states) - 1)]

    def first_bad(self, since: float) -> float | None:
        """When it first was not wholly well, from `since` on. None: never."""
        for index in range(max(0, int((since - self.start) // MINUTE_S)), len(self.states)):
            if self.states[index] in (FAILS, PARTLY):
                return self.start + index * MINUTE_S
        return None

    def bad_count(self, since: float) -> int:
        """How many minutes were not wholly well, from `since` on."""
        first = max(0, int((since - self.start) // MINUTE_S))
        return sum(1 for state in self.states[first:] if state in (FAILS, PARTLY))

    def all_well(self, since: float, until: float) -> bool:
        """Whether no minute of a time was other than wholly well."""
        first = max(0, int((since - self.start) // MINUTE_S))
        last = max(first, int((until - self.start) // MINUTE_S))
        return not any(state in (FAILS, PARTLY) for state in self.states[first : last + 1])


@dataclass(frozen=True, slots=True)
class Truth:
    """A window as it truly was: opening minutes by state, and the points that follow."""

    service: int
    """Opening minutes without those of a power cut."""
    fails: int
    partly: int
    excluded: int
    at_visit: int
    points: int

    @property
    def availability(self) -> float:
        """Share of the service minutes in which it did its job, at least partly."""
        return 1 - self.fails / self.service if self.service else 1.0

    @property
    def off_edge(self) -> bool:
        """More than one point of availability away from a band's edge."""
        return all(abs(self.availability - edge) > 0.01 for edge in (HIGH, LOW))


def live_through(story: Story, first: float, visit: float, told: Callable[[float], None]) -> dict[str, Minutes]:
    """The minutes of every judged facility; `told` hears the time reached, once a day."""
    world = World(story, first - WARM_UP_S)
    world.play(first)
    jobs = {name: (JOBS[name.rpartition("-")[0]], unit) for name, unit in world.facilities.items() if _judged(name)}
    found = {name: Minutes(first, array("b")) for name in jobs}
    while world.now < visit:
        world.play(min(visit, world.now + MINUTE_S))
        cut = world.around.mains is None
        for name, (job, unit) in jobs.items():
            found[name].states.append(EXCLUDED if cut else job(unit, world.now))
        if world.now % 86_400 == 0:
            told(world.now)
    return found


def _judged(facility: str) -> bool:
    return facility.rpartition("-")[0] in JOBS


def banded(minutes: Minutes, start: float, visit: float) -> Truth:
    """The window's truth: availability banded 97/85, plus works at the visit."""
    counts = [0, 0, 0, 0]
    moment = start
    while moment < visit:
        if open_seconds(moment, moment + MINUTE_S):
            counts[minutes.at(moment)] += 1
        moment += MINUTE_S
    fails, partly, works, excluded = counts
    service = fails + partly + works
    now = minutes.at(visit)
    truth = Truth(service, fails, partly, excluded, now, 10)
    share = truth.availability
    if now == FAILS or share < LOW:
        points = 2
    elif now == PARTLY or share < HIGH or (service and partly / service > PARTLY_SHARE):
        points = 6
    else:
        points = 10
    return Truth(service, fails, partly, excluded, now, points)
