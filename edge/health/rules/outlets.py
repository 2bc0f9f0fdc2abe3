"""充电插座 OUT1–OUT6 (health.md A6): live, within the band, not tripped, not overloaded; k of n sockets decide."""

from edge.health.reasons import outlets as reasons
from edge.health.rule import ProofRule, Rule, RuleSet
from edge.health.senses.outlets import HOUR_MINUTES, OutletsLimits, OutletsSense
from shared.states import Cause, Grade, State

VOLTAGE = frozenset({"voltage"})
CURRENT = frozenset({"current"})
TRIP = frozenset({"breaker_tripped"})
STRIP = frozenset({"strip_temperature"})
RELAY = frozenset({"relay_on"})
MONTH_S = 30 * 86400.0


def _all_dead(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    """OUT2: without a mains reference a dead line may be a power cut, which is nobody's fault."""
    dead = sense.dead(limits)
    if not dead or dead < len(sense.volts):
        return False
    return True if sense.reference else None


def _live(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return sense.dead(limits) < len(sense.volts)


def _live_share(sense: OutletsSense, limits: OutletsLimits) -> float:
    return 1 - sense.dead(limits) / len(sense.volts) if sense.volts else 1.0


def _some_dead(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return limits.enough_live <= _live_share(sense, limits) < 1


def _none_dead(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return not sense.dead(limits)


def _most_dead(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return 0 < _live_share(sense, limits) < limits.enough_live


def _enough_live(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return _live_share(sense, limits) >= limits.enough_live


def _out_of_band(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    live = [mean for mean in sense.means.values() if mean >= limits.dead_voltage]
    return any(not limits.low_voltage <= mean <= limits.high_voltage for mean in live)


def _in_band(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    low, high = limits.low_voltage * (1 + limits.band_clear), limits.high_voltage * (1 - limits.band_clear)
    return all(low <= volt <= high for volt in sense.volts.values() if volt >= limits.dead_voltage)


def _most(sense: OutletsSense) -> float:
    return max(sense.amperes.values(), default=0.0)


def _overloaded(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return _most(sense) > limits.rated_current


def _heavily_loaded(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return _most(sense) > limits.load_share * limits.rated_current


def _relieved(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return _most(sense) < limits.load_clear * limits.rated_current


def _hot(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return None if sense.strip is None else sense.strip > limits.strip_limit


def _cooled(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return None if sense.strip is None else sense.strip < limits.strip_limit - 5


def _tripped(sense: OutletsSense, _limits: OutletsLimits) -> bool | None:
    return sense.tripped


def _reset(sense: OutletsSense, _limits: OutletsLimits) -> bool | None:
    return None if sense.tripped is None else not sense.tripped


def _relay_off(sense: OutletsSense, _limits: OutletsLimits) -> bool | None:
    return bool(sense.relays) and all(relay < 0.5 for relay in sense.relays.values())


def _relay_on(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return not _relay_off(sense, limits)


def _all_live(sense: OutletsSense, limits: OutletsLimits) -> bool:
    """OUT1: an hour of minutes, nearly all within the band."""
    if len(sense.minutes) < HOUR_MINUTES or _relay_off(sense, limits):
        return False
    return sum(sense.minutes) >= limits.band_share * len(sense.minutes)


def _used(sense: OutletsSense, _limits: OutletsLimits) -> bool:
    return sense.used_at == sense.at


def _used_values(sense: OutletsSense, limits: OutletsLimits) -> dict[str, float]:
    return reasons.volts(sense, limits) | reasons.loads(sense, limits)


def _grade(sense: OutletsSense, limits: OutletsLimits) -> Grade:
    if not sense.volts or sense.dead(limits):
        return Grade.E0
    return Grade.E3 if sense.used_at is not None and sense.at - sense.used_at < MONTH_S else Grade.E2


def _in_use(sense: OutletsSense, _limits: OutletsLimits) -> bool:
    return sense.used_since is not None


# fmt: off
TABLE: tuple[Rule[OutletsSense, OutletsLimits], ...] = (
    Rule(
        "OUT5", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, TRIP,
        enter=_tripped, leave=_reset, on_delay="trip_after", off_delay="reset_after",
        why=reasons.tripped, values=reasons.volts, limits=("trip_after",),
    ),
    Rule(
        "OUT8", 1, State.DOWN, Cause.MONITOR_INDUCED, Grade.E2, RELAY,
        enter=_relay_off, leave=_relay_on, on_delay="dead_after",
        why=reasons.switched_off, values=reasons.volts, limits=("dead_after",),
    ),
    Rule(
        "OUT2", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, VOLTAGE,
        enter=_all_dead, leave=_live, on_delay="dead_after", off_delay="live_after",
        why=reasons.dead, values=reasons.volts, limits=("dead_voltage", "dead_after"),
    ),
    Rule(
        "OUT6", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, VOLTAGE,
        enter=_most_dead, leave=_enough_live, on_delay="dead_after", off_delay="live_after",
        why=reasons.dead, values=reasons.volts, limits=("dead_voltage", "dead_after", "enough_live"),
    ),
    Rule(
        "OUT6", 1, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, VOLTAGE,
        enter=_some_dead, leave=_none_dead, on_delay="dead_after", off_delay="live_after",
        why=reasons.dead, values=reasons.volts, limits=("dead_voltage", "dead_after", "enough_live"),
    ),
    Rule(
        "OUT3", 1, State.DEGRADED, Cause.SUPPLY_QUALITY, Grade.E2, VOLTAGE,
        enter=_out_of_band, leave=_in_band, off_delay="band_clear_after",
        why=reasons.out_of_band, values=reasons.means, limits=("low_voltage", "high_voltage"),
    ),
    Rule(
        "OUT4", 1, State.DEGRADED, Cause.USER_ACTION, Grade.E2, CURRENT,
        enter=_overloaded, leave=_relieved, on_delay="overload_after", off_delay="load_clear_after",
        why=reasons.overloaded, values=reasons.loads, limits=("rated_current", "overload_after"),
    ),
    Rule(
        "OUT4L", 1, State.DEGRADED, Cause.USER_ACTION, Grade.E2, CURRENT,
        enter=_heavily_loaded, leave=_relieved, on_delay="load_after", off_delay="load_clear_after",
        why=reasons.overloaded, values=reasons.loads, limits=("rated_current", "load_share", "load_after"),
    ),
    Rule(
        "OUT4T", 1, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, STRIP,
        enter=_hot, leave=_cooled, on_delay="overload_after", off_delay="load_clear_after",
        why=reasons.hot, values=reasons.loads, limits=("strip_limit",),
    ),
)
# fmt: on

RULES: RuleSet[OutletsSense, OutletsLimits] = RuleSet(
    sense=OutletsSense,
    limits=OutletsLimits,
    reads=VOLTAGE | CURRENT | TRIP | STRIP | RELAY | {"power"},
    spikes={},
    grade=_grade,
    evidence=reasons.evidence,
    busy=_in_use,
    rules=TABLE,
    proofs=(
        ProofRule("OUT1", 1, Grade.E2, VOLTAGE, shown=_all_live, values=reasons.volts),
        ProofRule("OUT1U", 1, Grade.E3, VOLTAGE, shown=_used, values=_used_values),
    ),
)
