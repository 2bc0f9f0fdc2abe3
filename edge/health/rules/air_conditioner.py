"""冷暖空调 AC1–AC11 (health.md A4): does running it move the room, or at least the air it blows?"""

from edge.health.conditions import air_conditioner as when
from edge.health.conditions import air_conditioner_idle as idle
from edge.health.reasons import air_conditioner as reasons
from edge.health.reasons import air_conditioner_idle as because
from edge.health.rule import Learned, ProofRule, Rule, RuleSet
from edge.health.senses.air_conditioner import AirConditionerSense
from edge.health.senses.air_conditioner_limits import AirConditionerLimits
from shared.states import Cause, Grade, State
from shared.text import Text

POWER = frozenset({"power"})
ROOM = frozenset({"room_temperature"})
SUPPLY = frozenset({"supply_temperature"})
RELAY = frozenset({"relay_on"})

# fmt: off
TABLE: tuple[Rule[AirConditionerSense, AirConditionerLimits], ...] = (
    Rule(
        "AC3", 2, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, POWER | ROOM | SUPPLY,
        enter=when.no_effect, leave=when.effect, on_delay="no_effect_after", doubt_after="no_effect_doubt",
        why=reasons.no_effect, values=reasons.felt, limits=("no_effect_run", "no_effect_split", "no_effect_after"),
    ),
    Rule(
        "AC3", 1, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, POWER | ROOM,
        without=SUPPLY, enter=when.room_stays_hot, leave=when.effect, on_delay="hot_after", doubt_after="hot_doubt",
        why=reasons.room_stays_hot, values=reasons.felt, limits=("no_effect_run", "hot_room", "hot_after"),
    ),
    Rule(
        "AC3P", 1, State.UNKNOWN, Cause.SENSOR_FAULT, Grade.E0, POWER | ROOM | SUPPLY,
        enter=when.probe_off, leave=when.probe_on,
        why=reasons.probe_off, values=reasons.felt, limits=("probe_split", "weak_run", "room_step"),
    ),
    Rule(
        "AC4", 2, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, POWER | ROOM | SUPPLY,
        enter=when.weak, leave=when.not_weak, on_delay="weak_after", off_delay="split_held", doubt_after="weak_doubt",
        why=reasons.weak, values=reasons.felt, limits=("weak_share", "weak_after", "full_cooling", "full_heating"),
    ),
    Rule(
        "AC4", 2, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, POWER | ROOM | SUPPLY,
        enter=when.low, leave=when.not_low, on_delay="weak_after", off_delay="split_held",
        why=reasons.low, values=reasons.felt, limits=("low_share", "weak_after", "full_cooling", "full_heating"),
    ),
    Rule(
        "AC5", 1, State.DOWN, Cause.DEVICE_FAULT, Grade.E2, POWER | RELAY,
        enter=idle.does_not_start, leave=idle.runs, on_delay="start_after",
        why=because.does_not_start, values=reasons.felt, limits=("demand_power", "start_after"),
    ),
    Rule(
        "AC5F", 1, State.UNKNOWN, Cause.UNKNOWN, Grade.E0, POWER,
        enter=idle.fan_alone, leave=idle.runs, on_delay="fan_after", began=idle.fan_since,
        why=because.fan_alone, values=reasons.felt, limits=("fan_power", "fan_after"), asks=because.OFF_OR_BROKEN,
    ),
    Rule(
        "AC6", 2, State.UNKNOWN, Cause.UNKNOWN, Grade.E0, POWER | ROOM,
        enter=idle.wanted, leave=idle.runs, on_delay="demand_after", doubt_after="demand_doubt",
        why=because.wanted, values=reasons.felt, limits=("hot_room", "cold_room", "demand_power", "demand_after"),
        asks=because.OFF_OR_BROKEN,
    ),
    Rule(
        "AC6L", 1, State.UNKNOWN, Cause.UNKNOWN, Grade.E0, POWER | ROOM,
        enter=idle.late, leave=idle.runs, on_delay="late_after",
        why=because.late, values=because.starts, limits=("late_by", "late_after"), asks=because.OFF_OR_BROKEN,
    ),
    Rule(
        "AC6T", 1, State.UNKNOWN, Cause.UNKNOWN, Grade.E0, POWER | ROOM,
        enter=idle.skipped, leave=idle.runs,
        why=because.skipped, values=because.starts, limits=("timer_after",), asks=because.OFF_OR_BROKEN,
    ),
    Rule(
        "AC7", 2, State.DEGRADED, Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=when.short_cycles, leave=when.calm, began=when.first_start,
        why=reasons.short_cycles, values=reasons.felt, limits=("most_starts", "calm_starts"),
    ),
    Rule(
        "AC8", 1, State.UNKNOWN, Cause.UNKNOWN, Grade.E0, POWER,
        enter=idle.unproved, leave=idle.exercised,
        why=because.unproved, values=reasons.felt, limits=("proof_lasts", "unseen_lasts"),
    ),
    Rule(
        "AC9", 1, State.UNKNOWN, Cause.UNKNOWN, Grade.E0, ROOM,
        without=POWER, enter=idle.unbearable, leave=idle.comfortable, on_delay="comfort_after",
        doubt_after="demand_doubt",
        why=because.uncomfortable, values=reasons.felt, limits=("hot_room", "cold_room", "comfort_after"),
        asks=because.CENTRAL,
    ),
    Rule(
        "AC9", 1, State.DEGRADED, Cause.UNKNOWN, Grade.E2, ROOM,
        without=POWER, enter=idle.uncomfortable, leave=idle.comfortable, on_delay="comfort_after",
        why=because.uncomfortable, values=reasons.felt, limits=("cool_held", "heat_held", "comfort_after"),
    ),
    Rule(
        "AC10", 2, State.UNKNOWN, Cause.USER_ACTION, Grade.E0, POWER | {"voltage"},
        enter=idle.no_standby, leave=idle.draws, on_delay="standby_gone", doubt_after="standby_doubt",
        began=idle.gone_at,
        why=because.no_standby, values=because.missed,
        limits=("standby", "standby_gone", "standby_doubt", "standby_pauses"), asks=because.PLUGGED,
    ),
    Rule(
        "AC11", 1, State.DOWN, Cause.MONITOR_INDUCED, Grade.E2, RELAY,
        enter=idle.relay_off, leave=idle.relay_on, on_delay="relay_after",
        why=because.switched_off, values=because.relay, limits=("relay_after",),
    ),
)

RUN = Text("稳定运行十五分钟", "fifteen minutes of steady running")
STARTS = Text("启动三次", "three starts")
LEARNS: tuple[Learned[AirConditionerSense], ...] = (
    Learned("full_power", Text("满负荷功率", "Power at full load"), "W",
            Text("从第一次运行起", "from its first run on"), lambda sense: sense.full_w or None),
    Learned("cooling_split", Text("制冷出风温差", "Split when cooling"), "K", RUN,
            lambda sense: sense.air.cooling.full),
    Learned("heating_split", Text("制热出风温差", "Split when heating"), "K", RUN,
            lambda sense: sense.air.heating.full),
    Learned("cools_from", Text("室温到多少开始制冷", "Room temperature at which it cools"), "℃", STARTS,
            lambda sense: sense.felt.cooling.from_),
    Learned("heats_from", Text("室温到多少开始制热", "Room temperature at which it heats"), "℃", STARTS,
            lambda sense: sense.felt.heating.from_),
    Learned("standby", Text("待机功率", "Standby"), "W", Text("停机十二小时", "twelve hours of rest"),
            lambda sense: sense.standby.watts if sense.standby.known else None),
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
            "relay_on",
        }
    ),
    spikes={"room_temperature": 3.0},
    stuck=SUPPLY,
    grade=when.grade,
    evidence=reasons.evidence,
    busy=when.running,
    rules=TABLE,
    proofs=(
        ProofRule("AC1", 1, Grade.E3, POWER | ROOM, shown=when.cools, values=reasons.felt, mode="cooling"),
        ProofRule("AC2", 1, Grade.E3, POWER | ROOM, shown=when.heats, values=reasons.felt, mode="heating"),
    ),
    learns=LEARNS,
)
