"""Every driver over the bytes of its manual, and over noise."""

import math
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.driver import BadFrame, DiscreteInputs, Driver, HoldingRegisters, InputRegisters
from edge.drivers import drivers
from edge.rtu import Question

FRAMES = Path(__file__).parents[2] / "frames"
FUNCTIONS = {DiscreteInputs: 2, HoldingRegisters: 3, InputRegisters: 4}


def _book(model: str) -> dict[str, Any]:
    return tomllib.loads((FRAMES / f"{model}.toml").read_text(encoding="utf-8"))


def _entries(heading: str) -> list[Any]:
    return [
        pytest.param(drivers()[model], entry, id=f"{model}-{number}")
        for model in drivers()
        for number, entry in enumerate(_book(model).get(heading, []))
    ]


def _values(entry: dict[str, Any]) -> list[int] | None:
    values = entry.get("registers", entry.get("bits"))
    return values if values is None else list(values)


def _question(driver: Driver, answer: bytes) -> Question:
    return Question(answer[0], FUNCTIONS[type(driver.reads[0])])


@pytest.mark.parametrize("model", drivers())
def test_every_driver_has_its_manuals_frames_and_is_named_like_its_file(model: str) -> None:
    driver = drivers()[model]
    assert driver.model == model == _book(model)["model"]
    assert _book(model)["frame"]
    assert bool(driver.reads) != (driver.stream is not None)


@pytest.mark.parametrize(("driver", "entry"), _entries("frame"))
def test_the_manuals_bytes_mean_the_manuals_values(driver: Driver, entry: dict[str, Any]) -> None:
    answer = bytes.fromhex(entry["answer"])
    if driver.stream is not None:
        readings = driver.stream().hear(answer)
    else:
        assert _question(driver, answer).answer_in(answer) == answer
        readings = [driver.decode(_values(entry) or [])]
    assert readings == [pytest.approx(entry["reading"])]
    assert set(readings[0]) <= set(driver.channels)


@pytest.mark.parametrize(("driver", "entry"), _entries("bad"))
def test_what_the_manual_does_not_allow_is_no_reading(driver: Driver, entry: dict[str, Any]) -> None:
    answer = bytes.fromhex(entry["answer"])
    if driver.stream is not None:
        assert driver.stream().hear(answer) == []
    elif _values(entry) is not None:
        assert _question(driver, answer).answer_in(answer) == answer
        with pytest.raises(BadFrame):
            driver.decode(_values(entry) or [])
    elif "exception" in entry:
        assert _question(driver, answer).answer_in(answer) == answer
        assert answer[2] == entry["exception"]
    else:
        assert _question(driver, answer).answer_in(answer) is None


@pytest.mark.parametrize("driver", [driver for driver in drivers().values() if driver.reads], ids=lambda d: d.model)
@given(values=st.lists(st.integers(0, 0xFFFF), max_size=12))
def test_any_registers_are_a_reading_of_known_channels_or_a_bad_frame(driver: Driver, values: list[int]) -> None:
    try:
        reading = driver.decode(values)
    except BadFrame as bad:
        assert str(bad)
    else:
        assert set(reading) <= set(driver.channels)
        assert all(math.isfinite(value) for value in reading.values())
