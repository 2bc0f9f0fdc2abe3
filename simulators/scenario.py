"""Scenarios: which station stands where, wired how, what happened to it and what will happen. TOML in, values out.

A scenario's days are counted from its *origin*, the instant the demo was first started: `days = -5` is five days
before. Seconds (`at`) are counted from the start of the live station.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shared.facility import kind_of
from simulators.appliance import physics
from simulators.mains import MAINS_FAULTS
from simulators.people import DAY_S
from simulators.weather import WEATHER_TURNS

FOLDER = Path(__file__).parent / "scenarios"
WIRINGS = Path(__file__).parent / "wirings"

MAINS = "mains"
"""The name under which the station's own supply can be broken."""

WEATHER = "weather"
"""The name under which the station's weather can turn."""

STATION_WIDE = {MAINS: MAINS_FAULTS, WEATHER: WEATHER_TURNS}

ORDERS = ("visit", "line", "network", "break", "heal")
"""What an [[event]] or an order at the control socket can do."""

Table = Mapping[str, Any]  # what tomllib gives; read in this file only


class BadScenario(Exception):
    """A scenario that is not there or does not say what it must; names the file and the key."""


@dataclass(frozen=True, slots=True)
class SerialLine:
    """A Modbus line."""

    name: str
    baudrate: int


@dataclass(frozen=True, slots=True)
class WiredDevice:
    """A device on a line (with an address), or one that talks unasked on a port of its own (`line` is its name)."""

    name: str
    model: str
    line: str
    address: int | None
    baudrate: int
    every_s: float | None


@dataclass(frozen=True, slots=True)
class WiredFacility:
    """A facility, its wires (quantity -> `device.channel`), the agent's options and the physics' own."""

    id: str
    label: Mapping[str, str]
    wires: Mapping[str, str]
    options: Mapping[str, float]
    simulated: Mapping[str, float]

    @property
    def kind(self) -> str:
        return kind_of(self.id)


@dataclass(frozen=True, slots=True)
class PastFault:
    """A fault that began `days` after the origin (negative: before) and was repaired at `until_days`, if ever."""

    facility: str
    how: str
    days: float
    until_days: float | None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens by itself `at` seconds after the start, and again every so often if it says so.

    `do` is an order as the control socket takes it.
    """

    at: float
    every_s: float | None
    do: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One station and its story."""

    name: str
    title: Mapping[str, str]
    seed: str
    visits_per_day: float
    missing: float
    """The share of answers its lines lose day by day."""
    opening: Mapping[str, Any]
    lines: tuple[SerialLine, ...]
    devices: tuple[WiredDevice, ...]
    facilities: tuple[WiredFacility, ...]
    past: tuple[PastFault, ...] = ()
    happenings: tuple[Happening, ...] = ()

    def streams(self) -> list[WiredDevice]:
        """The devices with a port of their own."""
        return [device for device in self.devices if device.address is None]

    def faults_of(self, facility: str) -> Sequence[str]:
        """The ways a facility can break; empty for one without physics."""
        if facility in STATION_WIDE:
            return sorted(STATION_WIDE[facility])
        entry = physics().get(kind_of(facility))
        return sorted(entry.faults) if entry else []

    def breakable(self) -> list[str]:
        """What can be broken: the facilities with physics, the mains and the weather."""
        return [facility.id for facility in self.facilities if self.faults_of(facility.id)] + list(STATION_WIDE)


@dataclass(frozen=True, slots=True)
class Turn:
    """From `at` (epoch seconds) on a facility, `mains` or `weather` has this fault; None: it is whole again."""

    at: float
    facility: str
    how: str | None
    size: float | None = None
    """Severity, 0 to 1; None is the fault's typical one."""


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario at its origin: with this seed and these turns every instant of it is settled."""

    scenario: Scenario
    origin: float
    seed: str
    turns: tuple[Turn, ...] = ()


def story(scenario: Scenario, origin: float, seed: str | None = None, more: Sequence[Turn] = ()) -> Story:
    """The scenario's past faults put on the calendar, and what was broken and repaired by hand since."""
    turns = list(more)
    for fault in scenario.past:
        turns.append(Turn(origin + fault.days * DAY_S, fault.facility, fault.how, fault.size))
        if fault.until_days is not None:
            turns.append(Turn(origin + fault.until_days * DAY_S, fault.facility, None))
    return Story(scenario, origin, seed or scenario.seed, tuple(sorted(turns, key=lambda turn: turn.at)))


@cache
def names() -> tuple[str, ...]:
    """The scenarios that come with the product."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load(which: str) -> Scenario:
    """A scenario by name, or from a path ending in .toml. Raises BadScenario."""
    path = Path(which) if which.endswith(".toml") else FOLDER / f"{which}.toml"
    if not path.is_file():
        raise BadScenario(f"there is no scenario {which!r}; there are {', '.join(names())}")
    try:
        return read(tomllib.loads(path.read_text("utf-8")), path.stem)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, OSError) as problem:
        raise BadScenario(f"{path}: {type(problem).__name__}: {problem}") from problem


def read(table: Table, name: str) -> Scenario:
    """A scenario from its parsed TOML. Raises BadScenario on a name that nothing bears."""
    wiring = _wiring(table["wiring"]) if "wiring" in table else table
    lines = tuple(SerialLine(row["name"], int(row["baudrate"])) for row in wiring.get("line", []))
    rates = {line.name: line.baudrate for line in lines}
    scenario = Scenario(
        name=name,
        title=table["title"],
        seed=str(table.get("seed", name)),
        visits_per_day=float(table.get("visits_per_day", 40)),
        missing=float(table.get("missing", 0.0)),
        opening=table.get("opening", {"start": "09:00", "end": "17:00", "weekdays": [0, 1, 2, 3, 4, 5, 6]}),
        lines=lines,
        devices=tuple(_device(row, rates) for row in wiring.get("device", [])),
        facilities=tuple(_facility(row) for row in wiring.get("facility", [])),
        past=tuple(
            PastFault(row["facility"], row["how"], float(row["days"]), row.get("until_days"), size_of(row))
            for row in table.get("past", [])
        ),
        happenings=tuple(_happening(row) for row in table.get("event", [])),
    )
    _check(scenario)
    return scenario


def _wiring(name: str) -> Table:
    """A wiring by name; one that extends another adds devices to it, and to its facilities wires, options and so on."""
    table = tomllib.loads((WIRINGS / f"{name}.toml").read_text("utf-8"))
    if "extends" not in table:
        return table
    base = _wiring(table["extends"])
    more = {row["id"]: row for row in table.get("facility", [])}
    facilities = [_joined(row, more.pop(row["id"], {})) for row in base["facility"]]
    return {
        "line": [*base["line"], *table.get("line", [])],
        "device": [*base["device"], *table.get("device", [])],
        "facility": [*facilities, *more.values()],
    }


def _joined(row: Table, more: Table) -> Table:
    tables = {key: {**row.get(key, {}), **given} for key, given in more.items() if key != "id"}
    return {**row, **tables}


def size_of(row: Table) -> float | None:
    """The `size` of a fault as TOML or an order says it. Raises ValueError outside 0 to 1."""
    size = row.get("size")
    if size is None:
        return None
    if not 0 <= float(size) <= 1:
        raise ValueError(f"size {size} is not within 0 and 1")
    return float(size)


def _device(row: Table, rates: Mapping[str, int]) -> WiredDevice:
    line = row.get("line", row["name"])
    address = int(row["address"]) if "address" in row else None
    rate = int(row["baudrate"]) if address is None else rates[line]
    return WiredDevice(row["name"], row["model"], line, address, rate, row.get("every_s"))


def _happening(row: Table) -> Happening:
    details = {key: row[key] for key in row if key not in ("at", "every_s", "do")}
    every_s = float(row["every_s"]) if "every_s" in row else None
    return Happening(float(row["at"]), every_s, row["do"], details)


def _facility(row: Table) -> WiredFacility:
    return WiredFacility(
        row["id"], row.get("label", {}), row.get("wires", {}), row.get("options", {}), row.get("simulated", {})
    )


def _check(scenario: Scenario) -> None:
    devices = {device.name for device in scenario.devices}
    for facility in scenario.facilities:
        for quantity, wire in facility.wires.items():
            if wire.partition(".")[0] not in devices:
                raise BadScenario(f"{scenario.name}: {facility.id} {quantity} is wired to {wire!r}, no such device")
    known = scenario.breakable()
    for fault in scenario.past:
        if fault.facility not in known or fault.how not in scenario.faults_of(fault.facility):
            raise BadScenario(f"{scenario.name}: past fault {fault.how!r} of {fault.facility!r} cannot be")
    for happening in scenario.happenings:
        if happening.do not in ORDERS:
            raise BadScenario(f"{scenario.name}: event {happening.do!r}; there are {', '.join(ORDERS)}")
