"""What counts people at an entrance: its samples to passages, by a beam pair or a tracking radar. Pure, streaming."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from edge.footfall import BeamPair, Passage
from edge.sampling import FAIL, MISSING, Sample
from edge.tracking import PEOPLE, TRACKED, Gate, LineCounter, TrackedEntrance

BEAMS = ("beam_a", "beam_b")
JUST_BEFORE_S = 0.05
"""A contact that changes now was as last told until just now."""
TOLD_S = 1.0
"""A contact that is polled is told this often; a recording says nothing until it changes."""

GATE_OPTIONS = {"line_axis": "axis", "line_m": "at_m", "line_inward": "inward"}
"""Options of an entrance with a tracker, and what of the gate they say: where the line is, in metres from the radar."""
WORDS = {"line_axis": ("x", "y"), "line_inward": ("rising", "falling")}


class Counter(Protocol):
    """One entrance at work."""

    heard_at: float | None
    """When it last could see."""

    @property
    def suspect(self) -> bool:
        """Whether it is not to be trusted now."""

    @property
    def blind(self) -> bool:
        """Whether people pass it unseen now."""

    def hear(self, sample: Sample) -> list[Passage]:
        """One sample, in time order; the passages that are now complete."""

    def advance(self, now: float) -> list[Passage]:
        """Time passes; what was heard before `now` is complete."""

    def take_doubts(self) -> int:
        """How many people may have been miscounted since last time."""


class BeamedEntrance:
    """One beam pair. `steady_s` is how long a beam may go without a sample and still be as last told."""

    def __init__(self, steady_s: float) -> None:
        self.heard_at: float | None = None
        self.suspect = False
        self._steady_s = steady_s
        self._pair = BeamPair(hole_s=steady_s)
        self._broken: dict[str, bool] = {}
        self._pending: float | None = None
        self._told = (False, False)

    @property
    def blind(self) -> bool:
        """Whether both beams have been broken for long."""
        return self._pair.blind

    def hear(self, sample: Sample) -> list[Passage]:
        """One sample of BEAMS."""
        found = self.advance(sample.at)
        if sample.quality in (FAIL, MISSING):
            self._broken.clear()
            self._pending = None
            self._pair.lose()
        else:
            self._broken[sample.quantity] = sample.value >= 0.5
            self._pending = sample.at
        return found

    def advance(self, now: float) -> list[Passage]:
        """A poll tells one beam after the other at one time: it is whole once time is past it."""
        found: list[Passage] = []
        at = self._pending
        if at is not None and at < now:
            self._pending = None
            if len(self._broken) == len(BEAMS):
                a, b = (self._broken[name] for name in BEAMS)
                self._told, self.heard_at = (a, b), at
                found += self._tell(at)
        if self._broken and self.heard_at is not None and TOLD_S < now - self.heard_at <= self._steady_s:
            found += self._tell(now - JUST_BEFORE_S)
        return found

    def take_doubts(self) -> int:
        """How many people may have been miscounted since last time."""
        return self._pair.take_doubts()

    def _tell(self, at: float) -> list[Passage]:
        found = self._pair.hear(*self._told, at)
        self.suspect = bool(self._pair.blocked) or self._pair.is_uneven(at)
        return found


@dataclass(slots=True)
class RadarEntrance:
    """One tracking radar."""

    tracked: TrackedEntrance
    heard_at: float | None = None
    blind: bool = field(default=False, init=False)
    """A radar that answers sees everybody, or its counts are suspect."""

    @property
    def suspect(self) -> bool:
        """Whether more may have passed than it shows."""
        return self.tracked.suspect

    def hear(self, sample: Sample) -> list[Passage]:
        """One sample of TRACKED."""
        if sample.quantity == PEOPLE and sample.quality not in (FAIL, MISSING):
            self.heard_at = sample.at
        return self.tracked.hear(sample)

    def advance(self, now: float) -> list[Passage]:
        """Time passes."""
        return self.tracked.advance(now)

    def take_doubts(self) -> int:
        """What it doubts it says for a time, not for a person."""
        return 0


def counts(quantities: frozenset[str]) -> bool:
    """Whether an entrance wired like this can count people."""
    return quantities.issuperset(BEAMS) or quantities.issuperset(TRACKED)


def counter(quantities: frozenset[str], options: Mapping[str, Any], steady_s: float) -> Counter:
    """The beams where there are any, else the tracker. `options` are the facility's.

    Raises ValueError for an option that is none of its words.
    """
    if quantities.issuperset(BEAMS):
        return BeamedEntrance(steady_s)
    for option, words in WORDS.items():
        if options.get(option, words[0]) not in words:
            raise ValueError(f"{option} is {' or '.join(words)}, not {options[option]!r}")
    gate = Gate(**{name: options[option] for option, name in GATE_OPTIONS.items() if option in options})
    return RadarEntrance(TrackedEntrance(LineCounter(gate)))
