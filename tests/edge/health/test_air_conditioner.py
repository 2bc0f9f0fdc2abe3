"""Air conditioner AC1–AC11: what it blows, how the room goes, why it does not run; doubt before a 10."""

import pytest

from edge.health.verdict import Asked
from shared.opening import Opening
from shared.states import Cause, Grade, State
from tests.edge.play import HOUR, Play, Signal, ramp, wave

MINUTE, DAY = 60.0, 24 * HOUR
AC = ["power", "voltage", "room_temperature", "supply_temperature", "room_humidity", "outdoor_temperature"]
UNIT = "air_conditioner-1"


def blowing(split: float, room: float = 27.0, watts: float = 900.0) -> dict[str, Signal]:
    """Running; a positive split cools."""
    return {"power": watts, "room_temperature": room, "supply_temperature": room - split, "voltage": 225.0}


def resting(room: float = 25.0, watts: float = 2.2) -> dict[str, Signal]:
    return blowing(0.0, room, watts)


def unit(*more: str, opening: Opening | None = None, **options: float | bool) -> Play:
    return Play("air_conditioner", [*AC, *more], opening, **options)


def proved(rest_h: float = 14) -> Play:
    """One that has cooled for an hour and rested since; its standby is known."""
    return unit().run(HOUR, blowing(11)).run(rest_h * HOUR, resting())


def thermostat(play: Play, starts: int = 4, at: float = 26.8) -> Play:
    """Cooling cycles that start at one room temperature."""
    for _ in range(starts):
        falls, rises = ramp(at, -6), ramp(at - 1.5, 3)
        play.run(900, {**blowing(11), "room_temperature": falls, "supply_temperature": ramp(at - 11, -6)})
        play.run(1800, {**resting(), "room_temperature": rises, "supply_temperature": rises})
    return play


def asked(play: Play) -> list[str]:
    return [said.rule for said in play.said if isinstance(said, Asked)]


def learned(play: Play) -> dict[str, float | None]:
    return {entry.name: value for entry, value in play.judge.yardstick(UNIT).learned()}


def test_cooling_and_heating_are_proved_apart() -> None:
    play = unit().run(HOUR, blowing(12)).run(HOUR, resting(20)).run(HOUR, blowing(-14, 20))
    assert [(proof.rule, proof.mode) for proof in play.proofs] == [("AC1", "cooling"), ("AC2", "heating")]
    assert play.standing.busy
    assert play.standing.grade is Grade.E3


def test_a_split_held_for_five_minutes_proves_a_short_run() -> None:
    play = unit().run(3 * MINUTE, blowing(3)).run(4 * MINUTE, blowing(10))
    assert not play.proofs
    play.run(2 * MINUTE, blowing(10))
    assert [proof.rule for proof in play.proofs] == ["AC1"]
    play.run(HOUR, resting(17)).run(7 * MINUTE, blowing(-11, 18))
    assert [proof.rule for proof in play.proofs] == ["AC1", "AC2"]


def test_five_minutes_of_split_in_pieces_prove_nothing() -> None:
    play = unit()
    for _ in range(6):
        play.run(4 * MINUTE, blowing(10)).run(20 * MINUTE, blowing(10, watts=2.2))
    assert not play.proofs


def test_a_room_that_warms_by_itself_is_no_proof_where_the_air_is_hardly_warm() -> None:
    play = unit().run(2 * HOUR, {**blowing(-2), "room_temperature": ramp(16, 2.5), "supply_temperature": ramp(18, 2.5)})
    assert not play.proofs


def test_a_supply_probe_that_fell_silent_proves_nothing() -> None:
    play = unit().run(4 * MINUTE, blowing(10))
    play.run(HOUR, {"power": 900.0, "room_temperature": 27.0, "voltage": 225.0})
    assert not play.proofs


def test_running_without_effect_is_doubted_then_down_until_an_effect_is_seen() -> None:
    play = proved(1).run(26 * MINUTE, blowing(2, 31.0))
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "AC3")
    play.run(10 * MINUTE, blowing(2, 31.0))
    assert play.states[-1] == "down AC3"
    play.run(3 * HOUR, resting(31))
    assert play.standing.rule == "AC3", "switched off is not repaired"
    play.run(HOUR, blowing(12, 30.0))
    assert play.standing.state is State.OK


def test_a_repaired_unit_with_short_runs_is_ok_again() -> None:
    play = unit().run(HOUR, blowing(1, 31.0))
    assert play.states[-1] == "down AC3"
    play.run(2 * HOUR, resting(26)).run(3 * MINUTE, blowing(5)).run(8 * MINUTE, blowing(11))
    assert play.standing.state is State.OK


def test_a_defrost_is_no_lack_of_effect() -> None:
    play = unit()
    for _ in range(5):
        play.run(50 * MINUTE, blowing(-13, 19)).run(9 * MINUTE, blowing(-1, 19))
    assert play.states[-1] == "ok"
    assert not [state for state in play.states if "AC3" in state or "AC4" in state]


def test_without_a_supply_probe_a_hot_room_is_only_limited() -> None:
    play = Play("air_conditioner", ["power", "room_temperature"])
    play.run(3 * HOUR, {"power": 900.0, "room_temperature": 32.0})
    assert play.states[-1] == "degraded AC3"
    play.run(2 * HOUR, {"power": 900.0, "room_temperature": ramp(32, -3)})
    assert play.standing.state is State.OK


def falling(lasting: float, from_c: float = 27.0) -> dict[str, Signal]:
    """The room cools by 1.5 K, and the probe feels just that."""
    room = ramp(from_c, -1.5 * HOUR / lasting)
    return {**blowing(0), "room_temperature": room, "supply_temperature": room}


def test_a_probe_off_the_vent_is_the_probes_fault() -> None:
    play = proved(1).run(25 * MINUTE, falling(25 * MINUTE))
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "AC3P")
    assert play.standing.cause is Cause.SENSOR_FAULT
    play.run(HOUR, resting(25)).run(3 * HOUR, blowing(0))
    assert play.standing.rule == "AC3P", "what such a probe feels later is nothing either"
    play.run(HOUR, resting(26)).run(15 * MINUTE, blowing(11))
    assert play.standing.state is State.OK


def test_a_split_that_is_gone_between_two_samples_is_the_probes_fault() -> None:
    play = proved(1).run(20 * MINUTE, blowing(11)).run(2 * HOUR, blowing(0.2))
    assert (play.standing.state, play.standing.cause) == (State.UNKNOWN, Cause.SENSOR_FAULT)
    fades: dict[str, Signal] = {**blowing(0), "supply_temperature": lambda second: 27.0 - max(0.2, 11 - second / 30)}
    play = proved(1).run(20 * MINUTE, blowing(11)).run(2 * HOUR, fades)
    assert (play.standing.state, play.standing.cause) == (State.DOWN, Cause.DEVICE_FAULT)


@pytest.mark.parametrize(
    ("what", "signals", "minutes", "state"),
    [
        ("half its cooling", blowing(5.5), 40, "down AC4"),
        ("half its cooling, not yet for long", blowing(5.5), 20, "unknown AC4"),
        ("half its cooling, for a moment", blowing(5.5), 12, "ok"),
        ("seven tenths of its cooling", blowing(7.7), 40, "degraded AC4"),
        ("it touches the line", {**blowing(6.2), "supply_temperature": wave(20.3, 20.8, 60, 600)}, 40, "down AC4"),
        ("half its heating, its own not learned", blowing(-7, 17), 40, "down AC4"),
        ("damp air", {**blowing(5.5), "room_humidity": 80.0}, 60, "ok"),
        ("dry air", {**blowing(5.5), "room_humidity": 60.0}, 40, "down AC4"),
        ("part load of an inverter", blowing(5.5, watts=400.0), 60, "ok"),
    ],
)
def test_a_weak_unit(what: str, signals: dict[str, Signal], minutes: float, state: str) -> None:
    play = proved(13).run(minutes * MINUTE, signals)
    assert play.states[-1] == state, what
    play.run(HOUR, resting()).run(15 * MINUTE, blowing(-14 if "heating" in what else 11))
    assert play.standing.state is State.OK


def test_weak_runs_that_are_short_add_up() -> None:
    play = proved(13)
    for _ in range(6):
        play.run(12 * MINUTE, blowing(5.5)).run(40 * MINUTE, resting())
    assert play.states[-1] == "down AC4"


def test_a_unit_that_blew_cold_this_morning_may_be_weak_now() -> None:
    play = unit().run(HOUR, blowing(11)).run(HOUR, blowing(6))
    assert play.states[-1] == "down AC4"


def test_a_small_unit_is_measured_by_its_own_split_and_no_fault_becomes_usual() -> None:
    play = unit().run(3 * HOUR, blowing(9.0)).run(HOUR, resting())
    assert learned(play)["cooling_split"] == pytest.approx(9.0)
    play.run(HOUR, blowing(7.3))
    assert play.standing.state is State.OK
    for _ in range(8):
        play.run(6 * HOUR, blowing(5.0)).run(HOUR, resting())
    assert play.states[-1] == "down AC4"
    assert learned(play)["cooling_split"] == pytest.approx(9.0)


def test_a_slow_compressor_is_measured_by_its_own_slow_runs() -> None:
    play = unit()
    for _ in range(3):
        play.run(20 * MINUTE, blowing(11)).run(40 * MINUTE, blowing(6, watts=350)).run(HOUR, resting())
    assert play.states[-1] == "ok"
    play.run(HOUR, blowing(3, watts=350))
    assert play.standing.state is State.DOWN


@pytest.mark.parametrize(("on_s", "state"), [(180.0, "degraded AC7"), (900.0, "unknown AC8")])
def test_short_cycling_is_limited(on_s: float, state: str) -> None:
    play = Play("air_conditioner", ["power"]).run(3 * HOUR, {"power": wave(900, 5, on_s, on_s)})
    assert play.states[-1] == state


def test_short_cycling_is_dated_back_to_the_first_start() -> None:
    play = proved(1)
    began = play.now
    play.run(HOUR, {**blowing(11), "power": wave(900, 5, 180, 180)})
    assert play.changes[-1].since == pytest.approx(began, abs=31)


@pytest.mark.parametrize("known", [True, False])
def test_a_command_that_is_not_followed_is_down(known: bool) -> None:
    play = unit("relay_on", relay_commands=True)
    if known:
        thermostat(play)
    play.run(HOUR, {**resting(25), "relay_on": 0.0}).run(4 * MINUTE, {**resting(28, 24), "relay_on": 1.0})
    assert play.standing.state is not State.DOWN
    play.run(3 * MINUTE, {**resting(28, 24), "relay_on": 1.0})
    assert play.states[-1] == "down AC5"
    assert play.run(20 * MINUTE, {**blowing(11, 28), "relay_on": 1.0}).standing.state is State.OK


def test_a_command_in_a_room_that_needs_nothing_tells_nothing() -> None:
    play = thermostat(unit("relay_on", relay_commands=True)).run(HOUR, {**resting(25), "relay_on": 0.0})
    play.run(HOUR, {**resting(25), "relay_on": 1.0})
    assert play.standing.state is State.OK


def test_a_fan_whose_compressor_does_not_start_is_doubted() -> None:
    play = proved().run(14 * MINUTE, resting(watts=24))
    assert play.standing.state is State.OK
    play.run(3 * MINUTE, resting(watts=24))
    assert play.states[-1] == "unknown AC5F"
    assert asked(play) == ["AC5F"]
    assert play.run(10 * MINUTE, blowing(11)).standing.state is State.OK


def test_a_fan_that_blows_on_after_a_run_is_no_doubt() -> None:
    play = unit().run(HOUR, blowing(11)).run(9 * HOUR, resting(watts=24)).run(HOUR, resting())
    assert play.states[-1] == "ok"


@pytest.mark.parametrize(
    ("signals", "minutes", "state"),
    [
        (resting(31), 70, "unknown AC6"),
        (resting(10), 70, "unknown AC6"),
        (resting(31), 10, "ok"),
        (resting(28), 300, "ok"),
        (blowing(0, 31, watts=80.0), 10, "ok"),
    ],
)
def test_a_hot_or_cold_room_asks_why_it_does_not_run(signals: dict[str, Signal], minutes: float, state: str) -> None:
    play = proved(1).run(minutes * MINUTE, signals)
    assert play.states[-1] == state
    if state != "ok":
        assert asked(play) == ["AC6"]
        assert play.standing.cause is Cause.UNKNOWN
        assert "还是坏了" in play.standing.why.zh
    assert play.run(10 * MINUTE, blowing(11)).standing.state is State.OK


def test_a_hot_room_is_doubted_before_it_asks() -> None:
    play = proved(1).run(20 * MINUTE, resting(31))
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "AC6")
    assert not asked(play)


def test_a_no_makes_a_doubt_down_from_its_first_symptom() -> None:
    play = proved(1)
    began = play.now
    play.run(70 * MINUTE, resting(31))
    play.judge.state(UNIT, "no", play.now, play.now)
    play.run(60, resting(31))
    assert (play.standing.state, play.standing.rule) == (State.DOWN, "AC6")
    assert play.changes[-1].since == pytest.approx(began, abs=31)
    assert play.run(10 * MINUTE, blowing(11)).standing.state is State.OK


def test_a_yes_raises_nothing() -> None:
    play = proved(1).run(70 * MINUTE, resting(31))
    play.judge.state(UNIT, "yes", play.now, play.now)
    play.run(HOUR, resting(31))
    assert play.standing.state is State.UNKNOWN


def test_nobody_wants_it_to_run_while_the_station_is_closed() -> None:
    play = unit(opening=Opening(start="09:00", end="10:00")).run(50 * MINUTE, blowing(11, 32))
    play.run(10 * HOUR, resting(32))
    assert play.standing.state is State.OK


def test_a_room_beyond_what_it_used_to_let_it_become_asks_in_mild_weather() -> None:
    play = thermostat(unit())
    assert learned(play)["cools_from"] == pytest.approx(26.8, abs=0.1)
    play.run(3 * HOUR, resting(27.2))
    assert play.standing.state is State.OK
    play.run(20 * MINUTE, resting(27.5))
    assert play.states[-1] == "unknown AC6L"
    assert asked(play) == ["AC6L"]
    assert "26.8" in play.standing.why.zh
    play.run(HOUR, resting(24))
    assert play.standing.rule == "AC6L", "that it cooled down outside shows nothing"
    assert play.run(10 * MINUTE, blowing(11)).standing.state is State.OK


def test_another_set_point_is_learned_with_its_second_start() -> None:
    play = thermostat(unit(), 6)
    thermostat(play, 2, 28.8)
    assert learned(play)["cools_from"] is None
    thermostat(play, 6, 28.8)
    assert learned(play)["cools_from"] == pytest.approx(28.8, abs=0.1)
    assert play.states.count("unknown AC6L") <= 2


def test_one_switched_on_by_hand_is_late_only_beyond_nearly_all_its_starts() -> None:
    play = unit()
    for at in (25.0, 29.0, 27.0, 28.0, 26.0):
        play.run(HOUR, resting(at)).run(15 * MINUTE, blowing(11, at))
    assert learned(play)["cools_from"] == pytest.approx(28.0)


def test_a_start_that_does_not_come_at_its_hour_is_missed() -> None:
    play = unit()
    for room in (18.5, 17.3, 17.9, 18.2):
        play.run(HOUR, blowing(-14, room)).run(DAY - HOUR, resting(20))
    play.run(14 * MINUTE, resting(17.8))
    assert play.standing.state is State.OK
    play.run(5 * MINUTE, resting(17.8))
    assert play.states[-1] == "unknown AC6T"
    assert play.run(10 * MINUTE, blowing(-14, 18)).standing.state is State.OK


def test_a_milder_morning_needs_no_start() -> None:
    play = unit()
    for room in (18.5, 17.3, 17.9, 18.2):
        play.run(HOUR, blowing(-14, room)).run(DAY - HOUR, resting(20))
    assert play.run(2 * HOUR, resting(18.8)).standing.state is State.OK


def test_off_season_it_is_not_ok_by_an_old_proof() -> None:
    play = proved(6.9 * 24)
    assert play.standing.state is State.OK
    play.run(0.2 * DAY, resting())
    assert play.states[-1] == "unknown AC8"
    assert "2026-07-01" in play.standing.why.en
    assert not asked(play)
    assert play.run(10 * MINUTE, blowing(11)).standing.state is State.OK


def test_one_that_never_ran_is_not_ok() -> None:
    assert unit().run(DAY, resting()).states == ["unknown AC8"]


def test_without_a_standby_a_proof_lasts_a_day() -> None:
    play = unit().run(30 * HOUR, resting(watts=0)).run(HOUR, blowing(11)).run(29 * HOUR, resting(watts=0))
    assert play.standing.state is State.OK
    assert play.run(2 * HOUR, resting(watts=0)).standing.rule == "AC8"


def test_central_air_is_judged_by_the_room_alone() -> None:
    play = Play("air_conditioner", ["room_temperature"], central=True).run(3 * HOUR, {"room_temperature": 26.5})
    assert (play.standing.state, play.standing.grade) == (State.OK, Grade.E2)
    assert "without a meter of its own" in play.standing.why.en
    play.run(70 * MINUTE, {"room_temperature": 29.0})
    assert play.states[-1] == "degraded AC9"
    play.run(70 * MINUTE, {"room_temperature": 31.0})
    assert play.states[-1] == "unknown AC9"
    assert asked(play) == ["AC9"]
    assert play.run(600, {"room_temperature": 27.0}).standing.state is State.OK


def test_one_that_draws_nothing_where_it_idled_is_doubted() -> None:
    play = proved()
    began = play.now
    play.run(6 * MINUTE, resting(watts=0.0))
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "AC10"), "a visit meets no 10"
    play.run(30 * MINUTE, resting(watts=0.0))
    assert asked(play) == ["AC10"]
    assert play.changes[-1].since == pytest.approx(began, abs=31)
    assert play.standing.cause is Cause.USER_ACTION
    assert play.run(HOUR, resting()).standing.state is State.OK


def test_our_own_relay_left_off_is_our_own_fault() -> None:
    play = unit("relay_on").run(HOUR, {**blowing(11), "relay_on": 1.0}).run(HOUR, {**resting(), "relay_on": 1.0})
    play.run(600, {**resting(watts=0.0), "relay_on": 0.0})
    assert (play.standing.state, play.standing.cause) == (State.DOWN, Cause.MONITOR_INDUCED)
    play.run(600, {**resting(), "relay_on": 1.0})
    assert play.standing.state is State.OK


def test_doubt_outweighs_weakness_and_fault_outweighs_doubt() -> None:
    play = proved().run(HOUR, blowing(7.7)).run(HOUR, resting(watts=0.0))
    assert play.standing.rule == "AC10"
    assert "AC4" in play.standing.reasons
    play = proved().run(HOUR, blowing(1)).run(HOUR, resting(watts=0.0))
    assert (play.standing.state, play.standing.rule) == (State.DOWN, "AC3")


def test_another_unit_learns_afresh() -> None:
    play = thermostat(unit(), 8).run(14 * HOUR, resting(26))
    assert [name for name, value in learned(play).items() if value is None] == ["heating_split", "heats_from"]
    play.judge.renew(UNIT, play.now)
    play.run(60, resting())
    assert set(learned(play).values()) == {None}
    assert play.standing.rule == "AC8"
