"""MW5, AC4, AC6, AC10: nothing is drawn, too little is done, nothing runs. Doubt is unknown, never down."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.health.judge import FacilitySettings, Judge
from edge.health.verdict import Change, Proved
from edge.sampling import Sample
from shared.opening import Opening
from shared.states import Cause, Grade, State
from tests.edge.play import HOUR, START, Play, Signal, played, wave

MINUTE = 60.0
STANDBY: dict[str, Signal] = {"power": 1.5, "voltage": 225.0}
NOTHING: dict[str, Signal] = {"power": 0.0, "voltage": 225.0}
FULL: dict[str, Signal] = {"power": 1350.0, "voltage": 225.0}
MW5 = "unknown MW5"


def microwave(resting: dict[str, Signal] = STANDBY) -> Play:
    """A microwave that has proved itself and rested for eight hours."""
    play = Play("microwave", ["power", "voltage"], full_power=1400.0).run(600, resting)
    return play.run(90, FULL, every_s=1).run(8 * HOUR, resting)


def test_an_unplugged_microwave_is_not_ok_by_an_old_proof() -> None:
    play = microwave().run(23.9 * HOUR, NOTHING)
    assert play.standing.grade is Grade.E3
    play.run(HOUR, NOTHING)
    assert play.states[-1] == MW5
    assert play.since(MW5) == pytest.approx(8 * HOUR + 690, abs=31), "from when it was unplugged"
    assert play.standing.cause is Cause.UNKNOWN
    assert "请查看" in play.standing.why.zh


@pytest.mark.parametrize("again", [STANDBY, FULL])
def test_a_standby_or_a_use_ends_the_doubt(again: dict[str, Signal]) -> None:
    play = microwave().run(25 * HOUR, NOTHING).run(90, again, every_s=1)
    assert play.standing.state is State.OK


@pytest.mark.parametrize(
    ("what", "resting"),
    [
        ("never showed a standby", NOTHING),
        ("shows it now and then", {"power": wave(0.4, 0.0, 60, 60), "voltage": 225.0}),
    ],
)
def test_a_microwave_without_a_standby_is_believed(what: str, resting: dict[str, Signal]) -> None:
    assert MW5 not in microwave(resting).run(30 * HOUR, NOTHING).states, what


def test_a_display_that_goes_dark_to_save_power_is_no_doubt() -> None:
    play = Play("microwave", ["power", "voltage"], full_power=1400.0)
    for _ in range(12):
        play.run(90, FULL, every_s=1).run(HOUR, STANDBY).run(HOUR, NOTHING)
    play.run(30 * HOUR, NOTHING)
    assert play.states == ["ok"]


def test_holes_neither_count_nor_end_it_and_silence_stays_plain_unknown() -> None:
    play = microwave().run(23 * HOUR, NOTHING).quiet(4 * HOUR).run(0.9 * HOUR, NOTHING)
    assert play.standing.state is State.OK
    play.run(0.3 * HOUR, NOTHING)
    assert play.states[-1] == MW5
    play.quiet(120)
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, None)
    play.run(300, NOTHING)
    assert play.states[-1] == MW5


def test_where_only_the_voltage_falls_silent_it_is_still_doubted() -> None:
    play = microwave().run(25 * HOUR, NOTHING).run(HOUR, {"power": 0.0})
    assert play.standing.rule == "MW5"


def test_a_tripped_microwave_is_down_not_doubted() -> None:
    play = microwave().run(30, FULL, every_s=1).run(30 * HOUR, NOTHING)
    assert (play.standing.state, play.standing.rule) == (State.DOWN, "MW3T")


@pytest.mark.parametrize("kind", ["microwave", "air_conditioner"])
def test_a_dead_socket_is_no_evidence(kind: str) -> None:
    play = Play(kind, ["power", "voltage"]).run(HOUR, STANDBY).run(HOUR, {"power": 0.0, "voltage": 0.0})
    assert play.states == ["ok", "unknown"]
    assert play.run(HOUR, STANDBY).standing.state is State.OK


AC = ["power", "voltage", "room_temperature", "supply_temperature", "room_humidity"]


def blowing(split: float, room: float = 27.0, watts: float = 900.0) -> dict[str, Signal]:
    return {"power": watts, "room_temperature": room, "supply_temperature": room - split, "voltage": 225.0}


def resting(room: float = 25.0, watts: float = 2.2) -> dict[str, Signal]:
    return blowing(0.0, room, watts)


def test_a_split_held_for_five_minutes_proves_a_short_run() -> None:
    play = Play("air_conditioner", AC)
    play.run(3 * MINUTE, blowing(3)).run(4 * MINUTE, blowing(10))
    assert not play.proofs
    play.run(2 * MINUTE, blowing(10))
    assert [proof.rule for proof in play.proofs] == ["AC1"]
    play.run(HOUR, resting(17)).run(7 * MINUTE, blowing(-11, 18))
    assert [proof.rule for proof in play.proofs] == ["AC1", "AC2"]


def test_five_minutes_of_split_in_pieces_prove_nothing() -> None:
    play = Play("air_conditioner", AC)
    for _ in range(6):
        play.run(4 * MINUTE, blowing(10)).run(20 * MINUTE, blowing(10, watts=2.2))
    assert not play.proofs


def test_a_repaired_unit_with_short_runs_is_ok_again() -> None:
    play = Play("air_conditioner", AC).run(HOUR, blowing(1, 31.0))
    assert play.states[-1] == "down AC3"
    play.run(2 * HOUR, resting(26)).run(3 * MINUTE, blowing(5)).run(8 * MINUTE, blowing(11))
    assert play.standing.state is State.OK


@pytest.mark.parametrize(
    ("what", "signals", "minutes", "weak"),
    [
        ("half its cooling", blowing(5.5), 40, True),
        ("half its heating", blowing(-7, 15), 40, True),
        ("it touches the line", {**blowing(7.5), "supply_temperature": wave(18.8, 19.5, 60, 600)}, 40, True),
        ("not yet for long", blowing(5.5), 28, False),
        ("damp air", {**blowing(5.5), "room_humidity": 80.0}, 60, False),
        ("dry air", {**blowing(5.5), "room_humidity": 60.0}, 40, True),
        ("part load of an inverter", blowing(5.5, watts=400.0), 60, False),
    ],
)
def test_a_weak_unit_is_limited(what: str, signals: dict[str, Signal], minutes: float, weak: bool) -> None:
    play = Play("air_conditioner", AC).run(HOUR, blowing(11)).run(13 * HOUR, resting())
    play.run(minutes * MINUTE, signals)
    assert (play.states[-1] == "degraded AC4") is weak, what
    play.run(10 * MINUTE, blowing(11))
    assert play.standing.state is State.OK


def test_a_unit_that_blew_cold_this_morning_is_not_weak_now() -> None:
    play = Play("air_conditioner", AC).run(HOUR, blowing(11)).run(3 * HOUR, blowing(6))
    assert play.states == ["ok"]


@pytest.mark.parametrize(
    ("signals", "minutes", "asked"),
    [
        (resting(31), 70, True),
        (resting(10), 70, True),
        (resting(31), 50, False),
        (resting(28), 300, False),
        (blowing(0, 31, watts=80.0), 300, False),
    ],
)
def test_a_hot_or_cold_room_asks_why_it_does_not_run(signals: dict[str, Signal], minutes: float, asked: bool) -> None:
    play = Play("air_conditioner", AC).run(HOUR, blowing(11)).run(HOUR, resting()).run(minutes * MINUTE, signals)
    assert (play.states[-1] == "unknown AC6") is asked
    if asked:
        assert play.standing.cause is Cause.UNKNOWN
        assert "还是坏了" in play.standing.why.zh
    play.run(10 * MINUTE, blowing(11))
    assert play.standing.state is State.OK


def test_nobody_wants_it_to_run_while_the_station_is_closed() -> None:
    play = Play("air_conditioner", AC, Opening(start="09:00", end="10:00")).run(50 * MINUTE, blowing(11, 32))
    play.run(10 * HOUR, resting(32))
    assert play.states == ["ok"]


def test_an_air_conditioner_that_draws_nothing_where_it_idled_is_doubted() -> None:
    play = (
        Play("air_conditioner", AC).run(HOUR, blowing(11)).run(8 * HOUR, resting()).run(25 * HOUR, resting(watts=0.0))
    )
    assert play.states == ["ok", "unknown AC10"]
    assert play.since("unknown AC10") == pytest.approx(9 * HOUR, abs=31)
    assert play.run(HOUR, resting()).standing.state is State.OK


def test_doubt_outweighs_weakness_and_fault_outweighs_doubt() -> None:
    play = (
        Play("air_conditioner", AC).run(HOUR, blowing(5.5)).run(8 * HOUR, resting()).run(25 * HOUR, resting(watts=0.0))
    )
    assert play.standing.rule == "AC10"
    assert "AC4" in play.standing.reasons
    play = Play("air_conditioner", AC).run(HOUR, blowing(1)).run(8 * HOUR, resting()).run(25 * HOUR, resting(watts=0.0))
    assert (play.standing.state, play.standing.rule) == (State.DOWN, "AC3")


def test_a_supply_probe_that_fell_silent_proves_nothing() -> None:
    play = Play("air_conditioner", AC).run(4 * MINUTE, blowing(10))
    play.run(HOUR, {"power": 900.0, "room_temperature": 27.0, "voltage": 225.0})
    assert not play.proofs


STATION = [
    FacilitySettings("microwave-1", "microwave", {"standby_gone": 2.0}, frozenset({"power", "voltage"})),
    FacilitySettings("air_conditioner-1", "air_conditioner", {"standby_gone": 2.0}, frozenset(AC)),
]


def _stream(seed: int) -> list[Sample]:
    """Passages of all that makes doubt, after a long rest that teaches the standby."""
    chance = random.Random(seed)
    samples: list[Sample] = []
    now = START
    passages = [(7 * HOUR, STANDBY, resting())]
    for _ in range(chance.randint(3, 6)):
        lasting = chance.choice([600.0, HOUR, 3 * HOUR])
        oven = chance.choice([STANDBY, NOTHING, NOTHING, FULL])
        unit = chance.choice([resting(31), resting(watts=0.0), blowing(11), blowing(5.5), blowing(1)])
        passages.append((lasting, oven, unit))
    for lasting, oven, unit in passages:
        skipped = chance.choice([None, None, None, "power", "voltage", "supply_temperature"])
        parts = [
            *played("microwave-1", now, lasting, oven, 60),
            *played("air_conditioner-1", now, lasting, unit, 60),
        ]
        samples += sorted((one for one in parts if one.quantity != skipped), key=lambda sample: sample.at)
        now += lasting + chance.choice([0.0, 0.0, 120.0, HOUR])
    return samples


def _judged(samples: list[Sample], cuts: set[int]) -> list[Change | Proved]:
    judge = Judge(STATION)
    said: list[Change | Proved] = []
    for index, sample in enumerate(samples):
        if index in cuts:
            judge = Judge(STATION, None, judge.memory())
        judge.advance(sample.at)
        judge.hear(sample)
        said += judge.take()
    return said


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.floats(0, 1), max_size=6))
def test_a_restart_at_any_sample_changes_no_doubt(seed: int, cuts: list[float]) -> None:
    samples = _stream(seed)
    places = {int(cut * (len(samples) - 1)) for cut in cuts}
    assert _judged(samples, places) == _judged(samples, set())
