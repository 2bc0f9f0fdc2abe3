"""What the air conditioner's rules say."""

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


def probe_off(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC3P."""
    gained = f"{sense.gained or 0:.1f}"
    return Text(
        f"出风探头测到的是室内空气，而房间已改变 {gained} K：探头可能从出风口掉下",
        f"The supply probe feels the room's air while the room moved by {gained} K: it may be off the vent",
    )


def weak(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC4."""
    split, share = f"{abs(sense.split or 0):.1f}", f"{100 * (sense.air.share or 0):.0f}"
    return Text(
        f"效果偏弱：出风温差 {split} K，是平常的 {share}%",
        f"Weak: supply air {split} K from the room, {share} % of what is usual",
    )


def short_cycles(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC7."""
    starts = sense.compressor.starts_within(sense.at)
    return Text(f"频繁启停：一小时启动 {starts} 次", f"Short cycling: {starts} starts in one hour")


def evidence(sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """What an ok rests on."""
    if limits.central:
        room = f"{sense.room or 0:.1f}"
        return Text(f"室温 {room}℃（中央空调，没有自己的电表）", f"room at {room} ℃ (central air, not its own meter)")
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
