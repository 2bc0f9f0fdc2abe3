"""What `station.toml` says, checked: the agent's settings, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from edge.driver import Driver, Options
from shared.text import Text


class SettingsError(Exception):
    """A `station.toml` that cannot be followed. `problems` are sentences, each with its name and place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ModbusDevice:
    """A device that is asked over a line. `driver` is already set up with the device's options."""

    name: str
    driver: Driver
    address: int
    every_s: float


@dataclass(frozen=True, slots=True)
class Line:
    """A serial line with Modbus devices, 8N1. `port` is a name that survives a re-plug."""

    name: str
    port: str
    baudrate: int
    devices: tuple[ModbusDevice, ...]


@dataclass(frozen=True, slots=True)
class StreamDevice:
    """A device that talks unasked on a port of its own."""

    name: str
    driver: Driver
    port: str
    baudrate: int
    every_s: float


@dataclass(frozen=True, slots=True)
class Wire:
    """A facility's quantity is felt by a device's channel."""

    quantity: str
    """With its socket, if it is of one: `voltage.2`."""
    device: str
    channel: str
    inverted: bool
    """A normally closed contact: 1 is all well."""


@dataclass(frozen=True, slots=True)
class Facility:
    """An installed thing that is judged, and what feels it. `options` are thresholds its kind's rules know."""

    id: str
    kind: str
    label: Text
    wires: tuple[Wire, ...]
    options: Options

    @property
    def quantities(self) -> frozenset[str]:
        """What is measured of it."""
        return frozenset(wire.quantity for wire in self.wires)


@dataclass(frozen=True, slots=True)
class Settings:
    """A station: who it is, and how it is wired."""

    station: str
    secret: str = field(repr=False)
    hub: str
    lines: tuple[Line, ...]
    streams: tuple[StreamDevice, ...]
    facilities: tuple[Facility, ...]
    ca: Path | None = None
    """PEM file of the authority the hub's broker is known by. None: one of the system's."""

    @property
    def drivers(self) -> Mapping[str, Driver]:
        """Every device's driver, by the device's name."""
        asked = {device.name: device.driver for line in self.lines for device in line.devices}
        return asked | {device.name: device.driver for device in self.streams}
