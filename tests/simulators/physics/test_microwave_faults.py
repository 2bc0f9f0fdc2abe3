"""An oven's faults show in use: what they are to a litre of water, and to a meter."""

from itertools import pairwise

import pytest

from simulators.people import Day, Use
from tests.simulators.physics.alone import MIDNIGHT, around, lived, make
from tests.simulators.physics.played import DAY_S, Seen, broken

LITRE_K = 1300 * 0.6 * 60 / 4187
MEALS = Day(heating=tuple(Use(MIDNIGHT + 600 * n, MIDNIGHT + 600 * n + 90) for n in range(1, 5)))


def first_use(seen: Seen, since: float) -> float:
    """When the first one begins; one in progress does not count."""
    powers = [(at, values["power"] or 0.0) for at, values in seen.felt if at > since]
    return next(at for (_, before), (at, power) in pairwise(powers) if before < 30 <= power)


@pytest.mark.parametrize("how", ["no_heat", "trip", "over_draw"])
@pytest.mark.parametrize("size", [0.0, 1.0])
def test_what_happens_in_use_bites_at_the_first_one_and_is_true_from_then_on(how, size):
    seen, began = broken("microwave", how, size, 1.2)
    bit = first_use(seen, began)

    assert bit > began + 300
    assert min(seen.fact("litre_k", until=bit - 60)) == pytest.approx(LITRE_K, rel=0.05)
    assert max(seen.fact("litre_k", bit + 60)) == 0


def test_an_oven_that_heats_nothing_runs_on_lamp_and_fan():
    seen, began = broken("microwave", "no_heat", None, 1.2)

    assert 85 < max(seen.column("power", first_use(seen, began))) < 95
    assert min(seen.column("power")) > 0.5


@pytest.mark.parametrize(
    ("how", "size", "times"), [("over_draw", 0.0, 1.3), ("over_draw", 1.0, 1.5), ("trip", None, 1.0)]
)
def test_a_trip_ends_the_use_after_seconds_and_nothing_is_drawn_after(how, size, times):
    seen, began = broken("microwave", how, size, 1.2)
    bit = first_use(seen, began)
    drawn = [(at, values["power"] or 0) for at, values in seen.felt if at >= bit]
    ended = next(at for at, power in drawn if power == 0)

    assert 4 <= ended - bit <= 10
    assert max(power for _, power in drawn) == pytest.approx(1300 * times, rel=0.04)
    assert all(power == 0 for at, power in drawn if at >= ended)
    assert min(seen.column("voltage", ended)) > 210


@pytest.mark.parametrize(("size", "share"), [(0.0, 0.6), (1.0, 0.25)])
def test_a_weak_magnetron_cannot_be_seen_by_any_meter(size, share):
    weak, began = broken("microwave", "weak_magnetron", size, 0.6)
    well, _ = broken("microwave", "unplugged", None, 0.0)

    assert weak.fact("litre_k")[-1] == pytest.approx(LITRE_K * share, rel=0.05)
    assert max(weak.column("power", began)) == pytest.approx(max(well.column("power", until=began)), rel=0.03)


@pytest.mark.parametrize(("size", "power", "heat"), [(0.0, 0.9, 0.95), (1.0, 0.5, 0.6)])
def test_a_fading_oven_loses_input_and_more_heat_over_two_days(size, power, heat):
    seen, began = broken("microwave", "fading", size, 3.2)

    assert seen.fact("litre_k")[-1] == pytest.approx(LITRE_K * power * heat, rel=0.05)
    assert max(seen.column("power", began + 2.1 * DAY_S)) == pytest.approx(1300 * power, rel=0.03)
    facts = seen.fact("litre_k", began, began + DAY_S)
    assert min(facts) > LITRE_K * power * heat * 1.01


@pytest.mark.parametrize("how", ["unplugged", "relay_off"])
def test_an_unfed_oven_draws_nothing_and_its_meter_sees_the_mains(how):
    seen, began = broken("microwave", how, None, 0.2, options={"relay": 1})

    assert set(seen.column("power", began + 60)) == {0.0}
    assert min(seen.column("voltage")) > 210
    assert set(seen.fact("litre_k", began + 60)) == {0.0}
    assert set(seen.column("relay_on", began + 60)) == {0.0 if how == "relay_off" else 1.0}


def test_whoever_repaired_it_tries_it():
    oven = make("microwave")
    oven.break_down("no_heat", MIDNIGHT)
    oven.heal(MIDNIGHT + 60)
    rows = list(lived(oven, around(), MIDNIGHT, 0.05, 1.0))

    assert max(row["power"] or 0 for row in rows[66:110]) > 1250


def test_low_settings_are_bursts_of_full_power():
    oven = make("microwave", MEALS, low_power=1.0)
    watts = [row["power"] or 0 for row in lived(oven, around(), MIDNIGHT, 0.8, 1.0)]
    for meal in range(1, 5):
        cooking = watts[600 * meal + 3 : 600 * meal + 90]
        high = [power for power in cooking if power > 1000]
        assert 0.2 < len(high) / len(cooking) < 0.6
        assert max(high) == pytest.approx(1300, rel=0.03)
        assert min(cooking) > 50


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_so_many_meals_are_on_a_low_setting(share):
    meals = Day(heating=tuple(Use(MIDNIGHT + 100 * n, MIDNIGHT + 100 * n + 60) for n in range(1, 101)))
    watts = [
        row["power"] or 0 for row in lived(make("microwave", meals, low_power=share), around(), MIDNIGHT, 2.8, 2.0)
    ]
    low = sum(1 for n in range(1, 101) if min(watts[50 * n + 2 : 50 * n + 30]) < 500)

    assert abs(low - 100 * share) <= 15


def test_an_oven_may_draw_nothing_on_standby():
    oven = make("microwave", MEALS, standby_w=0.0)
    rows = list(lived(oven, around(), MIDNIGHT, 0.1, 1.0))

    assert rows[10]["power"] == 0
    assert oven.facts(MIDNIGHT + 400, around())["litre_k"] > 10
