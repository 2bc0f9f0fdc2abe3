"""Footfall of a station: samples of beams and radar to passages, today's count and whether somebody is inside. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from edge.footfall import BeamPair, Direction, Occupancy
from edge.sampling import FAIL, MISSING, Sample
from shared.opening import SHANGHAI

BEAMS = ("beam_a", "beam_b")
JUST_BEFORE_S = 0.05
"""A contact that changes now was as last told until just now."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody passed through an entrance."""

    facility: str
    direction: Direction
    at: float


@dataclass(frozen=True, slots=True)
class _Told:
    """What the pair last heard: both beams, and when."""

    at: float
    beams: tuple[bool, bool]


@dataclass(slots=True)
class _Entrance:
    """One beam pair at work."""

    pair: BeamPair = field(default_factory=BeamPair)
    broken: dict[str, bool] = field(default_factory=dict)
    pending: float | None = None
    """The time of samples heard and not yet passed on: both beams of one poll come one after the other."""
    told: _Told | None = None


class Footfall:
    """All entrances of a station. `steady_s` is how long a beam may go without a sample and still be as last told:

    a few seconds for a board that is polled, a quarter-hour for a recording of changes.
    """

    def __init__(self, entrances: Sequence[str], steady_s: float) -> None:
        self._steady_s = steady_s
        self._entrances = {name: _Entrance() for name in entrances}
        self.occupancy = Occupancy()
        self.day: date | None = None
        self.entered = 0
        """Passages inward on `day`, a local day."""

    def hear(self, sample: Sample) -> list[Counted]:
        """One sample, in time order; the passages that are now complete."""
        if sample.quantity == "presence":
            present = None if sample.quality in (FAIL, MISSING) else sample.value >= 0.5
            self.occupancy.hear(present, sample.at)
            return []
        entrance = self._entrances.get(sample.facility)
        if entrance is None or sample.quantity not in BEAMS:
            return []
        counted = self._pass_on(sample.facility, entrance, before=sample.at)
        if sample.quality in (FAIL, MISSING):
            entrance.broken.clear()
            entrance.pair.lose()
        else:
            entrance.broken[sample.quantity] = sample.value >= 0.5
            entrance.pending = sample.at
        return counted

    def advance(self, now: float) -> list[Counted]:
        """Time passes; what was heard before `now` is complete."""
        return [
            counted
            for name, entrance in self._entrances.items()
            for counted in self._pass_on(name, entrance, before=now)
        ]

    def suspects(self) -> list[str]:
        """Entrances that cannot count now: a beam has been broken for too long, or the board does not answer."""
        return [
            name
            for name, entrance in self._entrances.items()
            if entrance.pair.blocked or (entrance.told is not None and len(entrance.broken) < len(BEAMS))
        ]

    def _pass_on(self, name: str, entrance: _Entrance, before: float) -> list[Counted]:
        at = entrance.pending
        if at is None or at >= before:
            return []
        entrance.pending = None
        if len(entrance.broken) < len(BEAMS):
            return []
        beams = (entrance.broken["beam_a"], entrance.broken["beam_b"])
        told = entrance.told
        if told is not None and 1.0 < at - told.at <= self._steady_s:
            entrance.pair.hear(*told.beams, at - JUST_BEFORE_S)
        entrance.told = _Told(at, beams)
        passage = entrance.pair.hear(*beams, at)
        if passage is None:
            return []
        self.occupancy.pass_by(passage)
        day = datetime.fromtimestamp(at, UTC).astimezone(SHANGHAI).date()
        if day != self.day:
            self.day, self.entered = day, 0
        self.entered += passage.direction == "in"
        return [Counted(name, passage.direction, at)]
