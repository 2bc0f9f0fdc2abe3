"""Quarter-hours: n, lowest, mean and highest of every quantity, and who came and went (design.md §3). Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from edge.counting import Counted
from shared.records import Count, Figure, Quarter

QUARTER_S = 900.0
GRACE_S = 5.0
"""A quarter closes this long after its end, for samples on their way."""
KEPT_DIGITS = 3
DOUBT_SHARE = 0.1
"""Counts that may be wrong by more people than this share of those who passed are suspect."""
TALLY = 5


class Quarters:
    """The quarter-hour in progress. Samples of an earlier one come too late to count."""

    def __init__(self, entrances: tuple[str, ...] = ()) -> None:
        self._entrances = entrances
        self._start = 0.0
        self._end = 0.0
        self._figures: dict[str, list[float]] = {}
        """n, sum, low, high by `facility/quantity`."""
        self._counts: dict[str, list[int]] = {}
        """Entered, left, undirected, doubts, suspect: TALLY numbers an entrance."""
        self.inside: int | None = None
        """How many people are inside now, as far as anybody knows."""
        self._closed: list[Quarter] = []

    def note(self, key: str, at: float, value: float) -> None:
        """A valid sample of `facility/quantity`."""
        if at >= self._end:
            self._turn(at)
        elif at < self._start:
            return
        figure = self._figures.get(key)
        if figure is None:
            self._figures[key] = [1, value, value, value]
            return
        figure[0] += 1
        figure[1] += value
        if value < figure[2]:
            figure[2] = value
        elif value > figure[3]:
            figure[3] = value

    def count(self, counted: Counted) -> None:
        """What an entrance saw."""
        if counted.at >= self._end:
            self._turn(counted.at)
        tally = self._counts.setdefault(counted.facility, [0] * TALLY)
        tally[0] += counted.entered
        tally[1] += counted.left
        tally[2] += counted.undirected
        tally[3] += counted.doubts
        tally[4] |= counted.suspect

    def take(self, now: float) -> list[Quarter]:
        """Quarter-hours that are over."""
        if self._end and now >= self._end + GRACE_S:
            self._turn(now)
        closed, self._closed = self._closed, []
        return closed

    def written(self) -> dict[str, Any]:
        """What must survive a restart; call after `take`."""
        return {"start": self._start, "figures": self._figures, "counts": self._counts}

    def remember(self, kept: Mapping[str, Any]) -> None:
        """Go on from there."""
        self._start, self._figures = kept["start"], kept["figures"]
        self._counts = {facility: (tally + [0] * TALLY)[:TALLY] for facility, tally in kept["counts"].items()}
        self._end = self._start + QUARTER_S if self._start else 0.0

    def _turn(self, at: float) -> None:
        if self._end and (self._figures or any(any(counts) for counts in self._counts.values())):
            self._closed.append(self._quarter())
        self._figures = {}
        self._counts = {facility: [0] * TALLY for facility in self._entrances}
        self._start = at // QUARTER_S * QUARTER_S
        self._end = self._start + QUARTER_S

    def _quarter(self) -> Quarter:
        figures = []
        for key, (n, total, low, high) in self._figures.items():
            facility, quantity = key.split("/", 1)
            mean = round(total / n, KEPT_DIGITS)
            figures.append(Figure(facility=facility, quantity=quantity, n=int(n), low=low, mean=mean, high=high))
        counts = [self._count(facility, tally) for facility, tally in self._counts.items()]
        return Quarter(start=datetime.fromtimestamp(self._start, UTC), figures=figures, counts=counts)

    def _count(self, facility: str, tally: list[int]) -> Count:
        entered, left, undirected, doubts, suspect = tally
        wrong = suspect or undirected or doubts > DOUBT_SHARE * (entered + left)
        return Count(
            facility=facility,
            entered=entered,
            left=left,
            undirected=undirected,
            occupancy=self.inside,
            quality="suspect" if wrong else "good",
        )
