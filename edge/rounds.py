"""Whose turn it is on a line, and how well each device answers. Pure: time is an argument (seconds, monotonic).

The longest overdue device goes first, so a fast one cannot starve the others. A poll is two tries. A device that was
silent is not asked again while its answer may still come, for RTU cannot tell a late answer from the right one; the
others are asked meanwhile. One that misses three polls is offline and is only probed, more and more rarely.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

TRIES = 2
OFFLINE_AFTER = 3
FIRST_PROBE_S, LAST_PROBE_S = 5.0, 30.0
LATE_S = 1.0
"""An answer may come this long after its question."""
FAST_LATE_S = 0.5
"""The same for a device asked several times a second: its answers are short, and a second without it loses passages."""


class Health(StrEnum):
    """How a device answers."""

    OK = "ok"
    DEGRADED = "degraded"
    OFFLINE = "offline"


@dataclass(slots=True)
class Turn:
    """One device's place in the round."""

    every_s: float
    due: float
    health: Health = Health.OK
    tries: int = 0
    missed: int = 0

    @property
    def late_s(self) -> float:
        """How long after a question its answer may still come."""
        return LATE_S if self.every_s >= 1 else FAST_LATE_S

    @property
    def probe_s(self) -> float:
        """How long until an offline device is asked again."""
        waited = FIRST_PROBE_S * 2.0 ** min(self.missed - OFFLINE_AFTER, 8)
        return max(self.every_s, min(waited, LAST_PROBE_S))


class Rounds:
    """The devices of one line. Every device is due at `now`, the first named first."""

    def __init__(self, every_s: Mapping[str, float], now: float) -> None:
        self._turns = {device: Turn(pace, now) for device, pace in every_s.items()}

    def next(self) -> tuple[str, float]:
        """The device whose turn it is, and when it is due. There must be a device."""
        return min(((name, turn.due) for name, turn in self._turns.items()), key=lambda pair: pair[1])

    def health(self, device: str) -> Health:
        """How a device answers now."""
        return self._turns[device].health

    def answered(self, device: str, now: float) -> bool:
        """A good answer. True if the device was offline until now."""
        turn = self._turns[device]
        back = turn.health is Health.OFFLINE
        turn.health, turn.tries, turn.missed = Health.OK, 0, 0
        turn.due = max(min(turn.due, now) + turn.every_s, now)
        return back

    def failed(self, device: str, asked_at: float, now: float, *, may_come: bool) -> bool:
        """No good answer to the question of `asked_at`; perhaps one may still come.

        True if the poll is missed, False if it gets another try.
        """
        turn = self._turns[device]
        turn.tries += 1
        soonest = asked_at + turn.late_s if may_come else now
        if turn.health is not Health.OFFLINE and turn.tries < TRIES:
            turn.due = max(soonest, now)
            return False
        turn.tries = 0
        turn.missed += 1
        turn.health = Health.DEGRADED if turn.missed < OFFLINE_AFTER else Health.OFFLINE
        offline = turn.health is Health.OFFLINE
        turn.due = now + turn.probe_s if offline else max(turn.due + turn.every_s, soonest, now)
        return True

    def unheard(self, device: str, now: float) -> None:
        """The port is gone: its turn passes, and says nothing of the device."""
        turn = self._turns[device]
        turn.tries, turn.due = 0, now + max(turn.every_s, 1.0)

    def all_due(self, now: float) -> None:
        """The port is back: everyone is asked."""
        for turn in self._turns.values():
            turn.due = now
