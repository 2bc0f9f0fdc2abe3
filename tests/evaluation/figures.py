"""Figures over judged windows. Pure.

Faults that no signal shows are a line of their own: the headline is of the `visible` windows, and every figure is
given of all windows beside it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.evaluation.outcome import Window
from tests.evaluation.plans import LEARNING_DAYS
from tests.evaluation.shares import Rate, Share, percentile
from tests.evaluation.stated import SLACK_MIN, stated_min

POINTS = (10, 6, 2)
COVERED = 0.90
"""The share of the opening hours heard by plan, from which on silence is no reason to decide nothing (R10)."""
MONTH_DAYS = 30.0


@dataclass(frozen=True, slots=True)
class Times:
    """How long one rule took to find faults, or to let go of them; minutes."""

    rule: str
    stated: float | None
    """None: nothing is stated."""
    delays: tuple[float, ...]
    charged: tuple[float, ...]
    """The delays without what is not the rule's own."""
    cleared: tuple[float, ...]

    @property
    def median(self) -> float:
        """Of the delays."""
        return median(self.delays)

    @property
    def charged_median(self) -> float:
        """Of the delays, without what is not the rule's own."""
        return median(self.charged)

    @property
    def clear_median(self) -> float | None:
        """Of the times to let go. None: none was repaired."""
        return median(self.cleared) if self.cleared else None

    @property
    def within(self) -> bool | None:
        """Whether the median is within what is stated, and a little. None: nothing is stated."""
        return None if self.stated is None else self.charged_median <= self.stated + SLACK_MIN

    def p95(self, values: Sequence[float]) -> float | None:
        """None of nothing."""
        return percentile(values, 0.95) if values else None


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the windows with one fault (empty: healthy)."""

    kind: str
    how: str
    n: int
    found: Share
    """Of the windows in which it was true for an hour."""
    answers: tuple[tuple[int, int | None, str, int], ...]
    """Truth, proposal, rule of the proposal and how often."""


def visible(windows: Iterable[Window]) -> list[Window]:
    """Those in which whatever is wrong can be seen by some signal."""
    return [window for window in windows if not window.case.invisible]


def invisible(windows: Iterable[Window]) -> list[Window]:
    """Those in which no signal shows what is wrong."""
    return [window for window in windows if window.case.invisible]


def agreement(windows: Iterable[Window]) -> Share:
    """Proposal equals truth, of the decided ones."""
    return _share(_decided(windows), lambda one: one.right)


def off_edge(windows: Iterable[Window]) -> list[Window]:
    """Those more than a point of availability away from a band's edge."""
    return [window for window in windows if window.truth.off_edge]


def false_high(windows: Iterable[Window]) -> Share:
    """Proposal above truth, of the decided ones."""
    return _share(_decided(windows), lambda one: _said(one) > one.truth.points)


def false_low(windows: Iterable[Window]) -> Share:
    """Proposal below truth, of the decided ones."""
    return _share(_decided(windows), lambda one: _said(one) < one.truth.points)


def critical(windows: Iterable[Window]) -> Share:
    """10 proposed, of the windows that are 2 in truth."""
    return _share((one for one in windows if one.truth.points == 2), lambda one: one.answer.points == 10)


def none(windows: Iterable[Window]) -> Share:
    """No proposal."""
    return _share(windows, lambda one: not one.decided)


def covered(windows: Iterable[Window]) -> list[Window]:
    """Those whose devices were to be heard nearly all the time."""
    return [window for window in windows if window.heard >= COVERED]


def none_untrue(windows: Iterable[Window]) -> list[Window]:
    """Without a proposal, for a reason that is not so."""
    return [window for window in windows if not window.none_true]


def none_by_rule(windows: Iterable[Window]) -> Counter[str]:
    """Windows without a proposal, by the rule that says why."""
    return Counter(window.answer.rule for window in windows if not window.decided)


def confusion(windows: Iterable[Window]) -> dict[int, dict[int | None, int]]:
    """Truth -> proposal (None: there is none) -> windows."""
    table: dict[int, dict[int | None, int]] = {truth: dict.fromkeys((*POINTS, None), 0) for truth in POINTS}
    for window in windows:
        table[window.truth.points][window.answer.points] += 1
    return table


def kappa(windows: Iterable[Window]) -> float | None:
    """Quadratic weighted kappa of the decided windows. None: chance alone would agree, or nothing is decided."""
    table = confusion(windows)
    counts = [[table[truth][said] for said in POINTS] for truth in POINTS]
    total = sum(map(sum, counts))
    if not total:
        return None
    rows, columns = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
    seen = sum((i - j) ** 2 * counts[i][j] for i in range(3) for j in range(3))
    expected = sum((i - j) ** 2 * rows[i] * columns[j] for i in range(3) for j in range(3)) / total
    return 1 - seen / expected if expected else None


def healthy_false_alarms(windows: Iterable[Window]) -> Rate:
    """Spells of degraded or down in windows without any fault, over the time they were watched."""
    healthy = [window for window in windows if window.healthy]
    months = sum((window.plan.days + LEARNING_DAYS) / MONTH_DAYS for window in healthy)
    return Rate(sum(len(window.false_alarms) for window in healthy), months)


def found(windows: Iterable[Window]) -> Share:
    """Faults said at all, of those that were true for an hour."""
    return _share((window for window in windows if window.findable), lambda one: one.found is not None)


def cause_right(windows: Iterable[Window]) -> Share:
    """The cause named is the fault's, of the faults found."""
    return _share((window for window in windows if window.found is not None), _names_the_cause)


def times(windows: Iterable[Window]) -> list[Times]:
    """By kind and the rule that said it first."""
    by_rule: dict[tuple[str, str], list[Window]] = {}
    for window in windows:
        if window.found is not None:
            by_rule.setdefault((window.case.kind, window.found.rule), []).append(window)
    return [_times(kind, rule, members) for (kind, rule), members in sorted(by_rule.items())]


def fates(windows: Sequence[Window]) -> list[Fate]:
    """Fault by fault: drawn how often, found how often, proposed what."""
    groups: dict[tuple[str, str], list[Window]] = {}
    for window in windows:
        groups.setdefault((window.case.kind, window.case.how), []).append(window)
    table: list[Fate] = []
    for (kind, how), members in sorted(groups.items()):
        answers = Counter((one.truth.points, one.answer.points, one.answer.rule) for one in members)
        rows = tuple((*key, count) for key, count in sorted(answers.items(), key=str))
        table.append(Fate(kind, how, len(members), found(members), rows))
    return table


def wrong(windows: Iterable[Window]) -> list[Window]:
    """Decided otherwise than true, the worst first."""
    missed = [one for one in windows if one.decided and not one.right]
    return sorted(missed, key=lambda one: (one.truth.points - _said(one), one.case.number))


def headline(windows: Sequence[Window]) -> Mapping[str, Share]:
    """The shares by name."""
    return {
        "agreement": agreement(windows),
        "agreement_off_edge": agreement(off_edge(windows)),
        "false_high": false_high(windows),
        "critical_false_high": critical(windows),
        "false_low": false_low(windows),
        "none_rate": none(covered(windows)),
        "none_rate_all": none(windows),
        "faults_found": found(windows),
        "cause_accuracy": cause_right(windows),
    }


def _times(kind: str, rule: str, members: Sequence[Window]) -> Times:
    seen = [one.found for one in members if one.found is not None]
    return Times(
        f"{kind} {rule}",
        stated_min(kind, rule),
        tuple(one.delay for one in seen),
        tuple(one.charged for one in seen),
        tuple(one.cleared for one in seen if one.cleared is not None),
    )


def _names_the_cause(window: Window) -> bool:
    trouble = window.case.trouble
    return window.found is not None and trouble is not None and window.found.cause == trouble.fault.cause


def _decided(windows: Iterable[Window]) -> Iterable[Window]:
    return (window for window in windows if window.decided)


def _said(window: Window) -> int:
    return window.answer.points or 0


def _share(windows: Iterable[Window], holds: Callable[[Window], bool]) -> Share:
    those = list(windows)
    return Share(sum(1 for window in those if holds(window)), len(those))
