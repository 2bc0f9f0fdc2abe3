"""What is odd about the box that speaks for a station, in words. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hub.formats import moment
from hub.telemetry.twins import Boot, set_back, twins
from shared.text import Text

TOLD_FOR = timedelta(days=30)
"""As long as a proposal looks back."""


def told(boots: Sequence[Boot], now: datetime) -> list[Text]:
    """The times of the last month in which two boxes spoke, and when a box last began with an older memory."""
    found = []
    for span in twins(boots):
        if now - span.until <= TOLD_FOR:
            zh = [moment(at, language="zh") for at in (span.since, span.until)]
            en = [moment(at, language="en") for at in (span.since, span.until)]
            found.append(
                Text(
                    f"{zh[0]} 至 {zh[1]} 有两台设备以本站名义上报；记录全部保留，但无法区分，不据此建议分数。",
                    f"From {en[0]} to {en[1]} two boxes spoke for this station; all their records are kept, cannot be "
                    "told apart, and no points are proposed on them.",
                )
            )
    again = max(set_back(boots), default=None)
    if again is not None and now - again <= TOLD_FOR:
        found.append(
            Text(
                f"{moment(again, language='zh')} 起设备使用较旧的存储：镜像被恢复，或存储被清空。",
                f"Since {moment(again, language='en')} the box goes on from an older memory: restored, or wiped.",
            )
        )
    return found
