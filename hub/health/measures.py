"""What the figures and thresholds of a verdict are called on pages, and which are drawn. Pure data.

The values come from the station with each spell. A threshold that means something else in each kind has no name here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.formats import number
from shared.quantities import QUANTITIES, UnknownQuantity, split
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure or threshold people read. A share is shown in percent."""

    label: Text
    unit: str = ""
    decimals: int = 0
    share: bool = False
    drawn: bool = False
    """Whether a chart with its unit shows it as a line."""


def _m(zh: str, en: str, unit: str = "", decimals: int = 0, *, share: bool = False, drawn: bool = False) -> Measure:
    return Measure(Text(zh, en), unit, decimals, share, drawn)


FIGURES: dict[str, Measure] = {
    "food_temperature": _m("推算食物温度", "Estimated food temperature", "℃", 1),
    "compressor_power": _m("压缩机功率", "Compressor power", "W"),
    "run_h": _m("已连续运转", "Running for", "h", 1),
    "rest_h": _m("已停机", "Resting for", "h", 1),
    "run_min": _m("已连续运转", "Running for", "min"),
    "cycles": _m("启停循环", "Cycles"),
    "duty": _m("运转占比", "Duty", share=True),
    "full_power": _m("满功率", "Full power", "W"),
    "peak": _m("最高功率", "Highest power", "W"),
    "cold_uses": _m("连续不热次数", "Uses without heat in a row"),
    "used_s": _m("使用时长", "Used for", "s"),
    "burst_min": _m("一次加热", "One heating burst", "min", 1),
    "bursts": _m("加热次数", "Heating bursts"),
    "since_burst_h": _m("距上次加热", "Since the last burst", "h", 1),
    "dead": _m("无电插座", "Dead sockets"),
    "sockets": _m("插座总数", "Sockets"),
    "split": _m("进出风温差", "Temperature split", "K", 1),
    "gone_h": _m("已无功率", "Drawing nothing for", "h", 1),
    "starts_per_hour": _m("每小时启动", "Starts an hour"),
}

LIMITS: dict[str, Measure] = {
    "legal_limit": _m("食品温度上限", "Food temperature limit", "℃", 1, drawn=True),
    "legal_clear": _m("恢复到", "Cleared below", "℃", 1),
    "hot_limit": _m("过热界限", "Too warm above", "℃", 1, drawn=True),
    "frozen_limit": _m("过冷界限", "Too cold below", "℃", 1, drawn=True),
    "frozen_clear": _m("恢复到", "Cleared above", "℃", 1),
    "target": _m("目标温度", "Target", "℃", 1),
    "warm_after": _m("持续", "For at least", "min"),
    "hot_after": _m("持续", "For at least", "min"),
    "frozen_after": _m("持续", "For at least", "min"),
    "not_cold_after": _m("持续", "For at least", "h", 1),
    "no_cooling_after": _m("持续", "For at least", "h", 1),
    "rest_allowed": _m("允许停机", "Rest allowed", "min"),
    "rising": _m("升温", "Rising by", "K/h", 1),
    "run_on_duty": _m("运转占比上限", "Highest duty", share=True),
    "run_alone": _m("连续运转上限", "Longest run", "h", 1),
    "short_starts": _m("短启动次数", "Short starts"),
    "short_run": _m("短启动时长", "Short means under", "s"),
    "dead_power": _m("无功率界限", "No power below", "W", 1),
    "cold_share": _m("不热界限（占满功率）", "Cold below (of full power)", share=True),
    "use_least": _m("最短使用", "Shortest use", "s"),
    "runs_power": _m("运转功率界限", "Running above", "W"),
    "over_share": _m("过载界限（占满功率）", "Overdraw above (of full power)", share=True),
    "heats_power": _m("加热功率界限", "Heating above", "W", drawn=True),
    "stuck_on": _m("连续加热上限", "Longest heating", "min"),
    "no_heat_after": _m("无加热", "Without heating for", "h", 1),
    "empty_after": _m("持续", "For at least", "min"),
    "leak_after": _m("持续", "For at least", "s"),
    "dead_voltage": _m("无电界限", "Dead below", "V"),
    "low_voltage": _m("电压下限", "Lowest voltage", "V", 1, drawn=True),
    "high_voltage": _m("电压上限", "Highest voltage", "V", 1, drawn=True),
    "enough_live": _m("可用插座比例", "Share of sockets needed", share=True),
    "rated_current": _m("额定电流", "Rated current", "A", 1, drawn=True),
    "strip_limit": _m("插排温度上限", "Socket strip limit", "℃", 1, drawn=True),
    "no_effect_run": _m("运转至少", "Running for at least", "min"),
    "no_effect_split": _m("温差不足", "Split below", "K", 1),
    "hot_room": _m("室温过热界限", "Room too hot above", "℃", 1, drawn=True),
    "cool_split": _m("应有温差", "Split should be", "K", 1),
    "weak_after": _m("持续", "For at least", "min"),
    "cold_room": _m("室温过冷界限", "Room too cold below", "℃", 1, drawn=True),
    "demand_power": _m("未运行界限", "Not running below", "W"),
    "demand_after": _m("持续", "For at least", "min"),
    "standby": _m("待机功率界限", "Standby above", "W", 1),
    "standby_gone": _m("无待机功率", "Without standby for", "h"),
    "most_starts": _m("每小时最多启动", "Most starts an hour"),
}

REFERENCE: dict[str, Mapping[str, float]] = {
    "fridge": {"legal_limit": 8.0},  # health.md A2: GB 31654-2021, chilled 0–8 ℃
    "outlets": {"low_voltage": 198.0, "high_voltage": 235.4},  # health.md A6: GB/T 12325-2008, 220 V +7/−10 %
}
"""What the regulations ask, drawn where the station's settings and spells name nothing else."""


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
