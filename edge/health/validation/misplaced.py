"""SV10: a probe that follows the room while the compressor comes and goes is not in the fridge.

A fridge that fails warms for hours, and its compressor runs on or not at all. A probe that falls out is at the room's
temperature within minutes, and the thermostat goes on as before: it even lets the compressor rest.
"""

from dataclasses import dataclass, field

from edge.health.channel import Channel
from edge.health.limits import Limits, seconds
from edge.health.validation.check import Check, Look

FRESH_S = 600.0
MARK_S = 1800.0
MARKS = 7
"""The compressor's changes are counted over three hours."""
CYCLES = (2, 30)
"""So many changes in that time are normal: fewer is running on or resting, more is failing to start (FR5)."""
REGULAR = 4
"""A probe that got there slowly needs so many all the time: a defrost interrupts a fridge that runs on, too."""
RESTED_S = 180.0
WAVERS = 2
"""Once together they may be so many times as far apart for a moment."""


@dataclass(slots=True)
class Followed:
    """How the probe and the room went. Epoch seconds."""

    apart_at: float | None = None
    """When they were last well apart."""
    since: float | None = None
    """Since when they have been together."""
    sudden: bool = False
    """Whether it got there too fast for a fridge."""
    rested: bool = False
    """Whether the thermostat was content meanwhile."""
    marks: list[list[float]] = field(default_factory=list)
    wrong_since: float | None = None


class Misplaced(Check[Followed]):
    """A fridge's probe beside a thermometer of the room: its own, or the station's."""

    __slots__ = (
        "_after_s", "_apart", "_cold_room", "_door", "_doubt_s", "_facility", "_probe", "_room", "_sudden_s", "_within"
    )  # fmt: skip
    code = "SV10"

    def __init__(
        self, probe: Channel, room: Channel | None, door: Channel | None, facility: str, limits: Limits
    ) -> None:
        super().__init__(probe.name, Followed())
        self._probe, self._room, self._door, self._facility = probe, room, door, facility
        self._within, self._apart = limits.misplaced_within, limits.misplaced_apart
        self._cold_room = limits.misplaced_room
        self._after_s, self._doubt_s = seconds(limits, "misplaced_after"), seconds(limits, "misplaced_doubt")
        self._sudden_s = seconds(limits, "misplaced_sudden")

    def look(self, look: Look) -> tuple[Channel, ...]:
        memory, probe = self.memory, self._probe
        self._mark(look)
        room = self._beside(look)
        if probe.value is None or probe.silent or probe.fault not in (None, self.code) or room is None:
            memory.since = None
            return ()
        apart = abs(probe.value - room)
        if apart > self._apart:
            memory.apart_at, memory.since, memory.wrong_since = look.at, None, None
        elif memory.wrong_since is None:
            within = self._within if memory.since is None else WAVERS * self._within
            if apart > within or room < self._cold_room or self._door_is_open():
                memory.since = None
            else:
                self._together(look)
        return self._find((probe,), memory.wrong_since)

    def hole(self) -> None:
        self.memory.since, self.memory.marks = None, []

    def _together(self, look: Look) -> None:
        memory = self.memory
        if memory.since is None or look.at < memory.since:
            memory.since, memory.rested = look.at, False
            memory.sudden = memory.apart_at is None or 0 <= look.at - memory.apart_at <= self._sudden_s
        memory.rested = memory.rested or look.still_s >= RESTED_S
        changes = look.moves - memory.marks[0][1]
        if not memory.sudden and changes < REGULAR:
            memory.since = None
        if memory.since is None or not memory.rested or not CYCLES[0] <= changes <= CYCLES[1]:
            return
        if look.at - memory.since >= (self._doubt_s if memory.sudden else self._after_s):
            memory.wrong_since = memory.apart_at if memory.sudden and memory.apart_at is not None else memory.since

    def _beside(self, look: Look) -> float | None:
        if self._room is None:
            return look.station.room(look.at, but=self._facility)
        believed = not self._room.silent and self._room.fault is None and look.at - self._room.at <= FRESH_S
        return self._room.value if believed else None

    def _door_is_open(self) -> bool:
        door = self._door
        return door is not None and not door.silent and door.value is not None and door.value >= 0.5

    def _mark(self, look: Look) -> None:
        marks = self.memory.marks
        if not marks or look.at - marks[-1][0] >= MARK_S:
            marks.append([look.at, look.moves])
            del marks[:-MARKS]
