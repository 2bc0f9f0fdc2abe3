"""微波炉 MW1–MW7 (health.md A3): electrical input in use. Normal input is not heat; no input is no heat."""

from edge.health.conditions import microwave as when
from edge.health.reasons import microwave as reasons
from edge.health.rule import Learned, ProofRule, Rule, RuleSet
from edge.health.senses.microwave import MicrowaveLimits, MicrowaveSense
from shared.states import Cause, Grade, State
from shared.text import Text

POWER = frozenset({"power"})
RELAY = frozenset({"relay_on"})

# fmt: off
TABLE: tuple[Rule[MicrowaveSense, MicrowaveLimits], ...] = (
    Rule(
        "MW2", 2, State.DOWN, Cause.DEVICE_FAULT, Grade.E3, POWER,
        enter=when.runs_cold, leave=when.heated, began=when.cold_since,
        why=reasons.runs_cold, values=reasons.drawn,
        limits=("cold_share", "cold_most", "cold_uses", "use_least", "runs_power"),
    ),
    Rule(
        "MW2D", 1, State.UNKNOWN, Cause.DEVICE_FAULT, Grade.E0, POWER,
        enter=when.ran_cold, leave=when.heated, began=when.cold_since,
        why=reasons.ran_cold, values=reasons.drawn, limits=("cold_share", "cold_most", "cold_uses"),
        asks=reasons.HEATS,
    ),
    Rule(
        "MW3", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=when.over_draws, leave=when.proved_now, on_delay="over_after",
        why=reasons.over_draws, values=reasons.drawn, limits=("over_share", "over_after"),
    ),
    Rule(
        "MW3T", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=when.tripped, leave=when.answers, on_delay="trip_after", doubt_after="trip_doubt", began=when.dropped_at,
        why=reasons.tripped, values=reasons.drawn, limits=("trip_power", "trip_after", "standby"),
    ),
    Rule(
        "MW4", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=when.feeble, leave=when.not_feeble, began=when.feeble_since,
        why=reasons.feeble, values=reasons.feeble_uses, limits=("litre_least", "into_water", "feeble_uses"),
    ),
    Rule(
        "MW4", 1, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=when.faded, leave=when.not_faded, began=when.faded_since,
        why=reasons.fades, values=reasons.lately, limits=("faded_share", "faded_uses", "sound_share"),
    ),
    Rule(
        "MW4D", 1, State.UNKNOWN, Cause.DEVICE_FAULT, Grade.E0, POWER,
        enter=when.may_fade, leave=when.fades_or_not, began=when.row_since,
        why=reasons.may_fade, values=reasons.low_uses, limits=("faded_share", "faded_doubt", "faded_uses"),
        asks=reasons.HEATS,
    ),
    Rule(
        "MW5", 2, State.UNKNOWN, Cause.USER_ACTION, Grade.E0, POWER | {"voltage"},
        enter=when.no_standby, leave=when.draws, on_delay="standby_gone", doubt_after="standby_doubt",
        began=when.gone_at,
        why=reasons.no_standby, values=reasons.missed,
        limits=("standby", "standby_gone", "standby_doubt", "standby_pauses"), asks=reasons.PLUGGED,
    ),
    Rule(
        "MW5U", 1, State.UNKNOWN, Cause.UNKNOWN, Grade.E0, POWER,
        enter=when.missed, leave=when.used,
        why=reasons.unused, values=reasons.missed, limits=("uses_missed",), asks=reasons.UNUSED,
    ),
    Rule(
        "MW6", 1, State.UNKNOWN, Cause.UNKNOWN, Grade.E0, POWER,
        enter=when.unproved, leave=when.used_lately,
        why=reasons.unproved, values=reasons.drawn, limits=("proof_share", "proof_lasts"), asks=reasons.TEST,
    ),
    Rule(
        "MW7", 1, State.DOWN, Cause.MONITOR_INDUCED, Grade.E2, RELAY,
        enter=when.relay_off, leave=when.relay_on, on_delay="relay_after",
        why=reasons.switched_off, values=reasons.relay, limits=("relay_after",),
    ),
)
# fmt: on

LEARNS: tuple[Learned[MicrowaveSense], ...] = (
    Learned(
        "full_power",
        Text("满功率", "Full power"),
        "W",
        Text("使用三次", "three uses"),
        lambda sense: sense.full or None,
    ),
    Learned(
        "baseline",
        Text("最初的满功率（折合 220 V）", "Full power when it came, at 220 V"),
        "W",
        Text("使用十次", "ten uses"),
        lambda sense: sense.input.baseline,
    ),
    Learned(
        "spread",
        Text("满功率的波动（±）", "Spread of full power (±)"),
        "W",
        Text("使用十次", "ten uses"),
        lambda sense: sense.input.spread,
    ),
    Learned(
        "standby",
        Text("待机功率", "Standby"),
        "W",
        Text("待机十二小时", "twelve hours of rest"),
        lambda sense: sense.standby.watts if sense.standby.known else None,
    ),
    Learned(
        "uses",
        Text("每天使用次数", "Uses a day"),
        "",
        Text("开放三天", "three days open"),
        lambda sense: sum(sense.rhythm.rates) if sense.rhythm.learned else None,
    ),
)

RULES: RuleSet[MicrowaveSense, MicrowaveLimits] = RuleSet(
    sense=MicrowaveSense,
    limits=MicrowaveLimits,
    reads=frozenset({"power", "voltage", "relay_on"}),
    spikes={},
    grade=when.grade,
    evidence=reasons.evidence,
    busy=when.in_use,
    rules=TABLE,
    proofs=(ProofRule("MW1", 1, Grade.E3, POWER, shown=when.shown, values=reasons.shown),),
    learns=LEARNS,
)
