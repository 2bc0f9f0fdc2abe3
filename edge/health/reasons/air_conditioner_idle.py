"""What the air conditioner's rules say where it does not run."""

from datetime import UTC, datetime

from edge.health.reasons.spans import lasting
from edge.health.rule import Ask
from edge.health.senses.air_conditioner import AirConditionerSense
from edge.health.senses.air_conditioner_limits import AirConditionerLimits
from shared.opening import SHANGHAI
from shared.text import Text

OFF_OR_BROKEN = Ask(
    Text(
        "空调没有制冷或制热：是没开还是坏了？请开机试试：能用吗？",
        "The air conditioner neither cools nor heats: off or broken? Please switch it on: does it work?",
    ),
    Text("能用（只是没开）", "It works (it was off)"),
    Text("坏了", "It is broken"),
    "answer_due",
)
CENTRAL = Ask(
    Text(
        "室温过热或过冷：中央空调能用吗？", "The room is too hot or too cold: does the central air conditioning work?"
    ),
    Text("能用", "It works"),
    Text("不能用", "It does not work"),
    "answer_due",
)
PLUGGED = Ask(
    Text(
        "空调不取电。请看插头和开关：它能用吗？",
        "The air conditioner draws nothing. Please look at plug and switch: does it work?",
    ),
    Text("能用", "It works"),
    Text("不能用", "It does not work"),
    "answer_due",
)


def does_not_start(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC5."""
    if sense.commanded_at is None:
        return Text("接到开机指令后，压缩机没有启动", "Told to start, the compressor did not")
    minutes = f"{(sense.at - sense.commanded_at) / 60:.0f}"
    return Text(
        f"开机指令已发出 {minutes} 分钟，压缩机没有启动",
        f"Told to start {minutes} min ago, the compressor has not started",
    )


def fan_alone(_sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC5F."""
    return Text(
        "风机转了，压缩机没有启动：不需要制冷制热，还是坏了？请查看",
        "The fan came on and the compressor did not: nothing to do, or broken? Please look",
    )


def wanted(sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """AC6."""
    room, hot, cold = sense.room or 0.0, f"{limits.hot_room:g}", f"{limits.cold_room:g}"
    if room > limits.hot_room:
        said = Text(f"室温 {room:.1f}℃，高于 {hot}℃", f"In opening hours the room is at {room:.1f} ℃, over {hot} ℃")
    elif room < limits.cold_room:
        said = Text(f"室温 {room:.1f}℃，低于 {cold}℃", f"In opening hours the room is at {room:.1f} ℃, under {cold} ℃")
    else:
        said = Text(
            f"室温曾高于 {hot}℃ 或低于 {cold}℃（现为 {room:.1f}℃）",
            f"In opening hours the room was over {hot} ℃ or under {cold} ℃ ({room:.1f} ℃ now)",
        )
    return _off_or_broken(f"开放时间{said.zh}，空调没有运行", f"{said.en}, and it does not run")


def late(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC6L."""
    room, cools, heats = sense.room or 0.0, sense.felt.cooling.from_, sense.felt.heating.from_
    zh, en = f"室温 {room:.1f}℃", f"Room at {room:.1f} ℃"
    if cools is not None and room > cools:
        zh, en = f"{zh}，以往到 {cools:.1f}℃ 就开始制冷", f"{en}; it used to cool from {cools:.1f} ℃"
    elif heats is not None and room < heats:
        zh, en = f"{zh}，以往低到 {heats:.1f}℃ 就开始制热", f"{en}; it used to heat from {heats:.1f} ℃"
    else:
        zh, en = f"{zh}，此前到了以往启动的温度而没有启动", f"{en}; earlier it was beyond what it used to start at"
    return _off_or_broken(f"{zh}，现在没有运行", f"{en}, and it does not run")


def skipped(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC6T."""
    room = f"{sense.room or 0:.1f}"
    return _off_or_broken(
        f"室温 {room}℃，以往常在这个时候启动，这次没有",
        f"Room at {room} ℃; it often started at this hour, and this time it did not",
    )


def _off_or_broken(zh: str, en: str) -> Text:
    return Text(f"{zh}：是没开还是坏了？请查看", f"{en}: off or broken? Please look")


def starts(sense: AirConditionerSense, _limits: AirConditionerLimits) -> dict[str, float]:
    """The room and the temperatures at which it used to start."""
    values = {
        "power": sense.power,
        "room_temperature": sense.room,
        "cools_from": sense.felt.cooling.from_,
        "heats_from": sense.felt.heating.from_,
    }
    return {name: round(value, 1) for name, value in values.items() if value is not None}


def unproved(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC8."""
    if sense.shown_at is None:
        return Text("还没有见过它制冷或制热", "Never seen cooling or heating")
    day = datetime.fromtimestamp(sense.shown_at, UTC).astimezone(SHANGHAI).date().isoformat()
    return Text(f"自 {day} 起没有见到它制冷或制热", f"Not seen cooling or heating since {day}")


def uncomfortable(sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """AC9."""
    room, low, high = f"{sense.room or 0:.1f}", f"{limits.heat_held:g}", f"{limits.cool_held:g}"
    return Text(
        f"中央空调没有自己的电表；开放时间室温 {room}℃，不在 {low}–{high}℃ 内",
        f"Central air without a meter of its own; in opening hours the room is at {room} ℃, not within {low}–{high} ℃",
    )


def no_standby(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC10."""
    zh, en = lasting(sense.standby.gone_s)
    return Text(
        f"插座有电，但已 {zh}没有待机功率：拔了插头、断了开关，还是坏了？请查看",
        f"The socket is live, but no standby for {en}: unplugged, switched off, or broken? Please look",
    )


def missed(sense: AirConditionerSense, _limits: AirConditionerLimits) -> dict[str, float]:
    """The figures of a standby that is gone."""
    values = {
        "power": sense.power or 0.0,
        "gone_min": sense.standby.gone_s / 60,
        "pause_min": sense.standby.usual_s / 60,
    }
    return {name: round(value, 1) for name, value in values.items()}


def switched_off(_sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC11."""
    return Text("监测继电器断开，空调没有电", "The monitoring relay is off: the air conditioner has no power")


def relay(sense: AirConditionerSense, _limits: AirConditionerLimits) -> dict[str, float]:
    """The relay."""
    return {"relay_on": sense.relay or 0.0}
