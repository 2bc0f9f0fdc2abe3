"""Which tests apply to a facility, by the names of what is wired to it; and the look of all of them now and then."""

from collections.abc import Iterable, Mapping
from typing import Any

from edge.health.channel import Channel
from edge.health.limits import Limits
from edge.health.memory import Plain
from edge.health.station import Station
from edge.health.validation.check import Check, Look
from edge.health.validation.counter import Counter
from edge.health.validation.drift import OfRoom, OfThermostat
from edge.health.validation.frozen import Frozen
from edge.health.validation.meter import SelfContradiction
from edge.health.validation.misplaced import Misplaced
from edge.health.validation.slew import Slew
from edge.health.validation.stale import Stale

METERED = ("voltage", "power", "current", "power_factor", "energy")
"""What one meter says of one line; a socket's number tells meters of one facility apart."""
BESIDE = frozenset({*METERED, "room_temperature", "door_open"})
"""Quantities that are heard for the tests' sake, where no rule of the kind reads them."""
LOOK_S = 120.0
HOLE_S = 900.0
"""Looks further apart than this have a hole between them."""


class Checks:
    """The tests of one facility."""

    __slots__ = ("_at", "_checks", "_counters", "due")

    def __init__(self, facility: str, channels: Mapping[str, Channel], limits: Limits) -> None:
        self._checks = tuple(_checks(facility, channels, limits))
        self._counters = tuple(check for check in self._checks if isinstance(check, Counter))
        self._at = 0.0
        self.due = 0.0
        """When to look next."""

    def count(self) -> None:
        """After each instant: what has to be counted sample by sample."""
        for counter in self._counters:
            counter.count()

    def look(self, at: float, sense: Any, station: Station) -> Iterable[Channel]:
        """When it is due; the channels that are believed less, or again."""
        self.due = (at // LOOK_S + 1) * LOOK_S
        passed, self._at = at - self._at, at
        if not 0 <= passed <= HOLE_S:
            passed = 0.0
            for check in self._checks:
                check.hole()
        look = Look(at, passed, sense.moves, sense.still_s, station)
        changed: list[Channel] = []
        for check in self._checks:
            changed.extend(check.look(look))
        return changed

    def renew(self) -> None:
        """Another unit stands there."""
        for check in self._checks:
            check.renew()

    def written(self) -> Plain:
        """What must survive a restart."""
        return {"at": self._at, "due": self.due} | {check.name: check.written() for check in self._checks}

    def remember(self, kept: Plain) -> None:
        """Go on from there; a test that was not known then starts afresh."""
        self._at, self.due = kept["at"], kept["due"]
        for check in self._checks:
            if check.name in kept:
                check.remember(kept[check.name])


def _checks(facility: str, channels: Mapping[str, Channel], limits: Limits) -> Iterable[Check[Any]]:
    meters: dict[str, dict[str, Channel]] = {}
    for name, channel in channels.items():
        if channel.plain in METERED:
            meters.setdefault(name.partition(".")[2], {})[channel.plain] = channel
        elif channel.plain.endswith("temperature"):
            yield Frozen(channel, limits)
    for socket, meter in meters.items():
        yield from _of_meter(socket, meter, limits)
    probe, room, door = (channels.get(name) for name in ("cabinet_temperature", "room_temperature", "door_open"))
    if probe is not None and "power" in channels:
        yield OfThermostat(probe, limits)
        yield Misplaced(probe, room, door, facility, limits)
        if door is not None:
            yield Slew(probe, door, channels["power"], limits)
    if room is not None:
        yield OfRoom(room, limits, facility)


def _of_meter(socket: str, meter: Mapping[str, Channel], limits: Limits) -> Iterable[Check[Any]]:
    power, voltage, current = meter.get("power"), meter.get("voltage"), meter.get("current")
    if voltage is not None and len(meter) > 1:
        yield Stale(socket, tuple(meter[name] for name in METERED if name in meter), limits)
    if power is None:
        return
    if voltage is not None and current is not None:
        yield SelfContradiction(socket, power, voltage, current, meter.get("power_factor"), limits)
    if (energy := meter.get("energy")) is not None:
        beside = tuple(meter[name] for name in ("voltage", "current") if name in meter)
        yield Counter(socket, power, energy, beside, limits)
