"""A reading becomes samples: wired, inverted, plausible or marked, and nothing is dropped silently."""

import math

import pytest

from edge.driver import Reading
from edge.drivers import drivers
from edge.sampling import FAIL, GOOD, MISSING, SUSPECT, Sample, Wiring
from edge.settings import Facility, Wire
from shared.text import Text


def _facility(facility: str, **wires: str) -> Facility:
    joined = []
    for quantity, target in wires.items():
        device, _, channel = target.removesuffix("!").partition(".")
        joined.append(Wire(quantity.replace("__", "."), device, channel, target.endswith("!")))
    return Facility(facility, facility.partition("-")[0], Text("", ""), tuple(joined), {})


def _wiring(*facilities: Facility) -> Wiring:
    models = {"meter": "pzem016", "temps": "r4dcb08", "io": "di8"}
    return Wiring(facilities, {device: drivers()[model] for device, model in models.items()})


FRIDGE = _facility("fridge-1", power="meter.power", cabinet_temperature="temps.t1")


def test_a_channel_feels_several_facilities_and_sockets() -> None:
    outlets = _facility("outlets-1", voltage__1="meter.voltage", voltage__2="meter.voltage", power__2="meter.power")
    samples = _wiring(FRIDGE, outlets).samples("meter", {"voltage": 230.0, "power": 0.0}, 7.0)
    assert samples == [
        Sample(7.0, "fridge-1", "power", 0.0, GOOD),
        Sample(7.0, "outlets-1", "voltage.1", 230.0, GOOD),
        Sample(7.0, "outlets-1", "voltage.2", 230.0, GOOD),
        Sample(7.0, "outlets-1", "power.2", 0.0, GOOD),
    ]


@pytest.mark.parametrize(
    ("value", "quality"),
    [(0.0, GOOD), (-30.0, GOOD), (-30.1, FAIL), (60.0, GOOD), (60.1, FAIL), (3.6, GOOD)],
)
def test_an_impossible_value_is_kept_and_marked(value: float, quality: int) -> None:
    (sample,) = _wiring(FRIDGE).samples("temps", {"t1": value}, 1.0)
    assert (sample.value, sample.quality) == (value, quality)


@pytest.mark.parametrize("reading", [None, {}, {"t2": 4.0}], ids=["no answer", "nothing", "another channel only"])
def test_what_is_missing_is_said_to_be_missing(reading: Reading | None) -> None:
    (sample,) = _wiring(FRIDGE).samples("temps", reading, 1.0)
    assert sample.quality == MISSING
    assert math.isnan(sample.value)


@pytest.mark.parametrize(
    ("values", "last"),
    [
        ([85.0], SUSPECT),
        ([60.0, 85.0], SUSPECT),
        ([60.0, 85.0, 85.0], SUSPECT),
        ([60.0, 85.0, 60.2], GOOD),
        ([84.8, 85.0], GOOD),
        ([82.0, 84.0, 85.0, 85.0], GOOD),
        ([60.0, 85.1], GOOD),
    ],
)
def test_an_isolated_power_on_value_is_suspect(values: list[float], last: int) -> None:
    wiring = _wiring(_facility("drinking_water-1", hot_water_temperature="temps.t1"))
    samples = [sample for at, value in enumerate(values) for sample in wiring.samples("temps", {"t1": value}, at)]
    assert samples[-1].quality == last


def test_a_normally_closed_contact_is_inverted() -> None:
    wiring = _wiring(_facility("drinking_water-1", leak="io.di4!", water_low="io.di5"))
    samples = wiring.samples("io", {"di4": 1.0, "di5": 1.0}, 1.0)
    assert [(sample.quantity, sample.value) for sample in samples] == [("leak", 0.0), ("water_low", 1.0)]
    assert [sample.quality for sample in wiring.samples("io", None, 9.0)] == [MISSING, MISSING]


def test_a_contact_makes_a_sample_when_it_changes_and_otherwise_every_second() -> None:
    wiring = _wiring(_facility("entrance-1", beam_a="io.di1"))
    said = []
    for poll in range(31):
        blocked = float(poll in (14, 15))
        said += [(s.at, s.value) for s in wiring.samples("io", {"di1": blocked}, poll / 10)]
    assert said == [(0.0, 0.0), (1.0, 0.0), (1.4, 1.0), (1.6, 0.0), (2.6, 0.0)]


def test_a_contact_that_stops_and_starts_answering_says_so_at_once() -> None:
    wiring = _wiring(_facility("entrance-1", beam_a="io.di1"))
    readings: list[Reading | None] = [{"di1": 0.0}, None, None, {"di1": 0.0}]
    found = [len(wiring.samples("io", reading, at / 10)) for at, reading in enumerate(readings)]
    assert found == [1, 1, 0, 1]


def test_a_device_nobody_is_wired_to_makes_no_samples() -> None:
    assert _wiring(FRIDGE).samples("io", {"di1": 1.0}, 1.0) == []


def test_what_measures_a_facilitys_supply_is_a_meter() -> None:
    outlets = _facility("outlets-1", voltage__1="meter.voltage")
    wiring = _wiring(FRIDGE, outlets)
    assert [wiring.meters(device) for device in ("meter", "temps", "io")] == [True, False, False]
