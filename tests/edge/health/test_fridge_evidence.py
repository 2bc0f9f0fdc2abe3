"""Which evidence decides about a fridge: probe against compressor, plug, relay, timer, cut, habit; and restarts."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.health.judge import FacilitySettings
from edge.sampling import Sample
from shared.opening import Opening
from shared.states import Cause, Grade, State
from tests.edge.play import HOUR, START, Play, Signal, places, played, ramp, told, wave

MINUTE = 60.0
WIRED = ("power", "cabinet_temperature", "voltage", "door_open", "relay_on")
CYCLE_S = 45 * MINUTE
BAD = ("degraded", "down")


def mains(second: float) -> float:
    return 225 + second % 420 / 100


def cycling(mean: float) -> Signal:
    """The air of a cabinet that is kept at this temperature."""
    return lambda second: (
        mean + 1.3 * (1 - second % 900 / 450 if second % CYCLE_S < 900 else second % CYCLE_S / 900 - 2)
    )


def compressor(second: float) -> float:
    return (110 if second % CYCLE_S < 900 else 2) + second % 70 / 100


WELL: dict[str, Signal] = {
    "power": compressor,
    "voltage": mains,
    "cabinet_temperature": cycling(4.0),
    "door_open": 0.0,
    "relay_on": 1.0,
}
NOTHING: dict[str, Signal] = {"power": 0.0, "voltage": mains}


def fridge(*without: str, opening: Opening | None = None, hours: float = 26, **options: float | bool) -> Play:
    """A fridge without these wires, watched for longer than a day."""
    play = Play("fridge", [name for name in WIRED if name not in without], opening, **options)
    return play.run(hours * HOUR, {name: signal for name, signal in WELL.items() if name not in without})


def spells(warm_s: float, cold_s: float) -> Signal:
    """Warm air now and then."""
    cold = cycling(3.7)
    return lambda second: 9.5 if second % (warm_s + cold_s) < warm_s else float(cold(second))  # type: ignore[operator]


def bad(play: Play) -> list[str]:
    return [state for state in play.states if state.startswith(BAD)]


def test_a_probe_that_says_warm_while_the_compressor_is_content_is_doubted_and_asked_about() -> None:
    play = fridge("door_open", "relay_on")
    warm: dict[str, Signal] = {"power": compressor, "voltage": mains, "cabinet_temperature": cycling(10.0)}
    play.run(5 * HOUR, warm)
    assert play.states[-1] == "unknown FR2"
    assert "FR2Q" in play.standing.reasons
    assert not [state for state in play.states if state.startswith("down")]
    play.judge.state("fridge-1", "no", play.now, play.now)
    assert (play.standing.state, play.standing.rule) == (State.DOWN, "FR2Q"), "it is not cold inside, somebody says"


def test_a_probe_that_says_frozen_while_the_compressor_is_content_is_doubted() -> None:
    play = fridge("door_open", "relay_on")
    play.run(6 * HOUR, {"power": compressor, "voltage": mains, "cabinet_temperature": cycling(-4.0)})
    assert "unknown FR2Q" in play.states
    assert not bad(play)


def test_short_warm_spells_add_up() -> None:
    play = Play("fridge", ["power", "cabinet_temperature"])
    play.run(24 * HOUR, {"power": compressor, "cabinet_temperature": spells(40 * MINUTE, 4 * HOUR)})
    assert bad(play) == ["degraded FR1C"], "3.5 hours a day in pieces under an hour"
    play.run(26 * HOUR, {"power": compressor, "cabinet_temperature": cycling(4.0)})
    assert play.standing.state is State.OK


@pytest.mark.parametrize(
    ("what", "warm_s", "cold_s"), [("a door", 8 * MINUTE, 20 * MINUTE), ("defrosts", 25 * MINUTE, 11.5 * HOUR)]
)
def test_what_is_short_or_seldom_does_not_add_up(what: str, warm_s: float, cold_s: float) -> None:
    play = Play("fridge", ["power", "cabinet_temperature"])
    play.run(48 * HOUR, {"power": compressor, "cabinet_temperature": spells(warm_s, cold_s)})
    assert not bad(play), what


def test_one_long_warm_spell_is_not_counted_twice() -> None:
    play = fridge("door_open", "relay_on").run(
        5 * HOUR, {"power": 112.0, "voltage": mains, "cabinet_temperature": cycling(11.0)}
    )
    assert play.standing.state is State.DOWN
    play.run(6 * HOUR, {name: WELL[name] for name in ("power", "voltage", "cabinet_temperature")})
    assert play.standing.state is State.OK
    assert "degraded FR1C" not in play.states


def test_a_defrost_of_low_power_is_known_by_the_compressors_own() -> None:
    play = fridge("door_open", "relay_on")
    for _ in range(3):
        play.run(30 * MINUTE, {"power": 205.0, "voltage": mains, "cabinet_temperature": ramp(4, 12)})
        play.run(20 * MINUTE, {"power": 110.0, "voltage": mains, "cabinet_temperature": ramp(10, -15)})
        play.run(3 * HOUR, {name: WELL[name] for name in ("power", "voltage", "cabinet_temperature")})
    assert play.states == ["ok"]


def test_a_relay_left_off_is_the_monitorings_doing_from_first_to_last() -> None:
    play = fridge("door_open").run(9 * HOUR, {**NOTHING, "relay_on": 0.0, "cabinet_temperature": ramp(4.5, 1.5)})
    assert {"unknown FR10", "down FR10"} <= set(play.states)
    assert {change.verdict.cause for change in play.changes if change.verdict.state is State.DOWN} == {
        Cause.MONITOR_INDUCED
    }
    play.run(HOUR, {"power": 112.0, "voltage": mains, "relay_on": 1.0, "cabinet_temperature": ramp(15, -4)})
    assert play.standing.cause is Cause.MONITOR_INDUCED, "cooling again, food still warm"


def test_a_relay_left_off_is_seen_without_any_other_wire() -> None:
    play = Play("fridge", ["relay_on"]).run(HOUR, {"relay_on": 1.0}).run(3 * HOUR, {"relay_on": 0.0})
    assert (play.standing.state, play.standing.cause) == (State.DOWN, Cause.MONITOR_INDUCED)


def test_unplugged_is_doubted_within_a_quarter_of_an_hour() -> None:
    play = fridge().run(
        20 * MINUTE, {**NOTHING, "cabinet_temperature": ramp(4.5, 1.5), "door_open": 0.0, "relay_on": 1.0}
    )
    assert play.states == ["ok", "unknown FR6"]


def test_without_a_probe_a_rest_far_beyond_the_usual_is_doubted_then_down() -> None:
    play = fridge("cabinet_temperature", "door_open", "relay_on").run(3 * HOUR, {"power": 2.0, "voltage": mains})
    assert not bad(play)
    assert play.standing.state is State.UNKNOWN
    play.run(HOUR, {"power": 2.0, "voltage": mains})
    assert (play.states[-1], play.standing.grade) == ("down FR3P", Grade.E1)
    assert "未监测温度" in play.standing.why.zh
    play.run(2 * HOUR, {"power": 112.0, "voltage": mains})
    assert play.standing.state is State.DOWN, "it runs, which is not yet cold"
    play.run(2 * HOUR, {"power": compressor, "voltage": mains})
    assert play.standing.state is State.OK


def test_without_a_probe_a_duty_unlike_its_own_is_no_indirect_evidence() -> None:
    play = fridge("cabinet_temperature", "door_open", "relay_on", hours=60)
    assert play.standing.grade is Grade.E2
    play.run(4 * HOUR, {"power": wave(110, 2, 40 * MINUTE, 5 * MINUTE), "voltage": mains})
    assert play.standing.grade is Grade.E1


def test_without_a_meter_the_temperature_alone_proves_and_condemns() -> None:
    play = Play("fridge", ["cabinet_temperature"]).run(6 * HOUR, {"cabinet_temperature": cycling(4.0)})
    assert play.states == ["ok"]
    assert {proof.rule for proof in play.proofs} == {"FR0T"}
    play.run(6 * HOUR, {"cabinet_temperature": cycling(11.0)})
    assert (play.states[-1], play.standing.cause) == ("down FR2", Cause.DEVICE_FAULT)


def test_an_inverter_that_runs_all_day_is_not_running_on_once_its_habit_is_known() -> None:
    inverter: dict[str, Signal] = {"power": lambda second: 40 + second % 700 / 100, "voltage": mains}
    play = Play("fridge", ["power", "voltage", "cabinet_temperature"])
    play.run(30 * HOUR, {**inverter, "cabinet_temperature": lambda second: 4.4 + second % 900 / 1800})
    play.run(6 * HOUR, {**inverter, "cabinet_temperature": lambda second: 7 + second % 900 / 1800})
    assert play.states == ["ok"]


def test_switched_off_by_a_timer_at_night_and_warm_in_the_morning() -> None:
    hours = Opening(start="09:00", end="17:00")
    play = Play("fridge", ["power", "voltage", "cabinet_temperature"], hours, off_when_closed=True)
    play.run(8 * HOUR, {name: WELL[name] for name in ("power", "voltage", "cabinet_temperature")})
    play.run(14 * HOUR, {**NOTHING, "cabinet_temperature": ramp(4.0, 0.6)})
    play.run(2.5 * HOUR, {"power": 110.0, "voltage": mains, "cabinet_temperature": ramp(11, -3)})
    assert not bad(play)
    warm = [change for change in play.changes if change.verdict.rule == "FR2"]
    assert [change.verdict.state for change in warm] == [State.UNKNOWN]
    assert play.run(HOUR, {**WELL, "cabinet_temperature": cycling(4.0)}).standing.state is State.OK


def test_a_long_power_cut_leaves_a_note_on_food_and_three_hours_of_patience() -> None:
    play = fridge("door_open", "relay_on").run(3 * HOUR, {"power": 0.0, "voltage": 0.0})
    play.run(2.5 * HOUR, {"power": 112.0, "voltage": mains, "cabinet_temperature": ramp(11, -0.5)})
    assert not bad(play)
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "FR2"), "warm, and nobody's fault yet"
    assert play.standing.cause is Cause.POWER_CUT
    assert "停电 3.0 小时" in play.standing.why.zh
    play.run(2 * HOUR, {"power": 112.0, "voltage": mains, "cabinet_temperature": cycling(10.0)})
    assert play.standing.state is State.DOWN
    assert play.since("down FR2C") == pytest.approx(32 * HOUR, abs=91), "patience is not counted"


def test_what_is_learned_of_a_unit_is_kept_over_a_restart_and_forgotten_with_the_unit() -> None:
    play = fridge("door_open", "relay_on", hours=30).off(600)
    learned = {entry.name: value for entry, value in play.judge.yardstick("fridge-1").learned()}
    assert learned["compressor_power"] == pytest.approx(110.3, abs=0.5)
    assert learned["rest_power"] == pytest.approx(2.3, abs=0.5)
    assert learned["duty"] == pytest.approx(1 / 3, abs=0.02)
    assert learned["temperature"] == pytest.approx(4.0, abs=0.4)
    assert learned["run"] == pytest.approx(15, abs=1)
    assert learned["rest"] == pytest.approx(30, abs=1)
    play.judge.renew("fridge-1", play.now)
    assert {value for _, value in play.judge.yardstick("fridge-1").learned()} == {None}


STATION = [FacilitySettings("fridge-1", "fridge", {}, frozenset(WIRED))]


def _stream(seed: int) -> list[Sample]:
    """Passages of everything that can happen to it, with silences."""
    chance = random.Random(seed)
    samples: list[Sample] = []
    now = START
    for _ in range(chance.randint(3, 7)):
        lasting = chance.choice([300.0, 1800.0, HOUR, 4 * HOUR])
        passage = WELL | chance.choice(
            [
                {},
                {},
                {"power": 112.0, "cabinet_temperature": cycling(10.0)},
                {"power": 2.0, "cabinet_temperature": ramp(4.5, 2.0)},
                {"power": wave(110, 2, 30, 120), "cabinet_temperature": ramp(4.5, 2.0)},
                {"power": 0.0, "cabinet_temperature": ramp(4.5, 2.0)},
                {"power": 0.0, "relay_on": 0.0},
                {"power": 112.0, "cabinet_temperature": cycling(-4.0)},
                {"power": 400.0, "cabinet_temperature": 9.0},
                {"door_open": 1.0, "cabinet_temperature": 12.0},
                {"power": 0.0, "voltage": 0.0},
            ]
        )
        skipped = chance.choice([None, None, None, "power", "door_open", "cabinet_temperature"])
        samples += [one for one in played("fridge-1", now, lasting, passage, 60) if one.quantity != skipped]
        now += lasting + chance.choice([0.0, 0.0, 120.0, 2 * HOUR])
    return samples


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.floats(0, 1), max_size=6))
def test_a_restart_at_any_sample_changes_nothing(seed: int, cuts: list[float]) -> None:
    samples = _stream(seed)
    assert told(STATION, samples, places(samples, cuts)) == told(STATION, samples)
