"""WD1–WD8 by examples, and that a restart changes nothing."""

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
LEVELS: dict[str, Signal] = {"water_low": 0.0, "leak": 0.0}
MAINS: Signal = lambda second: 225 + second % 420 / 100  # noqa: E731 a signal is a value here
HEATING: dict[str, Signal] = {"power": wave(800, 2, 4 * MINUTE, 40 * MINUTE), "voltage": MAINS}
WAITING: dict[str, Signal] = {"power": 2.0, "voltage": MAINS}
NOTHING: dict[str, Signal] = {"power": 0.0, "voltage": MAINS}


def water(*quantities: str, opening: Opening | None = None, **options: float | bool) -> Play:
    return Play("drinking_water", ["power", "voltage", *quantities], opening, **options)


def tank(second: float) -> float:
    """84 to 93 degrees, as the bursts of HEATING make it."""
    phase = second % (44 * MINUTE)
    return 84 + 9 * (phase / (4 * MINUTE) if phase < 4 * MINUTE else 1 - (phase - 4 * MINUTE) / (40 * MINUTE))


def with_tank() -> Play:
    return water("hot_water_temperature").run(5 * HOUR, {**HEATING, "hot_water_temperature": tank})


def test_water_that_heats_now_and_then_is_ok() -> None:
    play = water().run(30 * HOUR, HEATING)
    assert play.states == ["ok"]
    assert {proof.rule for proof in play.proofs} == {"WD1"}


def test_hot_water_seen_by_a_probe_is_proof_of_function() -> None:
    play = with_tank()
    assert play.states == ["ok"]
    assert play.standing.grade is Grade.E3
    assert {proof.rule for proof in play.proofs} == {"WD1", "WD1T"}


def test_a_tank_that_cools_is_down_from_when_it_was_too_cool() -> None:
    play = with_tank().run(2 * HOUR, {**WAITING, "hot_water_temperature": ramp(85, -20)})
    assert play.states == ["ok", "unknown WD2T", "down WD2T"]
    assert play.since("down WD2T") == pytest.approx(6.25 * HOUR, abs=61)
    assert (play.standing.cause, play.standing.grade) == (Cause.DEVICE_FAULT, Grade.E3)
    play.run(HOUR, {**HEATING, "hot_water_temperature": tank})
    assert play.standing.state is State.OK


def test_several_people_drawing_at_once_are_no_fault() -> None:
    play = with_tank().run(4 * MINUTE, {**HEATING, "power": 800.0, "hot_water_temperature": 57.0})
    play.run(HOUR, {**HEATING, "hot_water_temperature": tank})
    assert play.states == ["ok"]


def test_without_a_probe_a_long_pause_is_doubted_then_down() -> None:
    play = water().run(5 * HOUR, HEATING).run(3 * HOUR, WAITING)
    assert play.states == ["ok", "unknown WD2"]
    play.run(4 * HOUR, WAITING)
    assert play.states[-1] == "down WD2"
    assert play.since("down WD2") == pytest.approx(6.5 * HOUR, abs=121), "three usual pauses after a burst"
    play.run(HOUR, HEATING)
    assert play.standing.state is State.OK


def test_one_whose_pauses_are_not_known_is_given_a_day() -> None:
    play = water().run(HOUR, HEATING).run(22 * HOUR, WAITING)
    assert not [state for state in play.states if state.startswith("down")]
    play.run(4 * HOUR, WAITING)
    assert play.states[-1] == "down WD2"


@pytest.mark.parametrize(
    ("signals", "hours", "rule"),
    [
        ({"power": 900.0, "voltage": 225.0}, 0.7, "WD3"),
        ({"power": 0.0, "voltage": 225.0}, 2.2, "WD4"),
        ({**WAITING, "water_low": 1.0}, 0.3, "WD5"),
        ({**WAITING, "leak": 1.0}, 0.05, "WD6"),
    ],
)
def test_water_that_is_down_and_works_again(signals: dict[str, Signal], hours: float, rule: str) -> None:
    play = water("water_low", "leak").run(5 * HOUR, {**HEATING, **LEVELS})
    play.run(hours * HOUR, {**LEVELS, **signals})
    assert play.states[-1] == f"down {rule}"
    play.run(26 * HOUR, {**HEATING, **LEVELS})
    assert play.standing.state is State.OK


@pytest.mark.parametrize(("watts", "minutes"), [(400.0, 50.0), (600.0, 33.0), (2000.0, 9.0)])
def test_a_cold_tank_takes_its_time(watts: float, minutes: float) -> None:
    play = water().run(5 * HOUR, HEATING).run(minutes * MINUTE, {"power": watts, "voltage": 225.0})
    assert play.run(HOUR, WAITING).states == ["ok"]


def test_boiling_without_end_is_a_danger_within_ten_minutes() -> None:
    play = with_tank().run(12 * MINUTE, {"power": 900.0, "voltage": 225.0, "hot_water_temperature": 99.4})
    assert (play.standing.rule, play.standing.cause) == ("WD3B", Cause.DEVICE_FAULT)


def test_a_dry_tank_is_out_of_water_and_stays_so_while_it_boils_dry() -> None:
    play = water("water_low").run(5 * HOUR, {**HEATING, "water_low": 0.0})
    play.run(HOUR, {"power": 900.0, "voltage": 225.0, "water_low": 1.0})
    assert play.standing.state is State.DOWN
    play.run(5 * MINUTE, {**WAITING, "water_low": 0.0})
    assert {change.verdict.cause for change in play.changes if change.verdict.state is State.DOWN} == {Cause.CONSUMABLE}


def test_a_leak_is_not_over_when_it_is_mopped_up() -> None:
    play = water("leak").run(5 * HOUR, {**HEATING, "leak": 0.0}).run(HOUR, {**HEATING, "leak": 1.0})
    assert (play.standing.state, play.standing.rule) == (State.DOWN, "WD6")
    play.run(HOUR, {**HEATING, "leak": 0.0})
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "WD6R")
    play.judge.state("drinking_water-1", "no", play.now, play.now)
    assert play.standing.state is State.DOWN, "somebody says that it still leaks"


def test_a_leak_that_stays_dry_for_a_day_counts_as_seen_to() -> None:
    play = water("leak").run(5 * HOUR, {**HEATING, "leak": 0.0}).run(HOUR, {**HEATING, "leak": 1.0})
    assert play.run(23.5 * HOUR, {**HEATING, "leak": 0.0}).standing.state is State.UNKNOWN
    assert play.run(HOUR, {**HEATING, "leak": 0.0}).standing.state is State.OK


def test_a_splash_is_no_leak() -> None:
    play = water("leak").run(5 * HOUR, {**HEATING, "leak": 0.0}).run(20, {**HEATING, "leak": 1.0}, every_s=5)
    assert play.run(HOUR, {**HEATING, "leak": 0.0}).states == ["ok"]


@pytest.mark.parametrize(("idle", "rule", "cause"), [(2.0, "WD4", Cause.USER_ACTION), (0.0, "WD2", Cause.DEVICE_FAULT)])
def test_nothing_where_it_used_to_idle_is_a_plug(idle: float, rule: str, cause: Cause) -> None:
    play = water().run(5 * HOUR, {"power": wave(800, idle, 4 * MINUTE, 40 * MINUTE), "voltage": 225.0})
    play.run(7 * HOUR, NOTHING)
    assert (play.standing.state, play.standing.rule, play.standing.cause) == (State.DOWN, rule, cause)


def test_a_plug_is_doubted_within_a_quarter_and_down_once_the_water_cools() -> None:
    play = with_tank().run(HOUR, {**NOTHING, "hot_water_temperature": ramp(88, -10)})
    assert play.states == ["ok", "unknown WD4"]
    play.run(2.5 * HOUR, {**NOTHING, "hot_water_temperature": ramp(78, -10)})
    assert (play.states[-1], play.standing.cause) == ("down WD2T", Cause.USER_ACTION)


@pytest.mark.parametrize("probe", [True, False])
def test_our_own_relay_left_off_is_our_own_fault(probe: bool) -> None:
    felt = ("hot_water_temperature",) if probe else ()
    hot: dict[str, Signal] = {"hot_water_temperature": tank} if probe else {}
    play = water("relay_on", *felt).run(5 * HOUR, {**HEATING, **hot, "relay_on": 1.0})
    cooling: dict[str, Signal] = {"hot_water_temperature": ramp(88, -15)} if probe else {}
    play.run(2.5 * HOUR, {**NOTHING, **cooling, "relay_on": 0.0})
    assert (play.standing.state, play.standing.cause) == (State.DOWN, Cause.MONITOR_INDUCED)


def test_switched_off_by_a_timer_at_night_is_nobodys_fault() -> None:
    hours = Opening(start="09:00", end="10:00")
    night: dict[str, Signal] = {**NOTHING, "hot_water_temperature": ramp(88, -8)}
    for scheduled in (True, False):
        play = water("hot_water_temperature", opening=hours, off_when_closed=scheduled)
        play.run(HOUR, {**HEATING, "hot_water_temperature": tank}).run(8 * HOUR, night)
        assert ("down WD2T" in play.states) is not scheduled


def test_a_fault_that_still_holds_after_a_silence_decides_again() -> None:
    empty: dict[str, Signal] = {**WAITING, "water_low": 1.0, "leak": 0.0}
    play = water("water_low", "leak").run(5 * HOUR, {**HEATING, **LEVELS}).run(HOUR, empty)
    assert play.standing.rule == "WD5"
    play.quiet(2 * HOUR).run(120, empty)
    assert (play.standing.state, play.standing.rule) == (State.DOWN, "WD5")


def test_what_is_learned_of_a_unit_is_forgotten_with_it() -> None:
    play = with_tank()
    learned = {entry.name: value for entry, value in play.judge.yardstick("drinking_water-1").learned()}
    assert learned["heater_power"] == pytest.approx(800)
    assert learned["pause"] == pytest.approx(40, abs=1)
    assert learned["standby"] == pytest.approx(2)
    play.judge.renew("drinking_water-1", play.now)
    assert {value for _, value in play.judge.yardstick("drinking_water-1").learned()} == {None}


WIRED = ("power", "voltage", "hot_water_temperature", "water_low", "leak", "relay_on")
STATION = [FacilitySettings("drinking_water-1", "drinking_water", {}, frozenset(WIRED))]


def _stream(seed: int) -> list[Sample]:
    """Passages of everything that can happen to it, with silences."""
    chance = random.Random(seed)
    samples: list[Sample] = []
    now = START
    well: dict[str, Signal] = {**HEATING, **LEVELS, "hot_water_temperature": tank, "relay_on": 1.0}
    for _ in range(chance.randint(3, 7)):
        lasting = chance.choice([300.0, 1800.0, HOUR, 4 * HOUR])
        passage = well | chance.choice(
            [
                {},
                {},
                {"power": 2.0, "hot_water_temperature": ramp(85, -20)},
                {"power": 0.0, "hot_water_temperature": 50.0},
                {"power": 900.0, "hot_water_temperature": 99.0},
                {"water_low": 1.0},
                {"leak": 1.0},
                {"power": 0.0, "relay_on": 0.0},
            ]
        )
        skipped = chance.choice([None, None, None, "power", "leak", "hot_water_temperature"])
        samples += [one for one in played("drinking_water-1", now, lasting, passage, 60) if one.quantity != skipped]
        now += lasting + chance.choice([0.0, 0.0, 120.0, 2 * HOUR])
    return samples


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.floats(0, 1), max_size=6))
def test_a_restart_at_any_sample_changes_nothing(seed: int, cuts: list[float]) -> None:
    samples = _stream(seed)
    assert told(STATION, samples, places(samples, cuts)) == told(STATION, samples)
