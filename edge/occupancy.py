"""How many people are inside, by passages: an estimate that drifts, and what sets it right. Pure.

It is never negative. It is known from the moment the room was provably empty, and unknown again when somebody may have
passed unseen. What had to be put right is measured against the passages it came from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shared.opening import SHANGHAI, Opening

EMPTY_S = 600.0
"""The radar loses people who sit very still: a room is empty when nobody was seen, and nobody passed, for this long."""
SILENT_S = 30.0
"""A radar that has said nothing for longer has not been looking."""
NIGHT = (1, 5)
"""Local hours in which a station that is closed, and through whose door nobody went for QUIET_S, is empty."""
QUIET_S = 2 * 3600.0
KNOWN_S = 24 * 3600.0
"""Errors add up: a number is not known any more when the room has not been empty for this long."""
DRIFT_SHARE = 0.1
"""More people put right than this share of those who passed: the counts are suspect."""


@dataclass(frozen=True, slots=True)
class Drift:
    """What an empty room put right: people who had not been seen coming or going, among so many who passed."""

    people: int
    passed: int

    @property
    def excessive(self) -> bool:
        """Whether the counts it came from are not to be trusted."""
        return self.people > DRIFT_SHARE * self.passed


class Occupancy:
    """Feed passages, the radar and time. `silent_s` is how long a radar may say nothing and still be as last told."""

    def __init__(self, silent_s: float = SILENT_S) -> None:
        self._silent_s = max(silent_s, SILENT_S)
        self.people = 0
        """At least so many since it was last known, never below 0: whoever leaves came in unseen."""
        self._known_at: float | None = None
        """When the room was last known to be empty; None: somebody may have passed unseen since."""
        self._passed_at: float | None = None
        self._passed = 0
        self._drift = 0
        self._radars: dict[str, bool | None] = {}
        self._radar_at: float | None = None
        self._unseen_since: float | None = None

    def pass_by(self, entered: int, left: int, at: float) -> None:
        """So many went in and out."""
        self._passed_at = at
        self._passed += entered + left
        self.people += entered - left
        if self.people < 0:
            self._drift -= self.people
            self.people = 0

    def miss(self) -> None:
        """Somebody may have passed unseen, or seen without direction."""
        self._known_at = None

    def hear(self, radar: str, present: bool | None, at: float) -> Drift | None:
        """A radar, every second or so; None is one that does not answer, which says nothing of the room."""
        if self._radar_at is not None and at - self._radar_at > self._silent_s:
            self._unseen_since = None
        self._radar_at = at
        self._radars[radar] = present
        if self.present is not False:
            self._unseen_since = None
        elif self._unseen_since is None:
            self._unseen_since = at
        return self._settle(at) if self.is_empty(at) else None

    def advance(self, now: float, opening: Opening | None) -> Drift | None:
        """Time passes. `opening` None: always open."""
        if self._known_at is not None and now - self._known_at > KNOWN_S:
            self.miss()
        if opening is None or self.present or self._passed_at is None or now - self._passed_at < QUIET_S:
            return None
        here = datetime.fromtimestamp(now, UTC).astimezone(SHANGHAI)
        closed = NIGHT[0] <= here.hour < NIGHT[1] and not opening.is_open(here)
        return self._settle(now) if closed else None

    def is_empty(self, at: float) -> bool:
        """Whether the radar has seen nobody for long enough, and nobody passed meanwhile."""
        if self._unseen_since is None:
            return False
        return at - max(self._unseen_since, self._passed_at or 0.0) >= EMPTY_S

    @property
    def present(self) -> bool | None:
        """What the radars see together: somebody, nobody, or None where one of them does not say."""
        seen = self._radars.values()
        return True if any(seen) else False if seen and None not in seen else None

    @property
    def inside(self) -> int | None:
        """How many are inside: an estimate. None: not known."""
        return None if self._known_at is None else self.people

    @property
    def occupied(self) -> bool | None:
        """Whether somebody is inside; None if the radar does not say and nobody was counted in."""
        if self.present or self.people > 0:
            return True
        return None if self.present is None else False

    def written(self) -> dict[str, Any]:
        """What must survive a restart. The radar tells anew what it sees."""
        return {
            "people": self.people,
            "known_at": self._known_at,
            "passed_at": self._passed_at,
            "passed": self._passed,
            "drift": self._drift,
        }

    def remember(self, kept: Mapping[str, Any]) -> None:
        """Go on from there."""
        self.people, self._passed, self._drift = int(kept["people"]), int(kept["passed"]), int(kept["drift"])
        self._known_at, self._passed_at = kept["known_at"], kept["passed_at"]

    def _settle(self, at: float) -> Drift | None:
        known, self._known_at = self._known_at is not None, at
        drift = Drift(self._drift + self.people, self._passed)
        self.people = self._drift = self._passed = 0
        return drift if known and drift.people else None
