"""Reads `station.toml`. The only module of the agent that does; it is read once, at the start."""

import ipaddress
import ssl
import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from edge.driver import Driver
from edge.drivers import drivers
from edge.settings.devices import ways
from edge.settings.facilities import wired
from edge.settings.shape import Settings, SettingsError
from edge.settings.tables import (
    DeviceTable,
    FacilityTable,
    LineTable,
    StationTable,
    nearest,
    placed_tables,
    read_table,
    written_names,
)
from shared.ids import is_station_id
from shared.keys import BadSecret, mqtt_password

TABLES = ("station", "line", "device", "facility")


def load(path: Path, known_options: Mapping[str, Collection[str]]) -> Settings:
    """The settings in this file. `known_options` are the names of each kind's thresholds.

    Raises SettingsError with every problem at once, each by its name and place.
    """
    try:
        mode = path.stat().st_mode & 0o777
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError([f"{path} cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise SettingsError([f"{path} is not UTF-8 text: {error.reason} at byte {error.start}"]) from error
    problems = []
    if mode & 0o177:
        problems.append(f"{path} holds a secret and has mode {mode:04o}: run chmod 600 {path}")
    return read(text, known_options, problems, path)


def read(
    text: str,
    known_options: Mapping[str, Collection[str]],
    problems: list[str],
    path: Path | None = None,
) -> Settings:
    """The settings in this text, of this file. None: it is in none yet, and files it names are not looked at.

    Raises SettingsError with these problems and all it finds.
    """
    name, beside = ("station.toml", None) if path is None else (path.name, path.parent)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([*problems, f"{name} is not TOML: {error}"]) from error
    problems.extend(f"there is no table [{key}]{nearest(key, TABLES)}" for key in content if key not in TABLES)
    station = read_table(content.get("station", {}), "[station]", StationTable, problems)
    if station is not None:
        problems.extend(f"[station]: {problem}" for problem in _wrong_station(station, beside))
    line_tables = placed_tables(content, text, "line", LineTable, problems)
    device_tables = placed_tables(content, text, "device", DeviceTable, problems)
    facility_tables = placed_tables(content, text, "facility", FacilityTable, problems)
    lines, streams = ways(line_tables, device_tables, drivers(), written_names(content, "line"), problems)
    devices: dict[str, Driver | None] = dict.fromkeys(sorted(written_names(content, "device")))
    devices.update((table.name, drivers().get(table.model)) for table, _place in device_tables)
    facilities = wired(facility_tables, devices, known_options, problems)
    if problems or station is None:
        raise SettingsError(problems)
    ca = None if station.ca is None else (beside or Path()) / station.ca
    return Settings(station.id, station.secret, station.hub, lines, streams, facilities, ca)


def _wrong_station(station: StationTable, beside: Path | None) -> Iterable[str]:
    if not is_station_id(station.id):
        yield f"id {station.id!r} is not ten of a-z and 0-9, as the hub issued it"
    try:
        mqtt_password(station.secret)
    except BadSecret as bad:
        yield str(bad)
    hub = urlsplit(station.hub)
    if hub.scheme not in ("mqtt", "mqtts") or not hub.hostname:
        yield f"hub {station.hub!r} is not mqtt://host:port or mqtts://host:port"
    elif hub.scheme == "mqtt" and not _is_this_machine(hub.hostname):
        yield f"hub {station.hub!r} is another machine and mqtt:// is not encrypted: write mqtts://"
    elif hub.scheme == "mqtt" and station.ca is not None:
        yield f"ca {station.ca!r} is for mqtts://, and hub is {station.hub!r}"
    if station.ca is not None and beside is not None:
        yield from _wrong_authority(station.ca, beside)


def _wrong_authority(name: str, beside: Path) -> Iterable[str]:
    try:
        ssl.create_default_context(cafile=str(beside / name))
    except ssl.SSLError:
        yield f"ca {name!r} is not a PEM certificate, as `waystation-hub ca` prints it"
    except OSError as error:
        yield f"ca {name!r} cannot be read beside station.toml: {error.strerror}; `waystation-hub ca` prints it"


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
