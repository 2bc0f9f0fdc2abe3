"""SV3: a thermometer that shows one temperature for a night and a day is no thermometer, whatever runs beside it."""

import pytest

from shared.states import State
from tests.edge.play import HOUR, Play, Signal, wave

WIRED = ("power", "cabinet_temperature")


def living(**more: Signal) -> dict[str, Signal]:
    usual: dict[str, Signal] = {"power": 60.0, "cabinet_temperature": lambda second: 4 + second % 2700 / 2700}
    return usual | more


@pytest.mark.parametrize("power", [60.0, wave(60, 40, 3600, 3600)])
def test_an_inverter_that_never_rests_hides_no_stuck_probe_for_longer_than_a_day(power: Signal) -> None:
    play = Play("fridge", WIRED, inverter=True).run(6 * HOUR, living(power=power))
    play.run(23 * HOUR, living(power=power, cabinet_temperature=4.0), every_s=60)
    assert play.standing.state is State.OK
    play.run(2 * HOUR, living(power=power, cabinet_temperature=4.0), every_s=60)
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "SV3")
    assert play.since("unknown SV3") == pytest.approx(6 * HOUR, abs=130)
    play.run(HOUR, living(power=power))
    assert play.standing.state is State.OK


def test_a_tenth_of_a_degree_in_a_day_is_alive() -> None:
    slow = living(cabinet_temperature=lambda second: 4.0 + 0.1 * (second // (12 * HOUR)))
    assert "unknown SV3" not in Play("fridge", WIRED, inverter=True).run(60 * HOUR, slow, every_s=60).states
