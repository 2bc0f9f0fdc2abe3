"""From a device's reading to samples of facilities: wiring and plausibility. No I/O; time is an argument.

Nothing is dropped silently: no answer and an absent channel are samples of quality 9, an impossible value one of
quality 4 (QARTOD: 1 good, 2 unknown, 3 suspect, 4 fail, 9 missing).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edge.driver import Driver, Reading
from edge.settings import Facility
from shared.quantities import Quantity, split

GOOD, UNKNOWN, SUSPECT, FAIL, MISSING = 1, 2, 3, 4, 9

STEADY_S = 1.0
"""A contact asked ten times a second makes a sample when it changes, and otherwise one in this time."""
METERED = frozenset({"voltage", "power"})
"""What the mains feed a meter for (health.md OUT7)."""
NEAR = 5.0
"""A power-on value this near to the last good one is believed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A quantity of a facility at one time. `value` is nan where the quality is MISSING."""

    at: float
    """Epoch seconds."""
    facility: str
    quantity: str
    """With its socket, if it is of one: `voltage.2`."""
    value: float
    quality: int = GOOD


@dataclass(slots=True)
class _Feeler:
    """One wire at work: the quantity it feels, and what it last felt."""

    facility: str
    name: str
    quantity: Quantity
    channel: str
    inverted: bool
    power_on: float | None
    last_good: float | None = None
    said: Sample | None = None

    def feel(self, reading: Reading | None, at: float) -> Sample:
        """What the reading says of the quantity."""
        value = reading.get(self.channel, math.nan) if reading is not None else math.nan
        value = 1 - value if self.inverted else value
        quality = self._quality(value)
        if quality == GOOD:
            self.last_good = value
        return Sample(at, self.facility, self.name, value, quality)

    def _quality(self, value: float) -> int:
        if math.isnan(value):
            return MISSING
        if not self.quantity.low <= value <= self.quantity.high:
            return FAIL
        if value == self.power_on and (self.last_good is None or abs(value - self.last_good) > NEAR):
            return SUSPECT
        return GOOD

    def is_steady(self, sample: Sample) -> bool:
        """Whether this contact has just said the same."""
        said = self.said
        if not self.quantity.two_state or said is None or said.quality != sample.quality:
            return False
        same = said.value == sample.value or sample.quality == MISSING
        return same and abs(sample.at - said.at) < STEADY_S


class Wiring:
    """Which channel feels which quantity of which facility. One channel may feel several."""

    def __init__(self, facilities: Sequence[Facility], drivers: Mapping[str, Driver]) -> None:
        self._feelers: dict[str, list[_Feeler]] = {device: [] for device in drivers}
        for facility in facilities:
            for wire in facility.wires:
                quantity, _socket = split(wire.quantity)
                power_on = drivers[wire.device].power_on
                feeler = _Feeler(facility.id, wire.quantity, quantity, wire.channel, wire.inverted, power_on)
                self._feelers[wire.device].append(feeler)

    def meters(self, device: str) -> bool:
        """Whether a facility's voltage or power is read from this device."""
        return any(feeler.quantity.name in METERED for feeler in self._feelers[device])

    def samples(self, device: str, reading: Reading | None, at: float) -> list[Sample]:
        """The samples of this reading, in the order of the wiring; a reading of None is a device that did not answer.

        `at` is epoch seconds. A contact that has not changed is not repeated within a second.
        """
        found = []
        for feeler in self._feelers[device]:
            sample = feeler.feel(reading, at)
            if not feeler.is_steady(sample):
                feeler.said = sample
                found.append(sample)
        return found
