"""What the air conditioner's rules say."""

from edge.health.senses.air_conditioner import AirConditionerLimits, AirConditionerSense
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
        "run_min": sense.effort_s / 60,
        "starts_per_hour": float(sense.compressor.starts_within(sense.at)),
    }
    return {name: round(value, 1) for name, value in values.items() if value is not None}


def no_effect(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC3, with a supply probe."""
    minutes, split = f"{sense.effort_s / 60:.0f}", f"{abs(sense.split or 0):.1f}"
    return Text(
        f"已运行 {minutes} 分钟，出风温差仅 {split} K：不制冷也不制热",
        f"Running for {minutes} min, supply air only {split} K from the room: neither cools nor heats",
    )


def room_stays_hot(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC3, by the room alone."""
    minutes, room = f"{sense.effort_s / 60:.0f}", f"{sense.room or 0:.1f}"
    return Text(f"已运行 {minutes} 分钟，室温 {room}℃ 不下降", f"Running for {minutes} min, the room stays at {room} ℃")


def weak(sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """AC4."""
    split, full = f"{abs(sense.split or 0):.1f}", f"{limits.cool_split:g}"
    return Text(
        f"效果偏弱：出风温差 {split} K，应有 {full} K",
        f"Weak: supply air {split} K from the room, should be {full} K",
    )


def wanted(_sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """AC6."""
    hot, cold = f"{limits.hot_room:g}", f"{limits.cold_room:g}"
    return Text(
        f"开放时间室温高于 {hot}℃ 或低于 {cold}℃ 而空调没有运行：是关着还是坏了？请查看",
        f"Does not run in opening hours with the room above {hot} ℃ or below {cold} ℃: off or broken? Please look",
    )


def no_standby(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC10."""
    hours = f"{sense.standby.gone_s / 3600:.0f}"
    return Text(
        f"插座有电，但 {hours} 小时没有待机功率：拔了插头、断了开关，还是坏了？请查看",
        f"The socket is live, but no standby for {hours} h: unplugged, switched off, or broken? Please look",
    )


def missed(sense: AirConditionerSense, _limits: AirConditionerLimits) -> dict[str, float]:
    """The figures of a standby that is gone."""
    return {"power": round(sense.power or 0.0, 1), "gone_h": round(sense.standby.gone_s / 3600, 1)}


def short_cycles(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC7."""
    starts = sense.compressor.starts_within(sense.at)
    return Text(f"频繁启停：一小时启动 {starts} 次", f"Short cycling: {starts} starts in one hour")


def evidence(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """What an ok rests on."""
    shown = [
        (at, zh, en)
        for at, zh, en in ((sense.cooled_at, "制冷", "cooling"), (sense.heated_at, "制热", "heating"))
        if at is not None
    ]
    if not shown:
        return Text("有电；尚未见到制冷或制热", "energised; not yet seen cooling or heating")
    at, zh, en = max(shown)
    days = f"{(sense.at - at) / 86400:.1f}"
    return Text(f"{days} 天前确认{zh}", f"shown {en} {days} days ago")
