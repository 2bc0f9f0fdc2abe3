"""How soon a rule says it can find a fault, and what of a delay is not its own. Pure.

What a rule states is its on-delay, or the delays among its limits where it keeps time itself; ADDED and OWN_MIN say
what its condition takes before. A rule that asks states nothing: somebody answers. Its clock starts at the first
minute the fault is physically true; silence is taken out, and so is whatever the rule waits for (AFTER, USES).
"""

from collections.abc import Mapping
from typing import Any, Literal

from edge.health.limits import SECONDS, Limits, limits_of, seconds
from edge.health.options import OPTIONS, rule_sets
from edge.health.rule import Rule
from shared.states import State
from tests.evaluation.chances import joined
from tests.evaluation.heard import said_at
from tests.evaluation.plans import Case, Plan, Span
from tests.evaluation.reasons import USED_W
from tests.evaluation.road import Said
from tests.evaluation.truth import MINUTE_S, Minutes

SLACK_MIN = 5.0
"""Granted beyond the stated delay."""
IN_USE_W = 30.0
"""A microwave that draws this is in use: lamp and turntable are."""
DELAY = "_after"
"""How limits end that are delays."""

ADDED: Mapping[str, tuple[str, ...]] = {
    "FR1C": ("warm_in_day",),
    "FR3": ("rest_allowed",),
    "FR3P": ("rest_alone",),
    "FR4P": ("run_alone",),
    "AC3P": ("weak_run",),
    "AC4": ("weak_run", "weak_run"),  # at the beginning of each run; thirty minutes of blowing take two
    "WD2": ("no_heat_symptom",),
    "WD3B": ("boils_over",),
}
"""Options that take their time before, by rule."""
OF_SENSORS: Mapping[str, tuple[str, ...]] = {
    "SV1": ("silent_fault",),
    "SV2": ("stale_after",),
    "SV3": ("stuck_after",),
    "SV7": ("drift_days",),
    "SV8": ("meter_after",),
    "SV10": ("misplaced_after",),
}
"""The options that are the delay of a rule about sensors."""
OWN_MIN: Mapping[str, float] = {"FR4": 180.0, "AC3": 15.0, "AC7": 60.0, "OUT3": 10.0, "SV4": 15.0}
"""Minutes over which a condition is averaged or counted, where no option says so."""
USES: Mapping[tuple[str, str], str] = {
    ("MW2", "down"): "cold_uses",
    ("MW4", "down"): "feeble_uses",
    ("MW4", "degraded"): "faded_uses",
}
"""Rules that wait for so many uses."""
AFTER: Mapping[str, Literal["run", "open"]] = {
    "AC3": "run",
    "AC3P": "run",
    "AC4": "run",
    "AC7": "run",
    "WD4": "open",
}
"""What time counts for a rule: only while it runs, only opening hours."""
BAD = (State.DEGRADED, State.DOWN)


def stated_min(kind: str, rule: str) -> float | None:
    """Minutes. None: the rule is not one of the kind's, so nobody stated anything."""
    limits = limits_of(rule_sets()[kind].limits, {})
    own = OWN_MIN.get(rule, 0.0)
    if rule in OF_SENSORS or rule.startswith("SV"):
        return sum(seconds(limits, name) for name in OF_SENSORS.get(rule, ())) / 60 + own
    of_id = [one for one in rule_sets()[kind].rules if one.id == rule]
    if not of_id:
        return None
    certain = [one for one in of_id if one.state in BAD]
    delay = max((_delay_s(one, kind, limits) for one in certain), default=0.0)
    delay += sum(seconds(limits, name) for name in ADDED.get(rule, ()) if name in OPTIONS[kind])
    return delay / 60 + own


def _delay_s(rule: Rule[Any, Any], kind: str, limits: Limits) -> float:
    if rule.on_delay is not None:
        return seconds(limits, rule.on_delay)
    timed = [name for name in rule.limits if name.endswith(DELAY) and OPTIONS[kind][name].unit in SECONDS]
    return sum(seconds(limits, name) for name in timed)


def chargeable_min(plan: Plan, case: Case, minutes: Minutes, wrong_from: float, spell: Said) -> float:
    """The minutes to the confirmation that are the rule's own."""
    start = _clock_starts(plan, case, minutes, wrong_from, spell)
    if spell.confirmed <= start:
        return (spell.confirmed - start) / 60
    spans = joined([*case.silences, *plan.silences])
    silent = [(max(since, start), min(until, spell.confirmed)) for since, until in spans]
    heard = _between(start, spell.confirmed, [span for span in silent if span[1] > span[0]])
    match AFTER.get(spell.rule):
        case "run":
            return sum(_running_min(minutes, span, USED_W[case.kind]) for span in heard)
        case "open":
            return sum(plan.open_s(*span) for span in heard) / 60
        case _:
            return sum(until - since for since, until in heard) / 60


def _clock_starts(plan: Plan, case: Case, minutes: Minutes, wrong_from: float, spell: Said) -> float:
    """Where somebody's word decided, it starts with the word; where uses are counted, with the last that is needed."""
    states = {one.state for one in rule_sets()[case.kind].rules if one.id == spell.rule}
    if states == {State.UNKNOWN}:
        said = said_at(plan, case, minutes)
        return wrong_from if said is None or said > spell.confirmed else said
    option = USES.get((spell.rule, spell.state))
    if option is None:
        return wrong_from
    uses, wanted = _uses(minutes, wrong_from, spell.confirmed), int(OPTIONS[case.kind][option].default)
    return uses[wanted - 1] if len(uses) >= wanted else spell.confirmed


def _between(start: float, end: float, holes: list[Span]) -> list[Span]:
    """What is left of a time without its holes."""
    left: list[Span] = []
    for since, until in holes:
        left.append((start, since))
        start = until
    return [span for span in (*left, (start, end)) if span[1] > span[0]]


def _running_min(minutes: Minutes, span: Span, least_w: float) -> float:
    indices = range(minutes.index(span[0]), minutes.index(span[1]))
    return float(sum(1 for index in indices if minutes.watts[index] >= least_w))


def _uses(minutes: Minutes, since: float, until: float) -> list[float]:
    """The ends of the uses of a microwave in a time, to the minute."""
    watts = minutes.watts
    ends = (at for at in range(minutes.index(since), minutes.index(until)) if watts[at] >= IN_USE_W > watts[at + 1])
    return [minutes.start + (at + 2) * MINUTE_S for at in ends]
