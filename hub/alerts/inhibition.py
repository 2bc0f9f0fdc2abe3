"""Which alerts say no more than one above them already says, pure. Their notices are held; their records never are.

Whoever may get hurt is told at once: a safety alert is held by nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.states import Cause
from shared.text import Text

SAFETY = "safety"


class Reason(StrEnum):
    """Why nobody is told of an alert."""

    BROKER_AWAY = "broker_away"
    SILENCE = "silence"
    POWER_CUT = "power_cut"
    LINE = "line"
    MAINTENANCE = "maintenance"


REASONS: dict[Reason, Text] = {
    Reason.BROKER_AWAY: Text(
        "许多站点同时没有消息：先看消息服务器或网络", "Many stations are silent: look at the broker first"
    ),
    Reason.SILENCE: Text("整个站点没有消息：先恢复连接", "The whole station is silent: bring it back first"),
    Reason.POWER_CUT: Text("整个站点停电：来电后再看", "The whole station has no power: look again once it is back"),
    Reason.LINE: Text("同一条线上的设备都没有数据：先看这条线", "All on this line are silent: look at the line first"),
    Reason.MAINTENANCE: Text(
        "正在维护：结束后仍未恢复再通知", "Being worked on: told again if it is still there afterwards"
    ),
}

Held = tuple[Reason, int | None]
"""Why, and the alert above it; of a maintenance window no alert."""


@dataclass(frozen=True, slots=True)
class Node:
    """An alert that is not resolved, of one station or of the hub."""

    id: int
    facility: str | None
    cause: str
    severity: str
    problem: str = ""
    """Not empty: people reported it."""
    line: str | None = None
    """Of an alert about a line of devices. None: it is about something else."""


def held(
    nodes: Sequence[Node],
    worked_on: Collection[str | None] = (),
    broker_away: int | None = None,
    lines: Mapping[str, str] | None = None,
) -> dict[int, Held]:
    """Which alerts of one station are held, and by what; those that are not are absent.

    `worked_on`: facilities within a maintenance window, None for all of them. `broker_away`: the hub's alert of many
    silent stations. `lines`: on which line a facility is measured, where that is known.
    """
    silent = _above(nodes, Cause.NETWORK)
    dark = _above(nodes, Cause.POWER_CUT)
    broken = {node.line: node.id for node in nodes if node.line}
    found: dict[int, Held] = {}
    for node in nodes:
        if node.severity == SAFETY:
            continue
        if node.id == silent:
            if broker_away is not None:
                found[node.id] = Reason.BROKER_AWAY, broker_away
            elif None in worked_on:
                found[node.id] = Reason.MAINTENANCE, None
            continue
        reason = _why(node, silent, dark, broken.get((lines or {}).get(node.facility or "", "")))
        if reason is None and (None in worked_on or (node.facility is not None and node.facility in worked_on)):
            reason = Reason.MAINTENANCE, None
        if reason is not None:
            found[node.id] = reason
    return found


def _above(nodes: Sequence[Node], cause: Cause) -> int | None:
    """The alert of the whole station that has this cause."""
    about = (node.id for node in nodes if node.facility is None and node.cause == cause and not node.problem)
    return next(about, None)


def _why(node: Node, silent: int | None, dark: int | None, line: int | None) -> Held | None:
    """What a person reports is never doubted because a sensor is away; a cut explains it all the same."""
    if node.problem:
        return None
    if node.facility is None and node.line is None:
        return None
    if silent is not None:
        return Reason.SILENCE, silent
    if dark is not None and node.id != dark:
        return Reason.POWER_CUT, dark
    if line is not None and node.id != line:
        return Reason.LINE, line
    return None
