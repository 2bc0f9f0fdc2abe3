"""Rules that hang on the wall: which, and when a posting no longer counts. Pure."""

from datetime import date, timedelta
from enum import StrEnum

from shared.text import Text

GOOD_FOR = timedelta(days=365)
"""A posting older than that is looked at again; the regulations name no time, a year is ours."""


class Which(StrEnum):
    """What must hang there."""

    PLEDGE = "pledge"
    """服务公约 with 12351 (SH-12)."""
    DAILY = "daily"
    """《服务站点日常管理规定》 (AH-20)."""


RULE_LABELS: dict[Which, Text] = {
    Which.PLEDGE: Text("服务公约", "Service pledge"),
    Which.DAILY: Text("服务站点日常管理规定", "Daily rules of the station"),
}


def is_old(posted_on: date, today: date) -> bool:
    """Whether it has hung there for more than a year."""
    return today - posted_on > GOOD_FOR
