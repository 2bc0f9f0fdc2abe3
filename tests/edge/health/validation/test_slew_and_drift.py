"""SV6 and SV7: what rests on a probe that warms too fast or drifts is worth less; what drifted too far, nothing."""

import random

import pytest

from edge.health.judge import FacilitySettings
from shared.states import Grade, State
from tests.edge.play import HOUR, Play, Signal, Station, wave

DAY = 24 * HOUR
WIRED = ("power", "voltage", "cabinet_temperature", "door_open")
CYCLES = wave(110, 2, 900, 1800)


def inside(second: float) -> float:
    phase = second % 2700
    return 5 - phase / 450 if phase < 900 else 3 + (phase - 900) / 900


def living(**more: Signal) -> dict[str, Signal]:
    usual: dict[str, Signal] = {"power": CYCLES, "voltage": 225.0, "cabinet_temperature": inside, "door_open": 0.0}
    return usual | more


def rising(per_hour: float, most: float) -> Signal:
    return lambda second: 4 + min(most, per_hour * second / HOUR)


def test_a_closed_running_fridge_that_warms_too_fast_is_suspect_until_it_is_back() -> None:
    play = Play("fridge", WIRED).run(6 * HOUR, living())
    assert play.standing.grade is Grade.E2
    play.run(0.3 * HOUR, living(power=110.0, cabinet_temperature=rising(18, 3.6)))
    assert (play.standing.state, play.standing.grade) == (State.OK, Grade.E1)
    assert "SV6" in play.standing.reasons
    assert "可疑" in play.standing.why.zh
    play.run(2 * HOUR, living())
    assert play.standing.grade is Grade.E2


@pytest.mark.parametrize(
    ("what", "signals"),
    [
        ("someone takes their time", living(power=110.0, door_open=1.0, cabinet_temperature=rising(30, 3.6))),
        ("it defrosts", living(power=400.0, cabinet_temperature=rising(18, 3.6))),
        ("it rests", living(power=2.0, cabinet_temperature=rising(18, 3.6))),
        ("a warm meal", living(power=110.0, cabinet_temperature=rising(12, 3))),
    ],
)
def test_warming_with_a_reason_is_no_fault_of_the_probe(what: str, signals: dict[str, Signal]) -> None:
    play = Play("fridge", WIRED).run(6 * HOUR, living()).run(0.3 * HOUR, signals)
    assert "SV6" not in play.standing.reasons, what


def drifting(per_day: float) -> Signal:
    return lambda second: inside(second) + per_day * second / DAY


@pytest.mark.parametrize("per_day", [0.43, -0.43])
def test_a_probe_that_drifts_is_suspect_then_at_fault_before_it_can_lie_about_the_food(per_day: float) -> None:
    play = Play("fridge", WIRED).run(5 * DAY, living(), every_s=60)
    play.run(6.75 * DAY, living(cabinet_temperature=drifting(per_day)), every_s=60)
    assert (play.standing.state, play.standing.grade) == (State.OK, Grade.E1)
    assert "SV7" in play.standing.reasons
    play.run(3 * DAY, living(cabinet_temperature=lambda second: drifting(per_day)(second + 6.75 * DAY)), every_s=60)
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "SV7")
    assert not [state for state in play.states if state.startswith("down")]
    play.run(6 * DAY, living(), every_s=60)
    assert play.standing.state is State.OK


def test_a_thermostat_that_was_turned_is_no_drift() -> None:
    play = Play("fridge", WIRED).run(5 * DAY, living(), every_s=60)
    play.run(10 * DAY, living(cabinet_temperature=lambda second: inside(second) + 2), every_s=60)
    assert (play.standing.state, play.standing.grade) == (State.OK, Grade.E2)


def test_of_two_thermometers_in_a_room_that_part_slowly_neither_is_trusted() -> None:
    chance = random.Random(1)
    station = Station(
        [
            FacilitySettings("air_conditioner-1", "air_conditioner", {}, frozenset({"power", "room_temperature"})),
            FacilitySettings("fridge-1", "fridge", {}, frozenset({"power", "room_temperature"})),
        ]
    )

    def wall(second: float) -> float:
        return 24 + second % DAY / DAY + chance.gauss(0, 0.02)

    for day in range(12):
        shift = 0.4 * max(0, day - 5)
        unit: dict[str, Signal] = {"power": 3.0, "room_temperature": lambda second, by=shift: wall(second) + by}
        fridge: dict[str, Signal] = {"power": CYCLES, "room_temperature": wall}
        station.run(DAY, {"air_conditioner-1": unit, "fridge-1": fridge}, every_s=60)
    for facility in ("air_conditioner-1", "fridge-1"):
        assert station.judge.yardstick(facility).sight.channels["room_temperature"].suspicion == "SV7"
