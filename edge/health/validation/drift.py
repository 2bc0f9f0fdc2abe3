"""SV7: a thermometer that moved away from what it should agree with, day by day.

A fridge's probe should agree with its thermostat: the compressor stops at the same temperature every day. A room's
thermometer should agree with another one in the room, compared while both are calm. Daily medians are compared with
those of the first days. A jump from one day to the next is a thermostat that was turned, or a probe that was moved:
drift comes slowly. Suspect first; when it has moved further nobody can say what it really reads.
"""

from abc import abstractmethod
from dataclasses import dataclass, field
from statistics import median

from edge.health.channel import Channel
from edge.health.limits import Limits
from edge.health.validation.check import Check, Look

DAY_S = 86_400.0
MOST_A_DAY = 48
LEAST_A_DAY = 4
"""Fewer comparisons make no median."""
JUMP_K = 1.0
AGAIN = 2 / 3
"""Back within this share of the limit it is believed again."""
STOPPED_S = 150.0
CALM_K = 0.3
HALF_HOUR_S = 1800.0


@dataclass(slots=True)
class Days:
    """Daily medians, K or ℃."""

    day: int = 0
    today: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    """Of the first days, what later ones are compared with."""
    latest: list[float] = field(default_factory=list)
    moved: float = 0.0
    wrong_since: float | None = None
    suspect: bool = False
    moves: int = 0
    mark_at: float = 0.0
    marks: list[float] = field(default_factory=list)


class Drift(Check[Days]):
    """One thermometer against something that stays."""

    __slots__ = ("_channel", "_days", "_limit", "_most")
    code = "SV7"

    def __init__(self, channel: Channel, limits: Limits) -> None:
        super().__init__(channel.name, Days())
        self._channel = channel
        self._limit, self._most, self._days = limits.drift, limits.drift_most, max(1, round(limits.drift_days))

    @abstractmethod
    def _compare(self, look: Look) -> float | None:
        """What should stay the same; None: nothing to compare at this moment."""

    def look(self, look: Look) -> tuple[Channel, ...]:
        memory, channel = self.memory, self._channel
        if (day := int(look.at // DAY_S)) != memory.day:
            self._close(look.at)
            memory.day = day
        if channel.value is not None and not channel.silent and channel.fault in (None, self.code):
            value = self._compare(look)
            if value is not None and len(memory.today) < MOST_A_DAY:
                memory.today.append(value)
        changed = channel.suspect(self.code) if memory.suspect else channel.trust(self.code)
        return self._find((channel,), memory.wrong_since) or changed

    def hole(self) -> None:
        self.memory.marks = []

    def renew(self) -> None:
        self.memory = Days()

    def _close(self, at: float) -> None:
        memory = self.memory
        today, memory.today = memory.today, []
        if len(today) < LEAST_A_DAY:
            return
        value = median(today)
        before = memory.latest or memory.first
        if before and abs(value - before[-1]) > JUMP_K and not memory.suspect:
            by = value - before[-1]
            memory.first = [one + by for one in memory.first]
            memory.latest = [one + by for one in memory.latest]
        if len(memory.first) < self._days:
            memory.first.append(value)
            return
        memory.latest = [*memory.latest, value][-self._days :]
        memory.moved = abs(median(memory.latest) - median(memory.first))
        memory.suspect = memory.moved > self._limit * (AGAIN if memory.suspect else 1)
        if memory.moved <= self._most * AGAIN:
            memory.wrong_since = None
        elif memory.moved > self._most and memory.wrong_since is None:
            memory.wrong_since = at


class OfThermostat(Drift):
    """A fridge's probe at the moment the compressor stops."""

    __slots__ = ()

    def _compare(self, look: Look) -> float | None:
        if look.moves == self.memory.moves:
            return None
        self.memory.moves = look.moves
        return self._channel.value if 0 < look.still_s <= STOPPED_S else None


class OfRoom(Drift):
    """A room's thermometer against the others in the room, twice an hour, while both have been calm."""

    __slots__ = ("_facility",)

    def __init__(self, channel: Channel, limits: Limits, facility: str) -> None:
        super().__init__(channel, limits)
        self._facility = facility

    def _compare(self, look: Look) -> float | None:
        memory = self.memory
        if 0 <= look.at - memory.mark_at < HALF_HOUR_S:
            return None
        other, own = look.station.room(look.at, but=self._facility), self._channel.value
        before, memory.mark_at = memory.marks, look.at
        memory.marks = [] if other is None or own is None else [own, other]
        if not memory.marks or not before:
            return None
        calm = all(abs(now - then) <= CALM_K for now, then in zip(memory.marks, before, strict=True))
        return memory.marks[0] - memory.marks[1] if calm else None
