"""Which lines of devices are silent as a whole, pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from shared.records import WiredDevice
from shared.text import Text

LINE_RULE = "HUB-LINE"
AS_PROBLEM = "line:"
"""Before the line's name, where an alert tells which one it is about."""
BLIND_AFTER = timedelta(minutes=30)
"""For so long a sensor may fail before somebody must look."""
LEAST = 2
"""Facilities a line measures before it is said to be the line and not the device."""
SEEN_AGAIN = Text("线上的设备恢复应答", "The devices on the line answer again")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and the facilities that are measured on it and nowhere else."""

    name: str
    facilities: frozenset[str]


def lines(devices: Iterable[WiredDevice]) -> list[Line]:
    """The lines of a station that says what its devices measure, by name."""
    on: dict[str, set[str]] = {}
    for device in devices:
        for facility in device.facilities:
            on.setdefault(facility, set()).add(device.line)
    found: dict[str, set[str]] = {}
    for facility, names in on.items():
        if len(names) == 1:
            found.setdefault(min(names), set()).add(facility)
    return [Line(name, frozenset(some)) for name, some in sorted(found.items())]


def dead(some: Iterable[Line], blind: Collection[str]) -> list[Line]:
    """Those of which nothing is seen any more."""
    return [line for line in some if len(line.facilities) >= LEAST and line.facilities <= set(blind)]


def why(line: Line) -> Text:
    """The reason of the alert."""
    number = len(line.facilities)
    return Text(
        f"线路 {line.name} 上的 {number} 项设施都没有可信的读数：先看转换器和接线",
        f"None of the {number} facilities on line {line.name} can be read: look at the adapter and the wires first",
    )
