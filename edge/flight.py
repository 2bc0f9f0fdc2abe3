"""One lane's traffic: at most one envelope under way, and what to do when its acknowledgement does not come. Pure.

Time-outs double from 10 s to 10 min, and so do the pauses after them, with full jitter. An envelope that never gets
through is halved, and so is one that ends the connection again and again: a broker hangs up on a packet over its limit.
When a single record never gets through, others are tried first: only where the hub acknowledges those is the record to
blame.
"""

import math
from dataclasses import dataclass, field, replace
from random import Random

from shared.bounds import ENVELOPE_RECORDS

FIRST_TIMEOUT_S = 10.0
LAST_TIMEOUT_S = 600.0
PATIENCE = 3
"""Time-outs in a row, of one and the same load, before it is made smaller."""
CUT_S = 3.0
"""A connection that ends so soon after an envelope left may have ended of it. The first time that is chance."""
MOST_SUSPECTS = 100
"""Records that may be left out at a time, one after the other, in search of one that gets through."""
GROW_AFTER = 8
"""Envelopes in a row that got through, before a lane that had to send less tries twice as much."""


@dataclass(frozen=True, slots=True)
class Flight:
    """State of one lane. Times are seconds of the monotonic clock."""

    envelope: str | None = None
    """The envelope under way."""
    ids: tuple[str, ...] = ()
    """Its records."""
    sent_at: float = 0.0
    due: float = 0.0
    """When the next may be sent, or the one under way is given up."""
    failures: int = 0
    """Failures of one and the same load since the last acknowledgement."""
    cuts: int = 0
    """Connections in a row that ended as soon as this lane had sent."""
    passed: int = 0
    """Envelopes acknowledged in a row since the limit changed."""
    halved: bool = False
    """Whether the last failure made the load smaller."""
    limit: int = ENVELOPE_RECORDS
    """Records the next envelope may hold."""
    suspects: frozenset[str] = field(default=frozenset())
    """Records that never got through alone; left out until the hub has acknowledged something else."""
    accused: frozenset[str] = field(default=frozenset())
    """Records that were suspects when the hub acknowledged others: it may have come back just then, so each gets
    another trial, alone, from a hub that is known to be there."""

    @property
    def convicted(self) -> frozenset[str]:
        """Suspects for the second time: once others get through, the record is to blame."""
        return self.suspects & self.accused

    def may_send(self, now: float) -> bool:
        """Whether an envelope may leave."""
        return self.envelope is None and now >= self.due

    def timed_out(self, now: float) -> bool:
        """Whether the envelope under way has waited long enough."""
        return self.envelope is not None and now >= self.due

    @property
    def timeout_s(self) -> float:
        """How long an acknowledgement is waited for."""
        return min(LAST_TIMEOUT_S, FIRST_TIMEOUT_S * math.pow(2, min(self.failures, 10)))

    def sent(self, envelope: str, ids: tuple[str, ...], now: float) -> "Flight":
        """An envelope has left."""
        return replace(self, envelope=envelope, ids=ids, sent_at=now, due=now + self.timeout_s, halved=False)

    def suspect(self, now: float) -> bool:
        """Whether what is under way may end the connection: other lanes wait, so that the right one is blamed."""
        return self.envelope is not None and self.cuts > 0 and now - self.sent_at < CUT_S

    def acknowledged(self, wait_s: float, now: float) -> "Flight":
        """The hub has committed what was under way; the lane is healthy again."""
        due = now + wait_s
        if accused := (self.accused | self.suspects) - self.convicted - frozenset(self.ids):
            return Flight(due=due, limit=1, accused=accused)
        if self.suspects or self.accused or self.limit >= ENVELOPE_RECORDS:
            return Flight(due=due)  # one record was to blame, or none
        if self.passed + 1 < GROW_AFTER:
            return Flight(due=due, limit=self.limit, passed=self.passed + 1)
        return Flight(due=due, limit=min(ENVELOPE_RECORDS, self.limit * 2))

    def given_up(self, now: float, chance: Random) -> "Flight":
        """The acknowledgement did not come: wait, and after some patience send less."""
        return self._failed(now, chance, smaller=(self.failures + 1) % PATIENCE == 0)

    def lost(self, now: float, chance: Random) -> "Flight":
        """The connection went: what was under way is sent again at once over the next, unless that is what ended it."""
        if self.envelope is None:
            return self if self.cuts > 1 else replace(self, due=now)
        if now - self.sent_at >= CUT_S:
            return replace(self, envelope=None, ids=(), due=now)
        if self.cuts == 0:
            return replace(self, envelope=None, ids=(), due=now, cuts=1)
        return replace(self._failed(now, chance, smaller=True), cuts=self.cuts + 1)

    def _failed(self, now: float, chance: Random, *, smaller: bool) -> "Flight":
        failures = self.failures + 1
        longest = min(LAST_TIMEOUT_S, FIRST_TIMEOUT_S * math.pow(2, min(failures, 10)))
        due = now + chance.uniform(0, longest)
        waiting = replace(self, envelope=None, ids=(), failures=failures, passed=0, due=due)
        if not smaller:
            return waiting
        if len(self.ids) > 1:
            # A smaller load is another one: it begins with the first time-out.
            return replace(waiting, limit=max(1, len(self.ids) // 2), failures=0, halved=True)
        if len(self.suspects) >= MOST_SUSPECTS:
            # So many others did not get through either: it is the road, not the records.
            return replace(waiting, suspects=frozenset(), accused=frozenset())
        return replace(waiting, suspects=self.suspects | frozenset(self.ids))

    def without_others(self) -> "Flight":
        """Nothing else waits that could show whether the suspects are to blame: they are tried again."""
        return replace(self, suspects=frozenset())
