"""Scenarios and wirings: those that come with the product can be, and a wrong one is refused by name."""

import tomllib
from pathlib import Path

import pytest

from shared.facility import kinds
from shared.quantities import split
from simulators.people import DAY_S
from simulators.scenario import BadScenario, Turn, load, names, read, story
from simulators.wired import channels, station_toml

WIRING = {
    "title": {"zh": "甲", "en": "A"},
    "line": [{"name": "bus", "baudrate": 9600}],
    "device": [{"name": "meter", "model": "pzem016", "line": "bus", "address": 10}],
    "facility": [{"id": "fridge-1", "wires": {"power": "meter.power"}}],
}


def test_the_three_scenarios_of_the_demo_are_there():
    assert {"healthy", "failing_fridge", "rough_line"} <= set(names())


@pytest.mark.parametrize("name", names())
def test_every_wire_of_every_scenario_fits_the_catalogue(name):
    scenario = load(name)

    for facility in scenario.facilities:
        for quantity in facility.wires:
            assert split(quantity)[0].name in kinds()[facility.kind].quantities
    for device in scenario.devices:
        channels(scenario, device)


@pytest.mark.parametrize("name", names())
def test_something_visible_happens_within_two_minutes(name):
    assert any(happening.at <= 120 for happening in load(name).happenings)


def test_a_meter_wired_for_its_power_shows_the_voltage_too():
    scenario = read(WIRING, "small")

    assert channels(scenario, scenario.devices[0])["voltage"] == ("fridge-1", "voltage")


def test_the_second_sockets_meter_shows_the_second_socket():
    scenario = load("healthy")
    meter = next(device for device in scenario.devices if device.name == "socket-2-meter")

    assert channels(scenario, meter)["power_factor"] == ("outlets-1", "power_factor.2")


def test_the_wiring_is_toml_with_the_run_folders_ports(tmp_path: Path):
    scenario = load("healthy")
    table = tomllib.loads(station_toml(scenario, tmp_path))

    assert [line["port"] for line in table["line"]] == [str(tmp_path / "dev" / name) for name in ("bus-a", "bus-b")]
    assert {row["name"]: row for row in table["device"]}["radar"]["port"] == str(tmp_path / "dev" / "radar")
    assert {row["id"]: row.get("wires", {}) for row in table["facility"]} == {
        facility.id: dict(facility.wires) for facility in scenario.facilities
    }
    assert "simulated" not in table["facility"][1]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"facility": [{"id": "sauna-1"}]}, "sauna"),
        ({"facility": [{"id": "fridge-1", "wires": {"power": "toaster.power"}}]}, "toaster"),
        ({"past": [{"facility": "fridge-1", "how": "rust", "days": -1}]}, "rust"),
        ({"past": [{"facility": "fridge-9", "how": "leak", "days": -1}]}, "fridge-9"),
        ({"past": [{"facility": "fridge-1", "how": "leak", "days": -1, "size": 1.5}]}, "size"),
        ({"event": [{"at": 1, "do": "dance"}]}, "dance"),
    ],
)
def test_what_cannot_be_is_refused_by_name(change, says):
    with pytest.raises((BadScenario, ValueError), match=says):
        read(WIRING | change, "wrong")


def test_a_device_of_no_model_or_without_the_channel_is_refused_by_name():
    scenario = read(WIRING | {"device": [{"name": "meter", "model": "abacus", "line": "bus", "address": 1}]}, "wrong")
    with pytest.raises(BadScenario, match="abacus"):
        channels(scenario, scenario.devices[0])
    wired = read(WIRING | {"facility": [{"id": "fridge-1", "wires": {"power": "meter.joy"}}]}, "wrong")
    with pytest.raises(BadScenario, match="joy"):
        channels(wired, wired.devices[0])


def test_an_unknown_scenario_lists_the_known(tmp_path: Path):
    with pytest.raises(BadScenario, match="healthy"):
        load("perfect")
    broken = tmp_path / "broken.toml"
    broken.write_text("title = [")
    with pytest.raises(BadScenario, match=r"broken\.toml"):
        load(str(broken))


def test_a_past_fault_may_say_its_size_and_a_station_has_weather():
    past = [
        {"facility": "fridge-1", "how": "leak", "days": -1, "until_days": -0.5, "size": 0.9},
        {"facility": "weather", "how": "heat_wave", "days": -2},
    ]
    begun = story(read(WIRING | {"past": past}, "small"), 0.0)

    assert begun.turns == (
        Turn(-2 * DAY_S, "weather", "heat_wave", None),
        Turn(-DAY_S, "fridge-1", "leak", 0.9),
        Turn(-DAY_S / 2, "fridge-1", None),
    )
    assert begun.scenario.faults_of("mains") == ["brown_out", "cut", "high", "low"]


def test_a_wiring_that_extends_another_adds_to_it():
    full, more = load("healthy"), load("evaluation")
    wires = {facility.id: facility.wires for facility in more.facilities}

    assert [device.name for device in more.devices] == [*(device.name for device in full.devices), "contacts"]
    assert [facility.id for facility in more.facilities] == [facility.id for facility in full.facilities]
    for facility in full.facilities:
        assert facility.wires.items() <= wires[facility.id].items()
    assert wires["fridge-1"]["relay_on"] == "contacts.di1"
    assert wires["outlets-1"]["mains_lost"] == "contacts.di3"
    assert next(facility for facility in more.facilities if facility.id == "outlets-1").simulated == {
        "sockets": 2,
        "relay": 1,
        "meters_fed": 1,
    }
