"""Tells a story faster than time into a recording, from the same physics the live station has.

Rows come every 30 s, finer while something is in use (a meal, the water heater), two-state quantities when they
change and every ten minutes. A quantity whose device says nothing gets a row of quality 9 without a value.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from shared.quantities import split
from simulators.appliance import Values
from simulators.chance import chance
from simulators.people import local_day
from simulators.recording import RecordingWriter, instant
from simulators.saying import said
from simulators.scenario import Story
from simulators.world import GRID_S, WARM_UP_S, Look, World

REPEAT_S = 600.0
PORTION_S = 3600.0
GOOD, MISSING = 1, 9

Progress = Callable[[float], None]
"""Told the finished share, 0 to 1."""


def record(
    story: Story,
    folder: Path,
    start: float,
    end: float,
    progress: Progress | None = None,
    look: Look | None = None,
) -> int:
    """Write the story from `start` to `end` (epoch seconds) as a recording; returns the number of rows.

    `look` sees the world at every whole minute after `start`, up to `end`: what is true of the very life recorded.
    """
    start = start // GRID_S * GRID_S
    world = World(story, start - WARM_UP_S)
    world.play(start)
    scribe = Scribe(story, world)
    with RecordingWriter(folder, story.scenario) as writer:
        while world.now < end:
            until = min(end, world.now + PORTION_S)
            world.play(until, scribe.hear, look)
            writer.rows(scribe.take())
            if progress is not None:
                progress((until - start) / (end - start))
        scenario = story.scenario
        people = said(story.seed, start, end, scenario.visits_per_day, world.sockets)
        writer.events([(start, "clock", "synced"), *people])
    return scribe.rows


@dataclass(slots=True)
class Quill:
    """Writes one quantity: where its value is found, and what was said of it last."""

    prefix: str
    values: Values
    quantity: str
    said: float | None = None
    said_at: float = -REPEAT_S


class Scribe:
    """Turns what the facilities feel into lines of samples.csv, in order of time."""

    def __init__(self, story: Story, world: World) -> None:
        self.rows = 0
        self._missing = story.scenario.missing
        self._plain: dict[str, list[Quill]] = {}
        self._switches: dict[str, list[Quill]] = {}
        for facility in story.scenario.facilities:
            for quantity in facility.wires:
                owner, owned = world.owners[facility.id, quantity]
                if owner in world.facilities:
                    quill = Quill(f",{facility.id},{quantity},", world.facilities[owner].values, owned)
                    place = self._switches if split(quantity)[0].two_state else self._plain
                    place.setdefault(facility.id, []).append(quill)
        self._lines: list[tuple[float, str]] = []
        self._stamp = (0.0, "")
        self._rng = chance(story.seed, "line", local_day(world.now))

    def hear(self, facility: str, at: float) -> None:
        """Note what one facility feels at an instant."""
        if at != self._stamp[0]:
            self._stamp = (at, instant(at))
        stamp = self._stamp[1]
        said: list[str] = []
        if not (self._missing and self._rng.random() < self._missing):
            for quill in self._plain.get(facility, ()):
                value = quill.values.get(quill.quantity)
                said.append(
                    f"{stamp}{quill.prefix}{value:.2f},1\n" if value is not None else f"{stamp}{quill.prefix},9\n"
                )
        for quill in self._switches.get(facility, ()):
            value = quill.values.get(quill.quantity)
            if quill.said != value or at - quill.said_at >= REPEAT_S:
                quill.said, quill.said_at = value, at
                said.append(
                    f"{stamp}{quill.prefix}{value:.0f},1\n" if value is not None else f"{stamp}{quill.prefix},9\n"
                )
        if said:
            self.rows += len(said)
            self._lines.append((at, "".join(said)))

    def take(self) -> list[str]:
        """The lines since last time, sorted: within a step facilities are heard one after the other."""
        lines = self._lines
        self._lines = []
        lines.sort(key=itemgetter(0))
        return [line for _, line in lines]
