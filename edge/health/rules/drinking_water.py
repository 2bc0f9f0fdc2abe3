"""饮水机 WD1–WD6 (health.md A5): does it heat, is there water, is the floor dry? A tea bucket has no wires."""

from edge.health.reasons import drinking_water as reasons
from edge.health.rule import ProofRule, Rule, RuleSet
from edge.health.senses.drinking_water import ENOUGH_BURSTS, DrinkingWaterLimits, DrinkingWaterSense
from edge.health.station import LIVE_V
from shared.states import Cause, Grade, State

POWER = frozenset({"power"})
DAY_S = 86400.0


def _powered(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool:
    return (sense.power or 0.0) > limits.standby or (
        (sense.standby_w or 0.0) < limits.standby and (sense.voltage or 0.0) >= LIVE_V
    )


def _no_heat(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    """WD2: only of one that has been seen to heat; whether another has a heater at all is not known."""
    if sense.heating_since is not None or not sense.bursts:
        return None
    if sense.hot is not None and sense.hot >= limits.hot_enough:
        return False
    usual = sense.usual_gap_s()
    if sense.quiet_s <= max(limits.no_heat_symptom * 3600, 3 * (usual or 0.0)):
        return False
    return True if _powered(sense, limits) else None


def _heated(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    return sense.quiet_s < 3600


def _stuck_on(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    return limits.heater and sense.heating_since is not None


def _off(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    return sense.heating_since is None


def _dead(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    """WD4: one without a standby draws nothing between bursts either, so the bursts must have stopped too."""
    if (sense.power or 0.0) >= limits.dead_power:
        return False
    if (sense.voltage or 0.0) < LIVE_V:
        return None
    if (sense.standby_w or 0.0) >= limits.standby:
        return True
    return True if sense.bursts >= ENOUGH_BURSTS and sense.quiet_s >= DAY_S else None


def _unplugged_or_device(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> Cause:
    """As FR6: nothing at all where a standby used to be is a plug or a switch; without a standby nobody knows."""
    return Cause.USER_ACTION if (sense.standby_w or 0.0) >= limits.standby else Cause.DEVICE_FAULT


def _alive(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool | None:
    return (sense.power or 0.0) >= limits.dead_power


def _closed(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool:
    return not sense.open


def _empty(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    return sense.empty


def _filled(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    return None if sense.empty is None else not sense.empty


def _leaks(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    return sense.leaking


def _dry(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool | None:
    return None if sense.leaking is None else not sense.leaking


def _burst(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool:
    return sense.burst_at == sense.at


def _hot(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> bool:
    return sense.hot is not None and sense.hot >= limits.hot_enough


def _grade(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> Grade:
    if sense.hot is not None and sense.hot >= limits.hot_enough:
        return Grade.E3
    if sense.burst_at is not None and sense.at - sense.burst_at < DAY_S:
        return Grade.E2
    return Grade.E1 if sense.energised_at is not None and sense.at - sense.energised_at < DAY_S else Grade.E0


def _nobody(_sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> bool:
    """Heating is the thermostat's doing, not somebody's."""
    return False


# fmt: off
TABLE: tuple[Rule[DrinkingWaterSense, DrinkingWaterLimits], ...] = (
    Rule(
        "WD2", 1, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=_no_heat, leave=_heated, on_delay="no_heat_after",
        why=reasons.no_heat, values=reasons.drawn, limits=("no_heat_symptom", "no_heat_after", "heats_power"),
    ),
    Rule(
        "WD3", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=_stuck_on, leave=_off, on_delay="stuck_on", off_delay="stuck_off",
        why=reasons.stuck_on, values=reasons.drawn, limits=("heats_power", "stuck_on"),
    ),
    Rule(
        "WD4", 1, State.DOWN, _unplugged_or_device, Grade.E2, POWER | {"voltage"},
        enter=_dead, leave=_alive, on_delay="dead_after", paused=_closed,
        why=reasons.dead, values=reasons.drawn, limits=("dead_power", "dead_after"),
    ),
    Rule(
        "WD5", 1, State.DOWN, Cause.CONSUMABLE, Grade.E2, frozenset({"water_low"}),
        enter=_empty, leave=_filled, on_delay="empty_after",
        why=reasons.empty, values=reasons.drawn, limits=("empty_after",),
    ),
    Rule(
        "WD6", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, frozenset({"leak"}),
        enter=_leaks, leave=_dry, on_delay="leak_after", off_delay="dry_after",
        why=reasons.leaks, values=reasons.drawn, limits=("leak_after", "dry_after"),
    ),
)
# fmt: on

RULES: RuleSet[DrinkingWaterSense, DrinkingWaterLimits] = RuleSet(
    sense=DrinkingWaterSense,
    limits=DrinkingWaterLimits,
    reads=frozenset({"power", "voltage", "hot_water_temperature", "water_low", "leak"}),
    spikes={},
    grade=_grade,
    evidence=reasons.evidence,
    busy=_nobody,
    rules=TABLE,
    proofs=(
        ProofRule("WD1", 1, Grade.E2, POWER, shown=_burst, values=reasons.drawn),
        ProofRule("WD1T", 1, Grade.E3, frozenset({"hot_water_temperature"}), shown=_hot, values=reasons.drawn),
    ),
)
