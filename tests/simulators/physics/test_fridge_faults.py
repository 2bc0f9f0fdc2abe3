"""What each fault of a fridge does to the food, and what its probe and its meter say of it, small and large."""

from itertools import pairwise

import pytest

from simulators.scenario import Turn
from tests.simulators.physics.alone import MIDNIGHT, around, make
from tests.simulators.physics.played import DAY_S, HOUR_S, Seen, broken, noon, play, told

FOOD_C = 8.0


def starts(seen: Seen, watts: float, since: float, until: float) -> list[float]:
    """When its power rose past so many watts."""
    powers = [(at, values["power"] or 0.0) for at, values in seen.felt if since <= at < until]
    return [at for (_, before), (at, power) in pairwise(powers) if before < watts <= power]


@pytest.mark.parametrize(("size", "days", "warm"), [(0.0, 4.0, False), (0.365, 4.0, True), (1.0, 2.0, True)])
def test_a_leak_warms_the_food_the_faster_the_larger_it_is(size, days, warm):
    seen, began = broken("fridge", "leak", size, days)

    assert (seen.fact("food")[-1] > FOOD_C) is warm
    assert (seen.duty(15, began + (days - 0.3) * DAY_S) > 0.95) is warm
    assert max(seen.fact("food", until=began + DAY_S / 2)) < FOOD_C


@pytest.mark.parametrize("how", ["dead", "unplugged", "relay_off", "hard_start"])
def test_a_compressor_that_does_not_run_lets_the_food_warm(how):
    seen, began = broken("fridge", how, None, 1.0)

    assert max(seen.fact("food", until=began)) < FOOD_C < min(seen.fact("food", began + DAY_S / 2))
    assert seen.column("cabinet_temperature")[-1] == pytest.approx(seen.fact("food")[-1], abs=1.5)
    assert min(seen.column("voltage")) > 210


@pytest.mark.parametrize(
    ("how", "relay", "watts"), [("dead", 1, (1, 3)), ("unplugged", 1, (0, 0)), ("relay_off", 0, (0, 0))]
)
def test_the_meter_tells_a_dead_compressor_from_no_mains(how, relay, watts):
    seen, began = broken("fridge", how, None, 0.3)

    powers = seen.column("power", began + 60)
    assert watts[0] <= min(powers)
    assert max(powers) <= watts[1]
    assert set(seen.column("relay_on", began + 60)) == {relay}
    assert set(seen.column("relay_on", until=began)) == {1}


@pytest.mark.parametrize(("size", "times"), [(0.0, 4.0), (1.0, 6.0)])
def test_hard_starts_are_short_strong_and_in_vain(size, times):
    seen, began = broken("fridge", "hard_start", size, 0.6)
    since, until = began + 6 * HOUR_S, began + 8 * HOUR_S
    tries = starts(seen, 200, since, until)
    tops = [values["power"] or 0 for at, values in seen.felt if since <= at < until and (values["power"] or 0) > 200]

    assert 19 * 2 <= len(tries) <= 31 * 2
    assert all(118 < after - before < 182 for before, after in pairwise(tries))
    assert all(power == pytest.approx(92 * times, rel=0.03) for power in tops)
    lasted = [
        next(later for later, said in seen.felt if later > at and (said["power"] or 0) < 15) - at for at in tries[:20]
    ]
    assert all(2.9 < length < 8.1 for length in lasted)


@pytest.mark.parametrize(("size", "low", "high"), [(0.0, 3.0, 6.5), (0.5, 7.0, 11.0), (1.0, 11.0, 15.0)])
def test_a_leaking_seal_ends_where_the_compressor_never_rests(size, low, high):
    seen, began = broken("fridge", "seal", size, 2.0, month=6)
    since = began + 1.4 * DAY_S
    afternoon = seen.fact("food", since)

    assert low < min(afternoon)
    assert max(afternoon) < high
    assert seen.duty(15, began + 1.9 * DAY_S) > (0.9 if size else 0.7)


@pytest.mark.parametrize(("size", "low", "high"), [(0.0, -3.7, -2.4), (1.0, -6.7, -5.0)])
def test_a_stuck_thermostat_freezes_the_food(size, low, high):
    seen, began = broken("fridge", "freezing", size, 2.0)

    assert low < seen.fact("food")[-1] < high
    assert seen.duty(15, began + DAY_S) > 0.95


@pytest.mark.parametrize(("size", "warm"), [(0.0, False), (1.0, True)])
def test_a_door_ajar_is_felt_at_its_contact_whether_the_fridge_copes_or_not(size, warm):
    seen, began = broken("fridge", "door", size, 1.0)

    assert (max(seen.fact("food")) > FOOD_C) is warm
    assert set(seen.column("door_open", began + 60)) == {1}


def test_a_repaired_fridge_is_cold_again_within_hours():
    start = noon(5) - DAY_S / 2
    begun = told(start, Turn(noon(5), "fridge-1", "dead"), Turn(noon(5) + DAY_S, "fridge-1", None))
    seen = play(begun, start, 2.0, "fridge-1")["fridge-1"]

    assert max(seen.fact("food")) > 15
    assert seen.fact("food")[-1] < 5.5


@pytest.mark.parametrize("how", ["probe_out", "probe_stuck", "probe_drift", "meter_stuck"])
def test_a_sensor_of_a_healthy_fridge_may_lie_and_the_food_stays_cold(how):
    seen, began = broken("fridge", how, 1.0, 1.5)

    assert max(seen.fact("food")) < 5
    air = seen.column("cabinet_temperature", began + 60)
    if how == "probe_out":
        rooms = [room for at, room in seen.rooms if at > began + 60]
        assert min(air) > min(rooms) - 1
    elif how == "probe_stuck":
        assert len(set(air)) == 1
        assert seen.duty(15, began) > 0.1
    elif how == "meter_stuck":
        for quantity in ("power", "voltage", "power_factor"):
            assert len(set(seen.column(quantity, began + 60))) == 1
        assert max(air) - min(air) > 2


@pytest.mark.parametrize("size", [0.2, 1.0])
def test_a_drifting_probe_is_off_by_its_size_a_week(size):
    seen, _ = broken("fridge", "probe_drift", size, 3.0)
    day = seen.column("cabinet_temperature", seen.felt[-1][0] - DAY_S)
    before = seen.column("cabinet_temperature", until=noon(5))
    moved = sum(day) / len(day) - sum(before) / len(before)

    assert abs(moved) == pytest.approx(size * 3.0 * 2.5 / 7, abs=0.25)


def test_the_direction_of_a_drift_is_the_seeds():
    def drift(seed: str) -> float:
        fridge = make("fridge")
        fridge.settle(seed, 0.0)
        fridge.break_down("probe_drift", MIDNIGHT, 1.0)
        fridge.live(MIDNIGHT + 5 * DAY_S, around())
        return (fridge.values["cabinet_temperature"] or 0.0) - fridge.cabinet.air  # type: ignore[attr-defined]

    drifts = {seed: drift(seed) for seed in "stuvwxyz"}
    assert {round(value) for value in drifts.values()} == {-2, 2}
    assert drift("s") == drifts["s"]


def test_a_meter_that_repeats_itself_is_silent_in_a_power_cut():
    start = noon(5)
    begun = told(
        start,
        Turn(start + 600, "fridge-1", "meter_stuck"),
        Turn(start + 1200, "mains", "cut"),
        Turn(start + 1800, "mains", None),
    )
    seen = play(begun, start, 0.05, "fridge-1")["fridge-1"]
    said = {at: values["power"] for at, values in seen.felt if at % 30 == 0}

    assert said[start + 1500] is None
    assert said[start + 900] == said[start + 2400] is not None
