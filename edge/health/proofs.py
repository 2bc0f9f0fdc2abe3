"""The proofs of one facility: function was shown, told again only after a while. Pure."""

from typing import Any

from edge.health.decision import Judged
from edge.health.limits import seconds
from edge.health.rule import ProofRule
from edge.health.verdict import Proved
from shared.states import Grade

NEVER = -1e12


class Proofs:
    """The proof rules whose quantities are all wired, and when each was last shown (epoch seconds)."""

    __slots__ = ("_every_s", "_facility", "_rules", "at")

    def __init__(self, facility: str, judged: Judged) -> None:
        self._facility = facility
        self._every_s = seconds(judged.limits, "proof_every")
        sight = judged.sight
        self._rules: list[tuple[ProofRule[Any, Any], int]] = [
            (rule, sight.mask(rule.needs)) for rule in judged.rules.proofs if rule.needs <= sight.bits.keys()
        ]
        self.at: dict[str, float] = {}
        """By the rule's key."""

    def shown(self, judged: Judged, at: float) -> list[Proved]:
        """What the last instant shows; the sense learns of it."""
        found: list[Proved] = []
        sense, limits, sight = judged.sense, judged.limits, judged.sight
        for rule, mask in self._rules:
            if mask & sight.blind or at - self.at.get(rule.key, NEVER) < self._every_s or not rule.shown(sense, limits):
                continue
            self.at[rule.key] = at
            sense.proved(rule.mode, at)
            grade = rule.grade if isinstance(rule.grade, Grade) else rule.grade(sense, limits)
            grade, values = sight.graded(grade, rule.needs), rule.values(sense, limits)
            found.append(Proved(self._facility, rule.id, rule.version, rule.mode, grade, at, values))
        return found
