"""The truth is made of physical facts alone: of facts by hand, of simulated faults, and of the world recorded."""

from array import array
from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest

import pytest

from simulators.world import WARM_UP_S, World
from tests.evaluation.catalogue import DAY_S, FAULTS, KINDS, Fault
from tests.evaluation.plans import Case, Plan, Trouble
from tests.evaluation.stations import spell_of
from tests.evaluation.truth import (
    EXCLUDED,
    FAILS,
    JOBS,
    PARTLY,
    WORKS,
    Minutes,
    banded,
    truth_of,
    witness,
)

VISIT = 1_752_552_000.0
"""Noon of 15 July 2025 in Shanghai."""
EXPECTED = {"all": FAILS, "part": PARTLY, "none": WORKS}


@pytest.mark.parametrize(
    ("kind", "facts", "simulated", "state"),
    [
        ("fridge", {"food": 8.0}, {}, WORKS),
        ("fridge", {"food": 8.1}, {}, FAILS),
        ("fridge", {"food": -1.5}, {}, PARTLY),
        ("microwave", {"litre_k": 6.95}, {"full_power_w": 800 / 0.6}, WORKS),
        ("microwave", {"litre_k": 6.8}, {"full_power_w": 800 / 0.6}, FAILS),
        ("microwave", {"litre_k": 6.1}, {"full_power_w": 700 / 0.6}, WORKS),
        ("air_conditioner", {"moved": 0.6}, {}, WORKS),
        ("air_conditioner", {"moved": 0.59}, {}, FAILS),
        ("drinking_water", {"water": 60.0, "in_order": 1.0}, {}, WORKS),
        ("drinking_water", {"water": 90.0, "in_order": 0.0}, {}, FAILS),
        ("drinking_water", {"water": 59.0, "in_order": 1.0}, {}, FAILS),
        ("outlets", {"sockets": 6.0, "good": 6.0}, {}, WORKS),
        ("outlets", {"sockets": 6.0, "good": 3.0}, {}, PARTLY),
        ("outlets", {"sockets": 6.0, "good": 2.0}, {}, FAILS),
        ("outlets", {"sockets": 2.0, "good": 0.0}, {}, FAILS),
    ],
)
def test_a_fact_makes_a_minute(
    kind: str, facts: Mapping[str, float], simulated: Mapping[str, float], state: int
) -> None:
    assert JOBS[kind](facts, simulated) == state


def plan(days: float, *cases: Case) -> Plan:
    """A station with all kinds; those not given are healthy."""
    given = {case.kind: case for case in cases}
    all_of_them = tuple(given.get(kind, Case(0, kind, "healthy")) for kind in KINDS)
    return Plan(0, "truth", days, VISIT, 30.0, all_of_them)


def lived(told: Plan, days: float) -> Mapping[str, Minutes]:
    """The last days of it."""
    first = VISIT - days * DAY_S
    seen = witness(replace(told, days=days - 3.0))
    world = World(told.story(), first - WARM_UP_S)
    world.play(first)
    world.play(VISIT, None, seen.look)
    return seen.minutes


def broken(fault: Fault, days: float) -> Case:
    """A window with this fault since then, as severe as it can be."""
    size = None if fault.sizes is None else (fault.sizes[1] if fault.all_from > 1 else 0.0)
    return Case(0, fault.kind, "2", (Trouble(fault, VISIT - days * DAY_S, None, size),))


def of_kind(kind: str) -> list[Fault]:
    return [fault for fault in FAULTS if fault.kind == kind and fault.how not in ("leak", "fading")]


ROUNDS = list(zip_longest(*(of_kind(kind) for kind in KINDS)))
"""The first fault of every kind, the second of every kind, and so on: facilities break independently."""


def test_whole_things_work_all_the_time() -> None:
    for facility, minutes in lived(plan(14), 1.5).items():
        assert set(minutes.states) == {WORKS}, facility
        assert len(minutes.states) == len(minutes.watts) == 1.5 * 1440


@pytest.mark.parametrize("together", ROUNDS, ids=lambda faults: "-".join(one.how for one in faults if one))
def test_broken_things_do_not(together: tuple[Fault | None, ...]) -> None:
    faults = [fault for fault in together if fault is not None]
    heat = tuple(spell_of("weather", "heat_wave", (VISIT - 3 * DAY_S, VISIT + DAY_S), 0.5))
    minutes = lived(replace(plan(14, *(broken(fault, 0.9) for fault in faults)), turns=heat), 1)
    for fault in faults:
        expected = PARTLY if fault.all_from <= 1 else EXPECTED[fault.effect]
        assert minutes[f"{fault.kind}-1"].at(VISIT) == expected, fault


@pytest.mark.parametrize(("how", "kind"), [("leak", "fridge"), ("fading", "microwave")])
def test_some_faults_take_days_as_the_plans_expect(how: str, kind: str) -> None:
    fault = next(fault for fault in FAULTS if (fault.kind, fault.how) == (kind, how))
    since = VISIT - 3 * DAY_S
    bad = lived(plan(14, replace(broken(fault, 3))), 3.5)[f"{kind}-1"].first_bad(since)
    assert bad is not None
    assert bad - since == pytest.approx(fault.lag_s(1.0), rel=0.3)


def test_a_minute_without_mains_counts_for_nothing() -> None:
    cut = tuple(spell_of("mains", "cut", (VISIT - 3600, VISIT - 1800)))
    states = lived(replace(plan(14), turns=cut), 0.25)["outlets-1"].states
    assert list(states).count(EXCLUDED) == 30
    assert states[-1] == WORKS


def minutes_of(open_minutes: str, closed: tuple[float, float] | None = None) -> tuple[Minutes, Plan]:
    """`open_minutes` repeated over the opening minutes, closed ones work; the window ends as it opens."""
    visit = VISIT - 3 * 3600  # 09:00
    told = Plan(0, "", 10.0, visit, 30.0, (), closed=closed)
    states, place = array("b"), 0
    for minute in range(10 * 1440):
        state = WORKS
        if told.open_s(told.start + minute * 60, told.start + minute * 60 + 60):
            state = "-pw".index(open_minutes[place % len(open_minutes)])
            place += 1
        states.append(state)
    return Minutes(told.start, states, array("f", [0.0]) * len(states)), told


@pytest.mark.parametrize(
    ("open_minutes", "points"),
    [
        ("w" * 100, 10),
        ("-" * 2 + "w" * 98, 10),
        ("-" * 4 + "w" * 96, 6),
        ("-" * 16 + "w" * 84, 2),
        ("p" * 9 + "w" * 91, 10),
        ("p" * 12 + "w" * 88, 6),
    ],
)
def test_true_minutes_are_banded(open_minutes: str, points: int) -> None:
    truth = banded(*minutes_of(open_minutes))
    assert truth.points == points
    assert truth.service == 4800


def test_a_closure_is_no_service() -> None:
    midnight = VISIT - 12 * 3600
    truth = banded(*minutes_of("w", (midnight - 4 * DAY_S, midnight - 2 * DAY_S)))
    assert truth.service == 4800 - 2 * 480


@pytest.mark.parametrize(("now", "points"), [(FAILS, 2), (PARTLY, 6), (WORKS, 10), (EXCLUDED, 10)])
def test_the_visit_counts_by_itself(now: int, points: int) -> None:
    assert truth_of([0, 0, 4800, 0], now).points == points


def test_a_point_from_the_edge() -> None:
    assert not banded(*minutes_of("-" * 3 + "w" * 97)).off_edge
    assert banded(*minutes_of("-" * 5 + "w" * 95)).off_edge
