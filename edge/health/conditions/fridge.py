"""Signs of a fridge that does not cool, as its rules ask for them (health.md A2). None: it cannot be told now."""

from edge.health.senses.fridge import USUAL_SHARE, FridgeLimits, FridgeSense
from shared.states import Cause

HOUR_S = 3600.0
HARDER = 1.15
"""In times of its usual power: an inverter that works hard."""
LONG_RUN_S = 1800.0


def jumped(sense: FridgeSense) -> bool:
    """FR8 without a contact: the air jumped, and the compressor has worked against it ever since."""
    since = sense.cabinet.jumped_at
    if not since or sense.door_at is not None or sense.at - since > 3 * HOUR_S:
        return False
    return sense.compressor.on is True and sense.compressor.run_s > LONG_RUN_S


def cause(sense: FridgeSense, _limits: FridgeLimits) -> Cause:
    """Whose doing it is, as far as the wires tell."""
    if sense.blamed is not None:
        return Cause(sense.blamed)
    return Cause.USER_ACTION if jumped(sense) else Cause.DEVICE_FAULT


def works_hard(sense: FridgeSense, limits: FridgeLimits) -> bool:
    """It runs as a compressor does that does not reach its thermostat's cold."""
    cycle = sense.compressor
    if cycle.on is not True:
        return False
    if sense.runs_always(limits):
        return (sense.power or 0.0) > HARDER * sense.compressor_w > 0
    usual = cycle.usual_run_s
    return cycle.run_s > max(LONG_RUN_S, 2 * (usual or LONG_RUN_S)) or (cycle.duty or 0.0) > limits.run_on_duty


def agrees(sense: FridgeSense, limits: FridgeLimits) -> bool:
    """Whether compressor, door, plug or relay says the same as a warm probe."""
    return (
        works_hard(sense, limits)
        or sense.rests_long(limits)
        or sense.fails_to_start(limits)
        or sense.draws_nothing(limits)
        or sense.door_explains(limits)
        or sense.relay_on is False
    )


def as_usual(sense: FridgeSense, limits: FridgeLimits) -> bool:
    """Its compressor does what it always did: a thermostat that is content contradicts a probe that is not."""
    cycle = sense.compressor
    usual, duty = cycle.usual_duty, cycle.duty
    if usual is None or duty is None or agrees(sense, limits):
        return False
    return abs(duty - usual) <= USUAL_SHARE * usual


def recovering(sense: FridgeSense, _limits: FridgeLimits) -> bool:
    """B4: it was switched off, and has hardly had time to cool."""
    return sense.at < sense.recovering_until


def off_by_schedule(sense: FridgeSense, limits: FridgeLimits) -> bool:
    """A timer cuts it while the station is closed, or it still recovers."""
    return recovering(sense, limits) or (limits.off_when_closed and not sense.open)


def in_use(sense: FridgeSense, limits: FridgeLimits) -> bool:
    """FR8 and FR9: door in use, defrost, recovery."""
    if off_by_schedule(sense, limits) or sense.at < sense.masked_until:
        return True
    return limits.door_allowed * 60 < sense.door_open_s() < limits.door_most * 60


def draws_nothing(sense: FridgeSense, limits: FridgeLimits) -> bool:
    """FR6: the socket is live, and it draws nothing where it used to idle."""
    return sense.draws_nothing(limits)


def core_is_warm(sense: FridgeSense, _limits: FridgeLimits) -> bool | None:
    """Food itself is over the limit."""
    cabinet = sense.cabinet
    return None if cabinet.core is None else cabinet.core_warm_since is not None


def core_is_cold(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """Food itself is under the limit again."""
    core = sense.cabinet.core
    return None if core is None else core < limits.core_clear


def core_is_frozen(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """Food itself freezes."""
    core = sense.cabinet.core
    return None if core is None else core < limits.frozen_limit


def core_is_thawed(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """Food itself is over the freezing limit again."""
    core = sense.cabinet.core
    return None if core is None else core > limits.frozen_clear


def core_warm_since(sense: FridgeSense, _limits: FridgeLimits) -> float | None:
    """The first symptom of food that is too warm; patience with a recovery is not counted."""
    since = sense.cabinet.core_warm_since
    return None if since is None else max(since, min(sense.recovering_until, sense.at))
