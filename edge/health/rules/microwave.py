"""微波炉 MW1–MW3, MW5 (health.md A3): electrical input in use. Normal input is not heat; no input is no heat."""

from edge.health.reasons import microwave as reasons
from edge.health.rule import ProofRule, Rule, RuleSet
from edge.health.senses.microwave import MicrowaveLimits, MicrowaveSense
from edge.health.station import LIVE_V
from shared.states import Cause, Grade, State

POWER = frozenset({"power"})


def _runs_cold(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    return sense.cold_uses >= limits.cold_uses if sense.full else None


def _cold_since(sense: MicrowaveSense, _limits: MicrowaveLimits) -> float | None:
    return sense.cold_since


def _dropped_at(sense: MicrowaveSense, _limits: MicrowaveLimits) -> float | None:
    return sense.dropped_at


def _heated(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    return sense.cold_uses == 0


def _over_draws(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    return bool(sense.full) and (sense.power or 0.0) > limits.over_share * sense.full


def _proved_now(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """MW1 since, at a power that is not too much."""
    return sense.proved_at == sense.at and sense.peak <= limits.over_share * sense.full


def _tripped(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    return sense.dropped_at is not None


def _answers(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    return sense.dropped_at is None


def _no_standby(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """MW5: unplugged, its door switch, or by design; a live socket that it leaves alone cannot say which."""
    return sense.standby.missed(limits.standby_gone)


def _draws(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    return sense.standby.gone_at is None


def _gone_at(sense: MicrowaveSense, _limits: MicrowaveLimits) -> float | None:
    return sense.standby.gone_at


def _proved(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool:
    in_band = sense.voltage is None or 198.0 <= sense.voltage <= 235.4
    return sense.proved_at == sense.at and in_band


def _grade(sense: MicrowaveSense, limits: MicrowaveLimits) -> Grade:
    if sense.voltage is not None and sense.voltage < LIVE_V:
        return Grade.E0
    if sense.proved_at is not None and sense.at - sense.proved_at < limits.proof_lasts * 86400:
        return Grade.E3
    return Grade.E1 if sense.energised_at is not None and sense.at - sense.energised_at < 86400 else Grade.E0


def _in_use(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool:
    return sense.began is not None


# fmt: off
TABLE: tuple[Rule[MicrowaveSense, MicrowaveLimits], ...] = (
    Rule(
        "MW2", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E3, POWER,
        enter=_runs_cold, leave=_heated, began=_cold_since,
        why=reasons.runs_cold, values=reasons.drawn, limits=("cold_share", "cold_uses", "use_least", "runs_power"),
    ),
    Rule(
        "MW3", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=_over_draws, leave=_proved_now, on_delay="over_after",
        why=reasons.over_draws, values=reasons.drawn, limits=("over_share", "over_after"),
    ),
    Rule(
        "MW3T", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=_tripped, leave=_answers, on_delay="trip_after", began=_dropped_at,
        why=reasons.tripped, values=reasons.drawn, limits=("trip_power", "trip_after", "standby"),
    ),
    Rule(
        "MW5", 1, State.UNKNOWN, Cause.UNKNOWN, Grade.E0, POWER | {"voltage"},
        enter=_no_standby, leave=_draws, began=_gone_at,
        why=reasons.no_standby, values=reasons.missed, limits=("standby", "standby_gone"),
    ),
)
# fmt: on

RULES: RuleSet[MicrowaveSense, MicrowaveLimits] = RuleSet(
    sense=MicrowaveSense,
    limits=MicrowaveLimits,
    reads=frozenset({"power", "voltage"}),
    spikes={},
    grade=_grade,
    evidence=reasons.evidence,
    busy=_in_use,
    rules=TABLE,
    proofs=(ProofRule("MW1", 1, Grade.E3, POWER, shown=_proved, values=reasons.shown),),
)
