"""Microwave MW1–MW7: uses that heat, stay cold, trip and fade; a standby that is missed; doubt before a 10."""

import pytest

from edge.health.verdict import Asked
from shared.opening import Opening
from shared.states import Cause, Grade, State
from tests.edge.play import HOUR, Play, Signal, wave

DAY = 24 * HOUR
STANDBY: dict[str, Signal] = {"power": 1.5, "voltage": 220.0}
NOTHING: dict[str, Signal] = {"power": 0.0, "voltage": 220.0}
FULL = 1350.0


def fresh(*quantities: str, opening: Opening | None = None, **options: float) -> Play:
    """One that stands by; nobody has used it."""
    return Play("microwave", ["power", "voltage", *quantities], opening, **options).run(600, STANDBY)


def cook(play: Play, watts: float, times: int = 1, after: dict[str, Signal] = STANDBY) -> Play:
    for _ in range(times):
        play.run(90, {"power": watts, "voltage": 220.0}, every_s=1).run(600, after)
    return play


def proved(rest_h: float = 14, resting: dict[str, Signal] = STANDBY) -> Play:
    """One that has heated, and whose standby, if it has one, is known."""
    return cook(fresh(full_power=1400), FULL, after=resting).run(rest_h * HOUR, resting)


def asked(play: Play) -> list[str]:
    return [said.rule for said in play.said if isinstance(said, Asked)]


def test_one_that_nobody_used_is_not_ok_and_asks_for_a_cup_of_water() -> None:
    play = fresh(full_power=1400).run(13.9 * DAY, STANDBY)
    assert (play.states, play.standing.grade) == (["ok"], Grade.E1)
    play.run(0.2 * DAY, STANDBY)
    assert play.states == ["ok", "unknown MW6"]
    assert asked(play) == ["MW6"]
    assert "一杯水" in play.standing.why.zh
    cook(play, FULL)
    assert play.states[-1] == "ok"
    assert [(proof.rule, proof.grade) for proof in play.proofs] == [("MW1", Grade.E3)]


def test_a_use_before_full_power_is_learned_is_a_use() -> None:
    play = cook(fresh().run(10 * DAY, STANDBY), FULL).run(10 * DAY, STANDBY)
    assert "unknown MW6" not in play.states
    assert not play.proofs, "but it proves nothing yet"
    play.run(4.1 * DAY, STANDBY)
    assert play.states[-1] == "unknown MW6"
    assert "14 天没有见到它加热" in play.standing.why.zh


def test_a_proof_lasts_a_fortnight() -> None:
    play = proved(13.9 * 24)
    assert play.standing.grade is Grade.E3
    play.run(0.2 * DAY, STANDBY)
    assert play.states[-1] == "unknown MW6"
    assert play.since("unknown MW6") == pytest.approx(14 * DAY + 690, abs=HOUR)


def test_it_learns_its_full_power() -> None:
    play = cook(fresh(), FULL, 2)
    assert not play.proofs
    assert cook(play, FULL, 2).proofs
    assert _learned(play)["full_power"] == pytest.approx(FULL)


def test_a_cold_use_is_doubted_at_once_and_three_are_down_from_the_first() -> None:
    play = proved(1)
    began = play.now
    cook(play, 90)
    assert play.states[-1] == "unknown MW2D"
    assert asked(play)[-1] == "MW2D"
    assert play.changes[-1].since == began
    cook(play, 90, 2)
    assert play.states[-1] == "down MW2"
    assert play.changes[-1].since == began
    cook(play, FULL)
    assert play.standing.state is State.OK


def test_a_no_makes_a_cold_use_down_from_its_beginning() -> None:
    play = cook(proved(1), 90)
    play.judge.state("microwave-1", "no", play.now, play.now)
    play.run(60, STANDBY)
    assert (play.standing.state, play.standing.rule) == (State.DOWN, "MW2D")
    assert play.since("down MW2D") == play.since("unknown MW2D")
    assert cook(play, FULL).standing.state is State.OK


@pytest.mark.parametrize(
    ("what", "watts"),
    [
        ("the lamp of an open door", 22.0),
        ("bursts of a low setting", wave(FULL, 45, 8, 20)),
        ("an inverter on a low setting", 450.0),
    ],
)
def test_what_is_no_cold_use(what: str, watts: Signal) -> None:
    play = proved(1)
    for _ in range(4):
        play.run(120, {"power": watts, "voltage": 220.0}, every_s=1).run(600, STANDBY)
    assert play.states[-1] == "ok", what


@pytest.mark.parametrize(
    ("signals", "every_s", "rule"),
    [({"power": 1900.0, "voltage": 220.0}, 1.0, "MW3"), (NOTHING, 10.0, "MW3T")],
)
def test_overdraw_and_trip_are_down(signals: dict[str, Signal], every_s: float, rule: str) -> None:
    play = proved().run(30, {"power": FULL, "voltage": 220.0}, every_s=1)
    play.run(300, signals, every_s)
    assert (play.standing.state, play.standing.rule) == (State.DOWN, rule)


def test_a_trip_is_doubted_before_it_is_sure() -> None:
    play = proved().run(30, {"power": FULL, "voltage": 220.0}, every_s=1).run(60, NOTHING, 10)
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "MW3T")


def test_what_drew_too_much_is_down_until_it_is_used_again_and_holds() -> None:
    play = proved().run(20, {"power": 1900.0, "voltage": 220.0}, every_s=1).run(5 * HOUR, STANDBY)
    assert play.standing.rule == "MW3"
    assert cook(play, FULL).standing.state is State.OK


def test_an_overdraw_that_blows_the_fuse_is_seen_without_a_standby() -> None:
    play = proved(40, NOTHING).run(3, {"power": 1900.0, "voltage": 220.0}, every_s=2).run(300, NOTHING, 10)
    assert (play.standing.state, play.standing.rule) == (State.DOWN, "MW3T")


def test_a_meter_that_goes_silent_while_cooking_is_unknown_not_down() -> None:
    play = proved().run(30, {"power": FULL, "voltage": 220.0}, every_s=1).quiet(600)
    assert play.standing.state is State.UNKNOWN


def test_a_microwave_that_tripped_is_still_tripped_after_a_silence() -> None:
    play = proved().run(30, {"power": FULL, "voltage": 220.0}, every_s=1).run(300, NOTHING, 10.0)
    assert play.standing.state is State.DOWN
    play.quiet(2 * HOUR).run(300, NOTHING, 10.0)
    assert play.standing.state is State.DOWN


@pytest.mark.parametrize(
    ("watts", "uses", "state"),
    [
        (0.92 * FULL, 8, "ok"),
        (0.8 * FULL, 1, "ok"),
        (0.8 * FULL, 2, "unknown MW4D"),
        (0.8 * FULL, 6, "degraded MW4"),
        (0.7 * FULL, 2, "unknown MW4D"),
        (0.7 * FULL, 3, "down MW4"),
    ],
)
def test_a_fading_input_is_doubted_then_limited_then_down(watts: float, uses: int, state: str) -> None:
    """1350 W warm a litre by 11.6 K a minute; at 70 % of them by 6.2 K, less than the 6.9 K of the test."""
    play = cook(cook(fresh(), FULL, 13), watts, uses)
    assert play.states[-1] == state
    cook(play, FULL, 2)
    assert play.standing.state is State.OK


def test_fading_is_dated_back_to_the_first_low_use() -> None:
    play = cook(fresh(), FULL, 13)
    began = play.now
    cook(play, 0.7 * FULL, 3)
    assert play.changes[-1].since == pytest.approx(began, abs=2)


@pytest.mark.parametrize("volts", [198.0, 235.0])
def test_a_supply_within_its_band_is_no_fading(volts: float) -> None:
    play = cook(fresh(), FULL, 13)
    for _ in range(8):
        play.run(90, {"power": FULL * volts / 220, "voltage": volts}, every_s=1).run(600, STANDBY)
    assert play.states[-1] == "ok"


def test_an_oven_whose_settings_draw_all_kinds_of_power_cannot_be_told_to_fade() -> None:
    play = fresh(full_power=1400)
    for watts in (700.0, 1350.0, 1000.0, 1350.0, 600.0) * 6:
        cook(play, watts)
    assert play.states[-1] == "ok"


def test_an_unplugged_microwave_is_not_ok_by_an_old_proof() -> None:
    play = proved()
    began = play.now
    play.run(6 * 60, NOTHING)
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "MW5"), "a visit in five minutes meets no 10"
    assert "MW5" not in asked(play)
    play.run(30 * 60, NOTHING)
    assert asked(play)[-1] == "MW5"
    assert play.changes[-1].since == pytest.approx(began, abs=31), "from when it was unplugged"
    assert play.standing.cause is Cause.USER_ACTION
    assert "请查看" in play.standing.why.zh
    play.run(14 * HOUR, NOTHING)
    assert play.standing.rule == "MW5", "still the morning after"


@pytest.mark.parametrize("again", [STANDBY, {"power": FULL, "voltage": 220.0}])
def test_a_standby_or_a_use_ends_the_doubt(again: dict[str, Signal]) -> None:
    assert proved().run(HOUR, NOTHING).run(90, again, every_s=1).standing.state is State.OK


def test_a_display_that_goes_dark_by_itself_is_doubted_three_times_then_known() -> None:
    play = proved()
    for _ in range(4):
        play.run(2 * HOUR, NOTHING).run(2 * HOUR, STANDBY)
    assert play.states.count("unknown MW5") == 3
    play.run(5.9 * HOUR, NOTHING)
    assert play.standing.state is State.OK
    play.run(0.8 * HOUR, NOTHING)
    assert play.standing.rule == "MW5", "longer than three of its own pauses"


@pytest.mark.parametrize(
    ("what", "resting"),
    [
        ("never showed a standby", NOTHING),
        ("shows it now and then", {"power": wave(0.4, 0.0, 60, 60), "voltage": 220.0}),
    ],
)
def test_a_microwave_without_a_standby_is_believed(what: str, resting: dict[str, Signal]) -> None:
    assert proved(30, resting).run(30 * HOUR, NOTHING).states == ["ok"], what


def test_without_a_standby_uses_that_do_not_come_are_missed() -> None:
    play = fresh(full_power=1400, opening=Opening(start="09:00", end="17:00"))  # it begins at nine in the morning
    for _ in range(6):
        for _ in range(8):
            cook(play, FULL, after=NOTHING)
            play.run(1710, NOTHING)
        play.run(DAY - 8 * 2400, NOTHING)
    assert play.standing.state is State.OK
    play.run(2 * HOUR, NOTHING)
    assert play.standing.state is State.OK
    play.run(3 * HOUR, NOTHING)
    assert play.states[-1] == "unknown MW5U"
    assert cook(play, FULL, after=NOTHING).standing.state is State.OK


def test_holes_neither_count_nor_end_it_and_silence_stays_plain_unknown() -> None:
    play = proved().run(20 * 60, NOTHING).quiet(600).run(9 * 60, NOTHING)
    assert asked(play)[-1:] != ["MW5"]
    play.run(5 * 60, NOTHING)
    assert asked(play)[-1] == "MW5"
    play.quiet(120)
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, None)
    play.run(300, NOTHING)
    assert play.states[-1] == "unknown MW5"


def test_where_only_the_voltage_falls_silent_it_is_still_doubted() -> None:
    play = proved().run(HOUR, NOTHING).run(HOUR, {"power": 0.0})
    assert play.standing.rule == "MW5"


def test_a_tripped_microwave_is_down_not_doubted() -> None:
    play = proved().run(30, {"power": FULL, "voltage": 220.0}, every_s=1).run(3 * HOUR, NOTHING)
    assert (play.standing.state, play.standing.rule) == (State.DOWN, "MW3T")


def test_our_own_relay_left_off_is_our_own_fault() -> None:
    play = fresh("relay_on", full_power=1400).run(600, {**STANDBY, "relay_on": 1.0})
    play.run(600, {"power": 0.0, "voltage": 220.0, "relay_on": 0.0})
    assert (play.standing.state, play.standing.cause) == (State.DOWN, Cause.MONITOR_INDUCED)
    play.run(600, {**STANDBY, "relay_on": 1.0})
    assert play.standing.rule is None


def test_another_oven_learns_afresh() -> None:
    play = cook(fresh(), FULL, 13)
    assert all(value is not None for entry, value in _learned(play).items() if entry in ("full_power", "baseline"))
    play.judge.renew("microwave-1", play.now)
    play.run(60, STANDBY)
    assert _learned(play) == {"full_power": None, "baseline": None, "spread": None, "standby": None, "uses": None}
    assert play.standing.grade is Grade.E1
    assert cook(play, 700, 4).standing.state is State.OK, "a smaller oven is no faded one"


def test_a_baseline_says_how_long_it_takes() -> None:
    learns = proved().judge.yardstick("microwave-1").rules.learns
    assert all(entry.takes.zh and entry.takes.en and entry.label.zh for entry in learns)


def _learned(play: Play) -> dict[str, float | None]:
    return {entry.name: value for entry, value in play.judge.yardstick("microwave-1").learned()}
