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
        "空调没有运行：是关着还是坏了？请打开看看：能用吗？",
        "The air conditioner does not run: off or broken? Please switch it on: does it work?",
    ),
    Text("能用（关着）", "It works (it was off)"),
    Text("坏了", "It is broken"),
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
    minutes = f"{(sense.at - (sense.commanded_at or sense.at)) / 60:.0f}"
    return Text(
        f"开机指令发出 {minutes} 分钟，压缩机没有启动",
        f"Told to start {minutes} min ago, the compressor has not started",
    )


def fan_alone(_sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC5F."""
    return Text(
        "风机转了，压缩机没有启动：不需要制冷制热，还是坏了？请查看",
        "The fan came on and the compressor did not: nothing to do, or broken? Please look",
    )


def wanted(_sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """AC6."""
    hot, cold = f"{limits.hot_room:g}", f"{limits.cold_room:g}"
    return Text(
        f"开放时间室温高于 {hot}℃ 或低于 {cold}℃ 而空调没有运行：是关着还是坏了？请查看",
        f"Does not run in opening hours with the room above {hot} ℃ or below {cold} ℃: off or broken? Please look",
    )


def late(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC6L."""
    room, cools, heats = sense.room or 0.0, sense.felt.cooling.from_, sense.felt.heating.from_
    if cools is not None and room > cools:
        return Text(
            f"室温 {room:.1f}℃，以往到 {cools:.1f}℃ 就开始制冷，现在没有运行：是关着还是坏了？请查看",
            f"Room at {room:.1f} ℃; it used to cool from {cools:.1f} ℃ and does not run: off or broken? Please look",
        )
    return Text(
        f"室温 {room:.1f}℃，以往低到 {heats or room:.1f}℃ 就开始制热，现在没有运行：是关着还是坏了？请查看",
        f"Room at {room:.1f} ℃; it used to heat from {heats or room:.1f} ℃ and does not run: off or broken? "
        "Please look",
    )


def skipped(sense: AirConditionerSense, _limits: AirConditionerLimits) -> Text:
    """AC6T."""
    room = f"{sense.room or 0:.1f}"
    return Text(
        f"室温 {room}℃，以往每天这个时候都会启动，今天没有：是关着还是坏了？请查看",
        f"Room at {room} ℃; at this hour it used to start, and today it did not: off or broken? Please look",
    )


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
    mode = ("制冷", "cooling") if sense.shown_at == sense.cooled_at else ("制热", "heating")
    return Text(f"{day}（{mode[0]}）以来没有使用过", f"Not exercised since {day} ({mode[1]})")


def uncomfortable(sense: AirConditionerSense, limits: AirConditionerLimits) -> Text:
    """AC9."""
    room, low, high = f"{sense.room or 0:.1f}", f"{limits.heat_held:g}", f"{limits.cool_held:g}"
    return Text(
        f"中央空调没有自己的电表；开放时间室温 {room}℃，不在 {low}–{high}℃ 内",
        f"Central air, not its own meter; in opening hours the room is at {room} ℃, not within {low}–{high} ℃",
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
    return Text("监测用的继电器断开着，空调没有电", "The monitoring relay was left off: the unit has no power")


def relay(sense: AirConditionerSense, _limits: AirConditionerLimits) -> dict[str, float]:
    """The relay."""
    return {"relay_on": sense.relay or 0.0}
