"""What the figures and thresholds of a verdict are called on pages, and which are drawn. Pure data.

The values come from the station with each spell. A threshold that means something else in each kind has no name here.
"""

from collections.abc import Mapping

from hub.formats import number
from hub.health.named import Measure, named
from hub.health.thresholds import LIMITS
from shared.quantities import QUANTITIES, UnknownQuantity, split
from shared.text import Text

FIGURES: dict[str, Measure] = {
    "food_temperature": named("食品周围气温", "Air at the food", "℃", 1),
    "core_temperature": named("推算食品中心温度", "Estimated temperature of the food's core", "℃", 1),
    "door_open_min": named("门已开", "Door open for", "min"),
    "warm_in_day_h": named("24 小时内偏热合计", "Warm within 24 h", "h", 1),
    "compressor_power": named("压缩机功率", "Compressor power", "W"),
    "run_h": named("已连续运转", "Running for", "h", 1),
    "rest_h": named("已停机", "Resting for", "h", 1),
    "run_min": named("已连续运转", "Running for", "min"),
    "cycles": named("启停循环", "Cycles"),
    "duty": named("运转占比", "Duty", share=True),
    "usual_duty": named("平常运转占比", "Usual duty", share=True),
    "full_power": named("满功率", "Full power", "W"),
    "peak": named("最高功率", "Highest power", "W"),
    "cold_uses": named("连续不热次数", "Uses without heat in a row"),
    "used_s": named("使用时长", "Used for", "s"),
    "lately": named("最近满功率", "Full power lately", "W"),
    "baseline": named("最初满功率", "Full power at first", "W"),
    "low_uses": named("最近功率偏低次数", "Low uses lately"),
    "expected_uses": named("按往常应有的使用次数", "Uses there should have been", "", 1),
    "heater_power": named("加热功率", "Heater's power", "W"),
    "burst_min": named("一次加热", "One heating burst", "min", 1),
    "bursts": named("加热次数", "Heating bursts"),
    "since_burst_h": named("距上次加热", "Since the last burst", "h", 1),
    "dead": named("无电插座", "Dead sockets"),
    "sockets": named("插座总数", "Sockets"),
    "split": named("进出风温差", "Temperature split", "K", 1),
    "share": named("占平常温差", "Of the usual split", share=True),
    "cools_from": named("平常开始制冷的室温", "Usually cools from", "℃", 1),
    "heats_from": named("平常开始制热的室温", "Usually heats from", "℃", 1),
    "gone_min": named("已无功率", "Drawing nothing for", "min"),
    "pause_min": named("平常最长间断", "Longest usual pause", "min"),
    "starts_per_hour": named("每小时启动", "Starts an hour"),
    # Of the 3-minute tests people make (hub.inspections.three_minutes).
    "cabinet": named("手测箱内", "Cabinet by hand", "℃", 1),
    "before": named("加热前水温", "Water before", "℃", 1),
    "after": named("加热后水温", "Water after", "℃", 1),
    "seconds": named("加热时间", "Heated for", "s"),
    "rated": named("铭牌微波功率", "Rated microwave power", "W"),
    "room": named("手测室温", "Room by hand", "℃", 1),
    "supply": named("手测出风", "Supply air by hand", "℃", 1),
    "outlet": named("手测出水", "Water at the tap by hand", "℃", 1),
    "live": named("有电插座", "Sockets with voltage"),
}

REFERENCE: dict[str, Mapping[str, float]] = {
    "fridge": {"legal_limit": 8.0},  # health.md A2: GB 31654-2021, chilled 0–8 ℃
    "outlets": {"low_voltage": 198.0, "high_voltage": 235.4},  # health.md A6: GB/T 12325-2008, 220 V +7/−10 %
}
"""What the regulations ask, drawn where the station's settings and spells name nothing else."""

PRINCIPAL: dict[str, tuple[str, ...]] = {
    "fridge": ("legal_limit",),
    "outlets": ("low_voltage", "high_voltage"),
    "air_conditioner": ("hot_room", "cold_room"),
    "drinking_water": ("heats_power",),
}
"""Thresholds of a facility's profile that are always drawn; those a judgement went by are drawn, too."""


def measure(name: str) -> Measure:
    """Of a figure, a threshold or a quantity; its own name where it is none of them."""
    if name in FIGURES or name in LIMITS:
        return FIGURES.get(name) or LIMITS[name]
    try:
        known, socket = split(name)
    except UnknownQuantity:
        plain = name.replace("_", " ")
        return Measure(Text(plain, plain))
    suffix = "" if socket is None else f" {socket}"
    return Measure(Text(f"{known.label.zh}{suffix}", f"{known.label.en}{suffix}"), known.unit, known.decimals)


def shown(name: str, value: object) -> str:
    """The value with its unit: 13.4 ℃, 95 %. A word or a switch as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    what = measure(name)
    if what.share:
        return f"{number(100 * value)} %"
    known = name in FIGURES or name in LIMITS or name.partition(".")[0] in QUANTITIES
    return f"{number(value, what.decimals) if known else f'{value:g}'} {what.unit}".strip()
