"""What a water dispenser's rules ask (health.md A5). None: it cannot be told now."""

from edge.health.senses.drinking_water import DrinkingWaterLimits, DrinkingWaterSense
from edge.health.station import LIVE_V
from shared.states import Cause

HOUR_S = 3600.0
KWH_J = 3.6e6
TIMES = 3.0
"""A pause of so many times the usual one is none of its own."""


def cause(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> Cause:
    """Whose doing it is, as far as the wires tell."""
    return Cause.DEVICE_FAULT if sense.blamed is None else Cause(sense.blamed)


def closed(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool:
    """Nobody wants water."""
    return not sense.open


def off_by_schedule(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool:
    """WD7."""
    return sense.off_by_schedule(limits)


def tepid(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    """WD2T: the tank itself."""
    return None if sense.hot is None else sense.hot < limits.hot_least


def hot_again(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    """WD2T exit."""
    return None if sense.hot is None else sense.hot >= limits.hot_clear


def no_heat(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    """WD2: only of one that has been seen to heat; whether another has a heater at all is not known."""
    if sense.heating_since is not None or not sense.bursts:
        return None
    usual = sense.usual_gap_s()
    patience = limits.no_heat_unknown if usual is None else limits.no_heat_symptom
    if sense.quiet_s <= max(patience * HOUR_S, TIMES * (usual or 0.0)):
        return False
    powered = (sense.power or 0.0) > limits.standby or (
        not sense.stands_by(limits) and (sense.voltage or 0.0) >= LIVE_V
    )
    return True if powered else None


def heated(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    """WD2 exit: a burst that counts."""
    return sense.quiet_s < HOUR_S


def heats_on(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    """WD3: it has taken more than a cold tank does."""
    return limits.heater and sense.heating_since is not None and sense.heated_j > limits.stuck_energy * KWH_J


def heating_since(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> float | None:
    """The first symptom of WD3."""
    return sense.heating_since


def boils_over(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    """WD3B."""
    if sense.hot is None:
        return None
    return sense.boiling_since is not None and sense.at - sense.boiling_since >= limits.boils_over * 60


def off(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    """WD3 exit."""
    return sense.heating_since is None


def draws_nothing(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    """WD4, not yet for long; one without a standby draws nothing between bursts either: WD2 speaks of it."""
    return sense.draws_nothing(limits)


def dead(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    """WD4."""
    return sense.draws_nothing(limits) and sense.gone_s >= limits.dead_after * HOUR_S


def alive(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    """WD4 exit."""
    return (sense.power or 0.0) >= limits.dead_power


def empty(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    """WD5."""
    return sense.empty


def filled(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    """WD5 exit."""
    return None if sense.empty is None else not sense.empty


def leaks(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    """WD6."""
    return sense.leaking


def dry(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    """WD6 exit."""
    return None if sense.leaking is None else not sense.leaking


def leaked(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    """WD6R: it may be seen to, or only mopped up."""
    return sense.leaked


def seen_to(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    """WD6R exit."""
    return not sense.leaked


def relay_off(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    """WD8, not yet for long."""
    return None if sense.relay_on is None else not sense.relay_on


def relay_left_off(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    """WD8; what a probe on the tank says is better."""
    if sense.hot is not None and sense.hot >= limits.hot_least:
        return False
    return relay_off(sense, limits) and sense.at - sense.relay_since >= limits.relay_after * HOUR_S


def relay_on(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    """WD8 exit."""
    return sense.relay_on


def cold_since(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> float | None:
    """Since when the tank has been too cool."""
    return sense.cold_since
