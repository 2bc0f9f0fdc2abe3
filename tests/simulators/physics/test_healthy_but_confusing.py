"""Other machines, other habits, odd weather: at the ranges the physics states, everything does its job all the time."""

from itertools import pairwise
from random import Random

import pytest

from simulators.scenario import Turn
from tests.simulators.physics.played import DAY_S, OPEN_H, Options, Seen, hour, noon, play, told

JUDGED = ("fridge-1", "microwave-1", "air_conditioner-1", "drinking_water-1", "outlets-1")
WAVES = {1: "cold_wave", 7: "heat_wave"}


def drawn(rng: Random) -> dict[str, dict[str, float]]:
    """Options anywhere within the stated ranges."""
    fridge: dict[str, float] = {
        "inverter": rng.choice((0.0, 1.0)),
        "compressor_w": rng.uniform(60, 180),
        "defrosts_per_day": rng.choice((0.0, 0.5, 1.0, 12 / 7, 2.0)),
        "defrost_w": rng.uniform(200, 600),
        "defrost_s": rng.uniform(600, 1800),
        "defrost_air_w": rng.uniform(10, 120),
        "standby_w": rng.uniform(0.3, 3),
    }
    if fridge["compressor_w"] >= 90:
        fridge |= {"door_s": rng.uniform(8, 60), "openings": rng.uniform(0.3, 2.5)}
    share = rng.uniform(0.5, 0.65)
    return {
        "fridge": fridge,
        "microwave": {
            "output_share": share,
            "full_power_w": rng.uniform(1000 if share < 0.55 else 950, 1700),
            "standby_w": rng.choice((0.0, 0.9, 3.0)),
            "low_power": rng.random(),
        },
        "air_conditioner": {
            "inverter": rng.choice((0.0, 1.0)),
            "cool_to": rng.uniform(23, 27),
            "heat_to": rng.uniform(18, 23),
            "standby_w": rng.uniform(0, 6),
        },
        "drinking_water": {"heater_w": rng.uniform(700, 2000), "standby_w": rng.uniform(0, 5)},
        "outlets": {"sockets": float(rng.randint(1, 6)), "charger_w": rng.uniform(2, 10)},
    }


def lived(month: int, options: Options, seed: int, visits: float, days: float = 2.0) -> dict[str, Seen]:
    start = noon(month) - DAY_S / 2
    wave = Turn(start - DAY_S, "weather", WAVES[month], 1.0)
    return play(told(start, wave, options=options, visits=visits, seed=str(seed)), start, days, *JUDGED)


@pytest.mark.parametrize("month", [1, 7])
@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_drawn_within_the_ranges_works_all_the_time(month, seed):
    options = drawn(Random(f"{seed}:{month}"))
    seen = lived(month, options, seed, 100.0)

    assert max(seen["fridge-1"].fact("food")) <= 8
    assert min(seen["fridge-1"].fact("food")) >= 0
    assert min(seen["microwave-1"].fact("litre_k")) >= 6.9
    assert set(seen["air_conditioner-1"].fact("moved")) == {1.0}
    assert min(seen["drinking_water-1"].fact("water")) >= 60
    assert set(seen["drinking_water-1"].fact("in_order")) == {1.0}
    assert set(seen["outlets-1"].fact("good")) == {options["outlets"]["sockets"]}


@pytest.mark.parametrize("month", [1, 7])
def test_a_weak_heater_serves_sixty_visits(month):
    seen = lived(month, {"drinking_water": {"heater_w": 400}}, 1, 60.0, days=3.0)

    assert min(seen["drinking_water-1"].fact("water")) >= 60


@pytest.mark.parametrize("month", [1, 7])
@pytest.mark.parametrize("compressor_w", [90.0, 180.0])
def test_what_a_timer_cuts_at_night_works_when_the_station_is_open(month, compressor_w):
    options = {"fridge": {"night_off": 1.0, "compressor_w": compressor_w}, "drinking_water": {"night_off": 1.0}}
    seen = lived(month, options, 2, 60.0, days=3.0)

    assert max(seen["fridge-1"].opened("food")) <= 8
    assert min(seen["drinking_water-1"].opened("water")) >= 60
    for name in ("fridge-1", "drinking_water-1"):
        nights = [values for at, values in seen[name].felt if hour(at) >= 21.1 or hour(at) < 6.9]
        assert {values["power"] for values in nights} == {0.0}
        assert min(values["voltage"] or 0 for values in nights) > 210
    assert max(seen["fridge-1"].fact("food")) > (8.5 if month == 7 else 6)


def test_an_inverter_fridge_runs_most_of_the_day_at_part_power():
    seen = lived(7, {"fridge": {"inverter": 1.0}}, 3, 40.0)["fridge-1"]
    powers = seen.column("power", noon(7) - DAY_S / 4)

    assert sum(1 for power in powers if power > 15) / len(powers) > 0.9
    assert sorted(powers)[len(powers) // 2] < 0.6 * 92


def test_two_defrosts_a_day_lift_the_air_and_not_the_food():
    options = {"fridge": {"defrosts_per_day": 2.0, "defrost_w": 500.0, "defrost_s": 1500.0, "defrost_air_w": 80.0}}
    seen = lived(7, options, 4, 40.0)["fridge-1"]

    assert 4 * 48 <= sum(1 for at, values in seen.felt if at % 30 == 0 and (values["power"] or 0) > 450) <= 4 * 52
    assert max(seen.column("cabinet_temperature")) > 8
    assert max(seen.fact("food")) < 6


def test_a_door_opened_all_day_lifts_the_air_again_and_again():
    calm, busy = (
        lived(7, {"fridge": option}, 5, 40.0)["fridge-1"] for option in ({}, {"openings": 2.5, "door_s": 40.0})
    )

    def openings(seen: Seen) -> int:
        doors = [values["door_open"] for at, values in seen.felt if OPEN_H[0] <= hour(at) < OPEN_H[1]]
        return sum(1 for before, after in pairwise(doors) if before == 0 and after == 1)

    assert openings(busy) > 1.8 * openings(calm)
    assert max(busy.column("cabinet_temperature")) > max(calm.column("cabinet_temperature")) + 1
    assert max(busy.fact("food")) < 8
