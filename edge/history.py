"""What each quantity did lately, thinned where nothing happens, as evidence for a spell. Bounded; pure.

A sample is kept when it moved, or when the last one kept is old. So a compressor's edges stay sharp and a quiet night
costs little.
"""

from datetime import UTC, datetime

from shared.bounds import TRACE_LIMIT
from shared.records import Trace

MOST = 600
"""Points of one quantity."""
REST_S = 300.0
"""With nothing happening one point in this time is kept."""
HELD_S = 900.0
"""A value holds until the next point, but no longer than this: after that nothing was measured."""
MOVED_SHARE = 0.05
MOVED_LEAST = 0.1
FINEST_S = 1.0

Point = tuple[float, float]


class History:
    """Points by facility and quantity, in time order."""

    __slots__ = ("_points",)

    def __init__(self) -> None:
        self._points: dict[str, list[Point]] = {}

    def note(self, key: str, at: float, value: float) -> None:
        """A valid sample. `key` is facility and quantity."""
        points = self._points.get(key)
        if points is None:
            self._points[key] = [(at, value)]
            return
        last_at, last = points[-1]
        moved = value - last
        if moved < 0:
            moved = -moved
        if moved > MOVED_LEAST and moved > MOVED_SHARE * (last if last > 0 else -last):
            if at - last_at > 2 * REST_S / 10:
                points.append((at - FINEST_S, last))
        elif at - last_at < REST_S:
            return
        points.append((at, value))
        if len(points) > MOST + MOST // 4:
            del points[:-MOST]

    def trace(self, key: str, quantity: str, start: float, end: float) -> Trace | None:
        """At most 200 evenly spaced values from `start` to `end`, None where nothing was measured."""
        points = self._points.get(key)
        if not points or end <= start:
            return None
        start = max(start, points[0][0])
        step = max(FINEST_S, round((end - start) / (TRACE_LIMIT - 1), 1) + 0.1)
        count = min(TRACE_LIMIT, int((end - start) // step) + 1)
        values: list[float | None] = []
        place = 0
        for index in range(count):
            moment = start + index * step
            while place + 1 < len(points) and points[place + 1][0] <= moment:
                place += 1
            at, value = points[place]
            values.append(round(value, 2) if 0 <= moment - at <= HELD_S else None)
        if all(value is None for value in values):
            return None
        return Trace(quantity=quantity, start=datetime.fromtimestamp(start, UTC), step_s=step, values=values)

    def written(self) -> dict[str, list[Point]]:
        """What must survive a restart."""
        return self._points

    def remember(self, kept: dict[str, list[list[float]]]) -> None:
        """Go on from there."""
        self._points = {key: [(at, value) for at, value in points] for key, points in kept.items()}
