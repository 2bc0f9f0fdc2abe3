"""SV8: a meter that contradicts itself, at once or over the day, measures nothing."""

import pytest

from shared.states import Cause, State
from tests.edge.play import HOUR, Play, Signal, wave

SOCKET = ("voltage.1", "power.1", "current.1")
IDLE: dict[str, Signal] = {"voltage.1": 225.0, "power.1": 0.0, "current.1": 0.0}
RIGHT: dict[str, Signal] = {"voltage.1": 225.0, "power.1": 900.0, "current.1": 4.1}


def load(power: float, current: float, factor: float | None = None) -> dict[str, Signal]:
    signals: dict[str, Signal] = {"voltage.1": 225.0, "power.1": power, "current.1": current}
    return signals if factor is None else {**signals, "power_factor.1": factor}


@pytest.mark.parametrize(
    ("signals", "wrong"),
    [
        (load(900, 4.1), False),
        (load(900, 5.5), False),
        (load(1200, 4.1), True),
        (load(900, 4.1, 0.98), False),
        (load(900, 5.5, 0.98), True),
        (load(500, 4.1, 0.55), False),
        (load(8, 0.02, 0.6), False),
        (load(0.0, 0.0, 0.0), False),
    ],
)
def test_power_is_voltage_times_current_times_factor(signals: dict[str, Signal], wrong: bool) -> None:
    play = Play("outlets", list(signals)).run(HOUR, {**signals, **IDLE}).run(0.5 * HOUR, signals)
    assert (play.standing.rule == "SV8") is wrong
    if wrong:
        assert (play.standing.state, play.standing.cause) == (State.UNKNOWN, Cause.SENSOR_FAULT)


def test_it_takes_ten_minutes_and_is_over_after_an_hour_of_sense() -> None:
    play = Play("outlets", SOCKET).run(HOUR, RIGHT).run(8 * 60, load(1500, 4.1)).run(600, RIGHT)
    assert play.standing.state is State.OK
    play.run(0.5 * HOUR, load(1500, 4.1)).run(0.9 * HOUR, RIGHT)
    assert play.standing.rule == "SV8"
    play.run(0.3 * HOUR, RIGHT)
    assert play.standing.state is State.OK


FRIDGE = ("power", "energy", "cabinet_temperature")


def counting(share: float = 1.0, start: float = 1000.0) -> dict[str, Signal]:
    """A fridge of 110 W for a third of the time, and what its meter counts of it."""

    def counted(second: float) -> float:
        running, resting = min(900.0, second % 2700), max(0.0, second % 2700 - 900)
        return float(int(start + share * (28.5 * (second // 2700) + (110 * running + 2 * resting) / 3600)))

    return {
        "power": wave(110, 2, 900, 1800),
        "energy": counted,
        "cabinet_temperature": lambda second: 4 + second % 2700 / 2700,
    }


@pytest.mark.parametrize(("share", "wrong"), [(1.0, False), (1.05, False), (1.3, True), (0.6, True), (0.0, True)])
def test_what_is_counted_is_what_was_measured(share: float, wrong: bool) -> None:
    play = Play("fridge", FRIDGE).run(30 * HOUR, counting(share))
    assert (play.standing.rule == "SV8E") is wrong
    if wrong:
        play.run(2.5 * HOUR, counting(start=9000))
        assert play.standing.state is State.OK


def test_a_counter_may_begin_anew_with_its_meter_only() -> None:
    play = Play("fridge", FRIDGE).run(5 * HOUR, counting()).quiet(600).run(HOUR, counting(start=0))
    assert play.standing.state is State.OK, "it was off, and began anew"
    play.run(HOUR, counting(start=0))
    assert play.standing.rule == "SV8E", "it was not"
    play.run(2 * HOUR, counting(start=500))
    assert play.standing.state is State.OK


def test_a_meal_between_two_samples_is_no_contradiction() -> None:
    meals = wave(1350, 1.5, 75, 4 * HOUR - 75)
    signals: dict[str, Signal] = {
        "power": meals,
        "energy": lambda second: float(int(1.5 * second / HOUR + 28.1 * (second // (4 * HOUR) + 1))),
    }
    play = Play("microwave", ["power", "energy"], full_power=1400.0).run(50 * HOUR, signals)
    assert "unknown SV8E" not in play.states
