"""What a fridge's power and plug say, as its rules ask for it (health.md FR3–FR6). None: it cannot be told now."""

from edge.health.senses.fridge import CYCLES, KNOWN_S, USUAL_SHARE, FridgeLimits, FridgeSense

HOUR_S = 3600.0
TIMES = 3.0
"""A run or rest of so many times the usual, or the longest it is used to, is none of its own."""
AFTER_RUN_S = 600.0
NOT_FALLING = -0.1
"""K/h."""


def overdue(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """It warms without running for longer than it ever rests, and is no longer as cold as it should be."""
    if not sense.rests_long(limits) or sense.food is None:
        return False
    return sense.overdue_s > 0 and sense.food > limits.target


def no_cooling(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR3."""
    return sense.overdue_s >= limits.no_cooling_after * HOUR_S


def cools_again(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """It runs for longer than a failed start, and the air falls."""
    if sense.compressor.on is not True or sense.compressor.run_s < 2 * limits.short_run:
        return False
    slope = sense.cabinet.slope
    return None if slope is None else slope < 0


def rests_alone(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR3P: without a probe, long past the longest rest it is used to."""
    rests = sense.compressor.rests
    if sense.compressor.cycles < CYCLES or not rests:
        return None
    allowed = max((limits.rest_alone - limits.rest_alone_doubt) * HOUR_S, TIMES * max(rests))
    return sense.compressor.rest_s > allowed


def ran_once(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR3P exit: it ran until its thermostat was content."""
    cycle = sense.compressor
    return cycle.on is False and cycle.rest_s < AFTER_RUN_S and bool(cycle.runs) and cycle.runs[-1] > limits.short_run


def runs_on(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR4."""
    duty, food = sense.compressor.duty, sense.food
    if duty is None or food is None:
        return None
    if duty <= limits.run_on_duty:
        return False
    if sense.runs_always(limits):
        return food > limits.legal_limit
    usual = sense.cabinet.usual_temperature
    if food <= limits.target or (usual is not None and food <= usual + limits.run_on_rise):
        return False
    slope = sense.cabinet.slope
    return None if slope is None else slope > NOT_FALLING


def rests_again(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR4 exit."""
    duty, food = sense.compressor.duty, sense.food
    return (duty is not None and duty < limits.run_on_clear) or (food is not None and food < limits.target)


def run_on_began(sense: FridgeSense, limits: FridgeLimits) -> float | None:
    """Three hours of running are what duty is taken over; of an inverter they are no symptom."""
    if sense.runs_always(limits):
        return None
    return max(sense.compressor.since, sense.at - 3 * HOUR_S)


def runs_alone(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR4P: without a probe, long past its usual run."""
    if sense.runs_always(limits):
        return False
    usual = sense.compressor.usual_run_s or 0.0
    return sense.compressor.run_s >= max((limits.run_alone - limits.run_alone_doubt) * HOUR_S, TIMES * usual)


def stopped(sense: FridgeSense, _limits: FridgeLimits) -> bool | None:
    """It rests."""
    return sense.compressor.on is False


def fails_to_start(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR5, not yet for long."""
    return sense.fails_to_start(limits)


def cannot_start(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR5; without a probe the starts alone say so."""
    if sense.failing_s < limits.hard_start_after * HOUR_S:
        return False
    return True if sense.food is None else sense.warming(limits)


def starts(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR5 exit; without a probe it must have run until its thermostat was content."""
    return ran_once(sense, limits) if sense.food is None else sense.compressor.run_s > limits.short_run


def dead(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR6."""
    if sense.gone_s < limits.dead_after * HOUR_S:
        return False
    return sense.warming(limits) if sense.draws_nothing(limits) else None


def alive(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR6 exit."""
    return sense.power is not None and sense.power > limits.dead_power


def relay_off(sense: FridgeSense, _limits: FridgeLimits) -> bool | None:
    """FR10, not yet for long."""
    return None if sense.relay_on is None else not sense.relay_on


def relay_left_off(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR10."""
    off = relay_off(sense, limits)
    return off and sense.at - sense.relay_since >= limits.relay_after * HOUR_S


def relay_on(sense: FridgeSense, _limits: FridgeLimits) -> bool | None:
    """FR10 exit."""
    return sense.relay_on


def regular(sense: FridgeSense) -> bool:
    """Whether its duty is within ± 50 % of its habit (health.md A2, power only); before one is known it may be."""
    usual, duty = sense.compressor.usual_duty, sense.compressor.duty
    return usual is None or duty is None or abs(duty - usual) <= USUAL_SHARE * usual


def usual_power(sense: FridgeSense) -> float | None:
    """The learned power of the compressor, in W."""
    return sense.compressor_w if sense.running_s >= KNOWN_S else None


def usual_rest_min(sense: FridgeSense) -> float | None:
    """The usual rest, in minutes."""
    rest = sense.compressor.usual_rest_s
    return None if rest is None or sense.compressor.cycles < CYCLES else rest / 60


def usual_run_min(sense: FridgeSense) -> float | None:
    """The usual run, in minutes."""
    run = sense.compressor.usual_run_s
    return None if run is None or sense.compressor.cycles < CYCLES else run / 60
