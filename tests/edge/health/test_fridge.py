"""FR1–FR9 by examples: a signal, and what must be said of it."""

import pytest

from shared.opening import Opening
from shared.states import Cause, Grade, State
from tests.edge.play import HOUR, Play, Signal, ramp, wave

WIRED = ("power", "cabinet_temperature", "voltage", "door_open")
CYCLES = wave(110, 2, 15 * 60, 30 * 60)
COLD: dict[str, Signal] = {"power": CYCLES, "cabinet_temperature": 4.0, "voltage": 225.0}


def fridge(**options: float | bool) -> Play:
    return Play("fridge", WIRED, **options)


def settled() -> Play:
    """A fridge that has run well for six hours, its probe moving as probes do."""
    return fridge().run(6 * HOUR, {**COLD, "cabinet_temperature": lambda second: 4 + second % 2700 / 2700})


def test_a_cold_fridge_is_ok_and_proves_it() -> None:
    play = settled()
    assert play.states == ["ok"]
    assert play.standing.grade is Grade.E2
    assert play.proofs[0].rule == "FR0"
    assert len(play.proofs) == 1, "the same proof is not said every half minute"


def test_a_warm_fridge_is_doubted_then_limited_then_down_from_when_its_food_was_warm() -> None:
    play = settled().run(8 * HOUR, {**COLD, "cabinet_temperature": 10.0})
    assert play.states == ["ok", "unknown FR1", "degraded FR1", "unknown FR2", "down FR2"]
    assert play.since("unknown FR1") == play.since("degraded FR1"), "a visit meets no ok while it is not yet sure"
    assert 6 * HOUR < play.since("degraded FR1") < 6.5 * HOUR, "the air warms first"
    assert 7.5 * HOUR < play.since("down FR2") < 8.2 * HOUR, "the food's core follows two hours behind"
    limited, down = play.changes[2], play.changes[-1]
    assert limited.confirmed_at - limited.since == pytest.approx(HOUR, abs=31)
    assert down.confirmed_at - down.since == pytest.approx(3 * HOUR, abs=31)
    assert "10.0" in play.standing.why.zh
    assert down.verdict.limits["legal_limit"] == 8.0


def test_a_compressor_that_runs_on_makes_warm_food_sure_within_half_an_hour() -> None:
    play = settled().run(5 * HOUR, {"power": 112.0, "voltage": 225.0, "cabinet_temperature": 11.0})
    assert play.states[-1] == "down FR2C"
    down = play.changes[-1]
    assert down.confirmed_at - down.since == pytest.approx(HOUR / 2, abs=61)
    assert down.verdict.values["core_temperature"] > 8


def test_it_is_ok_again_only_after_staying_cold() -> None:
    play = settled().run(6 * HOUR, {**COLD, "cabinet_temperature": 10.0})
    play.run(0.9 * HOUR, {**COLD, "cabinet_temperature": 4.0})
    assert play.standing.state is State.DOWN
    play.run(2 * HOUR, {**COLD, "cabinet_temperature": lambda second: 4 + second % 600 / 600})
    assert play.standing.state is State.OK


@pytest.mark.parametrize(
    ("what", "signals", "hours"),
    [
        ("defrost to 9 degrees", {"power": wave(400, 400, 20 * 60, 1), "cabinet_temperature": 9.0}, 0.4),
        ("a short warm spell", {**COLD, "cabinet_temperature": 11.0}, 0.9),
        ("a fridge with no display", {**COLD, "power": wave(110, 0, 900, 1800)}, 24),
        ("a long rest in a cold room", {**COLD, "power": wave(110, 0.3, 900, 3 * HOUR)}, 24),
    ],
)
def test_confusing_but_healthy(what: str, signals: dict[str, Signal], hours: float) -> None:
    play = settled().run(hours * HOUR, signals)
    play.run(HOUR, {**COLD, "cabinet_temperature": 4.2})
    assert not [state for state in play.states if state.startswith(("degraded", "down"))], what


def test_a_compressor_that_does_not_start_is_doubted_then_down_and_not_for_the_time_food_was_cold() -> None:
    play = settled().run(5 * HOUR, {"power": 2.0, "voltage": 225.0, "cabinet_temperature": ramp(4.5, 0.6)})
    assert play.states == ["ok", "unknown FR3", "down FR3"]
    assert play.standing.cause is Cause.DEVICE_FAULT
    assert play.since("unknown FR3") == pytest.approx(7 * HOUR, abs=15 * 60), "from when it should have started"
    assert play.since("down FR3") == pytest.approx(10 * HOUR, abs=15 * 60), "food is at 6 degrees and warming"


def test_a_fridge_cut_off_at_night_by_schedule_is_not_broken() -> None:
    hours = Opening(start="09:00", end="10:00")
    night: dict[str, Signal] = {"power": 2.0, "voltage": 225.0, "cabinet_temperature": ramp(4.5, 0.5)}
    for scheduled in (True, False):
        play = Play("fridge", WIRED, hours, off_when_closed=scheduled).run(6 * HOUR, COLD).run(6 * HOUR, night)
        assert ("down FR3" in play.states) is not scheduled


def test_running_on_without_getting_cold_is_limited() -> None:
    play = settled().run(4 * HOUR, {"power": 112.0, "voltage": 225.0, "cabinet_temperature": ramp(6.5, 0.1)})
    assert "degraded FR4" in play.states


def test_pull_down_after_a_start_is_not_running_on() -> None:
    play = fridge().run(5 * HOUR, {"power": 112.0, "voltage": 225.0, "cabinet_temperature": ramp(7.9, -0.5)})
    assert play.states == ["ok"]


def test_hard_starts_are_doubted_at_once_and_down_after_two_hours() -> None:
    failing: dict[str, Signal] = {"power": wave(110, 2, 60, 6 * 60), "voltage": 225.0}
    play = settled().run(1.5 * HOUR, {**failing, "cabinet_temperature": ramp(5, 1)})
    assert play.states == ["ok", "unknown FR5"]
    play.run(1.5 * HOUR, {**failing, "cabinet_temperature": ramp(6.5, 1)})
    assert "down FR5" in play.states


def test_an_unplugged_fridge_is_a_persons_doing() -> None:
    play = settled().run(4 * HOUR, {"power": 0.0, "voltage": 225.0, "cabinet_temperature": ramp(4.5, 0.6)})
    assert "down FR6" in play.states
    assert play.standing.cause in (Cause.USER_ACTION, Cause.DEVICE_FAULT)


def test_freezing_is_limited_once_food_freezes() -> None:
    icy: Signal = lambda second: -4 - second % 600 / 600  # noqa: E731 a signal is a value here
    play = settled().run(3 * HOUR, {**COLD, "power": 112.0, "cabinet_temperature": icy})
    assert play.states[-1] == "degraded FR7"
    assert play.since("degraded FR7") == pytest.approx(7.7 * HOUR, abs=HOUR / 4)
    play.run(3 * HOUR, {**COLD, "cabinet_temperature": lambda second: 4 + second % 600 / 600})
    assert play.standing.state is State.OK


def test_an_open_door_is_use_then_a_users_fault() -> None:
    play = settled().run(0.9 * HOUR, {**COLD, "cabinet_temperature": 11.0, "door_open": 1.0})
    assert play.states == ["ok"]
    play.run(1.5 * HOUR, {**COLD, "cabinet_temperature": 11.0, "door_open": 1.0})
    assert play.states[-1] == "down FR2C"
    assert play.standing.cause is Cause.USER_ACTION
    assert "门开着" in play.standing.why.zh


@pytest.mark.parametrize(
    ("signals", "states"),
    [
        ({"power": 112.0, "cabinet_temperature": ramp(6.5, 0.1)}, {"degraded FR4"}),
        ({"power": 112.0, "cabinet_temperature": 10.0}, {"degraded FR1", "down FR2C"}),
    ],
)
@pytest.mark.parametrize(("open_share", "cause"), [(0.8, Cause.USER_ACTION), (0.1, Cause.DEVICE_FAULT)])
def test_a_door_open_most_of_the_time_is_a_persons_doing(
    signals: dict[str, Signal], states: set[str], open_share: float, cause: Cause
) -> None:
    door = wave(1.0, 0.0, open_share * 300, (1 - open_share) * 300)
    play = settled().run(6 * HOUR, {"voltage": 225.0, "door_open": door, **signals})
    assert states <= set(play.states)
    assert play.standing.cause is cause


def test_a_warm_fridge_that_draws_nothing_is_unplugged_whichever_rule_speaks_first() -> None:
    play = settled().run(2.2 * HOUR, {"power": 0.0, "voltage": 225.0, "cabinet_temperature": 11.0})
    assert (play.standing.state, play.standing.cause) == (State.DOWN, Cause.USER_ACTION)
    play.run(HOUR / 4, {"power": 112.0, "voltage": 225.0, "cabinet_temperature": 9.0})
    assert (play.standing.state, play.standing.cause) == (State.DOWN, Cause.USER_ACTION), "plugged in, food still warm"


def test_recovery_after_the_power_came_back_is_not_held_against_it() -> None:
    play = settled().run(120, {"voltage": 0.0, "power": 0.0})
    play.run(2.5 * HOUR, {"power": 112.0, "voltage": 225.0, "cabinet_temperature": 11.0})
    assert not [state for state in play.states if state.startswith(("degraded", "down"))]
    play.run(5 * HOUR, {"power": 112.0, "voltage": 225.0, "cabinet_temperature": 11.0})
    assert play.standing.state is State.DOWN


def test_without_a_probe_cycles_are_evidence_and_temperature_is_said_to_be_unobserved() -> None:
    play = Play("fridge", ["power"]).run(8 * HOUR, {"power": CYCLES})
    assert play.states == ["ok"]
    assert play.standing.grade is Grade.E2
    assert "未监测温度" in play.standing.why.zh
    assert play.proofs[0].rule == "FR0P"
    play.run(7 * HOUR, {"power": 110.0})
    assert play.states[-1] == "degraded FR4P"


def test_a_stuck_probe_is_a_sensor_fault_never_ok_and_never_down() -> None:
    play = settled().run(8 * HOUR, COLD)
    assert play.standing.state is State.UNKNOWN
    assert (play.standing.rule, play.standing.cause) == ("SV3", Cause.SENSOR_FAULT)
    assert play.since("unknown SV3") < 6.1 * HOUR, "from when it stopped moving"


def test_a_stuck_probe_in_a_dead_fridge_is_not_cold() -> None:
    play = settled().run(9 * HOUR, {**COLD, "power": 2.0})
    assert play.standing.state is State.UNKNOWN


def test_start_codes_of_the_probe_are_a_sensor_fault() -> None:
    play = settled().run(HOUR, {**COLD, "cabinet_temperature": 85.0})
    assert play.standing.state is State.UNKNOWN
    assert play.standing.cause is Cause.SENSOR_FAULT
    play.run(4 * HOUR, {**COLD, "cabinet_temperature": lambda second: 4 + second % 2700 / 2700})
    assert play.standing.state is State.OK


def test_one_spike_is_not_heard() -> None:
    play = settled()
    play.run(30, {**COLD, "cabinet_temperature": 25.0})
    play.run(60, COLD)
    assert play.standing.state is State.OK
    assert play.judge.standing("fridge-1").values["cabinet_temperature"] == 4.0
