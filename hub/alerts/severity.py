"""How loud an alert is, pure: by its rule, the kind of facility, the cause, and whether the station is open.

safety: somebody may get hurt. high: it does not work. normal: it works badly, or nobody comes to use it now.
"""

from typing import Literal

from shared.facility import kinds
from shared.states import Cause, State

Severity = Literal["safety", "high", "normal"]
SEVERITIES: tuple[str, ...] = ("safety", "high", "normal")
"""The loudest first."""
SAFETY_RULES = frozenset({"MW3", "MW3T", "WD3", "WD3B", "WD6", "OUT4", "OUT4L", "OUT4T"})
"""Rules marked "safety" in health.md A3, A5, A6; WD3B is WD3 with a probe on the tank."""
NOT_ITS_FAULT = frozenset({Cause.SUPPLY_QUALITY, Cause.SCHEDULED_OFF, Cause.MAINTENANCE})
"""Causes a maintainer cannot hurry."""
MANY_SAY_SO = 3
"""People who report the same without danger: then it is high."""


def base_severity(rule: str, state: State, cause: str, kind: str | None) -> Severity:
    """While the station is open. `kind` is None for the station itself."""
    if rule in SAFETY_RULES:
        return "safety"
    if state is State.DEGRADED or cause in NOT_ITS_FAULT:
        return "normal"
    known = None if kind is None else kinds().get(kind)
    # What is only watched (the room, an entrance) keeps no worker from anything.
    return "normal" if known is not None and not known.scored else "high"


def reported_severity(danger: bool, times: int) -> Severity:
    """Of what people say."""
    if danger:
        return "safety"
    return "high" if times >= MANY_SAY_SO else "normal"


def severity_at(base: str, open_now: bool) -> str:
    """Of an alert that opens now: outside filed hours high waits as normal until the station opens."""
    return "normal" if base == "high" and not open_now else base
