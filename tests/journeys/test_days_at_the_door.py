"""Simulated days at the door, counted by the real code: how near to the truth, and whether it says where it is not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random

import pytest

from edge.counting import Counted, Footfall
from edge.entrances import counter
from edge.sampling import Sample
from edge.tracking import TRACKED
from simulators.appliance import Appliance, physics
from simulators.chance import chance
from simulators.people import Uses, day_start, draw_visits, uses
from simulators.surroundings import Surroundings

DAY, DAYS, VISITS = 20_500, 4, 120
BEAMED = frozenset({"beam_a", "beam_b"})
DOOR = "entrance-1"
Break = Callable[[Appliance, float], None]


@dataclass
class Days:
    """What was counted over the days, and what really happened."""

    entered: int = 0
    left: int = 0
    undirected: int = 0
    doubts: int = 0
    suspect: set[int] = field(default_factory=set)
    """Quarter-hours."""
    truly: dict[str, float] = field(default_factory=dict)
    inside: list[tuple[int | None, float]] = field(default_factory=list)
    """How many were said to be inside and how many were, every minute of a day."""

    def note(self, seen: list[Counted]) -> None:
        for counted in seen:
            self.entered += counted.entered
            self.left += counted.left
            self.undirected += counted.undirected
            self.doubts += counted.doubts
            if counted.suspect or counted.undirected:
                self.suspect.add(int(counted.at // 900))


def polls(appliance: Appliance, start: float, end: float, rng: Random) -> Iterator[float]:
    """Ten polls a second around whatever happens, as a line gives them; once a second otherwise."""
    at = start
    while at < end:
        yield at
        busy = appliance.next(at) < at + 3
        at = at + 0.1 + rng.uniform(0, 0.012) if busy else float(int(at) + 1)


@cache
def counted(spoil: Break | None = None, wired: frozenset[str] = BEAMED, days: int = DAYS, **options: float) -> Days:
    """Days counted at a door with these options."""
    door, rng, found = physics()["entrance"].make(options), Random(7), Days()
    footfall = Footfall({DOOR: counter(wired, {}, 3.0)}, 3.0)
    around = Surroundings("door", day_start(DAY))
    around.mains = 230.0
    for day in range(DAY, DAY + days):
        today = uses(draw_visits("door", day, VISITS, 2))
        door.plan(today, chance("door", day))
        present = Uses()
        present.add(today.presence)
        if spoil is not None:
            spoil(door, day_start(day))
        end = day_start(day) + 21 * 3600
        second = 0
        for at in polls(door, day_start(day) + 6 * 3600, end, rng):
            door.live(at, around)
            for quantity in sorted(wired):
                value = door.values[quantity]
                felt = Sample(at, DOOR, quantity, 0.0 if value is None else value, 9 if value is None else 1)
                found.note(footfall.hear(felt))
            if int(at) != second:
                second = int(at)
                found.note(footfall.hear(Sample(at, "room-1", "presence", float(present.at(at) is not None))))
                found.note(footfall.advance(at + 0.01))
                if second % 60 == 0:
                    found.inside.append((footfall.occupancy.inside, door.facts(at, around)["inside"]))
    found.truly = dict(door.facts(end, around))
    return found


def test_clean_beams_are_within_two_percent_of_the_truth() -> None:
    days = counted()
    assert days.truly["entered"] > 300
    assert days.entered == pytest.approx(days.truly["entered"], rel=0.02)
    assert days.left == pytest.approx(days.truly["left"], rel=0.02)
    known = [(said, true) for said, true in days.inside if said is not None]
    assert len(known) > 0.5 * len(days.inside)
    assert sum(abs(said - true) <= 1 for said, true in known) > 0.95 * len(known)


def test_with_a_tenth_abreast_the_undercount_is_no_more_than_they_are() -> None:
    days = counted(abreast=0.1)
    alone = counted()
    companions = days.truly["entered"] - alone.truly["entered"]
    assert companions > 20
    assert 0.9 * (days.truly["entered"] - companions) <= days.entered <= days.truly["entered"]
    assert days.truly["entered"] - days.entered <= companions + 0.02 * days.truly["entered"]
    assert days.suspect, "an empty room shows that people were missed"


def test_who_turns_round_or_meets_somebody_in_the_door_invents_nobody() -> None:
    days = counted(turning=0.1, both_ways=0.05)
    met = days.truly["entered"] - counted().truly["entered"]
    assert met > 10
    assert days.entered <= days.truly["entered"]
    assert days.truly["entered"] - days.entered <= met + 0.02 * days.truly["entered"]
    assert days.doubts >= 0.5 * met, "each of them is a doubt"


def test_a_blocked_beam_invents_nobody_and_every_quarter_of_it_is_suspect() -> None:
    def blocked(door: Appliance, midnight: float) -> None:
        door.break_down("blocked", midnight)

    days = counted(blocked, days=2)
    assert (days.entered, days.left) == (0, 0)
    people = days.truly["entered"] + days.truly["left"]
    assert 0.9 * people <= days.undirected <= people
    assert len(days.suspect) >= 2 * 59
    assert all(said in (None, true) for said, true in days.inside), "unknown once somebody passed"


@pytest.mark.parametrize("how", ["dirty_inner", "dirty_outer"])
def test_a_dirty_beam_invents_nobody_and_is_suspect_from_its_first_minutes(how: str) -> None:
    def dirty(door: Appliance, midnight: float) -> None:
        door.heal(midnight)
        door.break_down(how, midnight + 12 * 3600, 0.9)

    days = counted(dirty, days=2)
    people = days.truly["entered"] + days.truly["left"]
    assert days.entered <= days.truly["entered"]
    assert days.left <= days.truly["left"]
    assert days.entered + days.left + days.undirected <= people
    assert days.entered + days.left + days.undirected >= 0.9 * people
    assert len(days.suspect) >= 2 * (9 * 4 - 2)


def test_somebody_who_leans_in_the_door_is_not_a_crowd() -> None:
    def leaning(door: Appliance, midnight: float) -> None:
        door.heal(midnight)
        door.break_down("standing", midnight + 11 * 3600, 0.4)

    days = counted(leaning)
    assert days.truly["entered"] * 0.95 <= days.entered <= days.truly["entered"]
    assert days.undirected == 0
    assert days.suspect


def test_a_tracking_radar_is_within_five_percent_of_the_truth() -> None:
    days = counted(wired=TRACKED, days=2, tracker=1)
    assert days.entered == pytest.approx(days.truly["entered"], rel=0.05)
    assert days.left == pytest.approx(days.truly["left"], rel=0.05)
