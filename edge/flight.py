"""One lane's traffic: at most one envelope under way, and what to do when its acknowledgement does not come. Pure.

Time-outs double from 10 s to 10 min with full jitter. An envelope that never gets through is halved; when a single
record never does, others are tried first: only where the hub acknowledges those is the record to blame.
"""

import math
from dataclasses import dataclass, field, replace
from random import Random

from shared.envelope import ENVELOPE_RECORDS

FIRST_TIMEOUT_S = 10.0
LAST_TIMEOUT_S = 600.0
PATIENCE = 3
"""Time-outs in a row, of one and the same load, before it is made smaller."""


@dataclass(frozen=True, slots=True)
class Flight:
    """State of one lane. Times are seconds of the monotonic clock."""

    envelope: str | None = None
    """The envelope under way."""
    ids: tuple[str, ...] = ()
    """Its records."""
    due: float = 0.0
    """When the next may be sent, or the one under way is given up."""
    failures: int = 0
    """Time-outs since the last acknowledgement."""
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

    def sent(self, envelope: str, ids: tuple[str, ...], now: float) -> "Flight":
        """An envelope has left."""
        return replace(self, envelope=envelope, ids=ids, due=now + FIRST_TIMEOUT_S)

    def acknowledged(self, wait_s: float, now: float) -> "Flight":
        """The hub has committed what was under way; the lane is healthy again."""
        untried = self.suspects - self.accused
        return Flight(due=now + wait_s, limit=1, accused=untried) if untried else Flight(due=now + wait_s)

    def given_up(self, now: float, chance: Random) -> "Flight":
        """The acknowledgement did not come: wait, and after some patience send less."""
        failures = self.failures + 1
        longest = min(LAST_TIMEOUT_S, FIRST_TIMEOUT_S * math.pow(2, min(failures, 10)))
        waiting = replace(self, envelope=None, ids=(), failures=failures, due=now + chance.uniform(0, longest))
        if self.suspects:
            # Others did not get through either: it is the road, not the record.
            return replace(waiting, suspects=frozenset(), accused=frozenset())
        if failures % PATIENCE:
            return waiting
        if len(self.ids) > 1:
            return replace(waiting, limit=max(1, len(self.ids) // 2))
        return replace(waiting, suspects=frozenset(self.ids))

    def lost(self) -> "Flight":
        """The connection went: what was under way is sent again at once over the next."""
        return replace(self, envelope=None, ids=(), due=0.0)
