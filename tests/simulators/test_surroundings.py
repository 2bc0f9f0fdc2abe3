"""What befalls the whole station: its mains and its weather."""

from itertools import pairwise
from random import Random

import pytest

from simulators.chance import noise
from simulators.mains import Mains
from simulators.people import day_start
from simulators.scenario import MAINS, WEATHER, Turn, load, story
from simulators.weather import Weather
from simulators.world import World
from tests.simulators.physics.played import noon, play, told

NOON = day_start(20_500) + 12 * 3600
HOUR_S = 3600.0


def volts(fault: str | None, size: float | None, hours: float = 12.0, seed: str = "s") -> list[float | None]:
    mains, draws = Mains(seed), noise(Random(1))
    mains.turn(fault, NOON, size)
    return [mains.volts(NOON + second, draws) for second in range(0, int(hours * HOUR_S), 30)]


@pytest.mark.parametrize(
    ("fault", "size", "low", "high"),
    [
        (None, None, 224, 233),
        ("low", None, 189, 197),
        ("low", 0.0, 205, 213),
        ("low", 1.0, 173, 181),
        ("high", None, 239, 247),
        ("high", 1.0, 246, 255),
    ],
)
def test_the_supply_lies_low_or_high_by_size(fault, size, low, high):
    found = [value for value in volts(fault, size) if value is not None]

    assert low < min(found)
    assert max(found) < high


@pytest.mark.parametrize(("size", "level"), [(0.0, 190.0), (1.0, 150.0)])
def test_a_brown_out_sags_for_minutes_again_and_again(size, level):
    found = [value or 0.0 for value in volts("brown_out", size)]
    sags: list[int] = []
    for before, value in pairwise([230.0, *found]):
        if value < 200:
            if before >= 200:
                sags.append(0)
            sags[-1] += 1

    assert found[0] < 200
    assert 15 < len(sags) < 70
    assert max(sags) * 30 <= 510
    assert all(abs(value - level) < 3.1 for value in found if value < 200)
    assert 0.08 < sum(sags) / len(found) < 0.5


def test_sags_are_the_seeds():
    assert volts("brown_out", 0.5) == volts("brown_out", 0.5)
    assert [v is not None and v < 200 for v in volts("brown_out", 0.5, seed="a")] != [
        v is not None and v < 200 for v in volts("brown_out", 0.5, seed="b")
    ]


@pytest.mark.parametrize(("wave", "sign"), [("heat_wave", 1), ("cold_wave", -1)])
@pytest.mark.parametrize(("size", "kelvin"), [(0.0, 5.0), (1.0, 12.0)])
def test_a_wave_comes_and_goes_over_hours(wave, sign, size, kelvin):
    usual, odd = Weather("s"), Weather("s")
    odd.turn(wave, NOON, size)
    hours = [odd.outdoor(NOON + n * 600) - usual.outdoor(NOON + n * 600) for n in range(60)]
    odd.turn(None, NOON + 60 * 600, None)
    hours += [odd.outdoor(NOON + n * 600) - usual.outdoor(NOON + n * 600) for n in range(60, 120)]

    assert hours[0] == hours[-1] == 0
    assert hours[55] == pytest.approx(sign * kelvin)
    assert max(abs(after - before) for before, after in pairwise(hours)) < 0.5
    assert all(hour * sign >= 0 for hour in hours)


def test_a_wave_of_the_past_is_the_same_for_a_world_that_began_later():
    turns = (Turn(NOON - 30 * HOUR_S, WEATHER, "heat_wave", 1.0), Turn(NOON - 3 * HOUR_S, WEATHER, None))
    begun = story(load("healthy"), NOON, more=turns)
    early, late = World(begun, NOON - 40 * HOUR_S), World(begun, NOON)
    early.play(NOON)
    late.play(NOON + 60)
    early.play(NOON + 60)

    assert early.around.outdoor == pytest.approx(late.around.outdoor)
    assert early.around.weather is None


def test_power_follows_the_supply():
    start = noon(5)
    seen = play(told(start, Turn(start, MAINS, "low", 1.0), visits=100), start, 0.3, "microwave-1", "drinking_water-1")
    supply = seen["microwave-1"].column("voltage")[-1] / 229

    assert max(seen["microwave-1"].column("power")) == pytest.approx(1300 * supply, rel=0.03)
    assert max(seen["drinking_water-1"].column("power")) == pytest.approx(1000 * supply**2, rel=0.04)
