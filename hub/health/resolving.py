"""What would make an unknown facility known again, in words. Pure data and one choice."""

from hub.health.standing import FacilityStanding
from shared.states import Cause, State
from shared.text import Text

ANSWER = Text(
    "请在场的人回答下面的问题；或等它用起来、自己证明功能。",
    "Somebody on the spot answers the question below; or it is used and shows itself what it can do.",
)
BY_CAUSE: dict[Cause, Text] = {
    Cause.SENSOR_FAULT: Text(
        "检查探头或电表及其接线；读数恢复可信后自动解除。",
        "Check the probe or meter and its wires; it is known again once the readings can be believed.",
    ),
    Cause.NETWORK: Text(
        "站点恢复连接后自动补上这段记录。", "Once the station is connected again it fills in what is missing."
    ),
    Cause.MONITOR_INDUCED: Text("检查监测装置的继电器和电源。", "Check the relay and power supply of the monitoring."),
}
BY_KIND: dict[str, Text] = {
    "fridge": Text(
        "压缩机运转几个循环，或箱内温度恢复读数。",
        "A few cycles of the compressor, or readings from inside the cabinet.",
    ),
    "microwave": Text("热一杯水（3 分钟测试）即可证实。", "Heat a cup of water: the 3-minute test shows it."),
    "air_conditioner": Text(
        "开机制冷或制热 15 分钟以上即可证实。", "Let it cool or heat for 15 minutes or more: that shows it."
    ),
    "drinking_water": Text("一次完整的加热即可证实。", "One whole heating burst shows it."),
    "outlets": Text("电压读数恢复，或插上用电设备。", "Readings of the voltage, or something plugged in."),
}
READINGS = Text("恢复读数后即可判断。", "It can be judged once readings come again.")


def resolving(standing: FacilityStanding, asked: bool) -> Text | None:
    """What would resolve it; `asked`: a question waits for an answer. None: it is not unknown."""
    if standing.state is not State.UNKNOWN:
        return None
    if asked:
        return ANSWER
    if standing.cause in BY_CAUSE:
        return BY_CAUSE[standing.cause]
    if standing.rule is None:
        return READINGS
    return BY_KIND.get(standing.kind, READINGS)
