"""The fridge: holds its cold, cycles, defrosts, and breaks in each of its ways."""

from itertools import pairwise
from random import Random

import pytest

from simulators.people import DAY_S, Day, Use
from tests.simulators.physics.alone import MIDNIGHT, around, column, lived, settled


@pytest.mark.parametrize("room", [15.0, 20.0, 25.0, 32.0])
def test_a_healthy_fridge_holds_two_to_six_degrees_for_a_day(room):
    still = around(room)
    felt = column(lived(settled("fridge", still), still, MIDNIGHT, 24), "cabinet_temperature")

    assert min(felt) > 1.8
    assert max(felt) < 6.6
    assert 2.5 < sum(felt) / len(felt) < 5.5


def test_a_fridge_cycles_every_half_hour_to_two_hours():
    still = around(24.0)
    watts = column(lived(settled("fridge", still), still, MIDNIGHT + 6 * 3600, 12), "power")

    starts = sum(1 for before, after in pairwise(watts) if before < 15 < after)
    assert 6 <= starts <= 24
    assert 50 < max(watts) < 200
    assert min(watts) < 3


def test_a_fridge_defrosts_once_a_day():
    still = around()
    watts = column(lived(settled("fridge", still), still, MIDNIGHT, 24), "power")

    assert 5 * 2 <= sum(1 for value in watts if 250 < value < 700) <= 45 * 2


def test_opening_the_door_warms_the_cabinet_a_little():
    doors = tuple(Use(MIDNIGHT + minute * 60, MIDNIGHT + minute * 60 + 20) for minute in range(5))
    still = around()
    shut, opened = settled("fridge", still), settled("fridge", still)
    opened.plan(Day(doors=doors), Random(1))
    for fridge in (shut, opened):
        fridge.break_down("dead", MIDNIGHT)  # without the compressor only the door makes a difference

    after_shut = column(lived(shut, still, MIDNIGHT, 0.1), "cabinet_temperature")[-1]
    after_opened = column(lived(opened, still, MIDNIGHT, 0.1), "cabinet_temperature")[-1]

    assert 0.4 < after_opened - after_shut < 4


@pytest.mark.parametrize(
    ("how", "hours", "low", "high"),
    [("leak", 24 * 5, 12.0, 24.1), ("dead", 24, 15.0, 24.1), ("unplugged", 24, 15.0, 24.1), ("door", 3, 8.0, 24.1)],
)
def test_a_broken_fridge_warms_past_eight_degrees(how, hours, low, high):
    still = around()
    fridge = settled("fridge", still)
    fridge.break_down(how, MIDNIGHT)

    felt = column(lived(fridge, still, MIDNIGHT, hours), "cabinet_temperature")

    assert felt[0] < 6
    assert low < felt[-1] < high


def test_a_leak_is_slow_and_the_compressor_runs_without_end():
    still = around()
    fridge = settled("fridge", still)
    fridge.break_down("leak", MIDNIGHT)

    felt = column(lived(fridge, still, MIDNIGHT, 24 * 2), "cabinet_temperature")
    assert max(felt) < 8
    last = column(lived(fridge, still, MIDNIGHT + 3.6 * DAY_S, 8), "power")
    assert sum(1 for watts in last if watts > 30) / len(last) > 0.9


def test_a_probe_outside_feels_the_room_while_the_compressor_cycles():
    still = around(23.0)
    fridge = settled("fridge", still)
    fridge.break_down("probe_out", MIDNIGHT)
    rows = list(lived(fridge, still, MIDNIGHT, 8))

    assert all(abs((row["cabinet_temperature"] or 0) - 23) < 1 for row in rows)
    assert max(row["power"] or 0 for row in rows) > 50


def test_a_stuck_probe_repeats_and_a_healed_one_moves():
    still = around()
    fridge = settled("fridge", still)
    fridge.break_down("probe_stuck", MIDNIGHT)
    stuck = column(lived(fridge, still, MIDNIGHT, 4), "cabinet_temperature")
    fridge.heal(MIDNIGHT + 4 * 3600)

    assert len(set(stuck)) == 1
    assert len(set(column(lived(fridge, still, MIDNIGHT + 4 * 3600, 1), "cabinet_temperature"))) > 10
