"""Tells a story faster than time into a recording, from the same physics the live station has.

Rows come every 30 s, finer while something is in use (a meal, the water heater), two-state quantities when they
change and every ten minutes. A quantity whose device says nothing gets a row of quality 9 without a value.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from shared.quantities import split
from simulators.appliance import Values
from simulators.chance import chance
from simulators.people import local_day
from simulators.recording import RecordingWriter, instant
from simulators.scenario import Story
from simulators.world import GRID_S, WARM_UP_S, World

REPEAT_S = 600.0
PORTION_S = 3600.0
GOOD, MISSING = 1, 9

Progress = Callable[[float], None]
"""Told the finished share, 0 to 1."""


def record(story: Story, folder: Path, start: float, end: float, progress: Progress | None = None) -> int:
    """Write the story from `start` to `end` (epoch seconds) as a recording; returns the number of rows."""
    start = start // GRID_S * GRID_S
    world = World(story, start - WARM_UP_S)
    world.play(start)
    scribe = Scribe(story, world)
    rows = 0
    with RecordingWriter(folder, story.scenario) as writer:
        while world.now < end:
            until = min(end, world.now + PORTION_S)
            world.play(until, scribe.hear)
            lines = scribe.take()
            writer.rows(lines)
            rows += len(lines)
            if progress is not None:
                progress((until - start) / (end - start))
        writer.events([(start, "clock", "synced")])
    return rows


class Scribe:
    """Turns what the facilities feel into lines of samples.csv, in order of time."""

    def __init__(self, story: Story, world: World) -> None:
        self._world = world
        self._missing = story.scenario.missing
        self._plain: dict[str, list[tuple[str, str]]] = {}
        self._switches: dict[str, list[tuple[str, str]]] = {}
        for facility in story.scenario.facilities:
            for quantity in facility.wires:
                shape, _ = split(quantity)
                place = self._switches if shape.two_state else self._plain
                place.setdefault(facility.id, []).append((quantity, f"{facility.id},{quantity},"))
        self._said: dict[str, tuple[float | None, float]] = {}
        self._lines: list[tuple[float, str]] = []
        self._stamp = (0.0, "")
        self._rng = chance(story.seed, "line", local_day(world.now))

    def hear(self, facility: str, at: float, values: Values) -> None:
        """Note what one facility feels at an instant."""
        if at != self._stamp[0]:
            self._stamp = (at, instant(at))
        stamp = self._stamp[1]
        if not (self._missing and self._rng.random() < self._missing):
            for quantity, prefix in self._plain.get(facility, ()):
                value = self._value(facility, quantity, values)
                said = f"{stamp},{prefix},9\n" if value is None else f"{stamp},{prefix}{value:.2f},1\n"
                self._lines.append((at, said))
        for quantity, prefix in self._switches.get(facility, ()):
            value = self._value(facility, quantity, values)
            last = self._said.get(prefix)
            if last is None or last[0] != value or at - last[1] >= REPEAT_S:
                self._said[prefix] = (value, at)
                self._lines.append(
                    (at, f"{stamp},{prefix}{value:.0f},1\n" if value is not None else f"{stamp},{prefix},9\n")
                )

    def take(self) -> list[str]:
        """The lines since last time, sorted: within a step facilities are heard one after the other."""
        lines = self._lines
        self._lines = []
        lines.sort(key=_at)
        return [line for _, line in lines]

    def _value(self, facility: str, quantity: str, values: Mapping[str, float | None]) -> float | None:
        owner = self._world.owners.get((facility, quantity))
        if owner is None or owner[0] == facility:
            return values.get(quantity)
        return self._world.read(facility, quantity)


def _at(line: tuple[float, str]) -> float:
    return line[0]
