"""How many sockets a fault leaves, and what their meters say of it."""

import pytest

from simulators.scenario import Turn
from tests.simulators.physics.alone import MIDNIGHT, around, lived, make
from tests.simulators.physics.played import DAY_S, broken, noon, play, told


@pytest.mark.parametrize("size", [0.0, 1.0])
@pytest.mark.parametrize("seed", list("stuvwx"))
def test_out_of_band_is_two_to_fourteen_per_cent_too_little_or_too_much(size, seed):
    seen, began = broken("outlets", "out_of_band", size, 0.05, seed=seed)
    beyond = 0.02 + 0.12 * size
    volts = seen.column("voltage.2", began + 60)

    low, high = 198.0 * (1 - beyond), 235.4 * (1 + beyond)
    assert min(abs(sum(volts) / len(volts) - edge) for edge in (low, high)) < 4
    assert not any(198 <= value <= 235.4 for value in volts)
    assert set(seen.fact("good", began + 60)) == {0.0}
    assert set(seen.fact("good", until=began)) == {2.0}


def test_both_too_little_and_too_much_happen():
    ends = [broken("outlets", "out_of_band", 0.5, 0.05, seed=seed)[0].column("voltage.1")[-1] for seed in "stuvwxyz"]

    assert min(ends) < 198
    assert max(ends) > 235.4


@pytest.mark.parametrize(("size", "gone"), [(None, 1), (0.0, 1), (0.5, 3), (1.0, 6)])
def test_dead_sockets_are_the_last_and_their_meters_are_silent(size, gone):
    strip = make("outlets", sockets=6)
    strip.break_down("socket_dead", MIDNIGHT, size)
    row = next(lived(strip, around(), MIDNIGHT, 0))

    assert [number for number in range(1, 7) if row[f"voltage.{number}"] is None] == list(range(7 - gone, 7))
    assert strip.facts(MIDNIGHT, around()) == {"sockets": 6.0, "good": 6.0 - gone}


@pytest.mark.parametrize(("size", "gone"), [(None, 2), (0.0, 1), (1.0, 2)])
def test_a_worn_contact_is_seen_by_nobody_but_who_plugs_in(size, gone):
    seen, began = broken("outlets", "worn_contact", size, 1.0)

    assert seen.fact("good")[-1] == 2 - gone
    assert set(seen.column("power.2", began + 60)) == {0.0}
    assert (max(seen.column("power.1", began + 60)) > 1) is (gone == 1)
    assert min(seen.column("voltage.2")) > 220
    assert max(seen.column("voltage.2")) < 235


@pytest.mark.parametrize(("size", "amperes"), [(0.0, 10.0), (1.0, 12.0)])
def test_an_overload_draws_more_than_ten_amperes_and_heats_the_strip(size, amperes):
    seen, began = broken("outlets", "overload", size, 0.2)

    assert amperes < min(seen.column("current.1", began + 60))
    assert seen.column("strip_temperature")[-1] > 55
    assert set(seen.fact("good")) == {2.0}


def test_a_relay_left_off_feeds_no_socket_and_the_meters_see_the_mains():
    seen, began = broken("outlets", "relay_off", None, 0.3)

    assert set(seen.column("relay_on", until=began)) == {1.0}
    assert set(seen.column("relay_on", began + 60)) == {0.0}
    assert set(seen.column("power.1", began + 60)) == {0.0}
    assert min(seen.column("voltage.1", began)) > 220
    assert set(seen.fact("good", began + 60)) == {0.0}


def test_a_strip_without_a_relay_says_nothing_of_one():
    assert "relay_on" not in next(lived(make("outlets"), around(), MIDNIGHT, 0))


def test_the_mains_monitor_knows_a_cut():
    start = noon(5)
    begun = told(start, Turn(start + 600, "mains", "cut"), Turn(start + 1200, "mains", None))
    seen = play(begun, start, 0.05, "outlets-1")["outlets-1"]

    assert set(seen.column("mains_lost", start + 660, start + 1200)) == {1.0}
    assert set(seen.column("mains_lost", start + 1260)) == {0.0}
    assert {facts["good"] for at, facts in seen.facts if start + 660 < at < start + 1200} == {0.0}


@pytest.mark.parametrize(("least", "weakest"), [(None, 1.7), (2.0, 0.9)])
def test_the_weakest_charger_is_an_option(least, weakest):
    start = noon(5) - DAY_S / 2
    options = {} if least is None else {"outlets": {"charger_w": least}}
    seen = play(told(start, options=options, visits=80), start, 3, "outlets-1")["outlets-1"]
    drawn = [value for name in ("power.1", "power.2") for value in seen.column(name) if value]

    assert weakest * 0.9 < min(drawn) < weakest * 1.3
    assert max(drawn) > 40


def test_a_meter_with_a_supply_of_its_own_answers_0_v_at_a_dead_socket():
    strip = make("outlets", sockets=2, meters_fed=1)
    strip.break_down("socket_dead", MIDNIGHT, None)
    row = next(lived(strip, around(), MIDNIGHT, 0))

    assert row["voltage.1"] > 200
    assert (row["voltage.2"], row["current.2"]) == (0.0, 0.0)
