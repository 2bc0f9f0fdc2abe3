"""Writes docs/asyncapi.json, the AsyncAPI 3.0 document of the wire, from the models and the examples of docs/wire.md.

    .venv/bin/python -m tests.docs.asyncapi

The application described is the hub: it receives what stations say and sends what they read.
"""

import json
import re
from pathlib import Path
from typing import Any

from msgspec.json import schema_components
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from shared import topics
from shared.envelope import Ack, Envelope, HubState, LiveFacility, StationState
from shared.settings_message import StationSettings
from shared.shapes import Shape

Json = dict[str, Any]
DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT = DOCS / "asyncapi.json"
EXAMPLE = re.compile(r"^## (\w+)\n.*?```json\n(.*?)```", re.DOTALL | re.MULTILINE)
HUB_STATE_EXAMPLE = {"online": True, "at": "2026-11-20T04:00:00Z"}
"""The one message the page shows in words only."""
STATION, FACILITY = "{station}", "{facility}"
PARAMETERS: Json = {
    "station": {"description": "The station's id, which is also its user at the broker.", "examples": ["k3v9x2m7qa"]},
    "facility": {"description": "The facility's id.", "examples": ["fridge-1"]},
}
MESSAGES: dict[str, tuple[type[BaseModel] | type[Shape], str]] = {
    "envelope": (Envelope, "Records on their way to the hub; repeating one doubles nothing."),
    "ack": (Ack, "What is committed or kept in quarantine: it need not be sent again."),
    "stationState": (StationState, "Birth and last will: a hint, never a judgement."),
    "liveFacility": (LiveFacility, "What a facility is right now; worth nothing once it is old."),
    "stationSettings": (StationSettings, "Opening, notices, open alerts; numbered, without secrets."),
    "hubState": (HubState, "Whether the hub listens."),
}
CHANNELS: tuple[tuple[str, str, str, str, int, bool], ...] = (
    ("upNow", topics.up_now(STATION), "envelope", "receive", 1, False),
    ("upLater", topics.up_later(STATION), "envelope", "receive", 1, False),
    ("state", topics.state(STATION), "stationState", "receive", 1, True),
    ("live", topics.live(STATION, FACILITY), "liveFacility", "receive", 0, True),
    ("ack", topics.ack(STATION), "ack", "send", 0, False),
    ("settings", topics.settings(STATION), "stationSettings", "send", 1, True),
    ("hubState", topics.HUB_STATE, "hubState", "send", 1, True),
)
"""Channel, address, message, what the hub does, QoS of the publisher, whether the broker keeps it."""
WORDS = {
    "upNow": "Spells, proofs, people's words, the current minute.",
    "upLater": "The backlog. An acknowledgement may say how long to wait before the next one.",
    "state": "Published at every connect, and by the broker when a station is lost.",
    "live": "For pages and third parties. The hub itself subscribes to `state` only.",
    "ack": "At most one envelope of a station is under way in a lane, until this names it.",
    "settings": "Published when they change, and at every start of the broker.",
    "hubState": "Stations send nothing while the hub says that it is away.",
}


def examples() -> dict[str, Json]:
    """By model: the example of the page."""
    page = (DOCS / "wire.md").read_text()
    return {name: json.loads(text) for name, text in EXAMPLE.findall(page)} | {"HubState": HUB_STATE_EXAMPLE}


def document() -> Json:
    """The whole document."""
    shown = examples()
    return {
        "asyncapi": "3.0.0",
        "id": "urn:waystation:hub:1",
        "info": {
            "title": "Waystation",
            "version": "1",
            "description": "What rest stations say to their hub and what they read of it. MQTT 3.1.1, UTF-8 JSON, "
            "times in UTC, clean sessions. docs/wire.md tells it in words.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "embedded": _server("127.0.0.1:1883", "mqtt", "The hub's own broker on its own machine."),
            "production": _server("broker.example:8883", "mqtts", "Everywhere else a station goes over TLS only."),
        },
        "channels": {name: _channel(name, address, message) for name, address, message, *_ in CHANNELS},
        "operations": {
            f"{action}{name[0].upper()}{name[1:]}": _operation(name, message, action, qos, retain)
            for name, _, message, action, qos, retain in CHANNELS
        },
        "components": {
            "messages": {name: _message(name, model, words, shown) for name, (model, words) in MESSAGES.items()},
            "schemas": _schemas(),
            "securitySchemes": {
                "station": {
                    "type": "userPassword",
                    "description": "User: the station's id. Password: derived from its secret (HKDF).",
                }
            },
        },
    }


def text() -> str:
    """As it stands in the file."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"


def _server(host: str, protocol: str, words: str) -> Json:
    security = [{"$ref": "#/components/securitySchemes/station"}]
    bindings = {"mqtt": {"cleanSession": True, "bindingVersion": "0.2.0"}}
    return {
        "host": host, "protocol": protocol, "protocolVersion": "3.1.1", "description": words, "security": security,
        "bindings": bindings,
    }  # fmt: skip


def _channel(name: str, address: str, message: str) -> Json:
    found: Json = {
        "address": address,
        "description": WORDS[name],
        "messages": {message: {"$ref": f"#/components/messages/{message}"}},
    }
    named = re.findall(r"{(\w+)}", address)
    return found | ({"parameters": {one: PARAMETERS[one] for one in named}} if named else {})


def _operation(name: str, message: str, action: str, qos: int, retain: bool) -> Json:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{name}"},
        "messages": [{"$ref": f"#/channels/{name}/messages/{message}"}],
        "bindings": {"mqtt": {"qos": qos, "retain": retain, "bindingVersion": "0.2.0"}},
    }


def _message(name: str, model: type[BaseModel] | type[Shape], words: str, shown: dict[str, Json]) -> Json:
    return {
        "name": name,
        "title": model.__name__,
        "summary": words,
        "contentType": "application/json",
        "payload": {"$ref": f"#/components/schemas/{model.__name__}"},
        "examples": [{"payload": shown[model.__name__]}],
    }


def _schemas() -> Json:
    models = [(model, "validation") for model, _ in MESSAGES.values() if issubclass(model, BaseModel)]
    _, found = models_json_schema(models, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    shapes = [model for model, _ in MESSAGES.values() if issubclass(model, Shape)]
    _, read = schema_components(shapes, ref_template="#/components/schemas/{name}")
    plain: Json = _plain(read | found["$defs"])
    return dict(sorted(plain.items()))


def _plain(node: Any) -> Any:
    """AsyncAPI's discriminator is the name of a property; pydantic writes OpenAPI's object."""
    if isinstance(node, dict):
        told = {key: _plain(value) for key, value in node.items()}
        if isinstance(told.get("discriminator"), dict):
            told["discriminator"] = told["discriminator"]["propertyName"]
        return told
    return [_plain(one) for one in node] if isinstance(node, list) else node


if __name__ == "__main__":
    DOCUMENT.write_text(text())
