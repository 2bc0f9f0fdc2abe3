"""What a driver's options change, and what it says of values that cannot be."""

import re

import pytest

from edge.driver import BadFrame, Options
from edge.drivers import drivers

PZEM = {"voltage": 2300, "current": 1000, "power": 2300, "frequency": 500, "factor": 100, "alarm": 0}


def _pzem(**changed: int) -> list[int]:
    said = PZEM | changed
    low, high = said["current"] & 0xFFFF, said["current"] >> 16
    power = (said["power"] & 0xFFFF, said["power"] >> 16)
    return [said["voltage"], low, high, *power, 0, 0, said["frequency"], said["factor"], said["alarm"]]


@pytest.mark.parametrize(
    ("model", "options", "values", "why"),
    [
        ("pzem016", {}, _pzem(frequency=390), "frequency 39 Hz is neither 0 nor 40-70"),
        ("pzem016", {}, _pzem(factor=101), "power factor 1.01 is above 1"),
        ("pzem016", {}, _pzem(power=20), "power 2 W is not 230 V x 1 A x 1"),
        ("pzem016", {}, _pzem(voltage=590), "voltage 59 V is neither 0 nor 60-300"),
        ("pzem016", {}, _pzem(current=906_166_000), "current 906166 A is above what a 100 A meter can show"),
        ("pzem016", {"range_a": 10}, _pzem(current=13_000, power=29_900), "above what a 10 A meter can show"),
        ("pzem016", {}, _pzem(alarm=7), "over-power alarm 0x0007 is neither 0 nor 0xFFFF"),
        ("pzem016", {}, _pzem()[:9], "9 values where 10 were asked for"),
        ("xy_md02", {}, [2450, 5460], "temperature 245 ℃ is outside -50 to 100; this unit may count in hundredths"),
        ("xy_md02", {}, [245, 5460], "humidity 546 % is above 100; this unit may count in hundredths"),
        ("r4dcb08", {}, [250, 250], "2 values where 8 were asked for"),
        ("di8", {}, [0, 1, 2, 0, 0, 0, 0, 0], "contacts are 0 or 1"),
    ],
)
def test_a_bad_frame_says_what_was_wrong(model: str, options: Options, values: list[int], why: str) -> None:
    with pytest.raises(BadFrame, match=re.escape(why)):
        drivers()[model].set_up(options).decode(values)


@pytest.mark.parametrize(
    ("scale", "registers"),
    [(10, [0xFF33, 546]), (100, [(-2050) & 0xFFFF, 5460])],
)
def test_both_scalings_of_the_same_air(scale: int, registers: list[int]) -> None:
    driver = drivers()["xy_md02"].set_up({"scale": scale})
    assert driver.decode(registers) == {"temperature": -20.5, "humidity": 54.6}


def test_a_dead_circuit_is_zero_and_not_missing() -> None:
    reading = drivers()["pzem016"].decode(_pzem(voltage=0, current=0, power=0, frequency=0, factor=0))
    assert reading["voltage"] == 0
    assert reading["power"] == 0


def test_every_legal_option_sets_a_driver_up() -> None:
    for driver in drivers().values():
        for name, legal in driver.options.items():
            assert all(driver.set_up({name: value}).model == driver.model for value in legal)
