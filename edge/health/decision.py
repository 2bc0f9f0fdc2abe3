"""Which verdict holds for a facility now, and since when. Pure."""

from typing import Any, NamedTuple

from edge.health.latch import Latch
from edge.health.latches import Latches
from edge.health.limits import Limits
from edge.health.mains import Mains
from edge.health.rule import Learned, RuleSet
from edge.health.sight import Sight
from edge.health.verdict import Verdict
from edge.health.words import OUT7, fine, of_latch, perhaps_cut, power_cut, supplied, suspected, unproven, weakened
from shared.quantities import QUANTITIES
from shared.states import Grade, State

POOR_BEFORE_S = 60.0
"""A supply that went bad this long after a first symptom may still be its reason: meters are looked at in turn."""

LONG_AGO = -1e12
"""A moment at which no silence is yet a fault."""


class Decision(NamedTuple):
    """A verdict, since when it holds (epoch seconds), and the latch that decides it, if one does."""

    verdict: Verdict
    since: float
    latch: Latch | None = None


class Judged(NamedTuple):
    """What there is to decide by."""

    rules: RuleSet[Any, Any]
    limits: Limits
    sense: Any
    sight: Sight
    latches: Latches
    mains: Mains

    def of(self, latch: Latch) -> Verdict:
        """What an active latch says; under a supply that is bad for all it is nobody's device (health.md OUT3)."""
        verdict = of_latch(latch, self.sense, self.limits, self.latches.others(latch))
        poor = self.mains.out_since
        if poor is not None and poor <= latch.memory.since + POOR_BEFORE_S:
            verdict = supplied(verdict)
        return weakened(verdict, self.sight.doubting(verdict.needs))

    def learned(self) -> list[tuple[Learned[Any], float | None]]:
        """What is known of the unit."""
        return [(entry, entry.value(self.sense)) for entry in self.rules.learns]

    def fine(self) -> Verdict:
        """Nothing is wrong; without any evidence that is unknown, too."""
        grade = self.rules.grade(self.sense, self.limits)
        if grade is Grade.E0:
            return unproven()
        return weakened(fine(grade, self.rules.evidence(self.sense, self.limits)), self.sight.suspects)


def decide(judged: Judged, at: float, cut: float | None, before: State, before_since: float) -> Decision:
    """A power cut first, or a suspicion of one, then the worst rule that is seen, then blindness, doubts, all well."""
    if cut is not None:
        return Decision(power_cut(), cut)
    latches, sight = judged.latches, judged.sight
    deciding = latches.deciding(sight.blind)
    silent = judged.mains.silent_since
    if silent is not None and sight.unfed(silent) and not (deciding is not None and _by_contact(deciding)):
        return Decision(perhaps_cut(), max(silent, before_since) if before is State.UNKNOWN else at)
    if deciding is not None:
        since = deciding.memory.since if deciding.memory.confirmed == at else at
        return Decision(judged.of(deciding), since, deciding)
    hidden = sight.hidden(at)
    if hidden is not None:
        verdict, since = hidden
        if verdict.rule in (None, "SV1"):  # what another channel has shown since that silence stays shown
            since = max(since, before_since if before is State.UNKNOWN else at)
        return Decision(verdict, since)
    doubting = latches.doubting()
    if doubting is not None:
        return Decision(judged.of(doubting), at)
    suspect = latches.suspecting()
    if suspect is not None:
        return Decision(suspected(suspect, judged.sense, judged.limits), suspect.began)
    return Decision(judged.fine(), at)


def restated(judged: Judged, verdict: Verdict) -> Verdict:
    """The same verdict with the figures of this moment."""
    if verdict.state is State.OK:
        return judged.fine()
    latch = judged.latches.holding(verdict.rule, verdict.state)
    return verdict if latch is None else judged.of(latch)


def reread(judged: Judged, state: State, rule: str | None) -> Verdict:
    """The verdict of a memory that keeps only its state and its rule."""
    if state is State.EXCLUDED:
        return power_cut()
    latch = judged.latches.holding(rule, state)
    if latch is not None:
        return judged.of(latch)
    if state is not State.UNKNOWN:
        return judged.fine()
    if rule == OUT7:
        return perhaps_cut()
    hidden, suspect = judged.sight.hidden(LONG_AGO), judged.latches.suspecting()
    if hidden is None and suspect is not None:
        return suspected(suspect, judged.sense, judged.limits)
    return hidden[0] if hidden else unproven()


def _by_contact(latch: Latch) -> bool:
    """Whether all it needs are contacts: they speak without mains."""
    return all(QUANTITIES[name].two_state for name in latch.rule.needs)
