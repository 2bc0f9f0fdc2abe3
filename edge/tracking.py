"""People through the entrance, from the positions a tracking radar tells. Pure, streaming.

The radar's slots are not identities: positions are matched to tracks by nearness from report to report. A passage
counts when a track has come from one side of the line and stands on the other, beyond a band in which it may sway. A
track that is lost and found again nearby is the same one, so nobody counts twice; one that was first seen in the band
came from nowhere and does not count. It is an estimate: the radar shows three people at most and merges those side by
side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import Literal

from edge.footfall import Direction, Passage
from edge.sampling import FAIL, MISSING, Sample

PEOPLE = "people"
SLOTS = 3
COORDINATES = tuple((f"target_{slot}_x", f"target_{slot}_y") for slot in range(1, SLOTS + 1))
TRACKED = frozenset({PEOPLE, *(name for pair in COORDINATES for name in pair)})
"""The quantities of an entrance that a tracker feels."""

BAND_M = 0.3
"""A track sways this far to either side of the line without having changed sides: a passage is 0.6 m of walking."""
YOUNGEST_S = 0.5
"""A track that has not been seen for so long may be a ghost."""
STEP_M, WALK_M_S, FARTHEST_M = 0.4, 2.5, 1.5
"""A position belongs to a track this near, and nearer than a fast walker gets since the track was last seen."""
FORGOTTEN_S = 1.5
"""A track unseen for so long is over."""
CROWD_S = 5.0
"""After three were seen at once, a fourth may have passed unseen: counts are suspect for so long."""
HOLE_S = 2.0
"""After so long without a report all tracks are over."""

Point = tuple[float, float]
"""x and y from the radar, m."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The line that is counted across: where `axis` of the radar is `at_m`. It is endless along the other axis."""

    axis: Literal["x", "y"] = "y"
    at_m: float = 1.5
    inward: Literal["rising", "falling"] = "falling"
    """How the coordinate changes for who comes in; it falls where the radar looks at the door from inside."""

    def side(self, point: Point) -> int:
        """1 beyond the line, -1 before it, 0 within the band."""
        beyond = point[self.axis == "y"] - self.at_m
        return 0 if abs(beyond) <= BAND_M else 1 if beyond > 0 else -1

    def direction(self, side: int) -> Direction:
        """Which way somebody went who now is on this side."""
        return "in" if (side > 0) == (self.inward == "rising") else "out"


@dataclass(slots=True)
class _Track:
    """Somebody, from frame to frame."""

    since: float
    point: Point
    seen_at: float
    side: int
    """The side it counts as being on: 0 came from nowhere."""

    def distance(self, point: Point, at: float) -> float | None:
        """How far it would have gone; None if nobody walks so far since."""
        gone = hypot(point[0] - self.point[0], point[1] - self.point[1])
        reach = min(FARTHEST_M, STEP_M + WALK_M_S * (at - self.seen_at))
        return gone if gone <= reach else None


class LineCounter:
    """Passages across one line. Feed every report, in time order (seconds)."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._tracks: list[_Track] = []
        self._heard_at: float | None = None
        self._crowd_at: float | None = None

    def hear(self, points: Sequence[Point], at: float) -> list[Passage]:
        """Everybody seen at one time; the passages this completes."""
        if self._heard_at is not None and at - self._heard_at > HOLE_S:
            self.lose()
        self._heard_at = at
        if len(points) >= SLOTS:
            self._crowd_at = at
        self._tracks = [track for track in self._tracks if at - track.seen_at <= FORGOTTEN_S]
        found = list(self._follow(points, at))
        return [passage for track in found if (passage := self._crossed(track, at)) is not None]

    def lose(self) -> None:
        """The radar did not answer: what was begun is not to be told any more."""
        self._tracks.clear()
        self._heard_at = None

    @property
    def suspect(self) -> bool:
        """Whether counts cannot be trusted now: three people at once, or a radar that does not answer."""
        if self._heard_at is None:
            return True
        return self._crowd_at is not None and self._heard_at - self._crowd_at <= CROWD_S

    def _follow(self, points: Sequence[Point], at: float) -> Iterable[_Track]:
        """The tracks these points continue, nearest first, and those they begin."""
        pairs = [
            (gone, track_number, number)
            for track_number, track in enumerate(self._tracks)
            for number, point in enumerate(points)
            if (gone := track.distance(point, at)) is not None
        ]
        taken: set[int] = set()
        followed: set[int] = set()
        for _gone, track_number, number in sorted(pairs):
            if track_number not in followed and number not in taken:
                followed.add(track_number)
                taken.add(number)
                track = self._tracks[track_number]
                track.point, track.seen_at = points[number], at
                yield track
        fresh = [point for number, point in enumerate(points) if number not in taken]
        self._tracks += [_Track(at, point, at, self._gate.side(point)) for point in fresh]

    def _crossed(self, track: _Track, at: float) -> Passage | None:
        side = self._gate.side(track.point)
        if side in (0, track.side):
            return None
        if at - track.since < YOUNGEST_S:
            return None
        came_from, track.side = track.side, side
        return Passage(self._gate.direction(side), at) if came_from else None


@dataclass(slots=True)
class TrackedEntrance:
    """Samples of one entrance to passages: the samples of one report carry one time."""

    counter: LineCounter
    _pending: float | None = None
    _felt: dict[str, float | None] = field(default_factory=dict)

    def hear(self, sample: Sample) -> list[Passage]:
        """One sample of TRACKED, in time order; the passages that are now complete."""
        passages = self.advance(sample.at)
        self._pending = sample.at
        self._felt[sample.quantity] = None if sample.quality in (FAIL, MISSING) else sample.value
        return passages

    def advance(self, now: float) -> list[Passage]:
        """Time passes; the report heard before `now` is whole."""
        if self._pending is None or self._pending >= now:
            return []
        at, self._pending = self._pending, None
        felt, self._felt = self._felt, {}
        if felt.get(PEOPLE) is None:
            self.counter.lose()
            return []
        places = [(felt.get(x), felt.get(y)) for x, y in COORDINATES]
        return self.counter.hear([(x, y) for x, y in places if x is not None and y is not None], at)

    @property
    def suspect(self) -> bool:
        """Whether counts cannot be trusted now."""
        return self.counter.suspect
