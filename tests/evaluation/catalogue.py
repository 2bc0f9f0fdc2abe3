"""What can be wrong with a simulated facility, and what a message about it should name as the cause (health.md A8).

Every fault of `simulators/physics` of a kind that is judged is either here or in LEFT_OUT with its reason.
"""

from dataclasses import dataclass
from typing import Literal

from shared.states import Cause

KINDS = ("fridge", "microwave", "air_conditioner", "drinking_water", "outlets")
"""The kinds that are judged by telemetry; a full station has one of each."""

Effect = Literal["all", "part", "none"]
"""Whether the thing stops doing its job, does it partly, or only its sensor is wrong. Plans are drawn by it; what is
true is asked of the physics, minute by minute."""

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Fault:
    """One way a facility can break."""

    kind: str
    how: str
    cause: Cause
    effect: Effect = "all"
    lag_s: float = 0.0
    """About how long the thing still works after the fault began: plans are drawn by it."""


FAULTS: tuple[Fault, ...] = (
    Fault("fridge", "leak", Cause.DEVICE_FAULT, lag_s=3.2 * DAY_S),
    Fault("fridge", "dead", Cause.DEVICE_FAULT, lag_s=0.15 * DAY_S),
    Fault("fridge", "unplugged", Cause.USER_ACTION, lag_s=0.15 * DAY_S),
    Fault("fridge", "door", Cause.USER_ACTION, lag_s=0.1 * DAY_S),
    Fault("fridge", "probe_out", Cause.SENSOR_FAULT, "none"),
    Fault("fridge", "probe_stuck", Cause.SENSOR_FAULT, "none"),
    Fault("microwave", "no_heat", Cause.DEVICE_FAULT),
    Fault("microwave", "trip", Cause.DEVICE_FAULT),
    Fault("microwave", "unplugged", Cause.USER_ACTION),
    Fault("air_conditioner", "no_effect", Cause.DEVICE_FAULT),
    Fault("air_conditioner", "weak", Cause.DEVICE_FAULT),
    Fault("air_conditioner", "dead", Cause.DEVICE_FAULT),
    Fault("air_conditioner", "unplugged", Cause.USER_ACTION),
    Fault("drinking_water", "no_heat", Cause.DEVICE_FAULT, lag_s=0.05 * DAY_S),
    Fault("drinking_water", "dry", Cause.CONSUMABLE),
    Fault("drinking_water", "empty", Cause.CONSUMABLE),
    Fault("drinking_water", "leak", Cause.DEVICE_FAULT),
    Fault("drinking_water", "unplugged", Cause.USER_ACTION, lag_s=0.05 * DAY_S),
    Fault("outlets", "trip", Cause.DEVICE_FAULT),
    Fault("outlets", "out_of_band", Cause.SUPPLY_QUALITY),
    Fault("outlets", "socket_dead", Cause.DEVICE_FAULT, "part"),
)

LEFT_OUT = {
    ("outlets", "overload"): "people plug in too much: a warning, not a facility that fails",
}

SENSOR_FAULTS = tuple(fault for fault in FAULTS if fault.effect == "none")
BREAKDOWNS = tuple(fault for fault in FAULTS if fault.effect != "none")


def fault_of(kind: str, how: str) -> Fault:
    """The entry of a fault. Raises KeyError."""
    for fault in FAULTS:
        if (fault.kind, fault.how) == (kind, how):
            return fault
    raise KeyError((kind, how))
