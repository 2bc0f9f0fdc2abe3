"""Whether many stations are silent at once because the hub's own broker or network is away, pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hub.alerts.reaction import Known, Open, Reaction, Resolve, of_station
from hub.telemetry.silence import Listened
from shared.states import Cause
from shared.text import Text

BROKER_RULE = "HUB-BROKER"
LEAST = 5
"""Fewer stations fall silent at once by chance."""
SHARE = 0.3
"""Of the stations that were heard in the half hour before."""
AROUND = timedelta(minutes=30)
"""Who was heard in that time before the silence counts; who is silent for longer is silent for reasons of its own."""
DEAF_AFTER = timedelta(minutes=3)
"""So long without a connection to the broker somebody must look."""
SURE = timedelta(minutes=2)
"""How much longer than a silence must last they must have been silent."""
AFTER_OUTAGE = timedelta(minutes=10)
"""So long stations may take to come back after the hub itself was away."""
DEAF = Text("中心连不上消息服务器：收不到任何站点的消息", "The hub has lost its broker: it hears no station")
BACK = Text("消息服务器和站点恢复了联系", "The broker and the stations are in touch again")


@dataclass(frozen=True, slots=True)
class Storm:
    """What was counted."""

    silent: int
    alive: int
    """Those heard in the half hour before the last of the silent ones spoke, the silent ones included."""
    since: datetime
    """When that was."""


CALM = Storm(0, 0, datetime.min.replace(tzinfo=UTC))


def deaf_since(now: datetime, listened: Sequence[Listened]) -> datetime | None:
    """Since when the hub itself hears nothing of its broker. None: it listens, has not long been away, or never did."""
    last = max((span.until for span in listened), default=None)
    return last if last is not None and now - last >= DEAF_AFTER else None


def many_silent(storm: Storm) -> bool:
    """Whether so many of those that were alive fell silent that one cause is likelier than many."""
    return storm.silent >= LEAST and storm.silent >= SHARE * storm.alive


def react_to_storm(deaf: datetime | None, storm: Storm, known: Sequence[Known]) -> list[Reaction]:
    """One alert of the hub: it hears no broker since `deaf` (None: it does), or many stations are silent."""
    standing = [alert for alert in known if not alert.resolved]
    if deaf is None and not many_silent(storm):
        return [Resolve(alert.id, BACK) for alert in standing]
    if standing:
        return []
    if deaf is not None:
        return [Open(of_station(Cause.NETWORK, BROKER_RULE, DEAF, deaf), "high")]
    why = Text(
        f"{storm.alive} 个站点中有 {storm.silent} 个同时没有消息：消息服务器或其网络可能中断",
        f"{storm.silent} of {storm.alive} stations fell silent at once: the broker or its network may be away",
    )
    return [Open(of_station(Cause.NETWORK, BROKER_RULE, why, storm.since), "high")]
