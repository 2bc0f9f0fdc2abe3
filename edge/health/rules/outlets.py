"""充电插座 OUT1–OUT8 (health.md A6): live, within the band, not tripped, not overloaded; k of n sockets decide.

A socket whose meter is fed by the socket itself is not dead when the meter falls silent: silence is unknown (SV1).
"""

from edge.health.conditions import outlets as signs
from edge.health.reasons import outlets as reasons
from edge.health.rule import ProofRule, Rule, RuleSet
from edge.health.senses.outlets import OutletsLimits, OutletsSense
from shared.states import Cause, Grade, State

VOLTAGE = frozenset({"voltage"})
CURRENT = frozenset({"current"})
TRIP = frozenset({"breaker_tripped"})
STRIP = frozenset({"strip_temperature"})
RELAY = frozenset({"relay_on"})

# fmt: off
TABLE: tuple[Rule[OutletsSense, OutletsLimits], ...] = (
    Rule(
        "OUT5", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, TRIP,
        enter=signs.tripped, leave=signs.reset, on_delay="trip_after", off_delay="reset_after",
        why=reasons.tripped, values=reasons.volts, limits=("trip_after",),
    ),
    Rule(
        "OUT5V", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, VOLTAGE | CURRENT,
        without=TRIP, enter=signs.went_loaded, leave=signs.live, on_delay="trip_after", off_delay="live_after",
        why=reasons.tripped_loaded, values=reasons.volts, limits=("trip_current", "dead_voltage", "trip_after"),
    ),
    Rule(
        "OUT8", 1, State.DOWN, Cause.MONITOR_INDUCED, Grade.E2, RELAY,
        enter=signs.switched_off, leave=signs.enough_on, on_delay="dead_after", doubt_after="dead_doubt",
        why=reasons.switched_off, values=reasons.volts, limits=("dead_after", "enough_live"),
    ),
    Rule(
        "OUT8", 1, State.DEGRADED, Cause.MONITOR_INDUCED, Grade.E2, RELAY,
        enter=signs.partly_off, leave=signs.all_on, on_delay="dead_after", doubt_after="dead_doubt",
        why=reasons.switched_off, values=reasons.volts, limits=("dead_after", "enough_live"),
    ),
    Rule(
        "OUT2", 1, State.DOWN, signs.ours_or_the_devices, Grade.E2, VOLTAGE,
        enter=signs.all_dead, leave=signs.live,
        on_delay="dead_after", off_delay="live_after", doubt_after="dead_doubt",
        why=reasons.dead, values=reasons.volts, limits=("dead_voltage", "dead_after"),
    ),
    Rule(
        "OUT6", 1, State.DOWN, signs.ours_or_the_devices, Grade.E2, VOLTAGE,
        enter=signs.most_dead, leave=signs.enough_live,
        on_delay="dead_after", off_delay="live_after", doubt_after="dead_doubt",
        why=reasons.dead, values=reasons.volts, limits=("dead_voltage", "dead_after", "enough_live"),
    ),
    Rule(
        "OUT6", 1, State.DEGRADED, signs.ours_or_the_devices, Grade.E2, VOLTAGE,
        enter=signs.some_dead, leave=signs.none_dead,
        on_delay="dead_after", off_delay="live_after", doubt_after="dead_doubt",
        why=reasons.dead, values=reasons.volts, limits=("dead_voltage", "dead_after", "enough_live"),
    ),
    Rule(
        "OUT3", 1, State.DOWN, Cause.SUPPLY_QUALITY, Grade.E2, VOLTAGE,
        enter=signs.mostly_out_of_band, leave=signs.enough_in_band, began=signs.went_out,
        on_delay="band_after", off_delay="band_clear_after", doubt_after="band_doubt",
        why=reasons.out_of_band, values=reasons.means, limits=("low_voltage", "high_voltage", "enough_live"),
    ),
    Rule(
        "OUT3", 1, State.DEGRADED, Cause.SUPPLY_QUALITY, Grade.E2, VOLTAGE,
        enter=signs.partly_out_of_band, leave=signs.in_band, began=signs.went_out,
        on_delay="band_after", off_delay="band_clear_after", doubt_after="band_doubt",
        why=reasons.out_of_band, values=reasons.means, limits=("low_voltage", "high_voltage", "enough_live"),
    ),
    Rule(
        "OUT4", 1, State.DEGRADED, Cause.USER_ACTION, Grade.E2, CURRENT,
        enter=signs.overloaded, leave=signs.relieved, on_delay="overload_after", off_delay="load_clear_after",
        why=reasons.overloaded, values=reasons.loads, limits=("rated_current", "overload_after"),
    ),
    Rule(
        "OUT4L", 1, State.DEGRADED, Cause.USER_ACTION, Grade.E2, CURRENT,
        enter=signs.heavily_loaded, leave=signs.relieved, on_delay="load_after", off_delay="load_clear_after",
        why=reasons.loaded, values=reasons.loads, limits=("rated_current", "load_share", "load_after"),
    ),
    Rule(
        "OUT4T", 1, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, STRIP,
        enter=signs.hot, leave=signs.cooled, on_delay="overload_after", off_delay="load_clear_after",
        why=reasons.hot, values=reasons.loads, limits=("strip_limit",),
    ),
)
# fmt: on

RULES: RuleSet[OutletsSense, OutletsLimits] = RuleSet(
    sense=OutletsSense,
    limits=OutletsLimits,
    reads=VOLTAGE | CURRENT | TRIP | STRIP | RELAY | {"power"},
    spikes={},
    grade=signs.grade,
    evidence=reasons.evidence,
    busy=signs.in_use,
    rules=TABLE,
    proofs=(
        ProofRule("OUT1", 1, Grade.E2, VOLTAGE, shown=signs.all_live, values=reasons.volts),
        ProofRule("OUT1U", 1, Grade.E3, VOLTAGE, shown=signs.used, values=signs.used_values),
    ),
)
