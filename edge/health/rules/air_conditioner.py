"""冷暖空调 AC1–AC4, AC6, AC7, AC10 (health.md A4): does running it move the room, or at least the air it blows?"""

from edge.health.reasons import air_conditioner as reasons
from edge.health.rule import ProofRule, Rule, RuleSet
from edge.health.senses.air_conditioner import AirConditionerLimits, AirConditionerSense
from edge.health.station import LIVE_V
from shared.states import Cause, Grade, State

POWER = frozenset({"power"})
ROOM = frozenset({"room_temperature"})
SUPPLY = frozenset({"supply_temperature"})

HALF_HOUR_S = 1800.0
JITTER_K = 0.5
"""A split that touches the line for a moment is still a low one."""


def _works(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool:
    return sense.compressor.on is True and sense.effort_s >= limits.settled_after * 60


def _cools(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool:
    """AC1: a split held for long proves in a short run; what the room does takes its time."""
    if sense.compressor.on is True and sense.held(sense.cold_since, limits):
        return True
    if not _works(sense, limits):
        return False
    split = sense.split
    if split is not None and split >= limits.cool_split:
        return True
    if sense.effort_s < HALF_HOUR_S or sense.room is None:
        return False
    moved = sense.room_moved(HALF_HOUR_S)
    if moved is not None and moved <= -limits.room_step:
        return split is None or split > 0
    held = sense.outdoor is not None and sense.outdoor >= limits.cool_outdoor and sense.room <= limits.cool_held
    return held and moved is not None and (split is None or split > limits.no_effect_split)


def _heats(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool:
    """AC2."""
    if sense.compressor.on is True and sense.held(sense.warm_since, limits):
        return True
    if not _works(sense, limits):
        return False
    split = sense.split
    if split is not None and -split >= limits.heat_split:
        return True
    if sense.effort_s < HALF_HOUR_S or sense.room is None:
        return False
    moved = sense.room_moved(HALF_HOUR_S)
    if moved is not None and moved >= limits.room_step:
        return split is None or split < 0
    held = sense.outdoor is not None and sense.outdoor <= limits.heat_outdoor and sense.room >= limits.heat_held
    return held and moved is not None and (split is None or split < -limits.no_effect_split)


def _no_effect(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC3: on long enough, and the air it blows is the room's."""
    if sense.compressor.on is not True:
        return None if sense.effort_s else False
    if sense.effort_s < limits.no_effect_run * 60 - limits.no_effect_after * 60:
        return False
    split = sense.split
    return None if split is None else abs(split) < limits.no_effect_split


def _effect(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    return _cools(sense, limits) or _heats(sense, limits)


def _strong(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    return sense.strong_at is not None and sense.at - sense.strong_at < limits.weak_forgets * 3600


def _weak(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC4: it works hard, and the air it blows is only a little other than the room's."""
    if sense.compressor.on is not True:
        return None if sense.effort_s else False
    split = sense.split
    if split is None:
        return None
    if not limits.no_effect_split <= abs(split) < limits.cool_split + JITTER_K or _strong(sense, limits):
        return False
    if abs(split) >= limits.cool_split:
        return None
    damp = split > 0 and sense.humidity is not None and sense.humidity >= limits.weak_humidity
    return None if damp or (sense.power or 0.0) < limits.weak_load * sense.full_w else True


def _wanted(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC6: nobody wires a command, so none is known; whether it is off or broken a person must say."""
    if sense.room is None or sense.power is None:
        return None
    if not sense.open or sense.power >= limits.demand_power:
        return False
    return sense.room > limits.hot_room or sense.room < limits.cold_room


def _runs(sense: AirConditionerSense, _limits: AirConditionerLimits) -> bool | None:
    return sense.compressor.on is True


def _no_standby(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    """AC10: what MW5 is to a microwave."""
    return sense.standby.missed(limits.standby_gone)


def _draws(sense: AirConditionerSense, _limits: AirConditionerLimits) -> bool | None:
    return sense.standby.gone_at is None


def _gone_at(sense: AirConditionerSense, _limits: AirConditionerLimits) -> float | None:
    return sense.standby.gone_at


def _room_stays_hot(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    if sense.compressor.on is not True or sense.effort_s < limits.no_effect_run * 60 or sense.door_open:
        return None if sense.effort_s else False
    if sense.room is None or sense.room <= limits.hot_room:
        return False
    moved = sense.room_moved(HALF_HOUR_S)
    return None if moved is None else moved > -0.2


def _short_cycles(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    cycle = sense.compressor
    return len(cycle.starts) > limits.most_starts and cycle.starts_within(sense.at) > limits.most_starts


def _calm(sense: AirConditionerSense, limits: AirConditionerLimits) -> bool | None:
    return sense.compressor.starts_within(sense.at) <= limits.calm_starts


def _grade(sense: AirConditionerSense, limits: AirConditionerLimits) -> Grade:
    if sense.voltage is not None and sense.voltage < LIVE_V:
        return Grade.E0
    shown = max(sense.cooled_at or 0.0, sense.heated_at or 0.0)
    if shown and sense.at - shown < limits.proof_lasts * 86400:
        return Grade.E3
    return Grade.E1 if sense.energised_at is not None and sense.at - sense.energised_at < 86400 else Grade.E0


def _running(sense: AirConditionerSense, _limits: AirConditionerLimits) -> bool:
    return sense.compressor.on is True


# fmt: off
TABLE: tuple[Rule[AirConditionerSense, AirConditionerLimits], ...] = (
    Rule(
        "AC3", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, POWER | ROOM | SUPPLY,
        enter=_no_effect, leave=_effect, on_delay="no_effect_after",
        why=reasons.no_effect, values=reasons.felt, limits=("no_effect_run", "no_effect_split", "no_effect_after"),
    ),
    Rule(
        "AC3", 1, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, POWER | ROOM,
        without=SUPPLY, enter=_room_stays_hot, leave=_effect, on_delay="hot_after",
        why=reasons.room_stays_hot, values=reasons.felt, limits=("no_effect_run", "hot_room", "hot_after"),
    ),
    Rule(
        "AC4", 1, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, POWER | ROOM | SUPPLY,
        enter=_weak, leave=_strong, on_delay="weak_after",
        why=reasons.weak, values=reasons.felt, limits=("no_effect_split", "cool_split", "weak_after"),
    ),
    Rule(
        "AC6", 1, State.UNKNOWN, Cause.UNKNOWN, Grade.E0, POWER | ROOM,
        enter=_wanted, leave=_runs, on_delay="demand_after",
        why=reasons.wanted, values=reasons.felt, limits=("hot_room", "cold_room", "demand_power", "demand_after"),
    ),
    Rule(
        "AC10", 1, State.UNKNOWN, Cause.UNKNOWN, Grade.E0, POWER | {"voltage"},
        enter=_no_standby, leave=_draws, began=_gone_at,
        why=reasons.no_standby, values=reasons.missed, limits=("standby", "standby_gone"),
    ),
    Rule(
        "AC7", 1, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=_short_cycles, leave=_calm,
        why=reasons.short_cycles, values=reasons.felt, limits=("most_starts", "calm_starts"),
    ),
)
# fmt: on

RULES: RuleSet[AirConditionerSense, AirConditionerLimits] = RuleSet(
    sense=AirConditionerSense,
    limits=AirConditionerLimits,
    reads=frozenset(
        {
            "power",
            "voltage",
            "room_temperature",
            "room_humidity",
            "supply_temperature",
            "outdoor_temperature",
            "door_open",
        }
    ),
    spikes={"room_temperature": 3.0},
    stuck=SUPPLY,
    grade=_grade,
    evidence=reasons.evidence,
    busy=_running,
    rules=TABLE,
    proofs=(
        ProofRule("AC1", 1, Grade.E3, POWER | ROOM, shown=_cools, values=reasons.felt, mode="cooling"),
        ProofRule("AC2", 1, Grade.E3, POWER | ROOM, shown=_heats, values=reasons.felt, mode="heating"),
    ),
)
