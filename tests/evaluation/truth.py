"""What is true of a facility, minute by minute, asked of the physics while it is recorded; no rule has run.

A minute is true (WORKS) when the thing does its job, PARTLY when it does some of it, FAILS otherwise:

- fridge: the food's core is at 8 ℃ or less; frozen food (under −1 ℃) is PARTLY.
- microwave: it would warm a litre in a minute by at least the service manual's figure, 6.9 K for 800 W and so much in
  proportion for another nameplate (health.md A3).
- air conditioner: it could move at least 60 % of its nameplate heat, asked or not.
- drinking water: the tank is at 60 ℃ or more, there is water in it and none on the floor.
- outlets: every socket is live, within 198–235.4 V and holds a plug; PARTLY while at least half of them do.

A minute without mains is nobody's fault and counts for nothing (health.md B2, X); nor does one of a filed closure.
"""

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulators.physics.microwave import FULL_W, OUTPUT_SHARE
from simulators.world import World
from tests.evaluation.plans import Plan

FAILS, PARTLY, WORKS, EXCLUDED = 0, 1, 2, 3
STATES = ("fails", "partly", "works", "excluded")
MINUTE_S = 60.0

FOOD_C, FROZEN_C = 8.0, -1.0
LITRE_K, LITRE_W = 6.9, 800.0
MOVED_SHARE = 0.6
HOT_C = 60.0
HIGH, LOW = 0.97, 0.85
"""The bands of availability (health.md B2)."""
PARTLY_SHARE = 0.10
"""More partly working minutes than this are no 10 (health.md B5, S24 and S25)."""

Facts = Mapping[str, float]
Options = Mapping[str, float]


def _fridge(facts: Facts, _options: Options) -> int:
    return FAILS if facts["food"] > FOOD_C else PARTLY if facts["food"] < FROZEN_C else WORKS


def _microwave(facts: Facts, options: Options) -> int:
    """The nameplate's output is the usual share of its input."""
    nameplate = options.get("full_power_w", FULL_W) * OUTPUT_SHARE
    return WORKS if facts["litre_k"] >= LITRE_K * nameplate / LITRE_W else FAILS


def _air_conditioner(facts: Facts, _options: Options) -> int:
    return WORKS if facts["moved"] >= MOVED_SHARE else FAILS


def _drinking_water(facts: Facts, _options: Options) -> int:
    return WORKS if facts["in_order"] and facts["water"] >= HOT_C else FAILS


def _outlets(facts: Facts, _options: Options) -> int:
    good, sockets = facts["good"], facts["sockets"]
    return WORKS if good >= sockets else PARTLY if good and good * 2 >= sockets else FAILS


JOBS: Mapping[str, Callable[[Facts, Options], int]] = {
    "fridge": _fridge,
    "microwave": _microwave,
    "air_conditioner": _air_conditioner,
    "drinking_water": _drinking_water,
    "outlets": _outlets,
}


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one facility from `start` (epoch seconds) on; each is what was so at its end."""

    start: float
    states: "array[int]"
    watts: "array[float]"
    """What it drew; what its meter says of that is another matter."""

    def index(self, moment: float) -> int:
        """The minute a moment lies in; the last one for a moment at the very end."""
        return max(0, min(int((moment - self.start) // MINUTE_S), len(self.states) - 1))

    def at(self, moment: float) -> int:
        """What was so then."""
        return self.states[self.index(moment)]

    def first(self, since: float, wanted: Callable[[int], bool]) -> float | None:
        """The first such minute from `since` on. None: there was none."""
        for index in range(self.index(since), len(self.states)):
            if wanted(index):
                return self.start + index * MINUTE_S
        return None

    def first_bad(self, since: float) -> float | None:
        """When it first was not wholly well, from `since` on. None: never."""
        return self.first(since, lambda index: self.states[index] in (FAILS, PARTLY))

    def well_again(self, since: float) -> float | None:
        """When it first was wholly well, from `since` on. None: never."""
        return self.first(since, lambda index: self.states[index] == WORKS)

    def bad_count(self, since: float) -> int:
        """How many minutes were not wholly well, from `since` on."""
        return sum(1 for state in self.states[self.index(since) :] if state in (FAILS, PARTLY))

    def all_well(self, since: float, until: float) -> bool:
        """Whether no minute of a time was other than wholly well."""
        return not any(state in (FAILS, PARTLY) for state in self.states[self.index(since) : self.index(until) + 1])


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


class Witness:
    """Sees the world once a minute while it is recorded."""

    def __init__(self, first: float, facilities: Mapping[str, Options]) -> None:
        self.minutes = {name: Minutes(first, array("b"), array("f")) for name in facilities}
        self._facilities = [(name, JOBS[name.rpartition("-")[0]], options) for name, options in facilities.items()]

    def look(self, world: World) -> None:
        """Note the minute that has just gone by."""
        around = world.around
        for name, job, options in self._facilities:
            appliance, minutes = world.facilities[name], self.minutes[name]
            cut = around.mains is None
            minutes.states.append(EXCLUDED if cut else job(appliance.facts(world.now, around), options))
            minutes.watts.append(appliance.values.get("power") or 0.0)


def witness(plan: Plan) -> Witness:
    """One for all windows of a station."""
    simulated = {facility.id: facility.simulated for facility in plan.story().scenario.facilities}
    return Witness(plan.first, {case.facility: simulated[case.facility] for case in plan.cases})


def banded(minutes: Minutes, plan: Plan) -> Truth:
    """The window's truth: availability banded 97/85, plus works at the visit."""
    counts = [0, 0, 0, 0]
    for since, until in plan.open_spans():
        for state in minutes.states[minutes.index(since) : minutes.index(until - MINUTE_S) + 1]:
            counts[state] += 1
    return truth_of(counts, minutes.at(plan.visit))


def truth_of(counts: list[int], now: int) -> Truth:
    """From opening minutes by state, and the state at the visit."""
    fails, partly, works, excluded = counts
    service = fails + partly + works
    available = 1 - fails / service if service else 1.0
    if now == FAILS or available < LOW:
        points = 2
    elif now == PARTLY or available < HIGH or (service and partly / service > PARTLY_SHARE):
        points = 6
    else:
        points = 10
    return Truth(service, fails, partly, excluded, now, points)
