"""What is counted during a phase, and the figures it comes to."""

import time
from array import array

from tests.benchmarks.load.phase import Phase, Seen
from tests.benchmarks.load.told import Said

KEPT_FAULTS = 5
LATE_S = 0.05


class Tally:
    """Of one phase, from now on. Times are seconds of the monotonic clock."""

    def __init__(self, phase: Phase, began: float) -> None:
        self.seen = Seen()
        self.under_way = 0
        self._began = self._last_ack = began
        self._from, self._to = began + phase.warm_s, began + phase.seconds
        self._latencies = array("f")
        self._counted = self._late = 0
        self._cpu = time.process_time()

    def published(self, due: float, now: float) -> None:
        """An envelope left that was due then."""
        self.under_way += 1
        self.seen.published += 1
        self._late += now - due > LATE_S

    def acknowledged(self, said: Said, due: float, now: float, fault: str | None) -> None:
        """The hub's word came; `fault` is what is wrong with it."""
        self.under_way -= 1
        self._last_ack = now
        self.seen.acknowledged += 1
        self.seen.minutes += said.minutes
        self.seen.quarters += said.quarters
        if self._from <= now < self._to:
            self._counted += 1
        if due >= self._from:
            self._latencies.append(now - due)
        if fault is not None:
            self.seen.wrong += 1
            self.seen.faults = [*self.seen.faults, fault][:KEPT_FAULTS]

    def told(self) -> Seen:
        """The figures, at the end."""
        seen, ordered = self.seen, sorted(self._latencies)
        seen.unacknowledged = self.under_way
        seen.seconds = self._last_ack - self._began
        seen.cpu = (time.process_time() - self._cpu) / max(0.001, time.monotonic() - self._began)
        seen.rate = self._counted / max(0.001, self._to - self._from)
        seen.late = self._late / max(1, seen.published)
        if ordered:
            seen.p50_s, seen.p99_s = (ordered[int((len(ordered) - 1) * at)] for at in (0.5, 0.99))
            seen.longest_s = ordered[-1]
        return seen
