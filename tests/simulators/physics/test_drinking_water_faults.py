"""What a dispenser's faults do to the water, and what is felt of it."""

import pytest

from tests.simulators.physics.played import HOUR_S, broken

HOT_C = 60.0


@pytest.mark.parametrize("how", ["no_heat", "unplugged", "relay_off"])
def test_without_a_heater_the_water_cools(how):
    seen, began = broken("drinking_water", how, None, 0.5, options={"relay": 1})

    assert min(seen.fact("water", until=began)) > HOT_C
    assert max(seen.fact("water", began + 8 * HOUR_S)) < HOT_C
    assert max(seen.column("power", began + 120)) < 5
    assert seen.column("hot_water_temperature")[-1] == pytest.approx(seen.fact("water")[-1], abs=1)
    assert set(seen.column("relay_on", began + 60)) == {0.0 if how == "relay_off" else 1.0}
    assert set(seen.fact("in_order")) == {1.0}


@pytest.mark.parametrize(("size", "to"), [(0.0, 75.0), (1.0, 45.0)])
def test_a_scaled_heater_ends_early_at_half_power(size, to):
    seen, began = broken("drinking_water", "weak_heater", size, 1.0)

    assert max(seen.fact("water", began + 8 * HOUR_S)) == pytest.approx(to, abs=1)
    assert 450 < max(seen.column("power", began + HOUR_S)) < 530


@pytest.mark.parametrize("how", ["dry", "stuck_on"])
def test_a_heater_that_stays_on_boils_and_is_out_of_order(how):
    seen, began = broken("drinking_water", how, None, 0.3)

    assert seen.duty(300, began + 600) == 1
    assert seen.fact("water")[-1] > 95
    assert seen.fact("in_order")[-1] == 0
    if how == "stuck_on":
        assert seen.fact("in_order", began, began + 600) == [1.0] * 10
    assert set(seen.column("water_low", began + 60)) == {1.0 if how == "dry" else 0.0}


@pytest.mark.parametrize(("how", "contact"), [("empty", "water_low"), ("leak", "leak")])
def test_no_water_and_water_on_the_floor_are_felt_by_their_contacts(how, contact):
    seen, began = broken("drinking_water", how, None, 0.1)

    assert set(seen.column(contact, until=began)) == {0.0}
    assert set(seen.column(contact, began + 60)) == {1.0}
    assert set(seen.fact("in_order", began + 60)) == {0.0}
    assert min(seen.fact("water")) > HOT_C


def test_a_stuck_probe_says_one_temperature_of_hot_water():
    seen, began = broken("drinking_water", "probe_stuck", None, 0.5)

    assert len(set(seen.column("hot_water_temperature", began + 60))) == 1
    assert min(seen.fact("water")) > HOT_C
    assert seen.duty(300, began) > 0.02
