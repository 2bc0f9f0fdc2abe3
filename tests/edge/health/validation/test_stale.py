"""SV2: a meter that repeats itself is no meter; one that has nothing to measure, or measures coarsely, is."""

import pytest

from shared.states import Cause, State
from tests.edge.play import HOUR, Play, Signal, wave

FRIDGE = ("power", "voltage", "cabinet_temperature")


def wavering(second: float) -> float:
    return 225 + second // 60 % 7 / 10


def coarse(second: float) -> float:
    return 225.0 + (second % (12 * HOUR) >= 6 * HOUR)


COLD: dict[str, Signal] = {
    "power": wave(110, 2, 900, 1800),
    "voltage": wavering,
    "cabinet_temperature": lambda second: 4 + second % 2700 / 2700,
}
STUCK: dict[str, Signal] = {**COLD, "power": lambda _: 110.0, "voltage": lambda _: 225.3}


def test_a_meter_that_repeats_itself_is_a_sensor_fault_from_when_it_began_to() -> None:
    play = Play("fridge", FRIDGE).run(6 * HOUR, COLD).run(1.9 * HOUR, STUCK)
    assert play.standing.state is State.OK
    play.run(0.3 * HOUR, STUCK)
    assert (play.standing.state, play.standing.rule, play.standing.cause) == (
        State.UNKNOWN,
        "SV2",
        Cause.SENSOR_FAULT,
    )
    assert play.since("unknown SV2") == pytest.approx(6 * HOUR, abs=130)


def test_it_is_believed_again_after_two_changes() -> None:
    play = Play("fridge", FRIDGE).run(6 * HOUR, COLD).run(3 * HOUR, STUCK)
    play.run(120, {**STUCK, "voltage": lambda _: 225.4})
    assert play.standing.rule == "SV2", "one change may be a meter that was pulled and put back"
    play.run(HOUR, COLD)
    assert play.standing.state is State.OK


@pytest.mark.parametrize(
    ("what", "signals", "hours"),
    [
        ("an unplugged fridge on a live socket", {**COLD, "power": lambda _: 0.0}, 6),
        ("a dead socket", {**COLD, "power": lambda _: 0.0, "voltage": lambda _: 0.0}, 6),
        ("a meter in steps of a volt", {**COLD, "power": lambda _: 0.0, "voltage": coarse}, 24),
    ],
)
def test_an_honest_meter_may_say_little(what: str, signals: dict[str, Signal], hours: float) -> None:
    play = Play("fridge", FRIDGE).run(hours * HOUR, {**signals, "cabinet_temperature": COLD["cabinet_temperature"]})
    assert "unknown SV2" not in play.states, what


def test_without_a_voltage_nobody_can_tell() -> None:
    play = Play("microwave", ["power"], full_power=1400.0).run(30 * HOUR, {"power": lambda _: 1.5})
    assert "unknown SV2" not in play.states


def test_a_silence_neither_counts_nor_clears() -> None:
    play = Play("fridge", FRIDGE).run(6 * HOUR, COLD).run(1.5 * HOUR, STUCK).quiet(HOUR).run(1.5 * HOUR, STUCK)
    assert "unknown SV2" not in play.states
    play.run(HOUR, STUCK).quiet(HOUR).run(600, STUCK).quiet(HOUR).run(600, STUCK)
    assert play.standing.rule == "SV2"
