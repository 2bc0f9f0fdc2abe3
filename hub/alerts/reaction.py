"""Whether a maintainer must act, pure: from the spells that hold and the alerts that are open to what changes.

The reaction looks at what holds, not at what happened: said twice or in any order it comes to the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.alerts.severity import base_severity
from hub.telemetry.silence import Silence
from shared.states import Cause, State
from shared.text import Text

SILENCE_RULE = "HUB-SILENCE"
CUT_RULE = "OUT7"
"""The rule of the mains (health.md A6): what it says is said of the station."""
STILL_NEWS = timedelta(days=7)
"""While a station's history is loaded, only a fault confirmed so lately is news."""
SILENT = Text("站点没有消息：断网、断电或监测设备故障", "The station is silent: no network, no power or no monitor")
HEARD = Text("站点恢复上线", "The station is heard again")
CUT = Text("全站停电", "The whole station has no power")
PERHAPS_CUT = Text("电表同时没有读数，可能停电", "All meters fell silent at once: perhaps a power cut")


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
    """None: no spell but silence, or what people say."""
    problem: str = ""
    """What people report; empty: a rule spoke."""


@dataclass(frozen=True, slots=True)
class Known:
    """An alert that is not closed."""

    id: int
    cause: str
    base: str
    spell: str | None
    why: Text
    first_symptom_at: datetime
    state: State = State.DOWN
    resolved: bool = False
    by_person: bool = False
    """Resolved by somebody, who may know better than a rule that still waits."""
    chattering: bool = False
    quiet: bool = False
    """A chattering fault is away just now."""


@dataclass(frozen=True, slots=True)
class Open:
    """A new alert, or the resolved one of the same fault again."""

    fault: Fault
    base: str


@dataclass(frozen=True, slots=True)
class Update:
    """The alert goes on for another or a better known reason."""

    alert: int
    fault: Fault
    base: str


@dataclass(frozen=True, slots=True)
class Resolve:
    """The reason is gone; a relapse opens it again."""

    alert: int
    why: Text


@dataclass(frozen=True, slots=True)
class Quiet:
    """A fault that comes and goes is away just now."""

    alert: int


@dataclass(frozen=True, slots=True)
class Return:
    """The fault is back: of an alert that was resolved, or was quiet."""

    alert: int
    fault: Fault
    base: str


@dataclass(frozen=True, slots=True)
class Close:
    """There is nothing left that could relapse."""

    alert: int
    why: Text


Reaction = Open | Update | Resolve | Quiet | Return | Close


def is_news(fault: Fault, loading_history: bool, now: datetime) -> bool:
    """Old faults of a history still being loaded alarm nobody; their endings may be on the way."""
    return not loading_history or now - fault.confirmed_at <= STILL_NEWS


def react(
    holding: Sequence[Fault], known: Sequence[Known], cleared: Text, kind: str | None = None, gone: bool = False
) -> list[Reaction]:
    """What changes for one facility: one alert a cause, on the worst and then oldest fault of that cause.

    A facility nobody can judge now (unknown, excluded) is no better: its alerts stay. `cleared` says what was read
    when it got better. `gone`: it is wired no more, and nothing of it can come back.
    """
    faults: dict[str, Fault] = {}
    for fault in sorted(holding, key=_worst_first):
        if fault.state in (State.DOWN, State.DEGRADED):
            faults.setdefault(fault.cause, fault)
    unjudged = any(fault.state in (State.UNKNOWN, State.EXCLUDED) for fault in holding)
    reactions: list[Reaction] = []
    for alert in known:
        standing = faults.pop(alert.cause, None)
        changed = (
            _ended(alert, cleared, unjudged, gone)
            if standing is None
            else _goes_on(alert, standing, base_severity(standing.rule, standing.state, standing.cause, kind))
        )
        if changed is not None:
            reactions.append(changed)
    return reactions + [
        Open(fault, base_severity(fault.rule, fault.state, fault.cause, kind)) for fault in faults.values()
    ]


def react_to_silence(silence: Silence, known: Sequence[Known]) -> list[Reaction]:
    """One alert a station, however many facilities it has; its first envelope resolves it."""
    if known:
        return [] if silence.silent else [Resolve(alert.id, HEARD) for alert in known if not alert.resolved]
    if not silence.alarming:
        return []
    return [Open(of_station(Cause.NETWORK, SILENCE_RULE, SILENT, silence.since), "high")]


def react_to_cut(holding: Sequence[Fault], known: Sequence[Known], cleared: Text) -> list[Reaction]:
    """One alert a station while the rule of the mains says of any of its facilities that there is no power.

    `known`: the station's own alert of a cut, if there is one. A cut that is only suspected is not high.
    """
    dark = [fault for fault in holding if fault.rule == CUT_RULE]
    if not dark:
        return [one for alert in known if (one := _ended(alert, cleared, False, False)) is not None]
    sure = any(fault.state is State.EXCLUDED for fault in dark)
    since = min(fault.since for fault in dark)
    state, why, base = (State.DOWN, CUT, "high") if sure else (State.DEGRADED, PERHAPS_CUT, "normal")
    fault = of_station(Cause.POWER_CUT, CUT_RULE, why, since, state)
    if not known:
        return [Open(fault, base)]
    return [one for alert in known if (one := _goes_on(alert, fault, base)) is not None]


def of_station(cause: Cause, rule: str, why: Text, since: datetime, state: State = State.DOWN) -> Fault:
    """A fault of the whole station: no spell says so."""
    return Fault(state, str(cause), since, since, rule, why, None)


def _ended(alert: Known, cleared: Text, unjudged: bool, gone: bool) -> Reaction | None:
    if gone:
        return Close(alert.id, cleared)
    if alert.resolved or alert.quiet or unjudged:
        return None
    return Quiet(alert.id) if alert.chattering else Resolve(alert.id, cleared)


def _goes_on(alert: Known, fault: Fault, base: str) -> Reaction | None:
    # A rule may need hours to see that something was repaired: until then the one who repaired it is believed.
    if alert.resolved and alert.by_person and fault.spell == alert.spell:
        return None
    if alert.resolved or alert.quiet:
        return Return(alert.id, fault, base)
    return Update(alert.id, fault, base) if _differs(alert, fault, base) else None


def _worst_first(fault: Fault) -> tuple[bool, datetime, str]:
    return fault.state is not State.DOWN, fault.since, fault.spell or ""


def _differs(alert: Known, fault: Fault, base: str) -> bool:
    return (alert.spell, alert.base, alert.why, alert.first_symptom_at, alert.state) != (
        fault.spell,
        base,
        fault.why,
        fault.since,
        fault.state,
    )
