"""What the air conditioner's rules say."""

from edge.health.conditions import air_conditioner as when
from edge.health.reasons.spans import ago
from edge.health.senses.air_conditioner import AirConditionerSense
from edge.health.senses.air_conditioner_limits import AirConditionerLimits
from shared.text import Text


def felt(sense: AirConditionerSense, _limits: AirConditionerLimits) -> dict[str, float]:
    """The figures of this moment."""
    values = {
        "power": sense.power,
        "room_temperature": sense.room,
        "supply_temperature": sense.supply,
        "outdoor_temperature": sense.outdoor,
        "room_humidity": sense.humidity,
        "split": sense.split,
        "share": sense.air.share,
        "run_min": sense.effort_s / 60,
        "starts_per_hour": float(sense.compressor.starts_within(sense.at)),
    }
    return {name: round(value, 2 if name == "share" else 1) for name, value in values.items() if value is not None}


def no_effect(sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """AC3, with a supply probe."""
    if not when.no_effect(sense, limits):
        return Text("此前运行时不制冷也不制热", "When it ran before, it neither cooled nor heated")
    minutes, split = f"{sense.effort_s / 60:.0f}", f"{abs(sense.split or 0):.1f}"
    return Text(
        f"已运行 {minutes} 分钟，出风温差仅 {split} K：不制冷也不制热",
        f"Running for {minutes} min, supply air only {split} K from the room: neither cools nor heats",
    )


def room_stays_hot(sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """AC3, by the room alone."""
    if not when.room_stays_hot(sense, limits):
        return Text("此前运行时室温不下降", "When it ran before, the room did not cool")
    minutes, room = f"{sense.effort_s / 60:.0f}", f"{sense.room or 0:.1f}"
    return Text(f"已运行 {minutes} 分钟，室温 {room}℃ 不下降", f"Running for {minutes} min, the room stays at {room} ℃")


def probe_off(sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """AC3P."""
    gained = sense.gained
    if sense.air.fell_at is not None:
        return Text(
            "出风探头读数突然变成室温：可能已脱落",
            "The supply probe suddenly feels the room's air: it may be off the vent",
        )
    if gained is None or gained < limits.room_step:
        return Text(
            "出风探头测到的是室内空气：可能已脱落", "The supply probe feels the room's air: it may be off the vent"
        )
    return Text(
        f"出风探头测到的是室内空气，而室温已按需要变化 {gained:.1f} K：可能已脱落",
        f"The supply probe feels the room's air while the room moved by {gained:.1f} K as wished: "
        "it may be off the vent",
    )


def weak(sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """AC4, down."""
    return _short_of(sense, limits.weak_share, Text("明显不足", "far too little"))


def low(sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """AC4, degraded."""
    return _short_of(sense, limits.low_share, Text("偏弱", "too little"))


def _short_of(sense: AirConditionerSense, line: float, how: Text) -> Text:
    """The split beside its own, or a usual one before that is learned; no figures while it is not under the line."""
    air = sense.air
    if air.share is None or air.share >= line:
        return Text(f"此前运行时制冷（热）{how.zh}", f"When it ran before, it cooled or heated {how.en}")
    cools = air.last > 0
    doing = Text("制冷", "Cools") if cools else Text("制热", "Heats")
    learned = (air.cooling if cools else air.heating).usual(sense.power or 0.0) is not None
    usual = Text("平常", "is usual") if learned else Text("应有", "it should be")
    split, share = f"{abs(air.last):.1f}", f"{100 * air.share:.0f}"
    return Text(
        f"{doing.zh}{how.zh}：出风温差 {split} K，是{usual.zh}的 {share}%",
        f"{doing.en} {how.en}: supply air {split} K from the room, {share} % of what {usual.en}",
    )


def short_cycles(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC7."""
    starts = sense.compressor.starts_within(sense.at)
    return Text(f"频繁启停：一小时启动 {starts} 次", f"Short cycling: {starts} starts in one hour")


def evidence(sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """What an ok rests on."""
    if limits.central:
        room = f"{sense.room or 0:.1f}"
        return Text(
            f"室温 {room}℃（中央空调，没有自己的电表）", f"room at {room} ℃ (central air without a meter of its own)"
        )
    shown = [
        (at, zh, en)
        for at, zh, en in ((sense.cooled_at, "制冷", "cooling"), (sense.heated_at, "制热", "heating"))
        if at is not None
    ]
    if not shown:
        return Text("有电；尚未见到制冷或制热", "energised; not yet seen cooling or heating")
    at, zh, en = max(shown)
    past_zh, past_en = ago(sense.at - at)
    return Text(f"{past_zh}确认{zh}", f"shown {en} {past_en}")
