"""When an air conditioner's rules on what it does hold (health.md AC1–AC4, AC7). None: cannot tell."""

from edge.health.senses.air_conditioner import HALF_HOUR_S, AirConditionerSense
from edge.health.senses.air_conditioner_limits import AirConditionerLimits
from edge.health.station import LIVE_V
from shared.states import Grade

DAY_S = 86400.0
BAND_K = 1.0
"""Dead band over the split of no effect: one that touches the line for a moment is still a low one."""
STILL_K = 0.2


def works(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool:
    """It has been running for long enough to tell."""
    return sense.running and sense.effort_s >= limits.settled_after * 60


def cools(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool:
    """AC1: a split held for long proves in a short run; what the room does takes its time."""
    if sense.running and sense.held(sense.air.cold_since, limits):
        return True
    if not works(sense, limits):
        return False
    split = sense.split
    if split is not None and split >= limits.cool_split:
        return True
    if (
        sense.effort_s < HALF_HOUR_S
        or sense.room is None
        or (split is not None and split < limits.no_effect_split + BAND_K)
    ):
        return False
    moved = sense.felt.moved(sense.at, HALF_HOUR_S)
    if moved is not None and moved <= -limits.room_step:
        return True
    held = sense.outdoor is not None and sense.outdoor >= limits.cool_outdoor and sense.room <= limits.cool_held
    return held and moved is not None


def heats(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool:
    """AC2."""
    if sense.running and sense.held(sense.air.warm_since, limits):
        return True
    if not works(sense, limits):
        return False
    split = sense.split
    if split is not None and -split >= limits.heat_split:
        return True
    if (
        sense.effort_s < HALF_HOUR_S
        or sense.room is None
        or (split is not None and -split < limits.no_effect_split + BAND_K)
    ):
        return False
    moved = sense.felt.moved(sense.at, HALF_HOUR_S)
    if moved is not None and moved >= limits.room_step:
        return True
    held = sense.outdoor is not None and sense.outdoor <= limits.heat_outdoor and sense.room >= limits.heat_held
    return held and moved is not None


def probe_off(sense: AirConditionerSense, _limits: AirConditionerLimits) -> bool | None:
    """AC3P: the probe is off the vent."""
    return sense.air.off


def probe_on(sense: AirConditionerSense, _limits: AirConditionerLimits) -> bool | None:
    """It feels supply air again."""
    return not sense.air.off


def slow(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool:
    """Part load: a small split may be all that is asked of it."""
    return (sense.power or 0.0) < limits.weak_load * sense.full_w


def no_effect(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC3: on long enough, and the air it blows is the room's."""
    if not sense.running:
        return None if sense.effort_s else False
    if sense.effort_s < limits.no_effect_run * 60 - limits.no_effect_after * 60:
        return False
    split = sense.split
    if split is None or sense.air.off or slow(sense, limits):
        return None
    if abs(split) < limits.no_effect_split:
        return True
    return None if abs(split) < limits.no_effect_split + BAND_K else False


def effect(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC1 or AC2."""
    return cools(sense, limits) or heats(sense, limits)


def room_stays_hot(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC3 by the room alone."""
    if not sense.running or sense.effort_s < limits.no_effect_run * 60 or sense.door_open:
        return None if sense.effort_s else False
    if sense.room is None or sense.room <= limits.hot_room:
        return False
    moved = sense.felt.moved(sense.at, HALF_HOUR_S)
    return None if moved is None else moved > -STILL_K


def weak(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC4, down: far less than its own split. What is seen in one run counts on in the next."""
    return _under(sense, limits, limits.weak_share)


def not_weak(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """It blows more again."""
    return _over(sense, limits, limits.weak_share)


def low(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC4, degraded: less than its own split."""
    return _under(sense, limits, limits.low_share)


def not_low(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """It blows as it used to."""
    return _over(sense, limits, limits.low_share)


def _under(sense: AirConditionerSense, limits: AirConditionerLimits, share: float) -> bool | None:
    now, split = sense.air.share, sense.split
    if not sense.running or now is None or split is None:
        return None
    if abs(split) < (limits.probe_split if slow(sense, limits) else limits.no_effect_split):
        return None
    if now < share:
        return True
    return False if now >= share + limits.weak_clear else None


def _over(sense: AirConditionerSense, limits: AirConditionerLimits, share: float) -> bool | None:
    under = _under(sense, limits, share)
    return None if under is None else not under


def short_cycles(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC7."""
    cycle = sense.compressor
    return len(cycle.starts) > limits.most_starts and cycle.starts_within(sense.at) > limits.most_starts


def calm(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC7 exit."""
    return sense.compressor.starts_within(sense.at) <= limits.calm_starts


def first_start(sense: AirConditionerSense, _limits: AirConditionerLimits) -> float | None:
    """The first of the many starts."""
    return min(sense.compressor.starts, default=None)


def in_comfort(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool:
    """AC9: the room is neither hot nor cold."""
    return sense.room is not None and limits.heat_held <= sense.room <= limits.cool_held


def grade(sense: AirConditionerSense, limits: AirConditionerLimits) -> Grade:
    """What an ok rests on."""
    if limits.central:
        return Grade.E2 if in_comfort(sense, limits) else Grade.E1 if sense.room is not None else Grade.E0
    if sense.voltage is not None and sense.voltage < LIVE_V:
        return Grade.E0
    if sense.shown_at is not None and sense.at - sense.shown_at < limits.proof_lasts * DAY_S:
        return Grade.E3
    return Grade.E1 if sense.energised_at is not None and sense.at - sense.energised_at < DAY_S else Grade.E0


def running(sense: AirConditionerSense, _limits: AirConditionerLimits) -> bool:
    """Whether it runs."""
    return sense.running
