"""The air conditioner and the air it works on."""

from random import Random

import pytest

from simulators.chance import noise
from simulators.surroundings import Surroundings
from tests.simulators.physics.alone import MIDNIGHT, around, lived, make


@pytest.mark.parametrize(
    ("room", "outdoor", "low", "high"), [(29.0, 33.0, -13.0, -8.0), (16.0, 5.0, 10.0, 18.0), (22.0, 20.0, -0.5, 0.5)]
)
def test_supply_air_is_as_far_from_the_room_as_the_season_asks(room, outdoor, low, high):
    unit, still = make("air_conditioner"), around(room, outdoor)
    rows = list(lived(unit, still, MIDNIGHT + 10 * 3600, 0.5))

    assert low < (rows[-1]["supply_temperature"] or 0) - room < high
    assert ((rows[-1]["power"] or 0) > 800) is (abs(low) > 5)


@pytest.mark.parametrize(
    ("how", "watts", "split"),
    [("no_effect", (600, 1000), (0, 4)), ("weak", (800, 1000), (4, 8)), ("dead", (0, 50), (0, 1))],
)
def test_a_broken_air_conditioner(how, watts, split):
    unit, still = make("air_conditioner"), around(31.0, 34.0)
    unit.break_down(how, MIDNIGHT)
    row = list(lived(unit, still, MIDNIGHT + 10 * 3600, 1))[-1]

    assert watts[0] <= (row["power"] or 0) <= watts[1]
    assert split[0] - 0.5 <= 31.0 - (row["supply_temperature"] or 0) <= split[1] + 0.5


def test_the_room_follows_what_the_air_conditioner_does():
    air = Surroundings("test", MIDNIGHT)
    air.room = 22.0
    draws = noise(Random(1))
    air.conditioning_w = 3000
    for minute in range(31):
        air.advance(MIDNIGHT + minute * 60, draws)
    warmed = air.room
    air.conditioning_w = -3000
    for minute in range(31, 62):
        air.advance(MIDNIGHT + minute * 60, draws)

    assert 23 < warmed < 26.5
    assert air.room < warmed - 1
