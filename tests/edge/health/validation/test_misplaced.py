"""SV10: a probe that fell out is not a warm fridge, and a fridge that fails is not a probe that fell out."""

import random

import pytest

from edge.health.judge import FacilitySettings
from shared.states import Cause, State
from tests.edge.play import HOUR, Play, Signal, Station, ramp, wave

WIRED = ("power", "voltage", "cabinet_temperature", "room_temperature", "door_open")
CYCLES = wave(110, 2, 900, 1800)


def inside(second: float) -> float:
    return 4 + second % 2700 / 2700


def around(room: float) -> Signal:
    chance = random.Random(3)
    return lambda _: room + chance.gauss(0, 0.15)


def living(room: float = 24.0, **more: Signal) -> dict[str, Signal]:
    usual: dict[str, Signal] = {
        "power": CYCLES,
        "voltage": 225.0,
        "cabinet_temperature": inside,
        "room_temperature": lambda second: room + second % 900 / 3000,
        "door_open": 0.0,
    }
    return usual | more


def fridge(*without: str) -> Play:
    return Play("fridge", [name for name in WIRED if name not in without]).run(8 * HOUR, living())


def test_a_probe_that_fell_out_is_the_sensors_fault_before_the_fridge_is_called_warm() -> None:
    play = fridge().run(8 * HOUR, living(cabinet_temperature=around(24.2)))
    assert not [state for state in play.states if state.startswith(("down", "degraded"))]
    assert (play.standing.state, play.standing.rule, play.standing.cause) == (
        State.UNKNOWN,
        "SV10",
        Cause.SENSOR_FAULT,
    )
    assert play.since("unknown SV10") == pytest.approx(8 * HOUR, abs=130), "since it was last seen inside"
    play.run(2 * HOUR, living())
    assert play.standing.state is State.OK


def test_the_stations_thermometer_will_do_where_the_fridge_has_none() -> None:
    station = Station(
        [
            FacilitySettings("fridge-1", "fridge", {}, frozenset({"power", "cabinet_temperature"})),
            FacilitySettings("air_conditioner-1", "air_conditioner", {}, frozenset({"power", "room_temperature"})),
        ]
    )
    unit: dict[str, Signal] = {"power": 3.0, "room_temperature": lambda second: 24 + second % 900 / 3000}
    station.run(8 * HOUR, {"fridge-1": {"power": CYCLES, "cabinet_temperature": inside}, "air_conditioner-1": unit})
    out: dict[str, Signal] = {"power": CYCLES, "cabinet_temperature": around(24.2)}
    station.run(3 * HOUR, {"fridge-1": out, "air_conditioner-1": unit})
    assert station.judge.standing("fridge-1").rule == "SV10"


@pytest.mark.parametrize(
    ("what", "signals", "hours"),
    [
        ("dead", living(power=2.0, cabinet_temperature=ramp(5, 3)), 9),
        ("leaking", living(power=110.0, cabinet_temperature=ramp(5, 2)), 12),
        (
            "leaking, and defrosted now and then",
            living(
                power=lambda second: 2.0 if second % (3 * HOUR) < 600 else 110.0,
                cabinet_temperature=lambda second: min(24.1, 5 + 3 * second / HOUR),
            ),
            20,
        ),
        (
            "failing to start",
            living(power=wave(400, 2, 6, 144), cabinet_temperature=lambda second: min(24.1, 5 + 3 * second / HOUR)),
            14,
        ),
        ("ajar", living(power=110.0, door_open=1.0, cabinet_temperature=around(23.8)), 8),
    ],
)
def test_a_fridge_that_is_warm_stays_warm(what: str, signals: dict[str, Signal], hours: float) -> None:
    play = fridge().run(hours * HOUR, signals, every_s=6 if what == "failing to start" else 30)
    assert "unknown SV10" not in play.states, what
    assert play.standing.state is State.DOWN, what


def test_in_a_cold_room_a_fridge_may_be_as_cold_as_the_room() -> None:
    play = fridge().run(12 * HOUR, living(5.0, cabinet_temperature=around(5.0)))
    assert "unknown SV10" not in play.states


def test_a_probe_that_never_was_inside_is_found_as_well() -> None:
    play = Play("fridge", WIRED).run(8 * HOUR, living(cabinet_temperature=around(24.2)))
    assert play.standing.rule == "SV10"
