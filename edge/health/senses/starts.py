"""At which room temperatures, and at which hour, an air conditioner used to start in one mode (health.md AC6)."""

from dataclasses import dataclass, field
from statistics import median

REMEMBERED, LEARNED_FROM = 6, 3
"""Starts remembered, and starts from which something is known."""
TIGHT_K = 0.7
"""Three starts so close together are a thermostat's; a hand starts it anywhere."""
MOVED_K = 1.0
"""Two starts in a row beyond that are another set point: what was before is forgotten."""
TIMER_S = 900.0
EDGE_K = 0.2
"""A room as warm as that may be just short of it."""
DAY_S = 86400.0


@dataclass(slots=True)
class Starts:
    """The last ones: room temperature (℃), second of the day (UTC). `sign` 1: starts when warm, -1: when cold."""

    sign: float = 1.0
    seen: list[list[float]] = field(default_factory=list)

    def add(self, room: float, at: float) -> None:
        """It started, and it was in this mode."""
        line = self.from_
        self.seen = [*self.seen, [room, at % DAY_S]][-REMEMBERED:]
        last = self.seen[-2:]
        if line is not None and all(self.sign * (one[0] - line) > MOVED_K for one in last):
            self.seen = last

    @property
    def from_(self) -> float | None:
        """Where a thermostat starts it; of one started by hand, what only one start lay beyond. None: not known."""
        rooms = sorted(self.sign * one[0] for one in self.seen)
        if len(rooms) < LEARNED_FROM:
            return None
        tight = rooms[LEARNED_FROM - 1] - rooms[0] <= TIGHT_K
        return self.sign * (rooms[LEARNED_FROM - 1] if tight else rooms[-2])

    def beyond(self, room: float, margin: float) -> bool:
        """Whether a room is so far beyond where it used to start."""
        line = self.from_
        return line is not None and self.sign * (room - line) > margin

    def timer(self, at: float) -> list[list[float]]:
        """Starts at this time of day, give or take a quarter of an hour, if it often started then."""
        near = [one for one in self.seen if abs(_apart(at % DAY_S, one[1])) <= TIMER_S]
        return near if len(near) >= LEARNED_FROM else []

    def due(self, at: float, room: float, after: float) -> bool:
        """Whether it used to start at this hour, so long ago, in a room less far off than this one."""
        then = self.timer(at - after)
        if not then or _apart((at - after) % DAY_S, median(one[1] for one in then)) < 0:
            return False
        return self.sign * room > min(self.sign * one[0] for one in then) + EDGE_K


def _apart(one: float, other: float) -> float:
    """Seconds from the other time of day to this one, -12 h to 12 h."""
    return (one - other + DAY_S / 2) % DAY_S - DAY_S / 2
