"""The entrance: light beams that people break, the outer one first on the way in, or a radar that sees them walk by
(devices.md 4, 5).

Options of the physics: the shares of `simulators.doorway.walks`, and `tracker` = 1 where a radar looks at the door from
inside and people come nearer along its y.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from simulators.appliance import FOREVER, Appliance, Fault, Physics
from simulators.chance import chance
from simulators.doorway import INNER, OUTER, Walk, places, seen, walks
from simulators.people import Day, Use, Uses
from simulators.surroundings import Surroundings

FLICKER_S = 3600.0
LEAN_S = 600.0
SLOTS = 3
REPORT_S = 0.1

FAULTS = {
    "blocked": Fault("something stands in the outer beam"),
    "dirty_outer": Fault("the outer beam flickers, then stays broken; size: how much of an hour it flickers"),
    "dirty_inner": Fault("the inner beam flickers, then stays broken; size: how much of an hour it flickers"),
    "standing": Fault("somebody leans in the door and sways; size: for how much of ten minutes", typical=0.3),
}


class Entrance(Appliance):
    """1 is a broken beam. It knows who really passed."""

    faults = FAULTS

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self._beams = {OUTER: Uses(), INNER: Uses()}
        self._spoiled = {OUTER: Uses(), INNER: Uses()}
        self._walks: deque[Walk] = deque()
        """Those at the door or still to come, in order of when they are through."""
        self._salt = 0.0
        self._entered = self._left = 0

    def facts(self, now: float, around: Surroundings) -> Mapping[str, float]:  # noqa: ARG002 whoever passed has passed
        """`entered` and `left` since this world began, and who is `inside`."""
        return {"entered": self._entered, "left": self._left, "inside": self._entered - self._left}

    def next(self, now: float) -> float:
        edge = min(beam.edge(now) for beam in (*self._beams.values(), *self._spoiled.values()))
        if not self.options.get("tracker"):
            return edge
        nearest = islice(self._walks, SLOTS)
        coming = min((max(now + REPORT_S, seen(walk).start) for walk in nearest), default=FOREVER)
        return min(edge, coming)

    def live(self, now: float, around: Surroundings) -> None:  # noqa: ARG002 nothing around matters to light beams
        while self._walks and self._walks[0].end <= now:
            passed = self._walks.popleft()
            self._entered += passed.entered
            self._left += passed.left
        for name, beam in self._beams.items():
            self.values[name] = 1.0 if beam.at(now) or self._spoiled[name].at(now) else 0.0
        if self.options.get("tracker"):
            self._show(now)

    def _expect(self, day: Day) -> None:
        self._salt = self.rng.random()
        coming = walks(day.visits, self.options, self.rng)
        self._walks = deque(sorted((*self._walks, *coming), key=lambda walk: walk.end))
        for name, beam in self._beams.items():
            beam.add(use for walk in coming for broken, use in walk.breaks() if broken == name)

    def _broken(self) -> None:
        self._healed()
        drawn = chance(self._salt, self.how, self.since)
        until = self.since + self.size * (LEAN_S if self.how == "standing" else FLICKER_S)
        forever = Use(until, FOREVER)
        if self.how == "blocked":
            self._spoil(OUTER, [Use(self.since, FOREVER)])
        elif self.how == "standing":
            self._spoil(OUTER, [Use(self.since, until)])
            self._spoil(INNER, _now_and_then(self.since, until, lambda: (drawn.uniform(5, 40), drawn.uniform(0.3, 2))))
        elif self.how is not None:
            flickers = _now_and_then(self.since, until, lambda: (drawn.expovariate(1 / 20), drawn.uniform(0.05, 0.4)))
            self._spoil(OUTER if self.how == "dirty_outer" else INNER, [*flickers, forever])

    def _healed(self) -> None:
        self._spoiled = {OUTER: Uses(), INNER: Uses()}

    def _spoil(self, beam: str, breaks: Iterable[Use]) -> None:
        self._spoiled[beam].add(breaks)

    def _show(self, now: float) -> None:
        there = [place for walk in islice(self._walks, SLOTS) for place in places(walk, now)][:SLOTS]
        for slot in range(SLOTS):
            x, y = there[slot] if slot < len(there) else (None, None)
            self.values[f"target_{slot + 1}_x"], self.values[f"target_{slot + 1}_y"] = x, y
        self.values["people"] = float(len(there))


def _now_and_then(since: float, until: float, draw: Callable[[], tuple[float, float]]) -> Iterator[Use]:
    """Breaks from `since` to `until`: `draw` says how long none lasts, and how long the next."""
    at = since
    while True:
        pause, lasting = draw()
        at += pause
        if at + lasting > until:
            return
        yield Use(at, at + lasting)
        at += lasting


PHYSICS = Physics(Entrance, FAULTS)
