"""What an energy meter would feel of an appliance, before the meter's own coding."""

from random import Random

from simulators.appliance import Values
from simulators.surroundings import Surroundings

FLOOR_V = 80.0
"""A PZEM is fed by the mains it measures; below this it says nothing (its manual guarantees 80 to 260 V)."""


def metered(watts: float, around: Surroundings, rng: Random, power_factor: float = 0.95) -> Values:
    """Power, voltage and power factor; all None where the meter has no mains.

    The line's resistance takes half a volt at 1 kW; power carries half a per cent of noise.
    """
    if around.mains is None:
        return {"power": None, "voltage": None, "power_factor": None}
    volts = around.mains - watts * 0.0005
    if volts < FLOOR_V:
        return {"power": None, "voltage": None, "power_factor": None}
    power = max(0.0, watts * (1 + rng.gauss(0, 0.004)))
    return {"power": power, "voltage": volts, "power_factor": power_factor if power > 0.4 else 0.0}
