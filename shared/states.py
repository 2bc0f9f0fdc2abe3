"""The states of a facility, the grades of evidence, and the causes."""

from enum import IntEnum, StrEnum

from shared.text import Text


class State(StrEnum):
    """What a facility is in one minute. `unknown` is an answer: nobody has said."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"


class Grade(IntEnum):
    """How much a verdict rests on."""

    E0 = 0
    """Nothing."""
    E1 = 1
    """Only energised or standing by; or a person's word that it works."""
    E2 = 2
    """An indirect physical effect: cold inside, voltage present."""
    E3 = 3
    """Function proven by use or self-test."""


class Cause(StrEnum):
    """Why a facility is not ok."""

    DEVICE_FAULT = "device_fault"
    SENSOR_FAULT = "sensor_fault"
    MONITOR_INDUCED = "monitor_induced"
    POWER_CUT = "power_cut"
    SUPPLY_QUALITY = "supply_quality"
    NETWORK = "network"
    USER_ACTION = "user_action"
    CONSUMABLE = "consumable"
    SCHEDULED_OFF = "scheduled_off"
    MAINTENANCE = "maintenance"
    DUPLICATE = "duplicate"
    UNKNOWN = "unknown"


STATE_LABELS: dict[State, Text] = {
    State.OK: Text("正常", "Works"),
    State.DEGRADED: Text("受限", "Limited"),
    State.DOWN: Text("不可用", "Not working"),
    State.UNKNOWN: Text("未知", "Not observed"),
    State.EXCLUDED: Text("不计", "Not counted"),
}

STATE_SHAPES: dict[State, str] = {
    State.OK: "●",
    State.DEGRADED: "▲",
    State.DOWN: "■",
    State.UNKNOWN: "○",
    State.EXCLUDED: "–",
}

CAUSE_LABELS: dict[Cause, Text] = {
    Cause.DEVICE_FAULT: Text("设备故障", "Device fault"),
    Cause.SENSOR_FAULT: Text("传感器故障", "Sensor fault"),
    Cause.MONITOR_INDUCED: Text("监测装置引起", "Caused by the monitoring"),
    Cause.POWER_CUT: Text("停电", "Power cut"),
    Cause.SUPPLY_QUALITY: Text("供电质量", "Supply quality"),
    Cause.NETWORK: Text("网络", "Network"),
    Cause.USER_ACTION: Text("人为操作", "Something a person did"),
    Cause.CONSUMABLE: Text("耗材用尽", "Ran out"),
    Cause.SCHEDULED_OFF: Text("定时关闭", "Switched off by schedule"),
    Cause.MAINTENANCE: Text("维护", "Maintenance"),
    Cause.DUPLICATE: Text("身份重复", "Two boxes of one name"),
    Cause.UNKNOWN: Text("原因不明", "Cause not known"),
}

SEVERITY: tuple[State, ...] = (State.OK, State.DEGRADED, State.DOWN, State.EXCLUDED)
"""From mild to severe, where two reports of one minute differ."""
