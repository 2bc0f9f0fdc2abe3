"""Windows made by hand, for tests of what is counted over them."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from tests.evaluation.catalogue import DAY_S, fault_of
from tests.evaluation.outcome import Window, outcome
from tests.evaluation.plans import Case, Plan, Span, Trouble
from tests.evaluation.road import Answer, Said
from tests.evaluation.truth import FAILS, MINUTE_S, WORKS, Minutes

VISIT = datetime(2025, 7, 15, 4, tzinfo=UTC).timestamp()
"""Noon in Shanghai."""
PLAN = Plan(0, "by hand", 30.0, VISIT, 30.0, ())
START = PLAN.start


def case(kind: str = "fridge", how: str = "", onset: float = START, until: float | None = None) -> Case:
    """A window with one fault, or none."""
    troubles = (Trouble(fault_of(kind, how), onset, until),) if how else ()
    return Case(0, kind, "2" if how else "healthy", troubles)


def minutes(*bad: Span, state: int = FAILS, watts: Sequence[Span] = ()) -> Minutes:
    """Working but for these times; `watts`: when it draws a kilowatt."""
    length = int((VISIT - START) // MINUTE_S)
    found = Minutes(START, array("b", [WORKS]) * length, array("f", [0.0]) * length)
    for since, until in bad:
        for index in range(found.index(since), found.index(until)):
            found.states[index] = state
    for since, until in watts:
        for index in range(found.index(since), found.index(until)):
            found.watts[index] = 1000.0
    return found


def said(
    rule: str, state: str, since: float, until: float | None = None, cause: str = "device_fault", after: float = 600.0
) -> Said:
    """A spell confirmed so long after its first symptom."""
    return Said(state, rule, cause, since, since + after, until)


def answer(points: int | None, rule: str = "R11", *spells: Said, available: float = 99.0) -> Answer:
    """What a hub says."""
    return Answer(points, rule, None if points is None else "high", 95.0, available, spells)


def window(truth: int, points: int | None, rule: str = "R11", kind: str = "fridge") -> Window:
    """Truth and proposal, and nothing else."""
    lasts = {10: 0.0, 6: 2.5 * DAY_S, 2: 7.5 * DAY_S}[truth]
    one = case(kind, "dead" if lasts and kind == "fridge" else "")
    judged = outcome(PLAN, one, minutes((START + DAY_S, START + DAY_S + lasts)), answer(points, rule))
    assert judged.truth.points == truth
    return judged


MIXED = (
    window(10, 10),
    window(10, 10),
    window(6, 10),
    window(2, 10),
    window(2, 2, "R2"),
    window(10, 6, "R9"),
    window(2, None, "R5"),
    window(6, None, "R6"),
)


def hidden(one: Window) -> Window:
    """The same with a fault that no signal shows."""
    trouble = Trouble(fault_of("microwave", "weak_magnetron"), START, None, 0.5)
    return replace(one, case=replace(one.case, kind="microwave", troubles=(trouble,)))
