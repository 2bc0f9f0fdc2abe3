"""The microwave: standby, two steps, full power, and its faults."""

import pytest

from simulators.people import Day, Use
from tests.simulators.physics.alone import MIDNIGHT, around, column, lived, make

MEAL = Day(heating=(Use(MIDNIGHT + 100, MIDNIGHT + 190),))


def test_a_meal_takes_two_steps_and_its_energy():
    watts = column(lived(make("microwave", MEAL), around(), MIDNIGHT, 0.1, 1.0), "power")

    assert watts[50] < 1.5
    assert 300 < watts[101] < 600
    assert 1200 < watts[150] < 1400
    assert watts[195] < 1.5
    assert sum(watts) / 3600 == pytest.approx(1300 * 90 / 3600, rel=0.05)


def test_a_microwave_that_does_not_heat_runs_on_lamp_and_fan():
    oven = make("microwave", MEAL)
    oven.break_down("no_heat", MIDNIGHT)
    watts = column(lived(oven, around(), MIDNIGHT, 0.1, 1.0), "power")

    assert 15 < max(watts) < 0.5 * 1300
    assert sum(1 for power in watts if power > 15) == 90


def test_a_blown_fuse_ends_a_meal_at_full_power():
    oven = make("microwave", MEAL)
    oven.break_down("trip", MIDNIGHT + 10)
    rows = list(lived(oven, around(), MIDNIGHT, 0.1, 1.0))

    assert max(row["power"] or 0 for row in rows) > 500
    assert rows[110]["power"] == 0
    assert (rows[110]["voltage"] or 0) > 200
