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
    "FR1C": Text("一天内多次偏热", "Warm again and again"),
    "FR2": Text("不制冷", "Not cold"),
    "FR2Q": Text("探头与压缩机矛盾", "Probe and compressor disagree"),
    "FR3": Text("压缩机不工作", "Compressor does not run"),
    "FR4": Text("压缩机不停机", "Compressor never rests"),
    "FR5": Text("反复启动失败", "Starts and fails again and again"),
    "FR6": Text("不取电", "Draws no power"),
    "FR7": Text("过冷", "Too cold"),
    "FR10": Text("监测继电器断开", "Monitoring relay is off"),
    "MW1": Text("满功率加热", "Heats at full power"),
    "MW2": Text("转而不热", "Runs without heating"),
    "MW2D": Text("上次使用可能没热", "Last use may have been cold"),
    "MW3": Text("功率过大", "Draws too much"),
    "MW3T": Text("疑似跳闸", "May have tripped"),
    "MW4": Text("功率不足", "Too little power"),
    "MW4D": Text("输入功率可能衰减", "Input power may be fading"),
    "MW5": Text("没有待机功率", "No standby power"),
    "MW5U": Text("该有人用而没有", "Expected uses did not happen"),
    "MW6": Text("很久未见加热", "Not seen heating for long"),
    "MW7": Text("监测继电器断开", "Monitoring relay is off"),
    "AC1": Text("制冷有效", "Cools"),
    "AC2": Text("制热有效", "Heats"),
    "AC3": Text("运转无效果", "Runs without effect"),
    "AC3P": Text("出风探头可能脱落", "Supply probe may be off"),
    "AC4": Text("制冷制热不足", "Too little effect"),
    "AC5": Text("指令后不启动", "Does not start when told to"),
    "AC5F": Text("风机转，压缩机未启动", "Fan without compressor"),
    "AC6": Text("该开未开", "Wanted but not running"),
    "AC6L": Text("到温未启动", "Past its usual temperature, not running"),
    "AC6T": Text("到时未启动", "Past its usual hour, not running"),
    "AC7": Text("频繁启停", "Starts too often"),
    "AC8": Text("很久未见制冷制热", "Not seen at work for long"),
    "AC9": Text("室温不舒适", "Room not comfortable"),
    "AC10": Text("没有待机功率", "No standby power"),
    "AC11": Text("监测继电器断开", "Monitoring relay is off"),
    "WD1": Text("加热正常", "Heats water"),
    "WD1T": Text("出水够热", "Water is hot"),
    "WD2": Text("不加热", "Does not heat"),
    "WD2T": Text("水不够热", "Water not hot enough"),
    "WD3": Text("加热不停", "Heats without end"),
    "WD3B": Text("沸腾后仍加热", "Heats on while boiling"),
    "WD4": Text("不取电", "Draws no power"),
    "WD5": Text("缺水", "Out of water"),
    "WD6": Text("漏水", "Leaks"),
    "WD6R": Text("漏过水，是否修好不明", "Leaked; repair not known"),
    "WD8": Text("监测继电器断开", "Monitoring relay is off"),
    "OUT1": Text("有电可用", "Delivers power"),
    "OUT1U": Text("有人用过", "Was used"),
    "OUT2": Text("插座无电", "No voltage"),
    "OUT3": Text("电压超出范围", "Voltage out of range"),
    "OUT4": Text("过载", "Overload"),
    "OUT4L": Text("持续高负荷", "High load for long"),
    "OUT4T": Text("插排过热", "Strip too hot"),
    "OUT5": Text("跳闸", "Breaker tripped"),
    "OUT5V": Text("疑似跳闸", "Breaker may have tripped"),
    "OUT6": Text("部分插座无电", "Some sockets dead"),
    "OUT7": Text("全站停电", "Power cut"),
    "OUT8": Text("监测继电器断开", "Monitoring relay is off"),
    "SV1": Text("传感器无数据", "Sensor says nothing"),
    "SV2": Text("电表读数不再变化", "Meter repeats itself"),
    "SV3": Text("读数卡住", "Reading is stuck"),
    "SV4": Text("读数超出可信范围", "Reading is not plausible"),
    "SV5": Text("读数跳变", "Reading jumps"),
    "SV6": Text("升温快得不合理", "Warms faster than can be"),
    "SV7": Text("读数慢慢偏移", "Reading drifts"),
    "SV8": Text("电表读数自相矛盾", "Meter contradicts itself"),
    "SV8E": Text("累计电量与功率不符", "Counted energy differs from power"),
    "SV10": Text("探头可能不在箱内", "Probe may not be inside"),
    "TEST-FR": Text("手测箱温", "Cabinet measured by hand"),
    "TEST-MW": Text("手测加热", "Heating measured by hand"),
    "TEST-AC": Text("手测出风", "Supply air measured by hand"),
    "TEST-WD": Text("手测出水", "Water measured by hand"),
    "TEST-OUT": Text("逐个试插座", "Sockets tried by hand"),
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
