"""冰箱 FR1–FR10 (health.md A2): is food kept at 8 ℃ or less, and does the compressor do what it should?

Down is food that is too warm: dated to when its core rose over the limit, known sooner where the compressor, the door
or the plug agrees with the probe. A fridge without a probe is judged by its power alone: its cycles are indirect
evidence (E2); that it is cold is not observed, and the verdict says so. Without a meter the temperature speaks alone.
"""

from edge.health.conditions import fridge as signs
from edge.health.conditions import fridge_power as power
from edge.health.reasons import fridge as reasons
from edge.health.rule import Ask, Learned, ProofRule, Rule, RuleSet
from edge.health.senses.fridge import CYCLES, FridgeLimits, FridgeSense
from edge.health.station import LIVE_V
from shared.states import Cause, Grade, State
from shared.text import Text

TEMPERATURE = frozenset({"cabinet_temperature"})
POWER = frozenset({"power"})
BOTH = TEMPERATURE | POWER
PLUG = BOTH | {"voltage"}
RELAY = frozenset({"relay_on"})
DAY_S = 24 * 3600.0


def _warm(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    return None if sense.food is None else sense.food > limits.legal_limit


def _cool(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    return None if sense.food is None else sense.food < limits.legal_clear


def _too_warm(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR2C: food is too warm, and something else than the probe says so."""
    warm = signs.core_is_warm(sense, limits)
    return (signs.agrees(sense, limits) or None) if warm else warm


def _other_says(sense: FridgeSense, limits: FridgeLimits) -> bool:
    """Something else than the probe confirms it, and FR2C speaks, or contradicts it, and FR2Q does."""
    return signs.agrees(sense, limits) or signs.as_usual(sense, limits)


def _not_cold(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR2: only the probe says so, and is not contradicted."""
    warm = signs.core_is_warm(sense, limits)
    return None if warm and _other_says(sense, limits) else warm


def _hot(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """FR2H: as FR2."""
    if sense.food is None or (sense.food > limits.hot_limit and _other_says(sense, limits)):
        return None
    return sense.food > limits.hot_limit


def _often_warm(sense: FridgeSense, limits: FridgeLimits) -> bool:
    return sense.cabinet.warm_in_day_s > limits.warm_in_day * 3600


def _seldom_warm(sense: FridgeSense, limits: FridgeLimits) -> bool:
    return sense.cabinet.warm_in_day_s < limits.warm_in_day_clear * 3600


def _contradicted(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    """The probe says warm or frozen, the compressor says that all is as usual."""
    warm, frozen = signs.core_is_warm(sense, limits), signs.core_is_frozen(sense, limits)
    if warm is None or frozen is None:
        return None
    return (warm or frozen) and signs.as_usual(sense, limits)


def _plausible(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    return signs.core_is_cold(sense, limits) and signs.core_is_thawed(sense, limits)


def _freezing(sense: FridgeSense, limits: FridgeLimits) -> bool | None:
    frozen = signs.core_is_frozen(sense, limits)
    return None if frozen and signs.as_usual(sense, limits) else frozen


def _recovery_or_unknown(sense: FridgeSense, limits: FridgeLimits) -> Cause:
    if not signs.recovering(sense, limits):
        return Cause.UNKNOWN
    return Cause.SCHEDULED_OFF if sense.scheduled else Cause.POWER_CUT


def _is_cold(sense: FridgeSense, _limits: FridgeLimits) -> bool:
    """A whole cycle, or an hour of running, with food under the limit throughout."""
    cold, cycle = sense.cabinet.cold_since, sense.compressor
    if cold is None or sense.at - cold < 3600:
        return False
    return cycle.on is True or (cycle.cycle_at is not None and cycle.cycle_at > sense.at - DAY_S)


def _stays_cold(sense: FridgeSense, _limits: FridgeLimits) -> bool:
    """Without a meter: an hour with food under the limit throughout."""
    cold = sense.cabinet.cold_since
    return sense.power is None and cold is not None and sense.at - cold >= 3600


def _cycles(sense: FridgeSense, _limits: FridgeLimits) -> bool:
    """Without a probe: it has just completed a cycle, and does so regularly."""
    cycle = sense.compressor
    return sense.food is None and cycle.cycles >= CYCLES and cycle.cycle_at == sense.at and power.regular(sense)


def _grade(sense: FridgeSense, limits: FridgeLimits) -> Grade:
    if sense.food is not None:
        return Grade.E2 if sense.food <= limits.legal_limit else Grade.E1
    cycle = sense.compressor
    if cycle.cycle_at is not None and sense.at - cycle.cycle_at < DAY_S and power.regular(sense):
        return Grade.E2
    energised = (sense.voltage or 0.0) >= LIVE_V or (sense.power or 0.0) >= limits.dead_power or cycle.moves > 0
    return Grade.E1 if energised else Grade.E0


def _door_is_open(sense: FridgeSense, _limits: FridgeLimits) -> bool:
    return sense.door_since is not None


IS_IT_COLD = Ask(
    Text("冰箱里温度正常吗（凉而不冻）？", "Is the fridge right inside (cold, not frozen)?"),
    Text("正常", "Cold, not frozen"),
    Text("不凉，或冻住了", "Not cold, or frozen"),
    due="answer_within",
)

# fmt: off
TABLE: tuple[Rule[FridgeSense, FridgeLimits], ...] = (
    Rule(
        "FR1", 2, State.DEGRADED, signs.cause, Grade.E2, TEMPERATURE,
        enter=_warm, leave=_cool, on_delay="warm_after", off_delay="warm_clear", paused=signs.in_use,
        doubt_after="warm_doubt",
        why=reasons.warm, values=reasons.felt, limits=("legal_limit", "legal_clear", "warm_after"),
    ),
    Rule(
        "FR1C", 1, State.DEGRADED, signs.cause, Grade.E2, TEMPERATURE,
        enter=_often_warm, leave=_seldom_warm,
        why=reasons.often_warm, values=reasons.felt, limits=("legal_limit", "warm_in_day", "warm_in_day_clear"),
    ),
    Rule(
        "FR2", 2, State.DOWN, signs.cause, Grade.E2, TEMPERATURE,
        enter=_not_cold, leave=signs.core_is_cold, on_delay="not_cold_after", off_delay="cold_clear",
        paused=signs.off_by_schedule,
        why=reasons.not_cold, values=reasons.felt, limits=("legal_limit", "core_clear", "not_cold_after"),
    ),
    Rule(
        "FR2", 2, State.UNKNOWN, _recovery_or_unknown, Grade.E1, TEMPERATURE,
        enter=signs.core_is_warm, leave=signs.core_is_cold, on_delay="core_doubt",
        why=reasons.food_warm, values=reasons.felt, limits=("legal_limit", "core_clear", "core_doubt"),
    ),
    Rule(
        "FR2C", 1, State.DOWN, signs.cause, Grade.E2, BOTH,
        enter=_too_warm, leave=signs.core_is_cold, on_delay="core_after", off_delay="cold_clear",
        paused=signs.off_by_schedule, began=signs.core_warm_since,
        why=reasons.not_cold, values=reasons.phases, limits=("legal_limit", "core_clear", "core_after"),
    ),
    Rule(
        "FR2H", 2, State.DOWN, signs.cause, Grade.E2, TEMPERATURE,
        enter=_hot, leave=signs.core_is_cold, on_delay="hot_after", off_delay="cold_clear", paused=signs.in_use,
        began=signs.core_warm_since,
        why=reasons.not_cold, values=reasons.felt, limits=("hot_limit", "core_clear", "hot_after"),
    ),
    Rule(
        "FR2Q", 1, State.UNKNOWN, Cause.UNKNOWN, Grade.E1, BOTH,
        enter=_contradicted, leave=_plausible, on_delay="core_after", paused=signs.off_by_schedule, asks=IS_IT_COLD,
        why=reasons.contradicted, values=reasons.phases, limits=("legal_limit", "frozen_limit", "core_after"),
    ),
    Rule(
        "FR3", 2, State.DOWN, signs.cause, Grade.E2, BOTH,
        enter=power.no_cooling, leave=power.cools_again, paused=signs.off_by_schedule, began=signs.core_warm_since,
        why=reasons.no_cooling, values=reasons.phases, limits=("rest_allowed", "no_cooling_after", "rising"),
    ),
    Rule(
        "FR3", 2, State.UNKNOWN, Cause.UNKNOWN, Grade.E1, BOTH,
        enter=power.overdue, leave=power.cools_again, on_delay="no_cooling_doubt", paused=signs.off_by_schedule,
        why=reasons.no_cooling, values=reasons.phases, limits=("rest_allowed", "no_cooling_doubt", "rising"),
    ),
    Rule(
        "FR3P", 1, State.DOWN, signs.cause, Grade.E1, POWER,
        without=TEMPERATURE, enter=power.rests_alone, leave=power.ran_once, on_delay="rest_alone_doubt",
        doubt_after="no_cooling_doubt", paused=signs.off_by_schedule,
        why=reasons.no_cooling, values=reasons.phases, limits=("rest_alone", "rest_alone_doubt"),
    ),
    Rule(
        "FR4", 1, State.DEGRADED, signs.cause, Grade.E2, BOTH,
        enter=power.runs_on, leave=power.rests_again, paused=signs.in_use, began=power.run_on_began,
        why=reasons.runs_on, values=reasons.phases, limits=("run_on_duty", "target"),
    ),
    Rule(
        "FR4P", 2, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E1, POWER,
        without=TEMPERATURE, enter=power.runs_alone, leave=power.stopped, on_delay="run_alone_doubt",
        doubt_after="no_cooling_doubt", paused=signs.off_by_schedule, began=power.run_on_began,
        why=reasons.runs_on, values=reasons.phases, limits=("run_alone", "run_alone_doubt"),
    ),
    Rule(
        "FR5", 2, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=power.cannot_start, leave=power.starts, paused=signs.off_by_schedule, began=signs.core_warm_since,
        why=reasons.hard_start, values=reasons.phases, limits=("short_starts", "short_run", "hard_start_after"),
    ),
    Rule(
        "FR5", 2, State.UNKNOWN, Cause.UNKNOWN, Grade.E1, POWER,
        enter=power.fails_to_start, leave=power.starts, paused=signs.off_by_schedule,
        why=reasons.hard_start, values=reasons.phases, limits=("short_starts", "short_run"),
    ),
    Rule(
        "FR6", 2, State.DOWN, signs.cause, Grade.E2, PLUG,
        enter=power.dead, leave=power.alive, paused=signs.off_by_schedule, began=signs.core_warm_since,
        why=reasons.dead, values=reasons.phases, limits=("dead_power", "dead_after"),
    ),
    Rule(
        "FR6", 2, State.UNKNOWN, Cause.UNKNOWN, Grade.E1, POWER | {"voltage"},
        enter=signs.draws_nothing, leave=power.alive, on_delay="dead_doubt", paused=signs.off_by_schedule,
        why=reasons.dead, values=reasons.phases, limits=("dead_power", "dead_doubt"),
    ),
    Rule(
        "FR7", 2, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, TEMPERATURE,
        enter=_freezing, leave=signs.core_is_thawed, on_delay="frozen_after", off_delay="frozen_clear_after",
        doubt_after="frozen_doubt",
        why=reasons.freezing, values=reasons.felt, limits=("frozen_limit", "frozen_clear", "frozen_after"),
    ),
    Rule(
        "FR10", 1, State.DOWN, Cause.MONITOR_INDUCED, Grade.E2, RELAY,
        enter=power.relay_left_off, leave=power.relay_on, paused=signs.off_by_schedule, began=signs.core_warm_since,
        why=reasons.relay, values=reasons.felt, limits=("relay_after",),
    ),
    Rule(
        "FR10", 1, State.UNKNOWN, Cause.MONITOR_INDUCED, Grade.E1, RELAY,
        enter=power.relay_off, leave=power.relay_on, on_delay="relay_doubt", paused=signs.off_by_schedule,
        why=reasons.relay, values=reasons.felt, limits=("relay_doubt",),
    ),
)

LEARNS: tuple[Learned[FridgeSense], ...] = (
    Learned(
        "compressor_power", Text("压缩机功率", "Compressor's power"), "W",
        Text("约 1 小时运行", "about an hour of running"), power.usual_power,
    ),
    Learned(
        "rest_power", Text("待机功率", "Power while resting"), "W",
        Text("一次完整停机", "one whole rest"), lambda sense: sense.rest_w,
    ),
    Learned(
        "duty", Text("运行占比", "Share of running"), "",
        Text("24 小时，基线 7 天", "24 h, baseline of 7 d"), lambda sense: sense.compressor.usual_duty,
    ),
    Learned(
        "temperature", Text("通常箱内温度", "Usual cabinet temperature"), "℃",
        Text("24 小时，基线 7 天", "24 h, baseline of 7 d"), lambda sense: sense.cabinet.usual_temperature,
    ),
    Learned(
        "rest", Text("通常停机时长", "Usual rest"), "min",
        Text("6 个完整周期", "six complete cycles"), power.usual_rest_min,
    ),
    Learned(
        "run", Text("通常运行时长", "Usual run"), "min",
        Text("6 个完整周期", "six complete cycles"), power.usual_run_min,
    ),
)
# fmt: on

RULES: RuleSet[FridgeSense, FridgeLimits] = RuleSet(
    sense=FridgeSense,
    limits=FridgeLimits,
    reads=frozenset({"power", "voltage", "cabinet_temperature", "door_open", "relay_on"}),
    spikes={"cabinet_temperature": 5.0},
    stuck=TEMPERATURE,
    grade=_grade,
    evidence=reasons.evidence,
    busy=_door_is_open,
    rules=TABLE,
    proofs=(
        ProofRule("FR0", 1, Grade.E2, BOTH, shown=_is_cold, values=reasons.phases),
        ProofRule("FR0T", 1, Grade.E2, TEMPERATURE, shown=_stays_cold, values=reasons.felt),
        ProofRule("FR0P", 2, Grade.E2, POWER, shown=_cycles, values=reasons.phases),
    ),
    learns=LEARNS,
)
