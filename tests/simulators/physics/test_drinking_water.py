"""The dispenser: bursts of a kilowatt, draws and faults."""

from itertools import pairwise

import pytest

from simulators.people import Day, Use
from tests.simulators.physics.alone import MIDNIGHT, around, column, lived, make, settled


def test_water_is_kept_hot_by_bursts_of_a_kilowatt():
    still = around()
    rows = list(lived(settled("drinking_water", still), still, MIDNIGHT, 6, 5.0))
    watts = [row["power"] or 0 for row in rows]

    assert all(80 < (row["hot_water_temperature"] or 0) < 95 for row in rows)
    bursts, longest, run = 0, 0, 0
    for before, after in pairwise(watts):
        bursts += before < 300 < after
        run = run + 1 if after > 300 else 0
        longest = max(longest, run)
    assert 5 <= bursts <= 30
    assert 30 <= longest * 5 <= 15 * 60


def test_drawing_water_makes_it_heat():
    draw = Day(draws=(Use(MIDNIGHT + 600, MIDNIGHT + 620, 0.5),))
    rows = list(lived(make("drinking_water", draw), around(), MIDNIGHT, 0.25, 5.0))

    assert min(row["hot_water_temperature"] or 0 for row in rows) < 80
    assert max(row["power"] or 0 for row in rows[120:]) > 900


@pytest.mark.parametrize(
    ("how", "quantity", "low", "high"),
    [
        ("no_heat", "power", 0.5, 5),
        ("dry", "power", 900, 1100),
        ("dry", "water_low", 1, 1),
        ("empty", "water_low", 1, 1),
        ("leak", "leak", 1, 1),
        ("unplugged", "power", 0, 0.1),
        ("unplugged", "voltage", 220, 240),
    ],
)
def test_a_broken_dispenser(how, quantity, low, high):
    dispenser = make("drinking_water")
    dispenser.break_down(how, MIDNIGHT)
    felt = column(lived(dispenser, around(), MIDNIGHT, 1), quantity)[2:]

    assert low <= min(felt)
    assert max(felt) <= high
