"""From wires to devices: what a channel of a simulated device shows of the world, and the wiring for the agent."""

from collections.abc import Callable, Mapping
from pathlib import Path

from shared.quantities import QUANTITIES, of_socket, split
from simulators.device import Source, models
from simulators.scenario import BadScenario, Scenario, WiredDevice, WiredFacility
from simulators.toml_text import table
from simulators.world import Channel, World


def channels(scenario: Scenario, device: WiredDevice) -> Mapping[str, Channel]:
    """What each channel of a device feels: as wired, and for the rest the same facility's quantity of that name.

    A meter wired for its power alone still shows the voltage of the facility it meters. Raises BadScenario.
    """
    model = models().get(device.model)
    if model is None:
        raise BadScenario(f"{device.name}: there is no device model {device.model!r}; there are {', '.join(models())}")
    found: dict[str, Channel] = {}
    for facility in scenario.facilities:
        for quantity, wire in facility.wires.items():
            name, _, channel = wire.partition(".")
            if name == device.name:
                if channel not in model.channels:
                    raise BadScenario(f"{facility.id} {quantity}: {device.model} has no channel {channel!r}")
                found.setdefault(channel, (facility.id, quantity))
    wired = next(iter(found.values()), None)
    if wired is not None:
        facility_id, socket = wired[0], split(wired[1])[1]
        for channel in model.channels:
            if channel not in found and channel in QUANTITIES:
                found[channel] = (facility_id, of_socket(channel, socket))
    return found


def source(world: World, device: WiredDevice, now: Callable[[], float]) -> Source:
    """The world as one device feels it."""
    wires = channels(world.story.scenario, device)

    def feel(channel: str) -> float | None:
        if channel not in wires:
            return None
        facility, quantity = wires[channel]
        shape, _ = split(quantity)
        if shape.two_state or shape.stays_here:  # asked several times a second
            world.look(facility, now())
        return world.read(facility, quantity)

    return feel


def station_toml(scenario: Scenario, folder: Path) -> str:
    """The `[[line]] [[device]] [[facility]]` part of a station.toml, with the ports this run folder publishes."""
    parts = [
        table("line", {"name": line.name, "port": str(port(folder, line.name)), "baudrate": line.baudrate}, many=True)
        for line in scenario.lines
    ]
    parts += [table("device", _device(device, folder), many=True) for device in scenario.devices]
    parts += [table("facility", _facility(facility), many=True) for facility in scenario.facilities]
    return "\n".join(parts)


def _device(device: WiredDevice, folder: Path) -> dict[str, object]:
    row: dict[str, object] = {"name": device.name, "model": device.model}
    if device.address is None:
        row |= {"port": str(port(folder, device.line)), "baudrate": device.baudrate}
    else:
        row |= {"line": device.line, "address": device.address}
    return row if device.every_s is None else row | {"every_s": device.every_s}


def _facility(facility: WiredFacility) -> dict[str, object]:
    parts = {"label": facility.label, "wires": facility.wires, "options": facility.options}
    return {"id": facility.id} | {name: given for name, given in parts.items() if given}


def port(folder: Path, line: str) -> Path:
    """Where a run folder publishes a line."""
    return folder.absolute() / "dev" / line
