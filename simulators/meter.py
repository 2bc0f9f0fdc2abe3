"""What an energy meter would feel of an appliance, before the meter's own coding."""

from simulators.appliance import Values
from simulators.chance import Noise
from simulators.surroundings import Surroundings

FLOOR_V = 80.0
"""A PZEM is fed by the mains it measures; below this it says nothing (its manual guarantees 80 to 260 V)."""
LINE_OHMS_V_PER_W = 0.0005
"""The line's resistance takes half a volt at 1 kW."""
NOISE = 0.004
STARTS_W = 0.4
"""Below this a PZEM gives no power factor."""
SILENT: Values = {"power": None, "voltage": None, "power_factor": None}


def supply(watts: float, around: Surroundings) -> float | None:
    """Volts at a meter under this load; None where it has no mains to live on."""
    if around.mains is None:
        return None
    volts = around.mains - watts * LINE_OHMS_V_PER_W
    return volts if volts >= FLOOR_V else None


def metered(felt: Values, watts: float, around: Surroundings, noise: Noise, power_factor: float = 0.95) -> None:
    """Put power, voltage and power factor into what is felt; all None where the meter has no mains.

    Power carries half a per cent of noise.
    """
    volts = supply(watts, around)
    if volts is None:
        felt.update(SILENT)
        return
    power = watts * (1 + NOISE * next(noise))
    felt["power"] = power
    felt["voltage"] = volts
    felt["power_factor"] = power_factor if power > STARTS_W else 0.0
