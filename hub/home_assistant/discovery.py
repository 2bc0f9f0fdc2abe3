"""What Home Assistant is told of a station: one retained message, its values read from the `live` topics. Pure.

Source: home-assistant.io/integrations/mqtt, "Device discovery payload": `dev` and `o` are required, each component has
a platform `p` and a unique id, a component of which only `p` is left is removed, an empty message removes the device.
A template writes `value_json['values']`: with a dot it would be the method of that name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared import topics
from shared.facility import UnknownKind, kind_of, kinds
from shared.quantities import Quantity, UnknownQuantity, split
from shared.states import State
from shared.text import Text

Json = dict[str, Any]
PREFIX = "homeassistant"
EXPIRES_S = 300
"""A station says what is live every minute; four missed in a row are silence."""
SENSOR, BINARY = "sensor", "binary_sensor"
UNITS = {"℃": "°C"}
"""Home Assistant writes a degree and a C."""
CLASS_OF_UNIT = {
    "W": "power", "V": "voltage", "A": "current", "Wh": "energy", "Hz": "frequency", "℃": "temperature",
    "%": "humidity",
}  # fmt: skip
CLASS_OF_NAME = {"power_factor": "power_factor"}
CLASS_OF_SWITCH = {
    "door_open": "door", "leak": "moisture", "water_low": "problem", "breaker_tripped": "problem",
    "relay_on": "power", "mains_lost": "problem", "presence": "occupancy",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Installed:
    """One facility of a station. `gone`: the wiring has it no more."""

    id: str
    label: Text
    quantities: Sequence[str]
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One station, as far as Home Assistant is told."""

    id: str
    name: Text
    version: str
    """Of the station's programs; empty where it never said."""
    facilities: Sequence[Installed]


def topic(prefix: str, station: str) -> str:
    """Where the message goes, retained."""
    return f"{prefix}/device/waystation_{station}/config"


def payload(shown: Shown, hub_version: str) -> Json:
    """The message. A facility that is gone leaves the word that removes it."""
    components: Json = {}
    for facility in shown.facilities:
        if _live(facility):
            found = _components(shown.id, facility)
            components |= {key: {"p": value["p"]} for key, value in found.items()} if facility.gone else found
    device = {
        "ids": [f"waystation_{shown.id}"],
        "name": shown.name.zh,
        "mf": "Waystation",
        "mdl": "驿站",
        "sn": shown.id,
    }
    return {
        "dev": device | ({"sw": shown.version} if shown.version else {}),
        "o": {"name": "Waystation", "sw": hub_version},
        "availability": [
            {
                "topic": topics.state(shown.id),
                "value_template": "{{ 'online' if value_json.online else 'offline' }}",
            }
        ],
        "qos": 0,
        "cmps": components,
    }


def _live(facility: Installed) -> bool:
    """Whether the station publishes it: what no rule judges has no live state."""
    try:
        return kinds()[kind_of(facility.id)].scored and bool(facility.quantities)
    except UnknownKind:
        return False


def _components(station: str, facility: Installed) -> Json:
    live = topics.live(station, facility.id)
    place = f"waystation_{station}_{facility.id}"
    state = {
        "p": SENSOR, "unique_id": f"{place}_state", "name": facility.label.zh, "device_class": "enum",
        "options": [state.value for state in State], "state_topic": live, "value_template": "{{ value_json.state }}",
        "json_attributes_topic": live, "expire_after": EXPIRES_S,
    }  # fmt: skip
    found: Json = {f"{facility.id}_state": state}
    for name in facility.quantities:
        try:
            quantity, socket = split(name)
        except UnknownQuantity:
            continue  # of a station that is newer than this hub
        if not quantity.stays_here:
            told = _quantity(quantity, f"value_json['values'].get('{name}')")
            label = quantity.label.zh if socket is None else f"{quantity.label.zh} {socket}"
            found[f"{facility.id}_{name}"] = told | {
                "unique_id": f"{place}_{name}", "name": f"{facility.label.zh} {label}", "state_topic": live,
                "expire_after": EXPIRES_S,
            }  # fmt: skip
    return found


def _quantity(quantity: Quantity, value: str) -> Json:
    """A value that is missing becomes "None", which Home Assistant shows as unknown."""
    if quantity.two_state:
        kind = CLASS_OF_SWITCH.get(quantity.name)
        template = f"{{{{ 'None' if {value} is none else 'ON' if {value} > 0.5 else 'OFF' }}}}"
        return {"p": BINARY, "value_template": template} | ({"device_class": kind} if kind else {})
    told: Json = {
        "p": SENSOR,
        "value_template": f"{{{{ {value} }}}}",
        "state_class": "total_increasing" if quantity.name == "energy" else "measurement",
        "suggested_display_precision": quantity.decimals,
    }
    if quantity.unit:
        told["unit_of_measurement"] = UNITS.get(quantity.unit, quantity.unit)
    kind = CLASS_OF_NAME.get(quantity.name) or CLASS_OF_UNIT.get(quantity.unit)
    return told | ({"device_class": kind} if kind else {})
