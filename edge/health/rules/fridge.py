"""冰箱 FR1–FR9 (health.md A2): is food kept at 8 ℃ or less, and does the compressor do what it should?

A fridge without a probe is judged by its power alone: it can be found running on, and its cycles are indirect evidence
(E2); that it is cold is not observed, and the verdict says so.
"""

from edge.health.reasons import fridge as reasons
from edge.health.rule import ProofRule, Rule, RuleSet
from edge.health.senses.fridge import FridgeLimits, FridgeSense
from edge.health.station import LIVE_V
from shared.states import Cause, Grade, State

TEMPERATURE = frozenset({"cabinet_temperature"})
POWER = frozenset({"power"})
BOTH = TEMPERATURE | POWER
MOSTLY = 0.5
"""A door open for more than this share of the last hours is why it is warm."""


def _door_open_s(sense: FridgeSense) -> float:
    return 0.0 if sense.door_since is None else sense.at - sense.door_since


def _paused_warm(sense: FridgeSense, limits: FridgeLimits) -> bool:
    """FR8 and FR9: door in use, defrost, recovery after a power cut."""
    at = sense.at
    if at < sense.masked_until or at < sense.recovering_until:
        return True
    return limits.door_allowed * 60 < _door_open_s(sense) < limits.door_most * 60


def _recovering(sense: FridgeSense, _limits: FridgeLimits) -> bool:
    return sense.at < sense.recovering_until


def _switched_off(sense: FridgeSense, limits: FridgeLimits) -> bool:
    return sense.at < sense.recovering_until or (limits.off_when_closed and not sense.open)


def _somebody_or_device(sense: FridgeSense, limits: FridgeLimits) -> Cause:
    """The door is ajar, or was open most of the last hours; or the plug is out, which FR6 says later."""
    if _door_open_s(sense) > limits.door_ajar * 60 or sense.door_share > MOSTLY:
        return Cause.USER_ACTION
    return Cause.USER_ACTION if _draws_nothing(sense, limits) else Cause.DEVICE_FAULT


def _draws_nothing(sense: FridgeSense, limits: FridgeLimits) -> bool:
    """The socket is live, and it draws nothing where it used to idle."""
    if sense.power is None or sense.power >= limits.dead_power or (sense.voltage or 0.0) < LIVE_V:
        return False
    return sense.rest_w is not None and sense.rest_w >= limits.dead_power


def _warm(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    return None if sense.food is None else sense.food > limits.legal_limit


def _hot(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    return None if sense.food is None else sense.food > limits.hot_limit


def _cold_again(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    return None if sense.food is None else sense.food < limits.legal_clear


def _warming(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    if sense.food is not None and sense.food > limits.legal_limit:
        return True
    return None if sense.slope is None else sense.slope >= limits.rising


def _no_cooling(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    rest = sense.compressor.rest_s
    if rest <= limits.rest_allowed * 60 or rest <= 2 * (sense.usual_rest_s() or 0.0):
        return False
    return _warming(sense, limits)


def _cools_again(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    if sense.compressor.on is not True or sense.compressor.run_s < 2 * limits.short_run:
        return False
    return None if sense.slope is None else sense.slope < 0


def _runs_on(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    duty, food = sense.compressor.duty, sense.food
    if duty is None or food is None:
        return None
    if duty <= limits.run_on_duty:
        return False
    if limits.inverter:
        return food > limits.legal_limit
    if food <= limits.target:
        return False
    return None if sense.slope is None else sense.slope > -0.1


def _rests_again(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    duty, food = sense.compressor.duty, sense.food
    return (duty is not None and duty < limits.run_on_clear) or (food is not None and food < limits.target)


def _run_on_began(sense: FridgeSense, _limits: FridgeLimits) -> float | None:
    return max(sense.compressor.since, sense.at - 3 * 3600)


def _runs_on_alone(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    return not limits.inverter and sense.compressor.run_s >= limits.run_alone * 3600


def _stopped(sense: FridgeSense, _limits: FridgeLimits) -> bool | None:
    return sense.compressor.on is False


def _hard_start(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    if sense.short_runs < limits.short_starts or sense.compressor.starts_within(sense.at) < limits.short_starts:
        return False
    return _warming(sense, limits)


def _normal_run(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    return sense.compressor.run_s > limits.short_run


def _dead(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    if sense.power is None or sense.power >= limits.dead_power:
        return False
    return _warming(sense, limits) if _draws_nothing(sense, limits) else None


def _alive(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    return sense.power is not None and sense.power > limits.dead_power


def _freezing(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    return None if sense.food is None else sense.food < limits.frozen_limit


def _thawed(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    return None if sense.food is None else sense.food > limits.frozen_clear


def _is_cold(sense: FridgeSense, _limits: FridgeLimits) -> bool:
    """A whole cycle, or an hour of running, with food under the limit throughout."""
    cold, cycle = sense.cold_since, sense.compressor
    if cold is None or sense.at - cold < 3600:
        return False
    return cycle.on is True or (cycle.cycle_at is not None and cycle.cycle_at > sense.at - 24 * 3600)


def _cycles(sense: FridgeSense, _limits: FridgeLimits) -> bool:
    """Without a probe: it has just completed a cycle, and does so regularly."""
    cycle = sense.compressor
    return sense.food is None and cycle.cycles >= 6 and cycle.cycle_at == sense.at


def _grade(sense: FridgeSense, limits: FridgeLimits) -> Grade:
    if sense.food is not None:
        return Grade.E2 if sense.food <= limits.legal_limit else Grade.E1
    cycle = sense.compressor
    if cycle.cycle_at is not None and sense.at - cycle.cycle_at < 24 * 3600:
        return Grade.E2
    energised = (sense.voltage or 0.0) >= LIVE_V or (sense.power or 0.0) >= limits.dead_power or cycle.moves > 0
    return Grade.E1 if energised else Grade.E0


def _door_is_open(sense: FridgeSense, _limits: FridgeLimits) -> bool:
    return sense.door_since is not None


# fmt: off
TABLE: tuple[Rule[FridgeSense, FridgeLimits], ...] = (
    Rule(
        "FR1", 1, State.DEGRADED, _somebody_or_device, Grade.E2, TEMPERATURE,
        enter=_warm, leave=_cold_again, on_delay="warm_after", off_delay="warm_clear", paused=_paused_warm,
        why=reasons.warm, values=reasons.felt, limits=("legal_limit", "legal_clear", "warm_after"),
    ),
    Rule(
        "FR2", 1, State.DOWN, _somebody_or_device, Grade.E2, TEMPERATURE,
        enter=_warm, leave=_cold_again, on_delay="not_cold_after", off_delay="cold_clear", paused=_recovering,
        why=reasons.not_cold, values=reasons.felt, limits=("legal_limit", "legal_clear", "not_cold_after"),
    ),
    Rule(
        "FR2H", 1, State.DOWN, _somebody_or_device, Grade.E2, TEMPERATURE,
        enter=_hot, leave=_cold_again, on_delay="hot_after", off_delay="cold_clear", paused=_paused_warm,
        why=reasons.not_cold, values=reasons.felt, limits=("hot_limit", "legal_clear", "hot_after"),
    ),
    Rule(
        "FR3", 1, State.DOWN, _somebody_or_device, Grade.E2, BOTH,
        enter=_no_cooling, leave=_cools_again, on_delay="no_cooling_after", paused=_switched_off,
        why=reasons.no_cooling, values=reasons.phases, limits=("rest_allowed", "no_cooling_after", "rising"),
    ),
    Rule(
        "FR4", 1, State.DEGRADED, _somebody_or_device, Grade.E2, BOTH,
        enter=_runs_on, leave=_rests_again, paused=_paused_warm, began=_run_on_began,
        why=reasons.runs_on, values=reasons.phases, limits=("run_on_duty", "target"),
    ),
    Rule(
        "FR4P", 1, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E1, POWER,
        without=TEMPERATURE, enter=_runs_on_alone, leave=_stopped,
        why=reasons.runs_on, values=reasons.phases, limits=("run_alone",),
    ),
    Rule(
        "FR5", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, BOTH,
        enter=_hard_start, leave=_normal_run,
        why=reasons.hard_start, values=reasons.phases, limits=("short_starts", "short_run"),
    ),
    Rule(
        "FR6", 1, State.DOWN, Cause.USER_ACTION, Grade.E2, BOTH | {"voltage"},
        enter=_dead, leave=_alive, on_delay="dead_after", paused=_switched_off,
        why=reasons.dead, values=reasons.phases, limits=("dead_power", "dead_after"),
    ),
    Rule(
        "FR7", 1, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, TEMPERATURE,
        enter=_freezing, leave=_thawed, on_delay="frozen_after", off_delay="frozen_clear_after",
        why=reasons.freezing, values=reasons.felt, limits=("frozen_limit", "frozen_clear", "frozen_after"),
    ),
)
# fmt: on

RULES: RuleSet[FridgeSense, FridgeLimits] = RuleSet(
    sense=FridgeSense,
    limits=FridgeLimits,
    reads=frozenset({"power", "voltage", "cabinet_temperature", "door_open"}),
    spikes={"cabinet_temperature": 5.0},
    stuck=TEMPERATURE,
    grade=_grade,
    evidence=reasons.evidence,
    busy=_door_is_open,
    rules=TABLE,
    proofs=(
        ProofRule("FR0", 1, Grade.E2, BOTH, shown=_is_cold, values=reasons.phases),
        ProofRule("FR0P", 1, Grade.E2, POWER, shown=_cycles, values=reasons.phases),
    ),
)
