"""When an air conditioner's rules on its not running hold (health.md AC5, AC6, AC8–AC10). None: cannot tell."""

from edge.health.conditions.air_conditioner import DAY_S
from edge.health.senses.air_conditioner import AirConditionerSense
from edge.health.senses.air_conditioner_limits import AirConditionerLimits
from edge.health.station import LIVE_V


def does_not_start(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC5: told to, and it did not run since; in a room in which it never started nobody can tell."""
    if not limits.relay_commands or sense.commanded_at is None or (sense.power or 0.0) >= limits.demand_power:
        return False
    known = sense.felt.cooling.from_ is not None or sense.felt.heating.from_ is not None
    return True if not known or beyond_start(sense, 0.0) else None


def fan_alone(sense: AirConditionerSense, _limits: AirConditionerLimits) -> bool | None:
    """AC5F: somebody switched it on, as its fan shows, and the compressor does not start: content, or broken."""
    return sense.fan_since is not None


def fan_since(sense: AirConditionerSense, _limits: AirConditionerLimits) -> float | None:
    """When the fan began."""
    return sense.fan_since


def wanted(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC6: hot or cold, and it does not run; whether it is off or broken a person must say."""
    if sense.room is None or sense.power is None:
        return None
    if not sense.open or sense.power >= limits.demand_power:
        return False
    return sense.room > limits.hot_room or sense.room < limits.cold_room


def late(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC6L: warmer than it used to let the room become, or colder."""
    if sense.room is None or sense.compressor.on is None:
        return None
    return sense.open and not sense.running and beyond_start(sense, limits.late_by)


def beyond_start(sense: AirConditionerSense, margin: float) -> bool:
    """Whether the room is beyond what it used to start at; off season is a matter of AC6 and AC8."""
    felt = sense.felt
    return felt.now is not None and (felt.cooling.beyond(felt.now, margin) or felt.heating.beyond(felt.now, margin))


def skipped(sense: AirConditionerSense, _limits: AirConditionerLimits) -> bool | None:
    """AC6T: it used to start at this hour in such a room, and did not."""
    return sense.skipped_at is not None


def runs(sense: AirConditionerSense, _limits: AirConditionerLimits) -> bool | None:
    """It runs."""
    return sense.running


def unproved(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC8: neither cooling nor heating was shown for so long, or ever."""
    if limits.central:
        return False
    if sense.power is None or (sense.voltage is not None and sense.voltage < LIVE_V):
        return None
    return not exercised(sense, limits)


def exercised(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC8 exit: what ran for long lately is a matter of the other rules."""
    tried = sense.tried_at is not None and sense.at - sense.tried_at < DAY_S
    return tried or proved_lately(sense, limits)


def proved_lately(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """A unit that draws nothing at rest shows by its runs alone that it is plugged in."""
    if limits.central:
        return True
    lasts_s = limits.unseen_lasts * 3600 if sense.standby.absent else limits.proof_lasts * DAY_S
    return sense.shown_at is not None and sense.at - sense.shown_at < lasts_s


def uncomfortable(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC9: the room alone, in opening hours."""
    if not limits.central:
        return False
    if sense.room is None:
        return None
    return sense.open and not limits.heat_held <= sense.room <= limits.cool_held


def unbearable(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC9, so far beyond that it may be off or broken."""
    if not limits.central:
        return False
    if sense.room is None:
        return None
    return sense.open and not limits.cold_room <= sense.room <= limits.hot_room


def comfortable(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC9 exit."""
    return None if sense.room is None else limits.heat_held <= sense.room <= limits.cool_held


def no_standby(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC10: what MW5 is to a microwave."""
    return sense.standby.missed(limits.standby_pauses)


def draws(sense: AirConditionerSense, _limits: AirConditionerLimits) -> bool | None:
    """It draws something."""
    return sense.standby.gone_at is None


def gone_at(sense: AirConditionerSense, _limits: AirConditionerLimits) -> float | None:
    """Since when it draws nothing."""
    return sense.standby.gone_at


def relay_off(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC11: our own relay was left off, where it is not what switches the unit."""
    return None if sense.relay is None else sense.relay < 0.5 and not limits.relay_commands


def relay_on(sense: AirConditionerSense, _limits: AirConditionerLimits) -> bool | None:
    """It is on again."""
    return None if sense.relay is None else sense.relay >= 0.5
