"""What Home Assistant is told of a station.

The classes and units are those of its own documentation (home-assistant.io/integrations/sensor and /binary_sensor).
"""

import pytest
from jinja2 import Environment

from hub.home_assistant.discovery import BINARY, SENSOR, Installed, Json, Shown, payload, topic
from shared.envelope import LiveFacility
from shared.quantities import QUANTITIES
from shared.text import Text

CLASSES_OF_SENSORS = {
    "power": {"W"}, "voltage": {"V"}, "current": {"A"}, "energy": {"Wh"}, "frequency": {"Hz"}, "temperature": {"°C"},
    "humidity": {"%"}, "power_factor": {None},
}  # fmt: skip
CLASSES_OF_SWITCHES = {"door", "moisture", "problem", "power", "occupancy"}
FRIDGE = Installed("fridge-1", Text("冰箱", "Fridge"), ["cabinet_temperature", "door_open", "power"])
LIVE = LiveFacility.model_validate(
    {
        "facility": "fridge-1", "state": "degraded", "since": "2026-11-20T01:00:00Z", "grade": 2,
        "values": {"cabinet_temperature": 9.25, "voltage.2": 221.0}, "at": "2026-11-20T04:00:00Z",
    }
)  # fmt: skip


def shown(*facilities: Installed, version: str = "0.1.0") -> Shown:
    return Shown("k3v9x2m7qa", Text("河边驿站", "Riverside"), version, facilities)


def components(*facilities: Installed) -> Json:
    found: Json = payload(shown(*facilities), "0.1.0")["cmps"]
    return found


def said(component: Json, live: LiveFacility = LIVE) -> str:
    """What Home Assistant makes of a live message: its templates are Jinja's."""
    value = live.model_dump(mode="json")
    return Environment(autoescape=True).from_string(component["value_template"]).render(value_json=value)


def test_a_device_has_what_home_assistant_asks_for() -> None:
    told = payload(shown(FRIDGE), "0.2.0")
    assert topic("homeassistant", "k3v9x2m7qa") == "homeassistant/device/waystation_k3v9x2m7qa/config"
    assert told["dev"]["ids"] == ["waystation_k3v9x2m7qa"]
    assert told["dev"]["name"] == "河边驿站"
    assert told["o"]["name"]
    assert told["availability"][0]["topic"] == "waystation/1/k3v9x2m7qa/state"
    assert all(component["p"] in (SENSOR, BINARY) and component["unique_id"] for component in told["cmps"].values())
    ids = [component["unique_id"] for component in told["cmps"].values()]
    assert len(set(ids)) == len(ids)


def test_a_state_and_every_quantity_are_read_from_the_live_topic() -> None:
    told = components(FRIDGE)
    assert list(told) == ["fridge-1_state", "fridge-1_cabinet_temperature", "fridge-1_door_open", "fridge-1_power"]
    assert {component["state_topic"] for component in told.values()} == {"waystation/1/k3v9x2m7qa/live/fridge-1"}
    assert said(told["fridge-1_state"]) == "degraded"
    assert said(told["fridge-1_state"]) in told["fridge-1_state"]["options"]
    assert said(told["fridge-1_cabinet_temperature"]) == "9.25"
    assert told["fridge-1_cabinet_temperature"]["unit_of_measurement"] == "°C"


def test_what_was_not_measured_is_unknown_and_not_zero() -> None:
    told = components(FRIDGE)
    assert said(told["fridge-1_power"]) == "None"
    assert said(told["fridge-1_door_open"]) == "None"
    zero = LIVE.model_copy(update={"values": {"power": 0.0, "door_open": 0.0}})
    assert said(told["fridge-1_power"], zero) == "0.0"
    assert said(told["fridge-1_door_open"], zero) == "OFF"


def test_a_socket_has_its_number() -> None:
    told = components(Installed("outlets-1", Text("插座", "Outlets"), ["voltage.1", "voltage.2"]))
    assert said(told["outlets-1_voltage.2"]) == "221.0"
    assert told["outlets-1_voltage.2"]["name"] == "插座 电压 2"


def test_a_facility_that_is_gone_leaves_the_word_that_removes_it() -> None:
    gone = Installed("fridge-1", FRIDGE.label, FRIDGE.quantities, gone=True)
    assert components(gone) == {name: {"p": component["p"]} for name, component in components(FRIDGE).items()}


@pytest.mark.parametrize("id_", ["tables-1", "entrance-1", "sauna-1"])
def test_what_no_rule_judges_is_not_told(id_: str) -> None:
    assert components(Installed(id_, Text("物", "Thing"), ["presence"] if id_ != "tables-1" else [])) == {}


@pytest.mark.parametrize("name", QUANTITIES)
def test_every_quantity_has_a_class_and_unit_of_home_assistant(name: str) -> None:
    told = components(Installed("fridge-1", FRIDGE.label, [name]))
    told.pop("fridge-1_state")
    if QUANTITIES[name].stays_here:
        assert told == {}
        return
    (component,) = told.values()
    if QUANTITIES[name].two_state:
        assert component["p"] == BINARY
        assert component.get("device_class", "door") in CLASSES_OF_SWITCHES
    elif kind := component.get("device_class"):
        assert component.get("unit_of_measurement") in CLASSES_OF_SENSORS[kind]
    else:
        assert QUANTITIES[name].unit == ""


def test_a_quantity_of_a_later_version_is_passed_over() -> None:
    assert list(components(Installed("fridge-1", FRIDGE.label, ["smell", "power"]))) == [
        "fridge-1_state", "fridge-1_power",
    ]  # fmt: skip
