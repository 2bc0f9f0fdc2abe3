"""Whether somebody must look because two boxes speak for one station, pure."""

from collections.abc import Sequence
from datetime import datetime

from hub.alerts.reaction import Close, Known, Open, Reaction, of_station
from hub.telemetry.twins import GONE_AFTER, Twins
from shared.states import Cause, State
from shared.text import Text

TWINS_RULE = "HUB-TWINS"
WHY = Text(
    "有两台设备以本站名义上报：存储卡被复制、旧设备未停用，或恢复的镜像在另一台设备上运行",
    "Two boxes speak for this station: a cloned card, an old box still running, or a restored image on another box",
)
ONE_AGAIN = Text("一天以来只有一台设备上报", "For a day only one box has spoken")


def react_to_twins(spoke: Twins | None, known: Sequence[Known], now: datetime) -> list[Reaction]:
    """One alert a station, while it lasts and for a day after. `spoke` is the last such time; None: there was none."""
    lasting = spoke is not None and now - spoke.until < GONE_AFTER
    if spoke is None or not lasting:
        return [Close(alert.id, ONE_AGAIN) for alert in known]
    if known:
        return []
    return [Open(of_station(Cause.DUPLICATE, TWINS_RULE, WHY, spoke.since, State.UNKNOWN), "high")]
