"""What rules, grades and thresholds are called on pages. Pure data; the rules themselves live at the station."""

import re

from shared.states import Grade
from shared.text import Text

GRADES: dict[Grade, Text] = {
    Grade.E0: Text("无证据", "No evidence"),
    Grade.E1: Text("仅见通电或待机，或只有人说能用", "Only energised or standing by, or only a person's word"),
    Grade.E2: Text("间接证据（如箱内已冷、有电压）", "Indirect evidence (cold inside, voltage present)"),
    Grade.E3: Text("使用或自检证实了功能", "Function proven by use or self-test"),
}

FORM = re.compile(r"(?<=[0-9])[A-Z]$")

RULES: dict[str, Text] = {
    "FR0": Text("冷藏有效", "Keeps food cold"),
    "FR0P": Text("压缩机循环正常", "Compressor cycles normally"),
    "FR1": Text("偏热", "Warm"),
    "FR2": Text("不制冷", "Not cold"),
    "FR3": Text("压缩机不工作", "Compressor does not run"),
    "FR4": Text("压缩机不停机", "Compressor never rests"),
    "FR5": Text("反复启动失败", "Starts and fails again and again"),
    "FR6": Text("没有通电", "No power drawn"),
    "FR7": Text("过冷结冰", "Freezing"),
    "FR10": Text("被监测开关切断", "Switched off by the monitoring relay"),
    "MW1": Text("满功率加热", "Heats at full power"),
    "MW2": Text("转而不热", "Runs without heating"),
    "MW3": Text("过载或跳闸", "Draws too much or trips"),
    "MW4": Text("输入功率下降", "Input power is fading"),
    "MW5": Text("没有待机功率", "No standby power"),
    "MW6": Text("很久没有用过", "Not used for long"),
    "MW7": Text("被监测开关切断", "Switched off by the monitoring relay"),
    "AC1": Text("制冷有效", "Cools"),
    "AC2": Text("制热有效", "Heats"),
    "AC3": Text("运转无效果", "Runs without effect"),
    "AC4": Text("效果偏弱", "Weak"),
    "AC5": Text("不启动", "Does not start"),
    "AC6": Text("该开未开", "Wanted but not running"),
    "AC8": Text("很久没有用过", "Not used for long"),
    "AC9": Text("室温不舒适", "Room not comfortable"),
    "AC10": Text("没有待机功率", "No standby power"),
    "AC11": Text("被监测开关切断", "Switched off by the monitoring relay"),
    "AC7": Text("频繁启停", "Starts too often"),
    "WD1": Text("加热正常", "Heats water"),
    "WD1T": Text("出水够热", "Water is hot"),
    "WD2": Text("不加热", "Does not heat"),
    "WD3": Text("持续加热或干烧", "Heats without end or runs dry"),
    "WD4": Text("没有通电", "No power drawn"),
    "WD5": Text("缺水", "Out of water"),
    "WD6": Text("漏水", "Leaks"),
    "WD7": Text("定时关闭", "Switched off by timer"),
    "WD8": Text("被监测开关切断", "Switched off by the monitoring relay"),
    "OUT1": Text("有电可用", "Delivers power"),
    "OUT1U": Text("有人用过", "Was used"),
    "OUT2": Text("插座无电", "No voltage"),
    "OUT3": Text("电压超出范围", "Voltage out of range"),
    "OUT4": Text("过载或过热", "Overload or too hot"),
    "OUT5": Text("跳闸", "Breaker tripped"),
    "OUT6": Text("部分插座无电", "Some sockets dead"),
    "OUT8": Text("被监测开关切断", "Switched off by the monitoring relay"),
    "OUT7": Text("全站停电", "Power cut"),
    "SV1": Text("传感器无数据", "Sensor says nothing"),
    "SV2": Text("数据陈旧", "Stale data"),
    "SV3": Text("读数卡住", "Reading is stuck"),
    "SV4": Text("读数超出可信范围", "Reading is not plausible"),
    "SV5": Text("读数跳变", "Reading jumps"),
    "SV6": Text("升温快得不合理", "Warms faster than can be"),
    "SV7": Text("读数慢慢偏移", "Reading drifts"),
    "SV8": Text("电表读数自相矛盾", "Meter contradicts itself"),
    "SV10": Text("探头不在箱内", "Probe is not inside"),
    "HUB-SILENCE": Text("站点没有消息", "Station is silent"),
}

MODES: dict[str, Text] = {"cooling": Text("制冷", "Cooling"), "heating": Text("制热", "Heating")}

SEVERITIES: dict[str, Text] = {
    "safety": Text("安全", "Safety"),
    "high": Text("紧急", "Urgent"),
    "normal": Text("一般", "Normal"),
}


def rule_name(rule: str) -> Text:
    """What a rule is called. `FR2H` is a form of FR2; a rule without a name here goes by its id alone."""
    base = FORM.sub("", rule)
    return RULES.get(rule) or RULES.get(base) or Text("", "")
