"""Whether a maintainer must act, pure: from the spells that hold and the alerts that are open to what changes.

The reaction looks at what holds, not at what happened: said twice or in any order it comes to the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.telemetry.silence import Silence
from shared.states import Cause, State
from shared.text import Text

SILENCE_RULE = "HUB-SILENCE"
SAFETY_RULES = frozenset({"MW3", "MW3T", "WD3", "WD3B", "WD6", "OUT4", "OUT4L", "OUT4T"})
"""Rules marked "safety" in health.md A3, A5, A6; WD3B is WD3 with a probe on the tank."""
STILL_NEWS = timedelta(days=7)
"""While a station's history is loaded, only a fault confirmed so lately is news."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A spell that holds (a silence, too), as far as a reaction needs it."""

    state: State
    cause: str
    since: datetime
    confirmed_at: datetime
    rule: str
    why: Text
    spell: str | None
    """None: no spell but silence."""


@dataclass(frozen=True, slots=True)
class Known:
    """An open alert."""

    id: int
    cause: str
    severity: str
    spell: str | None
    why: Text
    first_symptom_at: datetime


@dataclass(frozen=True, slots=True)
class Open:
    """A new alert."""

    fault: Fault
    severity: str


@dataclass(frozen=True, slots=True)
class Update:
    """The alert goes on for another or a better known reason."""

    alert: int
    fault: Fault
    severity: str


@dataclass(frozen=True, slots=True)
class Close:
    """The reason is gone."""

    alert: int
    why: Text


Reaction = Open | Update | Close


def severity(fault: Fault) -> str:
    """safety: somebody may get hurt. high: it does not work. normal: it works badly."""
    if fault.rule in SAFETY_RULES:
        return "safety"
    return "high" if fault.state is State.DOWN else "normal"


def is_news(fault: Fault, loading_history: bool, now: datetime) -> bool:
    """Old faults of a history still being loaded alarm nobody; their endings may be on the way."""
    return not loading_history or now - fault.confirmed_at <= STILL_NEWS


def react(holding: Sequence[Fault], known: Sequence[Known], cleared: Text) -> list[Reaction]:
    """What changes for one facility: one alert a cause, on the worst and then oldest fault of that cause.

    A facility nobody can judge now (unknown, excluded) is no better: its alerts stay. `cleared` says what was read
    when it got better.
    """
    faults: dict[str, Fault] = {}
    for fault in sorted(holding, key=_worst_first):
        if fault.state in (State.DOWN, State.DEGRADED):
            faults.setdefault(fault.cause, fault)
    unjudged = any(fault.state in (State.UNKNOWN, State.EXCLUDED) for fault in holding)
    reactions: list[Reaction] = []
    for alert in known:
        standing = faults.pop(alert.cause, None)
        if standing is None:
            if not unjudged:
                reactions.append(Close(alert.id, cleared))
        elif _differs(alert, standing):
            reactions.append(Update(alert.id, standing, severity(standing)))
    reactions.extend(Open(fault, severity(fault)) for fault in faults.values())
    return reactions


def react_to_silence(silence: Silence, known: Sequence[Known]) -> list[Reaction]:
    """One alert a station, however many facilities it has; it closes at the first envelope."""
    if known:
        heard = Text("站点恢复上线", "The station is heard again")
        return [] if silence.silent else [Close(alert.id, heard) for alert in known]
    if not silence.alarming:
        return []
    why = Text("站点没有消息：断网、断电或监测设备故障", "The station is silent: no network, no power or no monitor")
    cause, since = str(Cause.NETWORK), silence.since
    return [Open(Fault(State.UNKNOWN, cause, since, since, SILENCE_RULE, why, None), "high")]


def _worst_first(fault: Fault) -> tuple[bool, datetime, str]:
    return fault.state is not State.DOWN, fault.since, fault.spell or ""


def _differs(alert: Known, fault: Fault) -> bool:
    return (alert.spell, alert.severity, alert.why, alert.first_symptom_at) != (
        fault.spell,
        severity(fault),
        fault.why,
        fault.since,
    )
