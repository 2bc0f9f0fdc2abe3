"""The lines of `station.toml` that make a found device known. Pure: text in, text out; nothing is taken away."""

import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from edge.driver import Options
from edge.settings import SettingsError
from edge.settings.file import read


class NotAdded(Exception):
    """The device cannot be added to this file; the message says why."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device as it is to stand in the file. Without an address it talks unasked on a port of its own."""

    model: str
    port: str
    baudrate: int
    address: int | None = None
    options: Options = field(default_factory=dict)
    name: str | None = None
    """None takes the next free one."""


def block(text: str, device: Device) -> str:
    """What is to be added to this file. Raises NotAdded where it stands there already, or the name does."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotAdded(f"station.toml is not TOML: {error}") from error
    devices, lines = content.get("device", []), content.get("line", [])
    names = {str(row.get("name")) for row in devices}
    name = device.name or _free(device.model.replace("_", "-"), names)
    if name in names:
        raise NotAdded(f"there is a device {name} already: choose another --name")
    if device.address is None:
        for row in devices:
            if row.get("port") == device.port:
                raise NotAdded(f"port {device.port} belongs to device {row.get('name')} already")
        return _table("device", _own_port(name, device))
    parts = []
    line = next((row for row in lines if row.get("port") == device.port), None)
    if line is None:
        line = {"name": _free("bus", {str(row.get("name")) for row in lines}), "port": device.port}
        parts.append(_table("line", line | {"baudrate": device.baudrate}))
    elif (rate := line.get("baudrate", 9600)) != device.baudrate:
        raise NotAdded(f"line {line['name']} is asked at {rate} baud and this device answers at {device.baudrate}")
    for row in devices:
        if (row.get("line"), row.get("address")) == (line["name"], device.address):
            raise NotAdded(f"device {row.get('name')} has address {device.address} on line {line['name']} already")
    parts.append(_table("device", _on_line(name, device, str(line["name"]))))
    return "\n".join(parts)


def added(text: str, new: str, known_options: Mapping[str, Collection[str]]) -> str:
    """The file with it at its end. Raises NotAdded with what `waystation-edge check` would say of it."""
    whole = text + ("" if text.endswith("\n") or not text else "\n") + ("\n" if text else "") + new
    try:
        read(whole, known_options, [])
    except SettingsError as error:
        raise NotAdded("; ".join(error.problems)) from error
    return whole


def _on_line(name: str, device: Device, line: str) -> dict[str, object]:
    row: dict[str, object] = {"name": name, "model": device.model, "line": line, "address": device.address}
    return row | ({"options": device.options} if device.options else {})


def _own_port(name: str, device: Device) -> dict[str, object]:
    return {"name": name, "model": device.model, "port": device.port, "baudrate": device.baudrate}


def _free(stem: str, taken: Collection[str]) -> str:
    return next(name for number in range(1, 1000) if (name := f"{stem}-{number}") not in taken)


def _table(heading: str, rows: Mapping[str, object]) -> str:
    return "\n".join([f"[[{heading}]]", *(f"{key} = {_value(value)}" for key, value in rows.items()), ""])


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
