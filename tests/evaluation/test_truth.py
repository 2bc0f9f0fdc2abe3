"""The truth comes from the physics: whole things work, broken ones do not, and it is the recorded world's truth."""

import gzip
from array import array
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import pytest

from simulators.recorder import record
from simulators.scenario import Story, Turn, load, story
from simulators.world import WARM_UP_S, World
from tests.evaluation.catalogue import DAY_S, FAULTS, KINDS, Fault
from tests.evaluation.plans import open_seconds
from tests.evaluation.truth import EXCLUDED, FAILS, PARTLY, WORKS, Minutes, banded, live_through

VISIT = 1_752_552_000.0
"""Noon of 15 July 2025 in Shanghai."""
EXPECTED = {"all": FAILS, "part": PARTLY, "none": WORKS}


def told(*turns: Turn) -> Story:
    scenario = replace(load("healthy"), happenings=())
    return story(scenario, VISIT, "truth", turns)


def lived(days: float, *turns: Turn) -> dict[str, Minutes]:
    return live_through(told(*turns), VISIT - days * DAY_S, VISIT, lambda _: None)


def of_kind(kind: str) -> list[Fault]:
    return [fault for fault in FAULTS if fault.kind == kind and fault.how != "leak"]


ROUNDS = list(zip_longest(*(of_kind(kind) for kind in KINDS)))
"""The first fault of every kind, the second of every kind, and so on: facilities break independently."""


def test_whole_things_work_all_the_time() -> None:
    for facility, minutes in lived(2).items():
        assert set(minutes.states) == {WORKS}, facility
        assert len(minutes.states) == 2 * 1440


@pytest.mark.parametrize("together", ROUNDS, ids=lambda faults: "-".join(one.how for one in faults if one))
def test_broken_things_do_not(together: tuple[Fault | None, ...]) -> None:
    broken = [fault for fault in together if fault is not None]
    turns = [Turn(VISIT - 0.8 * DAY_S, f"{fault.kind}-1", fault.how) for fault in broken]
    minutes = lived(1, *turns)
    for fault in broken:
        assert minutes[f"{fault.kind}-1"].at(VISIT) == EXPECTED[fault.effect], fault


def test_leaks_break_a_dispenser_at_once_and_a_fridge_after_days() -> None:
    began = VISIT - 5 * DAY_S
    minutes = lived(5.5, Turn(began, "fridge-1", "leak"), Turn(began, "drinking_water-1", "leak"))
    dry, cold = minutes["drinking_water-1"].first_bad(began), minutes["fridge-1"].first_bad(began)
    assert dry is not None
    assert cold is not None
    assert dry - began < 120
    assert 2 * DAY_S < cold - began < 5 * DAY_S


def test_a_minute_without_mains_counts_for_nothing() -> None:
    minutes = lived(0.5, Turn(VISIT - 3600, "mains", "cut"), Turn(VISIT - 1800, "mains", None))
    states = minutes["outlets-1"].states
    assert list(states).count(EXCLUDED) == 30
    assert states[-1] == WORKS


def test_it_is_the_world_that_was_recorded(tmp_path: Path) -> None:
    first = VISIT - 0.25 * DAY_S
    record(told(), tmp_path, first, VISIT)
    with gzip.open(tmp_path / "samples.csv.gz", "rt") as file:
        rows = [row.split(",") for row in file if ",fridge-1,cabinet_temperature," in row]
    world = World(told(), first - WARM_UP_S)
    while world.now < VISIT:
        world.play(world.now + 60)
    assert f"{world.read('fridge-1', 'cabinet_temperature'):.2f}" == rows[-1][3]


def minutes_of(open_minutes: str, days: int = 10) -> tuple[Minutes, float, float]:
    """`open_minutes` repeated over the opening minutes, closed ones work; the window ends as it opens."""
    start = VISIT - 3 * 3600 - days * DAY_S  # 09:00
    states, place = array("b"), 0
    for minute in range(days * 1440):
        state = WORKS
        if open_seconds(start + minute * 60, start + minute * 60 + 60):
            state = "-pw".index(open_minutes[place % len(open_minutes)])
            place += 1
        states.append(state)
    return Minutes(start, states), start, start + days * DAY_S


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


@pytest.mark.parametrize(("last", "points"), [(FAILS, 2), (PARTLY, 6), (WORKS, 10)])
def test_the_visit_counts_by_itself(last: int, points: int) -> None:
    minutes, start, visit = minutes_of("w")
    minutes.states[-1] = last
    assert banded(minutes, start, visit).points == points


def test_a_point_from_the_edge() -> None:
    assert not banded(*minutes_of("-" * 3 + "w" * 97)).off_edge
    assert banded(*minutes_of("-" * 5 + "w" * 95)).off_edge
