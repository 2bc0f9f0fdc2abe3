"""Microwave, air conditioner, drinking water and outlets by examples."""

import pytest

from shared.states import Cause, Grade, State
from tests.edge.play import HOUR, Play, Signal, ramp, wave

MINUTE = 60.0
STANDBY: dict[str, Signal] = {"power": 1.5, "voltage": 225.0}


def microwave(**options: float) -> Play:
    return Play("microwave", ["power", "voltage"], **options).run(600, STANDBY)


def cook(play: Play, watts: float, times: int = 1) -> Play:
    for _ in range(times):
        play.run(90, {"power": watts, "voltage": 225.0}, every_s=1).run(600, STANDBY)
    return play


def test_a_microwave_proves_itself_by_use() -> None:
    play = cook(microwave(full_power=1400), 1350)
    assert [(proof.rule, proof.grade) for proof in play.proofs] == [("MW1", Grade.E3)]
    assert play.standing.grade is Grade.E3
    assert not play.standing.busy


def test_it_learns_its_full_power() -> None:
    assert not cook(microwave(), 1350, 2).proofs
    assert cook(microwave(), 1350, 4).proofs


def test_three_cold_uses_are_down_from_the_first_of_them() -> None:
    play = cook(microwave(full_power=1400), 90, 2)
    assert play.standing.state is State.OK
    cook(play, 90)
    assert play.states[-1] == "down MW2"
    assert play.since("down MW2") == pytest.approx(600, abs=5)
    cook(play, 1350)
    assert play.standing.state is State.OK


def test_low_settings_are_bursts_of_full_power() -> None:
    play = microwave(full_power=1400)
    for _ in range(4):
        play.run(120, {"power": wave(1350, 45, 8, 20), "voltage": 225.0}, every_s=1).run(600, STANDBY)
    assert play.states[-1] == "ok"
    assert play.proofs


def test_an_open_doors_lamp_is_not_a_use() -> None:
    assert cook(microwave(full_power=1400), 22, 5).states[-1] == "ok"


@pytest.mark.parametrize(
    ("signals", "every_s"), [({"power": 1900.0, "voltage": 225.0}, 1.0), ({"power": 0.0, "voltage": 225.0}, 10.0)]
)
def test_overdraw_and_trip_are_down(signals: dict[str, Signal], every_s: float) -> None:
    play = microwave(full_power=1400).run(3 * HOUR, STANDBY).run(30, {"power": 1350.0, "voltage": 225.0}, every_s=1)
    play.run(300, signals, every_s)
    assert play.standing.state is State.DOWN
    assert play.standing.rule in ("MW3", "MW3T")


def test_a_meter_that_goes_silent_while_cooking_is_unknown_not_down() -> None:
    play = microwave(full_power=1400).run(30, {"power": 1350.0, "voltage": 225.0}, every_s=1).quiet(600)
    assert play.standing.state is State.UNKNOWN


def test_a_microwave_that_tripped_is_still_tripped_after_a_silence() -> None:
    play = microwave(full_power=1400).run(3 * HOUR, STANDBY).run(30, {"power": 1350.0, "voltage": 225.0}, every_s=1)
    tripped: dict[str, Signal] = {"power": 0.0, "voltage": 225.0}
    play.run(300, tripped, 10.0)
    assert play.standing.state is State.DOWN
    play.quiet(2 * HOUR).run(300, tripped, 10.0)
    assert play.standing.state is State.DOWN


AC = ["power", "room_temperature", "supply_temperature", "outdoor_temperature"]


def test_cooling_and_heating_are_proved_apart() -> None:
    play = Play("air_conditioner", AC)
    play.run(HOUR, {"power": 900.0, "room_temperature": 27.0, "supply_temperature": 15.0})
    assert [(proof.rule, proof.mode) for proof in play.proofs] == [("AC1", "cooling")]
    play.run(HOUR, {"power": 5.0, "room_temperature": 20.0, "supply_temperature": 20.0})
    play.run(HOUR, {"power": 900.0, "room_temperature": 20.0, "supply_temperature": 34.0})
    assert [proof.mode for proof in play.proofs] == ["cooling", "heating"]
    assert play.standing.busy


def test_running_without_effect_is_down_until_an_effect_is_seen() -> None:
    play = Play("air_conditioner", AC)
    play.run(HOUR, {"power": 900.0, "room_temperature": 31.0, "supply_temperature": 29.0})
    assert play.states[-1] == "down AC3"
    play.run(3 * HOUR, {"power": 3.0, "room_temperature": 31.0, "supply_temperature": 31.0})
    assert play.standing.state is State.DOWN, "switched off is not repaired"
    play.run(HOUR, {"power": 900.0, "room_temperature": 30.0, "supply_temperature": 18.0})
    assert play.standing.state is State.OK


def test_without_a_supply_probe_a_hot_room_is_only_limited() -> None:
    play = Play("air_conditioner", ["power", "room_temperature"])
    play.run(3 * HOUR, {"power": 900.0, "room_temperature": 32.0})
    assert play.states[-1] == "degraded AC3"
    play.run(2 * HOUR, {"power": 900.0, "room_temperature": ramp(32, -3)})
    assert play.standing.state is State.OK


@pytest.mark.parametrize(("on_s", "state"), [(180.0, "degraded"), (900.0, "ok")])
def test_short_cycling_is_limited(on_s: float, state: str) -> None:
    play = Play("air_conditioner", ["power"]).run(3 * HOUR, {"power": wave(900, 5, on_s, on_s)})
    assert play.standing.state == state


def water(*quantities: str, **options: float | bool) -> Play:
    return Play("drinking_water", ["power", "voltage", *quantities], **options)


HEATING: dict[str, Signal] = {"power": wave(800, 2, 4 * MINUTE, 40 * MINUTE), "voltage": 225.0}


def test_water_that_heats_now_and_then_is_ok() -> None:
    play = water().run(30 * HOUR, HEATING)
    assert play.states == ["ok"]
    assert {proof.rule for proof in play.proofs} == {"WD1"}


def test_a_day_without_heating_is_limited() -> None:
    play = water().run(5 * HOUR, HEATING).run(30 * HOUR, STANDBY)
    assert play.states[-1] == "degraded WD2"
    assert play.since("degraded WD2") == pytest.approx(9 * HOUR, abs=HOUR)
    play.run(HOUR, HEATING)
    assert play.standing.state is State.OK


@pytest.mark.parametrize(
    ("signals", "hours", "rule"),
    [
        ({"power": 900.0, "voltage": 225.0}, 0.7, "WD3"),
        ({"power": 0.0, "voltage": 225.0}, 2.2, "WD4"),
        ({**STANDBY, "water_low": 1.0}, 0.3, "WD5"),
        ({**STANDBY, "leak": 1.0}, 0.05, "WD6"),
    ],
)
def test_water_that_is_down_and_works_again(signals: dict[str, Signal], hours: float, rule: str) -> None:
    play = water("water_low", "leak").run(5 * HOUR, {**HEATING, "water_low": 0.0, "leak": 0.0})
    play.run(hours * HOUR, signals)
    assert play.states[-1] == f"down {rule}"
    play.run(HOUR, {**HEATING, "water_low": 0.0, "leak": 0.0})
    assert play.standing.state is State.OK


@pytest.mark.parametrize(("idle", "cause"), [(2.0, Cause.USER_ACTION), (0.0, Cause.DEVICE_FAULT)])
def test_nothing_where_it_used_to_idle_is_a_plug(idle: float, cause: Cause) -> None:
    play = water().run(5 * HOUR, {"power": wave(800, idle, 4 * MINUTE, 40 * MINUTE), "voltage": 225.0})
    play.run(27 * HOUR, {"power": 0.0, "voltage": 225.0})
    assert (play.standing.rule, play.standing.cause) == ("WD4", cause)


def test_a_fault_that_still_holds_after_a_silence_decides_again() -> None:
    empty: dict[str, Signal] = {**STANDBY, "water_low": 1.0, "leak": 0.0}
    play = water("water_low", "leak").run(5 * HOUR, {**HEATING, "water_low": 0.0, "leak": 0.0}).run(HOUR, empty)
    assert play.standing.rule == "WD5"
    play.quiet(2 * HOUR).run(120, empty)
    assert (play.standing.state, play.standing.rule) == (State.DOWN, "WD5")


def outlets(*more: str, sockets: int = 2) -> Play:
    return Play("outlets", [*(f"voltage.{n}" for n in range(1, sockets + 1)), *more])


LIVE: dict[str, Signal] = {"voltage.1": 225.0, "voltage.2": 225.0}


def test_live_outlets_are_ok_and_use_proves_more() -> None:
    play = outlets("current.1").run(2 * HOUR, {**LIVE, "current.1": 0.0})
    assert [proof.rule for proof in play.proofs] == ["OUT1"]
    play.run(HOUR, {**LIVE, "current.1": 0.05})
    assert play.proofs[-1].rule == "OUT1U"
    assert play.standing.grade is Grade.E3
    assert play.standing.busy


@pytest.mark.parametrize(
    ("sockets", "dead", "state"), [(6, 2, "degraded OUT6"), (6, 4, "down OUT6"), (2, 1, "degraded OUT6")]
)
def test_the_share_of_dead_sockets_decides(sockets: int, dead: int, state: str) -> None:
    live: dict[str, Signal] = {f"voltage.{n}": 225.0 for n in range(1, sockets + 1)}
    play = outlets(sockets=sockets).run(HOUR, live)
    play.run(600, {**live, **{f"voltage.{n}": 0.0 for n in range(1, dead + 1)}})
    assert play.states[-1] == state
    play.run(600, live)
    assert play.standing.state is State.OK


def test_a_dead_line_is_down_only_while_somebody_knows_the_mains_are_there() -> None:
    play = outlets().run(HOUR, LIVE).run(600, {"voltage.1": 0.0, "voltage.2": 0.0})
    assert play.standing.state is State.UNKNOWN
    play = outlets("mains_lost").run(HOUR, {**LIVE, "mains_lost": 0.0})
    play.run(600, {"voltage.1": 0.0, "voltage.2": 0.0, "mains_lost": 0.0})
    assert play.states[-1] == "down OUT2"


def test_a_power_cut_is_excluded_and_ends_two_minutes_after_the_mains_are_back() -> None:
    play = outlets("mains_lost").run(HOUR, {**LIVE, "mains_lost": 0.0})
    play.run(HOUR, {"mains_lost": 1.0})
    assert play.states[-1] == "excluded OUT7"
    assert play.standing.cause is Cause.POWER_CUT
    play.run(600, {**LIVE, "mains_lost": 0.0})
    assert play.states[-1] == "ok"
    assert play.since("ok") == pytest.approx(2 * HOUR + 120, abs=31)


def test_a_trip_shows_within_seconds_though_the_meter_is_dead_with_it() -> None:
    play = outlets("breaker_tripped").run(HOUR, {**LIVE, "breaker_tripped": 0.0})
    play.run(20, {"breaker_tripped": 1.0}, every_s=1)
    assert play.states[-1] == "down OUT5"
    play.run(600, {"breaker_tripped": 1.0}, every_s=5)
    assert play.standing.state is State.DOWN
    play.run(300, {**LIVE, "breaker_tripped": 0.0}, every_s=5)
    assert play.standing.state is State.OK


def test_a_trip_that_was_seen_stays_seen_when_its_contact_falls_silent_later() -> None:
    play = outlets("breaker_tripped").run(HOUR, {**LIVE, "breaker_tripped": 0.0})
    play.run(3 * HOUR, {"breaker_tripped": 1.0}).quiet(HOUR)
    assert play.states[-2:] == ["down OUT5", "unknown SV1"]
    assert play.since("unknown SV1") == pytest.approx(4 * HOUR, abs=31), "not since the meter died with the trip"
    play.run(600, {"breaker_tripped": 1.0})
    assert play.states[-1] == "down OUT5"


def test_voltage_out_of_band_is_the_supplys_fault() -> None:
    play = outlets().run(HOUR, LIVE).run(HOUR, {"voltage.1": 242.0, "voltage.2": 242.0})
    assert play.states[-1] == "degraded OUT3"
    assert play.standing.cause is Cause.SUPPLY_QUALITY
    play.run(HOUR, LIVE)
    assert play.standing.state is State.OK


@pytest.mark.parametrize(("ampere", "minutes", "rule"), [(11.0, 3.0, "OUT4"), (9.0, 40.0, "OUT4L")])
def test_overload_is_limited(ampere: float, minutes: float, rule: str) -> None:
    play = outlets("current.1").run(HOUR, {**LIVE, "current.1": 1.0})
    play.run(minutes * MINUTE, {**LIVE, "current.1": ampere})
    assert play.states[-1] == f"degraded {rule}"
    play.run(600, {**LIVE, "current.1": 1.0})
    assert play.standing.state is State.OK


def test_our_own_relay_left_off_is_our_own_fault() -> None:
    play = outlets("relay_on").run(600, {**LIVE, "relay_on": 1.0}).run(600, {**LIVE, "relay_on": 0.0})
    assert play.standing.cause is Cause.MONITOR_INDUCED
