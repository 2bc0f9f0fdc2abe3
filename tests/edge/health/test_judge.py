"""Silence, holes, restarts and sensors: what the judge must never say."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.health.judge import FacilitySettings, Judge
from edge.health.limits import BadOption
from edge.health.options import OPTIONS
from edge.health.verdict import Change
from edge.sampling import Sample
from shared.facility import kinds
from shared.states import Cause, State
from tests.edge.play import HOUR, START, Play, Signal, places, played, told, wave

COLD: dict[str, Signal] = {
    "power": wave(110, 2, 900, 1800),
    "cabinet_temperature": lambda second: 4 + second % 2700 / 2700,
}
WARM: dict[str, Signal] = {**COLD, "cabinet_temperature": lambda second: 10 + second % 2700 / 2700}
WIRED = ("power", "cabinet_temperature")

STATION = [
    FacilitySettings("fridge-1", "fridge", {}, frozenset(WIRED)),
    FacilitySettings("microwave-1", "microwave", {"full_power": 1350.0}, frozenset({"power"})),
    FacilitySettings("outlets-1", "outlets", {}, frozenset({"voltage.1", "voltage.2", "breaker_tripped"})),
    FacilitySettings("room-1", "room", {}, frozenset({"room_temperature"})),
]


def test_before_the_first_sample_everything_is_unknown() -> None:
    judge = Judge(STATION)
    judge.advance(START)
    assert [judge.standing(name).state for name in judge.judged] == [State.UNKNOWN] * 3
    assert judge.judged == ("fridge-1", "microwave-1", "outlets-1"), "a room is watched, not judged"


@pytest.mark.parametrize("before", [COLD, WARM])
def test_silence_is_unknown_from_the_last_sample_on(before: dict[str, Signal]) -> None:
    play = Play("fridge", WIRED).run(5 * HOUR, before).quiet(300)
    assert play.states[-1] == "unknown"
    assert play.since("unknown") == 5 * HOUR - 30
    assert play.standing.cause is None


def test_one_silent_quantity_that_decides_is_enough() -> None:
    play = Play("fridge", WIRED).run(HOUR, COLD).run(300, {"power": 2.0})
    assert play.standing.state is State.UNKNOWN
    assert "箱内温度" in play.standing.why.zh


def test_a_channel_silent_for_long_is_a_sensor_fault_while_somebody_listens() -> None:
    play = Play("fridge", WIRED).run(HOUR, COLD).quiet(900)
    assert play.states[-1] == "unknown SV1"
    assert play.standing.cause is Cause.SENSOR_FAULT


def test_a_restart_after_a_hole_is_unknown_for_the_hole_and_nobodys_fault() -> None:
    play = Play("fridge", WIRED).run(2 * HOUR, COLD).off(3 * HOUR).run(HOUR, COLD)
    assert play.states == ["ok", "unknown", "ok"]
    assert play.since("unknown") == 2 * HOUR - 30
    assert play.since("ok") == 5 * HOUR


def test_a_fault_goes_on_after_a_hole_and_the_hole_stays_unknown() -> None:
    play = Play("fridge", WIRED).run(HOUR, COLD).run(6 * HOUR, WARM).off(2 * HOUR).run(HOUR, WARM)
    assert play.states[-3:] == ["down FR2", "unknown", "down FR2"]
    assert play.since("down FR2") == 9 * HOUR


def test_evidence_from_before_a_short_hole_counts_and_comes_in_pieces() -> None:
    play = Play("fridge", WIRED).run(HOUR, COLD).run(3 * HOUR, WARM).quiet(600).run(3 * HOUR, WARM)
    down = [change for change in play.changes if change.verdict.state is State.DOWN]
    assert [change.until is not None for change in down] == [True, False]
    assert down[0].until == START + 4 * HOUR - 30
    assert down[1].since == START + 4 * HOUR + 600


def test_slow_channels_are_given_their_time() -> None:
    play = Play("fridge", WIRED).run(24 * HOUR, COLD, every_s=300)
    assert play.states[-1] == "ok"
    assert play.standing.state is State.OK


def test_a_clock_set_back_is_a_hole() -> None:
    play = Play("fridge", WIRED).run(2 * HOUR, COLD)
    play.now -= HOUR
    play.run(HOUR, COLD)
    assert play.states == ["ok", "unknown", "ok"]


def test_an_unknown_option_is_refused_by_name() -> None:
    with pytest.raises(BadOption, match="legal_limt"):
        Judge([FacilitySettings("fridge-1", "fridge", {"legal_limt": 8.0}, frozenset(WIRED))])
    with pytest.raises(BadOption, match="inverter"):
        Judge([FacilitySettings("fridge-1", "fridge", {"inverter": 1.0}, frozenset(WIRED))])


def test_every_option_has_a_unit_or_is_a_share_and_a_source() -> None:
    assert set(OPTIONS) == {name for name, kind in kinds().items() if kind.decisive}
    for kind, options in OPTIONS.items():
        for name, option in options.items():
            assert option.source, f"{kind}.{name}"


def _stream(seed: int) -> list[Sample]:
    """A station's hours with faults, silences, garbage and holes."""
    chance = random.Random(seed)
    samples: list[Sample] = []
    now = START
    for _ in range(chance.randint(3, 8)):
        lasting = chance.choice([200.0, 1800.0, HOUR, 5 * HOUR])
        warm = chance.choice([COLD, WARM])
        skipped = chance.choice([None, None, "fridge-1", "microwave-1", "outlets-1"])
        volts = chance.choice([225.0, 225.0, 242.0, 0.0])
        parts = [
            *played("fridge-1", now, lasting, warm, 60),
            *played("microwave-1", now, lasting, {"power": chance.choice([1.0, 1350.0, 90.0])}, 60),
            *played("outlets-1", now, lasting, {"voltage.1": 225.0, "voltage.2": volts}, 60),
            *played("outlets-1", now, lasting, {"breaker_tripped": float(chance.random() < 0.2)}, 600),
        ]
        samples += sorted((one for one in parts if one.facility != skipped), key=lambda sample: sample.at)
        now += lasting + chance.choice([0.0, 0.0, 120.0, 2 * HOUR])
    return [
        sample if chance.random() > 0.01 else Sample(sample.at, sample.facility, sample.quantity, 999_999.0, 1)
        for sample in samples
    ]


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.floats(0, 1), max_size=6))
def test_a_restart_at_any_sample_changes_nothing(seed: int, cuts: list[float]) -> None:
    samples = _stream(seed)
    assert told(STATION, samples, places(samples, cuts)) == told(STATION, samples)


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_no_state_is_claimed_over_a_silence(seed: int) -> None:
    samples = _stream(seed)
    changes = [said for said in told(STATION, samples) if isinstance(said, Change)]
    for facility in ("fridge-1", "microwave-1", "outlets-1"):
        own = [change for change in changes if change.facility == facility]
        heard = [one.at for one in samples if one.facility == facility and one.value < 99_999]
        for first, then in pairwise(heard):
            if then - first < 2000:
                continue
            held = [change for change in own if change.until is None and change.since <= first]
            claimed = [change for change in own if change.until is None and first < change.since < then]
            claimed += [one for one in own if one.until is not None and one.since < then and one.until > first]
            assert all(change.verdict.state is State.UNKNOWN for change in claimed), facility
            assert held[-1].verdict.state is State.UNKNOWN, facility


def test_a_sensor_found_silent_stays_so_over_a_restart() -> None:
    play = Play("fridge", WIRED).run(HOUR, COLD).quiet(900).off(2 * HOUR).quiet(900)
    assert play.states == ["ok", "unknown", "unknown SV1"]


def test_two_lines_a_little_out_of_step_lose_nothing() -> None:
    play = Play("fridge", WIRED)
    for second in range(0, 3600, 30):
        play.hear(Sample(START + second + 0.4, "fridge-1", "power", 2.0, 1))
        play.judge.hear(Sample(START + second + 0.1, "fridge-1", "cabinet_temperature", 4.0, 1))
    assert play.standing.state is State.OK
    play.judge.hear(Sample(START + 3400, "fridge-1", "cabinet_temperature", 30.0, 1))
    assert play.standing.values["cabinet_temperature"] == 4.0, "an old sample is not news"
