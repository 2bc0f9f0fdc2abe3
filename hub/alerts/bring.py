"""What to bring, by the rule that spoke, else by cause, else by kind of facility. Pure data."""

from hub.health.words import FORM
from shared.states import Cause
from shared.text import Text

METER = Text("万用表、验电笔", "Multimeter, voltage tester")
SCREWS = Text("螺丝刀、绝缘手套", "Screwdrivers, insulating gloves")
THERMOMETER = Text("手持温度计", "Hand thermometer")
STRIP = Text("同规格插排（10 A，GB 2099.7）", "Socket strip of the same rating (10 A, GB 2099.7)")
BREAKER = Text("同规格断路器", "Breaker of the same rating")
PROBE = Text("备用温度探头、扎带", "Spare temperature probe, cable ties")
ENERGY_METER = Text("备用电表或互感器", "Spare meter or current clamp")
CUP = Text("微波炉适用的杯子和 1 升水", "A cup fit for a microwave, and 1 litre of water")
FUSE = Text("高压保险丝、门开关（按型号）", "High-voltage fuse and door switch of the model")
GASKET = Text("门封条、清洁刷（冷凝器）", "Door seal, brush for the condenser")
START = Text("启动电容、启动继电器（按型号）", "Start capacitor and relay of the model")
FILTER = Text("过滤网、清洗剂", "Air filter, cleaning agent")
CAPACITOR = Text("启动电容、遥控器、电池", "Start capacitor, remote control, batteries")
GAUGE = Text("压力表、检漏液（需有证人员）", "Pressure gauge, leak spray (licensed staff)")
HEATER = Text("加热管、温控器、密封圈（按型号）", "Heater, thermostat and seals of the model")
WATER = Text("桶装水、抹布", "Water bottles, cloths")
SEALS = Text("密封圈、生料带、吸水抹布", "Seals, thread tape, absorbent cloths")
ROUTER = Text("备用路由器或 SIM 卡、网线", "Spare router or SIM card, network cable")
BOX = Text("备用监测主机和电源、读卡器", "Spare monitoring box and power supply, card reader")
ADAPTER = Text("备用 USB-RS485 转换器、终端电阻", "Spare USB-RS485 adapter, terminating resistor")
LADDER = Text("人字梯", "Step ladder")
TOOLS = Text("常用工具、手电", "Common tools, a torch")
CAMERA = Text("手机：拍修复前后的照片", "A phone: photos before and after")

BY_RULE: dict[str, tuple[Text, ...]] = {
    "FR1": (THERMOMETER, GASKET),
    "FR2": (THERMOMETER, START, GASKET, METER),
    "FR3": (METER, START),
    "FR4": (THERMOMETER, GASKET),
    "FR5": (METER, START),
    "FR6": (METER, SCREWS, STRIP),
    "FR7": (THERMOMETER, Text("温控器（按型号）", "Thermostat of the model")),
    "FR10": (ENERGY_METER, SCREWS),
    "MW2": (CUP, FUSE, METER),
    "MW3": (METER, FUSE, BREAKER, SCREWS),
    "MW3T": (METER, BREAKER, SCREWS),
    "MW4": (CUP, THERMOMETER),
    "MW5": (METER, CUP),
    "MW7": (ENERGY_METER, SCREWS),
    "AC3": (THERMOMETER, FILTER, GAUGE, LADDER),
    "AC4": (THERMOMETER, FILTER, LADDER),
    "AC5": (CAPACITOR, METER),
    "AC7": (FILTER, GAUGE, LADDER),
    "AC10": (METER, CAPACITOR),
    "WD2": (METER, HEATER),
    "WD3": (METER, HEATER, SCREWS),
    "WD3B": (METER, HEATER, SCREWS),
    "WD4": (METER, HEATER),
    "WD5": (WATER,),
    "WD6": (SEALS, HEATER, SCREWS),
    "OUT2": (METER, STRIP, SCREWS),
    "OUT3": (METER,),
    "OUT4": (STRIP, METER, Text("限载提示贴", "A sign with the largest load")),
    "OUT4T": (STRIP, METER, SCREWS),
    "OUT5": (METER, BREAKER, SCREWS),
    "OUT6": (METER, STRIP, SCREWS),
    "OUT7": (METER, TOOLS),
    "HUB-SILENCE": (ROUTER, BOX, METER),
    "HUB-BROKER": (
        Text("不必出车：先查消息服务器和中心的网络", "Nobody drives: look at the broker and the hub's network"),
    ),
    "HUB-TWINS": (BOX,),
    "HUB-LINE": (ADAPTER, METER),
}
BY_CAUSE: dict[Cause, tuple[Text, ...]] = {
    Cause.SENSOR_FAULT: (PROBE, ENERGY_METER, ADAPTER),
    Cause.MONITOR_INDUCED: (ENERGY_METER, SCREWS),
    Cause.POWER_CUT: (METER,),
    Cause.SUPPLY_QUALITY: (METER,),
    Cause.NETWORK: (ROUTER, BOX),
    Cause.CONSUMABLE: (WATER,),
    Cause.DUPLICATE: (BOX,),
}
BY_KIND: dict[str, tuple[Text, ...]] = {
    "air_conditioner": (THERMOMETER, FILTER, CAPACITOR, LADDER),
    "fridge": (THERMOMETER, GASKET, METER),
    "microwave": (CUP, METER),
    "drinking_water": (HEATER, SEALS, METER),
    "outlets": (METER, STRIP, SCREWS),
    "tables": (Text("螺丝、胶、备用椅脚垫", "Screws, glue, spare feet"),),
    "entrance": (Text("门锁和合页零件", "Parts of lock and hinges"),),
}
ALWAYS = (TOOLS, CAMERA)


def to_bring(rule: str, cause: str, kind: str | None) -> tuple[Text, ...]:
    """Parts and tools: what the rule points at, else what the cause does, else what the kind may need."""
    by_cause = {str(one): things for one, things in BY_CAUSE.items()}
    found = BY_RULE.get(rule) or BY_RULE.get(FORM.sub("", rule)) or by_cause.get(cause) or BY_KIND.get(kind or "", ())
    return found if rule == "HUB-BROKER" else (*found, *(one for one in ALWAYS if one not in found))
