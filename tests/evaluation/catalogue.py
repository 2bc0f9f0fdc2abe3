"""What can be wrong with a simulated facility, and what a message about it should name as the cause (health.md A8).

Every fault of `simulators/physics` of a kind that is judged is either here or in LEFT_OUT with its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shared.states import Cause

KINDS = ("fridge", "microwave", "air_conditioner", "drinking_water", "outlets")
"""The kinds that are judged by telemetry; a full station has one of each."""

Effect = Literal["all", "part", "none"]
"""Whether the thing stops doing its job, does it partly, or goes on doing it."""

DAY_S = 86_400.0
EVERY_SIZE = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Fault:
    """One way a facility can break. Plans are drawn by it; what is true is asked of the physics, minute by minute."""

    kind: str
    how: str
    cause: Cause
    effect: Effect = "all"
    lag_days: tuple[float, float] = (0.0, 0.0)
    """About how long the thing still works after the fault began: at the smallest size, at the largest."""
    sizes: tuple[float, float] | None = None
    """The severities drawn. None: it has no size."""
    fails_from: float = 0.0
    """About the size under which it goes on doing its job."""
    all_from: float = 2.0
    """The size from which on it stops altogether what it did in part."""
    invisible: bool = False
    """No signal shows it: a line of its own in every figure."""
    where: str | None = None
    """The facility that breaks, where it is not the one judged."""

    @property
    def of_sensor(self) -> bool:
        """Only what is measured is wrong."""
        return self.cause is Cause.SENSOR_FAULT

    def lag_s(self, size: float | None) -> float:
        """About how long it still works at this size, in seconds: what grows twice as fast takes half the time."""
        slow, fast = self.lag_days
        if slow == fast:
            return slow * DAY_S
        return DAY_S / (1 / slow + (1 / fast - 1 / slow) * (0.5 if size is None else size))

    def does(self, size: float | None) -> Effect:
        """What it does to the job at this size."""
        if size is None or self.effect == "none":
            return self.effect
        return "none" if size < self.fails_from else "all" if size >= self.all_from else self.effect


def _sensor(kind: str, how: str, where: str | None = None, sizes: tuple[float, float] | None = None) -> Fault:
    return Fault(kind, how, Cause.SENSOR_FAULT, "none", sizes=sizes, where=where)


FAULTS: tuple[Fault, ...] = (
    Fault("fridge", "leak", Cause.DEVICE_FAULT, lag_days=(10.5, 1.6), sizes=EVERY_SIZE),
    Fault("fridge", "dead", Cause.DEVICE_FAULT, lag_days=(0.13, 0.13)),
    Fault("fridge", "hard_start", Cause.DEVICE_FAULT, lag_days=(0.13, 0.13), sizes=EVERY_SIZE),
    Fault("fridge", "seal", Cause.DEVICE_FAULT, lag_days=(0.3, 0.1), sizes=EVERY_SIZE, fails_from=0.6),
    Fault("fridge", "unplugged", Cause.USER_ACTION, lag_days=(0.13, 0.13)),
    Fault("fridge", "door", Cause.USER_ACTION, lag_days=(0.2, 0.05), sizes=EVERY_SIZE, fails_from=0.3),
    Fault("fridge", "freezing", Cause.DEVICE_FAULT, "part", lag_days=(0.1, 0.1), sizes=EVERY_SIZE),
    Fault("fridge", "relay_off", Cause.MONITOR_INDUCED, lag_days=(0.13, 0.13)),
    _sensor("fridge", "probe_out"),
    _sensor("fridge", "probe_stuck"),
    _sensor("fridge", "meter_stuck"),
    _sensor("fridge", "probe_drift", sizes=(0.5, 1.0)),
    Fault("microwave", "no_heat", Cause.DEVICE_FAULT, lag_days=(0.1, 0.1)),
    Fault("microwave", "weak_magnetron", Cause.DEVICE_FAULT, sizes=(0.1, 1.0), invisible=True),
    Fault("microwave", "fading", Cause.DEVICE_FAULT, lag_days=(4.0, 1.0), sizes=EVERY_SIZE, fails_from=0.41),
    Fault("microwave", "over_draw", Cause.DEVICE_FAULT, lag_days=(0.1, 0.1), sizes=EVERY_SIZE),
    Fault("microwave", "trip", Cause.DEVICE_FAULT, lag_days=(0.1, 0.1)),
    Fault("microwave", "unplugged", Cause.USER_ACTION),
    Fault("microwave", "relay_off", Cause.MONITOR_INDUCED),
    Fault("air_conditioner", "no_effect", Cause.DEVICE_FAULT, sizes=EVERY_SIZE),
    Fault("air_conditioner", "weak", Cause.DEVICE_FAULT, sizes=EVERY_SIZE, fails_from=0.34),
    Fault("air_conditioner", "dead", Cause.DEVICE_FAULT, lag_days=(0.3, 0.3)),
    Fault("air_conditioner", "short_cycle", Cause.DEVICE_FAULT, "none", sizes=EVERY_SIZE),
    Fault("air_conditioner", "unplugged", Cause.USER_ACTION),
    Fault("air_conditioner", "relay_off", Cause.MONITOR_INDUCED),
    _sensor("air_conditioner", "probe_out"),
    _sensor("air_conditioner", "probe_stuck", where="room-1"),
    Fault("drinking_water", "no_heat", Cause.DEVICE_FAULT, lag_days=(0.03, 0.03)),
    Fault("drinking_water", "weak_heater", Cause.DEVICE_FAULT, lag_days=(0.03, 0.03), sizes=EVERY_SIZE, fails_from=0.4),
    Fault("drinking_water", "dry", Cause.CONSUMABLE),
    Fault("drinking_water", "empty", Cause.CONSUMABLE),
    Fault("drinking_water", "leak", Cause.DEVICE_FAULT),
    Fault("drinking_water", "stuck_on", Cause.DEVICE_FAULT, lag_days=(0.01, 0.01)),
    Fault("drinking_water", "unplugged", Cause.USER_ACTION, lag_days=(0.03, 0.03)),
    Fault("drinking_water", "relay_off", Cause.MONITOR_INDUCED, lag_days=(0.03, 0.03)),
    _sensor("drinking_water", "probe_stuck"),
    Fault("outlets", "trip", Cause.DEVICE_FAULT),
    Fault("outlets", "out_of_band", Cause.SUPPLY_QUALITY, sizes=EVERY_SIZE),
    Fault("outlets", "socket_dead", Cause.DEVICE_FAULT, "part", sizes=EVERY_SIZE, all_from=0.7),
    Fault("outlets", "worn_contact", Cause.DEVICE_FAULT, "part", sizes=EVERY_SIZE, all_from=0.7, invisible=True),
    Fault("outlets", "relay_off", Cause.MONITOR_INDUCED),
)

LEFT_OUT: Mapping[tuple[str, str], str] = {
    ("outlets", "overload"): "people plug in too much: a warning, not a facility that fails",
}


def fault_of(kind: str, how: str) -> Fault:
    """The entry of a fault. Raises KeyError."""
    for fault in FAULTS:
        if (fault.kind, fault.how) == (kind, how):
            return fault
    raise KeyError((kind, how))
