"""饮水机 WD1–WD8 (health.md A5): does it heat, is there water, is the floor dry? A tea bucket has no wires.

Down is no hot water, no water, or a danger. A probe on the tank says so at once; without one it is told by bursts that
stay away for longer than they ever do.
"""

from edge.health.conditions import drinking_water as when
from edge.health.reasons import drinking_water as reasons
from edge.health.rule import Ask, Learned, ProofRule, Rule, RuleSet
from edge.health.senses.drinking_water import DrinkingWaterLimits, DrinkingWaterSense
from shared.states import Cause, Grade, State
from shared.text import Text

POWER = frozenset({"power"})
PLUG = POWER | {"voltage"}
TANK = frozenset({"hot_water_temperature"})
LEAK = frozenset({"leak"})
RELAY = frozenset({"relay_on"})
DAY_S = 86400.0


def _burst(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool:
    return sense.burst_at == sense.at


def _hot(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool:
    return sense.hot is not None and sense.hot >= limits.hot_enough


def _grade(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> Grade:
    if _hot(sense, limits):
        return Grade.E3
    if sense.burst_at is not None and sense.at - sense.burst_at < DAY_S:
        return Grade.E2
    return Grade.E1 if sense.energised_at is not None and sense.at - sense.energised_at < DAY_S else Grade.E0


def _nobody(_sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool:
    """Heating is the thermostat's doing, not somebody's."""
    return False


def _usual_pause_min(sense: DrinkingWaterSense) -> float | None:
    gap = sense.usual_gap_s()
    return None if gap is None else gap / 60


IS_IT_TIGHT = Ask(
    Text("漏水处理好了吗？", "Has the leak been seen to?"),
    Text("已处理", "Yes"),
    Text("还在漏", "It still leaks"),
    due="answer_within",
)

# fmt: off
TABLE: tuple[Rule[DrinkingWaterSense, DrinkingWaterLimits], ...] = (
    Rule(
        "WD2", 2, State.DOWN, when.cause, Grade.E2, POWER,
        without=TANK, enter=when.no_heat, leave=when.heated, on_delay="no_heat_after", doubt_after="no_heat_doubt",
        paused=when.off_by_schedule,
        why=reasons.no_heat, values=reasons.drawn,
        limits=("no_heat_symptom", "no_heat_unknown", "no_heat_after", "heats_power"),
    ),
    Rule(
        "WD2T", 1, State.DOWN, when.cause, Grade.E3, TANK,
        enter=when.tepid, leave=when.hot_again, on_delay="hot_after", off_delay="hot_clear_after",
        doubt_after="hot_doubt", paused=when.off_by_schedule,
        why=reasons.tepid, values=reasons.drawn, limits=("hot_least", "hot_clear", "hot_after"),
    ),
    Rule(
        "WD3", 2, State.DOWN, when.cause, Grade.E2, POWER,
        without=TANK, enter=when.heats_on, leave=when.off, on_delay="stuck_on", off_delay="stuck_off",
        doubt_after="stuck_doubt", began=when.heating_since,
        why=reasons.stuck_on, values=reasons.drawn, limits=("heats_power", "stuck_energy", "stuck_on"),
    ),
    Rule(
        "WD3B", 1, State.DOWN, when.cause, Grade.E3, POWER | TANK,
        enter=when.boils_over, leave=when.off, off_delay="stuck_off",
        why=reasons.boils_over, values=reasons.drawn, limits=("boils", "boils_over"),
    ),
    Rule(
        "WD4", 2, State.DOWN, when.cause, Grade.E2, PLUG,
        without=TANK, enter=when.dead, leave=when.alive, paused=when.closed,
        why=reasons.dead, values=reasons.drawn, limits=("dead_power", "dead_after"),
    ),
    Rule(
        "WD4", 2, State.UNKNOWN, when.cause, Grade.E1, PLUG,
        enter=when.draws_nothing, leave=when.alive, on_delay="dead_doubt", paused=when.closed,
        why=reasons.dead, values=reasons.drawn, limits=("dead_power", "dead_doubt"),
    ),
    Rule(
        "WD5", 2, State.DOWN, Cause.CONSUMABLE, Grade.E2, frozenset({"water_low"}),
        enter=when.empty, leave=when.filled, on_delay="empty_after", doubt_after="empty_doubt",
        why=reasons.empty, values=reasons.drawn, limits=("empty_after",),
    ),
    Rule(
        "WD6", 2, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, LEAK,
        enter=when.leaks, leave=when.dry, on_delay="leak_after", off_delay="dry_after",
        why=reasons.leaks, values=reasons.drawn, limits=("leak_after", "dry_after"),
    ),
    Rule(
        "WD6R", 1, State.UNKNOWN, Cause.DEVICE_FAULT, Grade.E1, LEAK,
        enter=when.leaked, leave=when.seen_to, asks=IS_IT_TIGHT,
        why=reasons.leaked, values=reasons.drawn, limits=("reset_after",),
    ),
    Rule(
        "WD8", 1, State.DOWN, Cause.MONITOR_INDUCED, Grade.E2, RELAY,
        enter=when.relay_left_off, leave=when.relay_on, paused=when.off_by_schedule, began=when.cold_since,
        why=reasons.relay, values=reasons.drawn, limits=("relay_after",),
    ),
    Rule(
        "WD8", 1, State.UNKNOWN, Cause.MONITOR_INDUCED, Grade.E1, RELAY,
        enter=when.relay_off, leave=when.relay_on, on_delay="relay_doubt", paused=when.off_by_schedule,
        why=reasons.relay, values=reasons.drawn, limits=("relay_doubt",),
    ),
)

LEARNS: tuple[Learned[DrinkingWaterSense], ...] = (
    Learned(
        "heater_power", Text("加热功率", "Heater's power"), "W",
        Text("一次完整加热", "one whole burst"), lambda sense: sense.heater_w,
    ),
    Learned(
        "pause", Text("通常加热间隔", "Usual pause between bursts"), "min",
        Text("4 次加热", "four bursts"), _usual_pause_min,
    ),
    Learned(
        "standby", Text("待机功率", "Power while waiting"), "W",
        Text("一次完整间隔", "one whole pause"), lambda sense: sense.standby_w,
    ),
)
# fmt: on

RULES: RuleSet[DrinkingWaterSense, DrinkingWaterLimits] = RuleSet(
    sense=DrinkingWaterSense,
    limits=DrinkingWaterLimits,
    reads=frozenset({"power", "voltage", "hot_water_temperature", "water_low", "leak", "relay_on"}),
    spikes={},
    stuck=TANK,
    grade=_grade,
    evidence=reasons.evidence,
    busy=_nobody,
    rules=TABLE,
    proofs=(
        ProofRule("WD1", 1, Grade.E2, POWER, shown=_burst, values=reasons.drawn),
        ProofRule("WD1T", 1, Grade.E3, TANK, shown=_hot, values=reasons.drawn),
    ),
    learns=LEARNS,
)
