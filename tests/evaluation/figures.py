"""Figures over judged windows, each share with its Wilson interval. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

from tests.evaluation.outcome import Window

POINTS = (10, 6, 2)
COVERED = 90.0
"""Per cent of the opening minutes seen, from which on nothing but the facility keeps a proposal back (R10)."""
Z = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 %; everything is possible of nothing."""
        if not self.whole:
            return (0.0, 1.0)
        share, n = self.part / self.whole, self.whole
        centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        return (max(0.0, centre - half), min(1.0, centre + half))


@dataclass(frozen=True, slots=True)
class Rate:
    """Events in a time of facility-months."""

    events: int
    months: float

    @property
    def value(self) -> float | None:
        """None without any time."""
        return self.events / self.months if self.months else None


@dataclass(frozen=True, slots=True)
class Delay:
    """How one rule found faults, in minutes."""

    rule: str
    n: int
    median: float
    longest: float


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


def agreement(windows: Iterable[Window]) -> Share:
    """Proposal equals truth, of the decided ones."""
    return _share((window for window in windows if window.decided), lambda one: one.answer.points == one.truth.points)


def off_edge(windows: Iterable[Window]) -> list[Window]:
    """Those more than a point of availability away from a band's edge."""
    return [window for window in windows if window.truth.off_edge]


def false_high(windows: Iterable[Window]) -> Share:
    """Proposal above truth, of the decided ones."""
    return _share((window for window in windows if window.decided), lambda one: _said(one) > one.truth.points)


def false_low(windows: Iterable[Window]) -> Share:
    """Proposal below truth, of the decided ones."""
    return _share((window for window in windows if window.decided), lambda one: _said(one) < one.truth.points)


def critical(windows: Iterable[Window]) -> Share:
    """10 proposed, of the windows that are 2 in truth."""
    return _share((one for one in windows if one.truth.points == 2), lambda one: one.answer.points == 10)


def none(windows: Iterable[Window]) -> Share:
    """No proposal."""
    return _share(windows, lambda one: not one.decided)


def covered(windows: Iterable[Window]) -> list[Window]:
    """Those whose devices were heard nearly all the time."""
    return [window for window in windows if window.answer.coverage >= COVERED]


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


def healthy_false_alarms(windows: Iterable[Window], months: float) -> Rate:
    """Spells of degraded or down in windows without any fault, each watched for so many months."""
    healthy = [window for window in windows if window.case.fault is None]
    return Rate(sum(len(window.false_alarms) for window in healthy), months * len(healthy))


def found(windows: Iterable[Window]) -> Share:
    """Faults said at all, of those that were true for an hour."""
    return _share((window for window in windows if window.findable), lambda one: one.found is not None)


def cause_right(windows: Iterable[Window]) -> Share:
    """The cause named is the fault's, of the faults found."""
    return _share(
        (window for window in windows if window.found is not None),
        lambda one: one.found is not None and one.case.fault is not None and one.found.cause == one.case.fault.cause,
    )


def delays(windows: Iterable[Window]) -> list[Delay]:
    """By the rule that said it first."""
    by_rule: dict[str, list[float]] = {}
    for window in windows:
        if window.found is not None:
            by_rule.setdefault(f"{window.case.kind} {window.found.rule}", []).append(window.found.delay_min)
    return [Delay(rule, len(all_), median(all_), max(all_)) for rule, all_ in sorted(by_rule.items())]


def fates(windows: Sequence[Window]) -> list[Fate]:
    """Fault by fault: drawn how often, found how often, proposed what."""
    groups: dict[tuple[str, str], list[Window]] = {}
    for window in windows:
        groups.setdefault((window.case.kind, window.how), []).append(window)
    table: list[Fate] = []
    for (kind, how), members in sorted(groups.items()):
        answers = Counter((one.truth.points, one.answer.points, one.answer.rule) for one in members)
        rows = tuple((*key, count) for key, count in sorted(answers.items(), key=str))
        table.append(Fate(kind, how, len(members), found(members), rows))
    return table


def wrong(windows: Iterable[Window]) -> list[Window]:
    """Decided otherwise than true, the worst first."""
    missed = [one for one in windows if one.decided and one.answer.points != one.truth.points]
    return sorted(missed, key=lambda one: (one.truth.points - _said(one), one.case.number))


def _said(window: Window) -> int:
    return window.answer.points or 0


def _share(windows: Iterable[Window], holds: Callable[[Window], bool]) -> Share:
    those = list(windows)
    return Share(sum(1 for window in those if holds(window)), len(those))
