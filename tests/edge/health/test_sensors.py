"""A sensor at fault makes nothing ok and nothing down, however it fails and whenever the agent restarts; and SV9."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.health.judge import FacilitySettings
from edge.health.verdict import Change
from edge.sampling import Sample
from shared.states import Cause, State
from tests.edge.play import HOUR, START, Play, Signal, places, played, told, wave

FRIDGE = FacilitySettings(
    "fridge-1",
    "fridge",
    {},
    frozenset({"power", "voltage", "current", "cabinet_temperature", "room_temperature", "door_open"}),
)
STRIP = FacilitySettings("outlets-1", "outlets", {}, frozenset({"voltage.1", "power.1", "current.1"}))
VALIDATION = ("SV1", "SV2", "SV3", "SV4", "SV7", "SV8", "SV8E", "SV10")


def inside(second: float) -> float:
    return 4 + second % 2700 / 2700


def room(second: float) -> float:
    return 24 + second % 900 / 3000


HEALTHY: dict[str, Signal] = {
    "power": wave(110, 2, 900, 1800),
    "voltage": 225.0,
    "current": wave(0.55, 0.02, 900, 1800),
    "cabinet_temperature": inside,
    "room_temperature": room,
    "door_open": 0.0,
}
FAULTS: dict[str, dict[str, Signal]] = {
    "silent": {"cabinet_temperature": lambda _: math.nan},
    "meter repeats": {"power": lambda _: 110.0, "voltage": lambda _: 225.2, "current": lambda _: 0.55},
    "probe stuck": {"cabinet_temperature": 4.0},
    "impossible": {"cabinet_temperature": 85.0},
    "probe out": {"cabinet_temperature": lambda second: room(second) + 0.1 * math.sin(second)},
    "meter contradicts itself": {"power": lambda second: 300.0 if second % 2700 < 900 else 2.0},
}


def broken(how: str, hours: float) -> Play:
    play = Play("fridge", sorted(FRIDGE.quantities)).run(9 * HOUR, HEALTHY)
    signals = {**HEALTHY, **FAULTS[how]}
    if how == "silent":
        del signals["cabinet_temperature"]
    return play.run(hours * HOUR, signals)


@pytest.mark.parametrize("how", FAULTS)
def test_a_sensor_at_fault_is_neither_ok_nor_down(how: str) -> None:
    play = broken(how, 9)
    assert (play.standing.state, play.standing.cause) == (State.UNKNOWN, Cause.SENSOR_FAULT)
    assert play.standing.rule in VALIDATION
    assert not [state for state in play.states if state.startswith(("down", "degraded"))]
    play.run(5 * HOUR, HEALTHY)
    assert play.standing.state is State.OK


@pytest.mark.parametrize("how", [how for how in FAULTS if how != "silent"])
def test_the_time_since_it_broke_is_not_ok_any_more(how: str) -> None:
    """It is found hours later; the minutes since then are nobody's."""
    play = broken(how, 9)
    last = play.changes[-1]
    assert last.since - START == pytest.approx(9 * HOUR, abs=HOUR)
    assert all(change.since <= last.since or change.verdict.state is State.UNKNOWN for change in play.changes)


def _stream(seed: int) -> list[Sample]:
    """A fridge and a socket through hours of sensors that fail in every way, with holes between."""
    chance = random.Random(seed)
    samples: list[Sample] = []
    now = START
    for _ in range(chance.randint(3, 7)):
        lasting = chance.choice([900.0, HOUR, 4 * HOUR, 9 * HOUR])
        how = chance.choice([None, *FAULTS])
        signals = {**HEALTHY, **(FAULTS[how] if how else {})}
        socket: dict[str, Signal] = {
            "voltage.1": chance.choice([225.0, 0.0, 243.0]),
            "power.1": chance.choice([0.0, 900.0, 1500.0]),
            "current.1": 4.0,
        }
        parts = [*played("fridge-1", now, lasting, signals, 60), *played("outlets-1", now, lasting, socket, 60)]
        samples += sorted((one for one in parts if not math.isnan(one.value)), key=lambda one: one.at)
        now += lasting + chance.choice([0.0, 0.0, 300.0, 2 * HOUR])
    return samples


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.floats(0, 1), max_size=6))
def test_a_restart_at_any_sample_changes_no_test_of_a_sensor(seed: int, cuts: list[float]) -> None:
    samples = _stream(seed)
    assert told([FRIDGE, STRIP], samples, places(samples, cuts)) == told([FRIDGE, STRIP], samples)


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_whatever_a_test_of_a_sensor_says_is_unknown(seed: int) -> None:
    for change in told([FRIDGE, STRIP], _stream(seed)):
        if isinstance(change, Change) and change.verdict.rule in VALIDATION:
            assert (change.verdict.state, change.verdict.cause) == (State.UNKNOWN, Cause.SENSOR_FAULT)


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000), again=st.lists(st.floats(0, 1), max_size=20))
def test_a_sample_that_comes_twice_is_one_sample(seed: int, again: list[float]) -> None:
    """SV9: duplicates within the same instant."""
    samples = _stream(seed)
    twice = {int(place * (len(samples) - 1)) for place in again}
    doubled = [copy for index, one in enumerate(samples) for copy in ([one, one] if index in twice else [one])]
    # What is said of two facilities at one moment has no order.
    assert sorted(told([FRIDGE, STRIP], doubled), key=repr) == sorted(told([FRIDGE, STRIP], samples), key=repr)


def test_what_comes_late_and_out_of_order_is_not_news() -> None:
    """SV9: a sample older than its channel's last one is not heard again."""
    play = Play("fridge", sorted(FRIDGE.quantities)).run(2 * HOUR, HEALTHY)
    before = play.standing
    for late_s in (31, 90, 250):
        play.judge.hear(Sample(play.now - 30 - late_s, "fridge-1", "cabinet_temperature", 30.0, 1))
    assert play.standing == before


@pytest.mark.parametrize("leap", [-3 * HOUR, -600.0, 3 * HOUR, 20 * 24 * HOUR])
def test_a_clock_that_leaps_makes_a_hole_and_no_fault(leap: float) -> None:
    """SV9: set back, or from the future; nothing that was in progress has a measurable duration."""
    play = Play("fridge", sorted(FRIDGE.quantities)).run(5 * HOUR, HEALTHY)
    play.now += leap
    play.run(8 * HOUR, HEALTHY)
    assert {state.partition(" ")[0] for state in play.states} <= {"ok", "unknown"}
    assert play.standing.state is State.OK
    assert not [change for change in play.changes if change.verdict.cause is Cause.SENSOR_FAULT]


def test_a_memory_of_sensors_is_bounded() -> None:
    play = Play("fridge", sorted(FRIDGE.quantities)).run(5 * 24 * HOUR, HEALTHY, every_s=60)
    before = len(play.judge.memory())
    play.run(20 * 24 * HOUR, HEALTHY, every_s=60)
    assert len(play.judge.memory()) < 1.1 * before
