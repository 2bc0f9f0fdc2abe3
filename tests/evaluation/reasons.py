"""Whether the reason of a missing proposal is physically so. Pure.

R4: little was observed. R5: something is wrong with sensor or facility, or nothing was heard lately. R6 and R10: by
plan, because of a fault or for want of use, less was observed than they ask for. R7: it was hardly exercised, or a
machine was replaced.
"""

from tests.evaluation.catalogue import DAY_S
from tests.evaluation.plans import Case, Plan
from tests.evaluation.truth import HIGH, MINUTE_S, WORKS, Minutes

LATELY_S = 2 * 3600.0
SLACK = 0.03
"""Of observed time: sensors need a while to be believed again after a gap."""
NEEDED, FULL = 0.75, 0.90
"""R6 and R10 ask for so much."""
USED_W = {"microwave": 300.0, "air_conditioner": 150.0, "drinking_water": 150.0}
"""Drawing this is being exercised; what has no entry always is."""
PATIENT = frozenset({"microwave"})
"""Kinds that are believed at first; the others have to show what they can."""
SHOWS_MIN = {"microwave": 1, "air_conditioner": 15}
"""A run of so many minutes can show something (health.md AC1: home inspectors wait for fifteen)."""
HARDLY = 10
"""Minutes of use in a window that prove little."""
LATELY_USED_S = {"microwave": 14 * DAY_S, "air_conditioner": 7 * DAY_S}
"""One that was not used within this time may have broken since."""
UNSEEN_S = {"air_conditioner": 30 * 3600.0}
"""The same of one that draws nothing at rest: nothing else shows that it is plugged in."""
DOUBTED = frozenset({"microwave", "air_conditioner"})
"""Idle, they cannot be told from broken ones: no standby, or nothing of a mode, is a true doubt."""


def reason_holds(rule: str, plan: Plan, case: Case, minutes: Minutes, heard: float) -> bool:
    """Whether what the rule says of this window is so."""
    match rule:
        case "R4":
            return heard * plan.open_s(plan.start, plan.visit) < 600 * MINUTE_S
        case "R5":
            return _troubled_now(plan, case, minutes) or _silent_now(plan, case) or _idle(plan, case, minutes)
        case "R6":
            return heard - _trouble_share(plan, case) - _idle_share(plan, case, minutes) < NEEDED + SLACK
        case "R7":
            return _idle(plan, case, minutes) or _swapped(plan, case) or _trouble_share(plan, case) > 0.5
        case "R10":
            trouble = _trouble_share(plan, case)
            seen = heard - trouble - _idle_share(plan, case, minutes)
            return seen < FULL + SLACK or trouble > 1 - HIGH  # something that was doubted was so, for long enough
        case _:
            return False


def _troubled_now(plan: Plan, case: Case, minutes: Minutes) -> bool:
    """Something is wrong at the visit, or was until shortly before."""
    ends = [plan.visit if one.until is None else one.until for one in case.troubles]
    if case.stuck is not None:
        ends.append(plan.visit)
    if any(end >= plan.visit - LATELY_S for end in ends):
        return True
    last = range(minutes.index(plan.visit - LATELY_S), len(minutes.states))
    return any(minutes.states[index] != WORKS for index in last)


def _silent_now(plan: Plan, case: Case) -> bool:
    return any(until >= plan.visit - LATELY_S for _, until in (*case.silences, *plan.silences))


def _idle(plan: Plan, case: Case, minutes: Minutes) -> bool:
    """It was hardly used while it was heard, or never showed that it stands by."""
    needed = USED_W.get(case.kind)
    if needed is None:
        return False
    if case.simulated.get("standby_w") == 0 and case.kind in DOUBTED:
        return True
    lately = LATELY_USED_S.get(case.kind, plan.visit - plan.start)
    used, used_lately = (
        sum(1 for watts in minutes.watts[minutes.index(since) :] if watts >= needed)
        for since in (plan.start, plan.visit - lately)
    )
    return used < HARDLY or not used_lately


def _idle_share(plan: Plan, case: Case, minutes: Minutes) -> float:
    """The share of the opening hours that lay so long after its last use that it may have broken since."""
    needed, lately = USED_W.get(case.kind), LATELY_USED_S.get(case.kind)
    if case.simulated.get("standby_w") == 0:
        lately = UNSEEN_S.get(case.kind, lately)
    if needed is None or lately is None:
        return 0.0
    idle, running = 0.0, 0
    used = minutes.start if case.kind in PATIENT else 0.0
    for index in range(minutes.index(minutes.start), len(minutes.states)):
        at = minutes.start + index * MINUTE_S
        running = running + 1 if minutes.watts[index] >= needed else 0
        if running >= SHOWS_MIN[case.kind]:
            used = at
        elif at - used > lately and at >= plan.start:
            idle += plan.open_s(at, at + MINUTE_S)
    return idle / plan.open_s(plan.start, plan.visit)


def _swapped(plan: Plan, case: Case) -> bool:
    return case.swapped_at is not None and plan.visit - case.swapped_at < DAY_S


def _trouble_share(plan: Plan, case: Case) -> float:
    """The share of the opening hours in which something was wrong, so that it may not have been observed."""
    spans = [(one.onset, plan.visit if one.until is None else one.until) for one in case.troubles]
    if case.stuck is not None:
        spans.append((case.stuck.since, plan.visit))
    return sum(plan.open_s(*span) for span in spans) / plan.open_s(plan.start, plan.visit)
