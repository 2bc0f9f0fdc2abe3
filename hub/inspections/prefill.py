"""From evidence to proposed points: rules R0–R11, the first that fits (health.md B3). Pure.

No proposal beats a wrong one: "none" with its reason is an answer. A proposal is never a score: a person
makes it one.

Ours departs from the reference (health.md B3b) in six places, each towards saying nothing: a rule's doubt is R5 from
its first minute, down that R2 does not take is R5 and not left to the window, no highest points while a rule asks,
no points at all where two boxes spoke for the station (docs/decisions/0012), none above the lowest after a test by
hand that failed (docs/decisions/0024), and not the highest against workers who found it not working
(docs/decisions/0034).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from hub.inspections import wording
from hub.inspections.contradicted import contradicted, unanswered
from hub.inspections.evidence import Evidence
from hub.inspections.figures import Figures, figures_of
from shared.states import State
from shared.text import Text

Rule = Literal["R0", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "loading", "two_boxes"]
Confidence = Literal["high", "medium"]
Mode = Literal["min", "window", "now"]
MODES: tuple[Mode, ...] = ("min", "window", "now")


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits of the rules; percentages of service minutes, minutes of opening time (health.md B2, B3)."""

    mode: Mode = "min"
    """window: only the window; now: only the present state; min: both, the lower counts."""
    high_percent: float = 97.0
    low_percent: float = 85.0
    coverage_needed_percent: float = 75.0
    coverage_full_percent: float = 90.0
    service_needed: int = 480
    days_needed: float = 7.0
    days: int = 30
    down_confirmed_after: int = 60
    unknown_confirmed_after: int = 60
    fresh_within: float = 15.0
    degraded_share: float = 0.10
    longest_down: int = 480
    down_events: int = 3


DEFAULT = Policy()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules say of one facility."""

    points: int | None
    """None: no proposal, `why` says the reason."""
    rule: Rule
    confidence: Confidence | None
    """None exactly where `points` is None."""
    why: Text
    mode: Mode
    computed_at: datetime
    figures: Figures
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """Which rule fits, before it is worded."""

    level: int | None
    """Counts the item's points from the best: 0, 1, 2; None: no proposal."""
    rule: Rule
    confidence: Confidence | None = None


def propose(
    evidence: Evidence,
    policy: Policy,
    computed_at: datetime,
    points: tuple[int, int, int] = (10, 6, 2),
) -> Proposal:
    """The proposal for one facility, with its reason in figures."""
    figures = figures_of(evidence.minutes)
    finding = find(evidence, figures, policy)
    return Proposal(
        points=None if finding.level is None else points[finding.level],
        rule=finding.rule,
        confidence=finding.confidence,
        why=wording.reason(
            finding.rule,
            wording.Case(evidence, figures, policy.high_percent, policy.low_percent, _fresh(evidence, policy)),
        ),
        mode=policy.mode,
        computed_at=computed_at,
        figures=figures,
        evidence=evidence,
    )


def find(evidence: Evidence, figures: Figures, policy: Policy) -> Finding:
    """The first rule that fits; but never the highest points while a question is open or workers contradict, and none
    above the lowest where a person's test has just failed."""
    found = _first(evidence, figures, policy)
    if evidence.tested is not None and not evidence.tested.passed and found.level in (0, 1):
        return Finding(None, "R5")
    if found.level != 0:
        return found
    if evidence.questions or contradicted(evidence):
        return Finding(None, "R5")
    return replace(found, confidence="medium") if unanswered(evidence) else found


def _first(evidence: Evidence, figures: Figures, policy: Policy) -> Finding:
    """The order is the table's; a rule never looks at what a later one decides."""
    if evidence.removed_since is not None:
        return Finding(2, "R0", "high")
    if not (evidence.observable and evidence.bound):
        return Finding(None, "R1")
    if evidence.loading_until is not None:
        return Finding(None, "loading")
    if evidence.two_boxes is not None:
        return Finding(None, "two_boxes")
    if policy.mode == "now":
        return _from_the_present(evidence, policy)
    if policy.mode == "min" and _down_now(evidence, policy):
        return Finding(2, "R2", "high")
    return _from_the_window(evidence, figures, policy)


def _down_now(evidence: Evidence, policy: Policy) -> bool:
    return (
        evidence.now is State.DOWN and evidence.now_minutes >= policy.down_confirmed_after and _fresh(evidence, policy)
    )


def _fresh(evidence: Evidence, policy: Policy) -> bool:
    return evidence.data_age is not None and evidence.data_age <= policy.fresh_within


def _blind_now(evidence: Evidence, policy: Policy) -> bool:
    """Nothing can be said now. A rule's doubt counts at once: it is older than the minute it was confirmed in."""
    return (
        evidence.sensor_fault_since is not None
        or evidence.doubt is not None
        or (evidence.now is State.UNKNOWN and evidence.now_minutes > policy.unknown_confirmed_after)
    )


def _down_unconfirmed(evidence: Evidence, policy: Policy) -> bool:
    """It has just failed, or was failing when last heard: neither R2's certainty nor anything good can be said."""
    return policy.mode != "window" and evidence.now is State.DOWN


def _from_the_window(evidence: Evidence, figures: Figures, policy: Policy) -> Finding:
    if figures.at_best < policy.low_percent:
        return Finding(2, "R3", "high")
    if figures.counted < policy.service_needed or evidence.window.days < policy.days_needed:
        return Finding(None, "R4")
    if _blind_now(evidence, policy) or _down_unconfirmed(evidence, policy):
        return Finding(None, "R5")
    if figures.available is None or figures.coverage < policy.coverage_needed_percent:
        return Finding(None, "R6")
    if not evidence.proven:
        return Finding(None, "R7")
    worst, best = _level(figures.at_worst, policy), _level(figures.at_best, policy)
    if figures.available < policy.low_percent:
        return Finding(2, "R8", "high" if best == 2 else "medium")
    if _level(figures.if_doubts_hold, policy) != _level(figures.available, policy):
        return Finding(None, "R10")
    if figures.available < policy.high_percent:
        return Finding(1, "R9", "high" if worst == best == 1 else "medium")
    if _troubled(evidence, figures, policy):
        return Finding(1, "R9", "high" if worst <= 1 else "medium")
    if figures.coverage < policy.coverage_full_percent:
        return Finding(None, "R10")
    return Finding(0, "R11", "high" if worst == 0 else "medium")


def _troubled(evidence: Evidence, figures: Figures, policy: Policy) -> bool:
    """What keeps a facility that was nearly always available from the highest points."""
    return (
        (policy.mode == "min" and evidence.now is State.DEGRADED)
        or figures.degraded_share > policy.degraded_share
        or evidence.minutes.longest_down > policy.longest_down
        or evidence.minutes.down_events >= policy.down_events
    )


def _from_the_present(evidence: Evidence, policy: Policy) -> Finding:
    """Only what is so now. What is stale, blind or not yet confirmed gives no points."""
    if _down_now(evidence, policy):
        return Finding(2, "R2", "high")
    unsaid = evidence.now in (State.UNKNOWN, State.EXCLUDED) or _down_unconfirmed(evidence, policy)
    if unsaid or not _fresh(evidence, policy) or _blind_now(evidence, policy):
        return Finding(None, "R5")
    if not evidence.proven:
        return Finding(None, "R7")
    if evidence.now is State.DEGRADED:
        return Finding(1, "R9", "medium")
    return Finding(0, "R11", "medium")


def _level(percent: float, policy: Policy) -> int:
    return 0 if percent >= policy.high_percent else 1 if percent >= policy.low_percent else 2


@dataclass(frozen=True, slots=True)
class ItemProposal:
    """What is proposed for one line of the form: the better of its facilities counts, all are listed."""

    points: int | None
    rule: Rule
    confidence: Confidence | None
    why: Text
    computed_at: datetime
    facilities: tuple[Proposal, ...]


def best_of(proposals: Sequence[Proposal], points: tuple[int, int, int], computed_at: datetime) -> ItemProposal:
    """Two fridges are one item (health.md B4). A facility without a proposal may be better than the others: below
    the highest points it leaves the item without one."""
    if not proposals:
        return ItemProposal(None, "R1", None, wording.NOTHING_BOUND, computed_at, ())
    open_ones = [proposal for proposal in proposals if proposal.points is None]
    decided = [(proposal.points, proposal) for proposal in proposals if proposal.points is not None]
    chosen = max(decided, key=lambda pair: pair[0])[1] if decided else open_ones[0]
    if open_ones and chosen.points != max(points):
        chosen = open_ones[0]
    return ItemProposal(chosen.points, chosen.rule, chosen.confidence, chosen.why, computed_at, tuple(proposals))
