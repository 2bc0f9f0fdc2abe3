"""Requests made up from the OpenAPI document: what must be there is there, and nothing more."""

import json
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from tests.hub.operations import Operation, resolve
from tests.photos import jpeg

NOTHING: Mapping[str, object] = MappingProxyType({})
PHOTO = jpeg(64, 48)
OCTETS = {"content-type": "application/octet-stream"}
_CONTENT = json.dumps({"kind": "look"})
FIELDS: dict[str, object] = {
    "language": "en", "station": "k3v9x2m7qa", "points": "10", "look": "works", "onward": "/",
    "password": "quite another long one",
    "name": "王芳", "answer": "yes", "decision": "give",
    "content": _CONTENT, "sha256": sha256(_CONTENT.encode()).hexdigest(), "due": "2026-07-25", "first": "2026-10-01",
    "month": "2026-07",
}  # fmt: skip
"""What a field of this name is filled with, where the schema alone does not say enough."""
BY_FORMAT: dict[str, object] = {
    "uuid": "3f0c8f0e-2c11-4c58-9d1b-0f2f3a1c5b77",
    "date": "2026-07-15", "date-time": "2026-07-15T06:00:00Z", "time": "09:00", "email": "a@example.org",
}  # fmt: skip


def value(name: str, schema: dict[str, Any]) -> Any:
    """Something the schema allows."""
    found = resolve(schema)
    for branches in ("anyOf", "oneOf", "allOf"):
        if branches in found:
            return value(name, found[branches][0])
    if "const" in found:
        return found["const"]
    if "enum" in found:
        return FIELDS[name] if FIELDS.get(name) in found["enum"] else found["enum"][0]
    kind = found.get("type")
    if kind == "array":
        return [value(name, found["items"])]
    if kind == "object":
        return {key: value(key, one) for key, one in _required(found).items()}
    if kind in ("integer", "number"):
        return found.get("minimum", 1)
    if kind == "boolean":
        return True
    if name in FIELDS:
        return FIELDS[name]
    return BY_FORMAT.get(found.get("format", ""), "x" * max(1, found.get("minLength", 1)))


def is_file(schema: dict[str, Any]) -> bool:
    """Whether a field of a form takes a file, or several."""
    found = resolve(schema)
    inner = [*found.get("anyOf", []), *([found["items"]] if "items" in found else [])]
    binary = found.get("format") == "binary" or found.get("contentMediaType") == "application/octet-stream"
    return binary or any(is_file(one) for one in inner)


def fields_of(operation: Operation) -> dict[str, dict[str, Any]]:
    """Every field of its form or JSON object, by name."""
    found = resolve(operation.body or {})
    fields: dict[str, dict[str, Any]] = found.get("properties", {})
    return fields


def arguments(operation: Operation, told: Mapping[str, object] = NOTHING) -> dict[str, Any]:
    """What httpx is to send besides the address: the body that is needed, with these fields as told."""
    if operation.body is None:
        return {}
    schema = resolve(operation.body)
    if operation.media == "application/octet-stream":
        return {"content": PHOTO, "headers": {"X-Photo-SHA256": sha256(PHOTO).hexdigest()} | OCTETS}
    if operation.media == "application/json":
        made = value("", schema)
        return {"json": made | dict(told) if isinstance(made, dict) else made}
    needed = _required(schema)
    files = {name: ("photo.jpg", PHOTO, "image/jpeg") for name, one in needed.items() if is_file(one)}
    data = {name: value(name, one) for name, one in needed.items() if name not in files}
    return {"data": data | dict(told)} | ({"files": files} if files else {})


def required(operation: Operation) -> set[str]:
    """The fields without which it is not taken."""
    return set(resolve(operation.body or {}).get("required", []))


def _required(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: schema["properties"][name] for name in schema.get("required", [])}
