"""What will prove a repair: the exit of the rule that spoke, in words (health.md A2–A6), and what to read. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.health.words import FORM
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Exit:
    """When the rule lets go."""

    text: Text
    """`{limit}` stands for the facility's own limit less one degree."""
    watch: tuple[str, ...] = ()
    """The quantities to look at, without a socket's number."""


_COLD = ("cabinet_temperature", "power")
_POWER = ("power",)
EXITS: dict[str, Exit] = {
    "FR1": Exit(Text("箱内温度低于 {limit} ℃ 并保持 30 分钟", "Below {limit} ℃ inside for 30 minutes"), _COLD),
    "FR1C": Exit(Text("一天内不再偏热", "A day without getting warm"), _COLD),
    "FR2": Exit(Text("箱内温度低于 {limit} ℃ 并保持 60 分钟", "Below {limit} ℃ inside for 60 minutes"), _COLD),
    "FR3": Exit(
        Text("压缩机完整运转一个循环，且箱内温度下降", "One whole compressor cycle, and it gets colder"), _COLD
    ),
    "FR4": Exit(Text("压缩机有停机，或箱内温度低于 5 ℃", "The compressor rests, or it is below 5 ℃ inside"), _COLD),
    "FR5": Exit(Text("压缩机正常运转一个循环", "One normal compressor cycle"), _COLD),
    "FR6": Exit(Text("恢复取电：功率高于待机", "It draws power again: more than standing by"), _POWER),
    "FR7": Exit(Text("箱内温度高于 0.5 ℃ 并保持 30 分钟", "Above 0.5 ℃ inside for 30 minutes"), _COLD),
    "MW2": Exit(Text("满功率加热一次，20 秒以上", "It heats once at full power for 20 seconds or more"), _POWER),
    "MW3": Exit(
        Text(
            "满功率加热一次，功率不再过大，并在站内复位", "It heats once without drawing too much, and is reset there"
        ),
        _POWER,
    ),
    "MW4": Exit(Text("满功率不低于原来的 90%", "Full power is 90 % of what it was, or more"), _POWER),
    "MW5": Exit(Text("出现待机功率，或加热一次", "Standby power is seen, or it heats once"), _POWER),
    "AC3": Exit(
        Text("运转 15 分钟后，进出风温差 8 K 以上", "After 15 minutes 8 K or more between room and vent"),
        ("supply_temperature", "room_temperature", "power"),
    ),
    "AC4": Exit(
        Text("进出风温差达到 8 K", "8 K between room and vent"), ("supply_temperature", "room_temperature", "power")
    ),
    "AC5": Exit(Text("开机后功率超过 200 W", "More than 200 W once it is told to start"), _POWER),
    "AC7": Exit(Text("每小时启动不超过 3 次", "Three starts an hour or fewer"), _POWER),
    "WD2": Exit(Text("一次完整的加热（300 W 以上）", "One heating burst of 300 W or more"), _POWER),
    "WD2T": Exit(Text("出水温度达到 80 ℃", "The water reaches 80 ℃"), ("hot_water_temperature",)),
    "WD3": Exit(
        Text("停止加热 10 分钟以上，并在站内复位", "It stops heating for 10 minutes, and is reset there"), _POWER
    ),
    "WD3B": Exit(
        Text("停止加热 10 分钟以上，并在站内复位", "It stops heating for 10 minutes, and is reset there"), _POWER
    ),
    "WD4": Exit(Text("恢复取电", "It draws power again"), _POWER),
    "WD5": Exit(Text("水位恢复", "There is water again"), ("water_low",)),
    "WD6": Exit(Text("漏水探头变干，并在站内复位", "The leak sensor is dry, and is reset there"), ("leak",)),
    "OUT2": Exit(Text("插座电压恢复 1 分钟", "Voltage for one minute"), ("voltage",)),
    "OUT3": Exit(Text("电压回到 198–235 V 并保持 10 分钟", "198–235 V for ten minutes"), ("voltage",)),
    "OUT4": Exit(
        Text("电流低于额定的 70% 并保持 5 分钟", "Below 70 % of the rated current for 5 minutes"),
        ("current", "strip_temperature"),
    ),
    "OUT5": Exit(Text("合闸，电压恢复", "The breaker is closed, and there is voltage"), ("voltage", "breaker_tripped")),
    "OUT6": Exit(Text("所有插座电压恢复", "Voltage at every socket"), ("voltage",)),
    "OUT7": Exit(Text("电压恢复 2 分钟", "Voltage for two minutes"), ("voltage",)),
    "HUB-SILENCE": Exit(Text("中心收到站点的任何一条消息", "The hub hears anything of the station")),
    "HUB-BROKER": Exit(Text("站点陆续恢复上线", "The stations are heard again")),
    "HUB-TWINS": Exit(Text("24 小时内只有一台设备上报", "Only one box speaks for 24 hours")),
    "HUB-LINE": Exit(Text("线上的设备恢复应答", "The devices on the line answer again")),
    "PEOPLE": Exit(
        Text("修复后的照片，或修复之后测到的功能证明", "A photo of the repair, or function measured after it")
    ),
}
SENSOR = Exit(Text("读数恢复可信", "Its readings can be believed again"))
WORKS = Exit(Text("规则判断恢复正常", "The rule says that it works"))


def exit_of(rule: str) -> Exit:
    """Of a rule; of a form of one (`FR2H`) the rule's own; of one without a text here that it lets go."""
    known = EXITS.get(rule) or EXITS.get(FORM.sub("", rule))
    return known or (SENSOR if rule.startswith("SV") else WORKS)


def in_words(rule: str, options: Mapping[str, object]) -> Text:
    """With the facility's own limit."""
    limit = options.get("legal_limit", 8.0)
    said = f"{float(limit) - 1:g}" if isinstance(limit, int | float) else "7"
    text = exit_of(rule).text
    return Text(text.zh.replace("{limit}", said), text.en.replace("{limit}", said))


def watched(rule: str, quantities: list[str]) -> list[str]:
    """Of the wired quantities (sockets by their number) those that show it; without any, all that are wired."""
    wanted = exit_of(rule).watch
    return [name for name in quantities if name.partition(".")[0] in wanted] or list(quantities)
