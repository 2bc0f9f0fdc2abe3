"""Which stretch of time an inspection looks back on, and in which season. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hub.inspections.evidence import Window
from hub.inspections.prefill import DEFAULT, MODES, Policy
from hub.rulebook import Rulebook

SHANGHAI = ZoneInfo("Asia/Shanghai")


def window_for(now: datetime, commissioned_at: datetime, concluded_at: datetime | None, policy: Policy) -> Window:
    """The last `policy.days` days up to the last complete minute, shorter where the station is younger or an
    inspection was concluded within them (`concluded_at`, None: never), but then not shorter than
    `policy.days_needed`: two inspections in a week look back on some of the same days (health.md B2)."""
    end = now.replace(second=0, microsecond=0)
    start = end - timedelta(days=policy.days)
    if concluded_at is not None:
        start = max(start, min(_minute_after(concluded_at), end - timedelta(days=policy.days_needed)))
    return Window(min(end, max(start, _minute_after(commissioned_at))), end)


def _minute_after(at: datetime) -> datetime:
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)


def modes_of_season(at: datetime, rulebook: Rulebook) -> frozenset[str]:
    """The modes that prove an air conditioner at this time of year: cooling in summer, heating in winter,
    either between (the rulebook's settings for the ambiguity of 冷暖空调)."""
    month = at.astimezone(SHANGHAI).month
    for mode in ("cooling", "heating"):
        if month in _months(rulebook, f"{mode}_months"):
            return frozenset({mode})
    return frozenset({"cooling", "heating"})


def _months(rulebook: Rulebook, name: str) -> frozenset[int]:
    return frozenset(int(month) for month in str(rulebook.setting(name)).split())


def policy_of(rulebook: Rulebook) -> Policy:
    """The rules' limits, with the mode the edition settles for 能够正常使用."""
    chosen = str(rulebook.setting("proposal_mode"))
    return replace(DEFAULT, mode=next(mode for mode in MODES if mode == chosen))
