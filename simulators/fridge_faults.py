"""How a fridge breaks: its faults, and what each is in watts, kelvin and shares, small and large."""

from simulators.fault import Fault, between
from simulators.people import DAY_S

LEAK_PER_DAY, LEAK_FLOOR = (0.08, 0.60), 0.02
SEAL_ENDS_C, SEAL_ROOM_C = (5.0, 14.0), 24.0
"""Where a cabinet whose compressor never rests ends, in a room of 24 ℃."""
AJAR_SHARE = (0.2, 1.0)
FROZEN_C, ICED_K = (-3.7, -6.7), 2.0
"""Where a cabinet without a thermostat would end without any load; with the walls' it is 0.7 K above. The last two
kelvin cost the evaporator its power: it ices up."""
DRIFT_K_PER_WEEK = (0.0, 3.0)

FAULTS = {
    "leak": Fault("the refrigerant leaks; size: cooling lost per day, 0.08 to 0.6 of it", 0.365),
    "dead": Fault("the compressor does not start"),
    "hard_start": Fault("the compressor tries to start every few minutes and fails; size: 4 to 6 times its power"),
    "seal": Fault("the gasket leaks, it runs on; size: it ends at 5 to 14 ℃ in a room of 24 ℃"),
    "unplugged": Fault("the plug is out; the meter still sees the mains"),
    "door": Fault("the door stands ajar; size: how wide", 1.0),
    "freezing": Fault("the thermostat is stuck closed; size: the air ends at -3 to -6 ℃"),
    "relay_off": Fault("the monitoring relay was left off; the meter still sees the mains"),
    "probe_out": Fault("the probe hangs outside the cabinet"),
    "probe_stuck": Fault("the probe repeats one value"),
    "probe_drift": Fault("the probe drifts, up or down; size: up to 3 K a week"),
    "meter_stuck": Fault("the meter repeats its last values"),
}


def left_of_cooling(size: float, lasted_s: float) -> float:
    """The share of the cooling power that a leak has left after so long."""
    return max(LEAK_FLOOR, 1 - between(LEAK_PER_DAY, size) * lasted_s / DAY_S)


def leaking_wall(size: float, cooling_w: float) -> float:
    """W/K of a cabinet with such a gasket."""
    return cooling_w / (SEAL_ROOM_C - between(SEAL_ENDS_C, size))


def ajar(size: float) -> float:
    """How much of an open door it is."""
    return between(AJAR_SHARE, size)


def frost(size: float, air: float) -> float:
    """The share of its power an evaporator still gives to air of this temperature."""
    return min(1.0, max(0.0, (air - between(FROZEN_C, size)) / ICED_K))


def drift(size: float, lasted_s: float) -> float:
    """By how many K the probe is off after so long."""
    return between(DRIFT_K_PER_WEEK, size) * lasted_s / (7 * DAY_S)
