"""The door: beams as people and dirt break them, and who really passed."""

from itertools import pairwise
from random import Random

import pytest

from simulators.appliance import Appliance, physics
from simulators.people import Visit, uses
from tests.simulators.physics.alone import MIDNIGHT, around

NINE = MIDNIGHT + 9 * 3600
VISIT = Visit(NINE + 100, NINE + 700)


def door(*visits: Visit, **options: float) -> Appliance:
    made = physics()["entrance"].make(options)
    made.plan(uses(visits), Random(1))
    return made


def broken(appliance: Appliance, start: float, lasting_s: float) -> list[tuple[float, float]]:
    """Both beams ten times a second."""
    still, found = around(), []
    for tick in range(int(lasting_s * 10)):
        appliance.live(start + tick / 10, still)
        found.append((appliance.values["beam_a"] or 0.0, appliance.values["beam_b"] or 0.0))
    return found


def changes(beam: list[float]) -> int:
    return sum(before != after for before, after in pairwise(beam))


def test_it_knows_who_passed():
    made, still = door(VISIT), around()
    for at, facts in ((NINE, (0, 0, 0)), (NINE + 102, (1, 0, 1)), (NINE + 702, (1, 1, 0))):
        made.live(at, still)
        assert tuple(made.facts(at, still).values()) == facts


@pytest.mark.parametrize(("how", "dirty"), [("dirty_outer", 0), ("dirty_inner", 1)])
def test_a_dirty_beam_flickers_then_stays_broken(how, dirty):
    made = door()
    made.break_down(how, NINE, 0.5)
    flickering = [both[dirty] for both in broken(made, NINE, 1800)]
    assert 60 < changes(flickering) < 400
    assert 0 < sum(flickering) / len(flickering) < 0.05
    after = broken(made, NINE + 1800, 600)
    assert {both[dirty] for both in after} == {1.0}
    assert {both[1 - dirty] for both in after} == {0.0}
    made.heal(NINE + 2400)
    assert set(broken(made, NINE + 2400, 10)) == {(0.0, 0.0)}


def test_somebody_leans_in_the_door_for_minutes_and_goes():
    made = door()
    made.break_down("standing", NINE)
    leaning = broken(made, NINE, 180)
    assert {outer for outer, _ in leaning} == {1.0}
    assert 4 < changes([inner for _, inner in leaning]) < 40
    assert broken(made, NINE + 180.1, 60) == [(0.0, 0.0)] * 600


def test_a_day_is_the_same_however_often_it_is_looked_at():
    often, seldom = door(VISIT, turning=1.0, abreast=1.0), door(VISIT, turning=1.0, abreast=1.0)
    often.break_down("dirty_inner", NINE)
    seldom.break_down("dirty_inner", NINE)
    broken(often, NINE, 650)
    assert broken(often, NINE + 650, 100) == broken(seldom, NINE + 650, 100)


def test_it_wants_to_be_looked_at_on_every_edge():
    made, at, edges = door(VISIT), NINE, []
    while (at := made.next(at)) < float("inf"):
        edges.append(round(at - NINE - 100, 2))
        made.live(at, around())
    assert edges == [0.0, 0.25, 0.35, 0.6, 600.0, 600.25, 600.35, 600.6]


def test_a_tracking_radar_sees_people_walk_by():
    made, still = door(VISIT, tracker=1), around()
    made.live(NINE + 99.5, still)
    assert (made.values["people"], made.values["target_1_y"], made.values["target_2_y"]) == (
        1,
        pytest.approx(2.0),
        None,
    )
    assert made.next(NINE + 99.5) == pytest.approx(NINE + 99.6)
    made.live(NINE + 110, still)
    assert (made.values["people"], made.values["target_1_y"]) == (0, None)
