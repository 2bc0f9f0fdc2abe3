"""What stands at a station, as the judge and as the hub want to know it. Pure."""

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Protocol

from edge.health.judge import FacilitySettings
from edge.health.options import OPTIONS
from edge.settings import Settings
from shared.records import StationFacts, WiredDevice, WiredFacility
from shared.text import Text


class Known(Protocol):
    """A facility of a wiring or of a recording."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def quantities(self) -> frozenset[str]: ...
    @property
    def options(self) -> Mapping[str, float | str | bool]: ...


def judged(facilities: Iterable[Known]) -> list[FacilitySettings]:
    """The facilities as the judge wants them."""
    return [FacilitySettings(row.id, row.kind, row.options, row.quantities) for row in facilities]


def station_facts(facilities: Iterable[Known], devices: Iterable[WiredDevice] = ()) -> StationFacts:
    """What the hub shows: every threshold with the value in force."""
    rows = [
        WiredFacility(
            id=row.id,
            kind=row.kind,
            label=row.label,
            quantities=sorted(row.quantities),
            options={name: option.default for name, option in OPTIONS.get(row.kind, {}).items()} | dict(row.options),
        )
        for row in facilities
    ]
    return StationFacts(version=version("waystation"), facilities=rows, devices=list(devices))


def devices_of(settings: Settings) -> list[WiredDevice]:
    """The devices on lines and on ports of their own, and what each measures."""
    measures: dict[str, list[str]] = {}
    for facility in settings.facilities:
        for device in sorted({wire.device for wire in facility.wires}):
            measures.setdefault(device, []).append(facility.id)
    placed = [(device.name, device.driver.model, line.name) for line in settings.lines for device in line.devices]
    placed += [(device.name, device.driver.model, device.port.rpartition("/")[2]) for device in settings.streams]
    return [
        WiredDevice(name=name, model=model, line=line, facilities=measures.get(name, []))
        for name, model, line in placed
    ]
