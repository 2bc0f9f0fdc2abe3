"""A station observed: samples in, facts out. Agent and replay are two ways to feed it. Pure; time is an argument."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from edge.counting import FOOTFALL, Counted, Footfall
from edge.entrances import counter, counts
from edge.health.judge import FacilitySettings, Judge
from edge.reporting import Dated, Reporter
from edge.sampling import Sample
from shared.opening import Opening

MEMORY = ("judge", "reporter", "footfall")
"""The names under which memory is kept."""
POLLED_STEADY_S = 3.0
"""A board that is polled tells its contacts every second."""
RECORDED_STEADY_S = 900.0
"""A recording tells them on change and every ten minutes."""

T = TypeVar("T")


class Observer:
    """Judge, reporter and footfall of one station."""

    def __init__(
        self,
        facilities: Sequence[FacilitySettings],
        opening: Opening | None,
        new_id: Callable[[float], str],
        steady_s: float,
        memory: Mapping[str, bytes | None],
    ) -> None:
        self.forgotten: list[str] = []
        """Memory that could not be read: of another version, or damaged. What it knew starts as unknown."""
        self.reporter = self._recall("reporter", memory, lambda kept: Reporter(facilities, new_id, kept))
        if self.forgotten:
            memory = {}  # a reporter learns a state when it changes: the judge says all of them again
        self.judge = self._recall("judge", memory, lambda kept: Judge(facilities, opening, kept))
        entrances = {
            facility.id: counter(facility.quantities, facility.options, steady_s)
            for facility in facilities
            if counts(facility.quantities)
        }
        self.footfall = self._recall("footfall", memory, lambda kept: Footfall(entrances, steady_s, kept))
        self._opening = opening

    def _recall(self, name: str, memory: Mapping[str, bytes | None], make: Callable[[bytes | None], T]) -> T:
        """Each part by itself: a reporter that remembers ends the spells of a judge that does not."""
        try:
            return make(memory.get(name))
        except (KeyError, IndexError, TypeError, ValueError, AttributeError):
            self.forgotten.append(name)
            return make(None)

    def hear(self, sample: Sample) -> None:
        """One sample; they come in time order."""
        if sample.quantity in FOOTFALL:
            self._count(self.footfall.hear(sample))
        self.judge.hear(sample)
        self.reporter.hear(sample)

    def unreadable(self, at: float) -> None:
        """A meter was asked, and its line was why nothing was read."""
        self.judge.unreadable(at)

    def advance(self, now: float) -> list[Dated]:
        """Time passes, with or without samples; what is to be said."""
        self._count(self.footfall.advance(now, self._opening))
        self.reporter.note_inside(self.footfall.occupancy.inside)
        self.judge.advance(now)
        return self.reporter.advance(now, self.judge)

    def set_opening(self, opening: Opening | None) -> None:
        """The calendar changed."""
        self._opening = opening
        self.judge.set_opening(opening)

    def state(self, facility: str, answer: str, at: float, now: float) -> None:
        """A person said at `at` whether a facility works, known `now`."""
        self.judge.state(facility, answer, at, now)

    def stands(self, facility: str, unit: str, now: float) -> None:
        """This unit stands at a facility; another than before is learned anew."""
        if self.reporter.profiles.unit(facility, unit, now):
            self.judge.renew(facility, now)

    def memory(self) -> dict[str, bytes]:
        """All that must survive a restart; call after `advance`."""
        return {
            "judge": self.judge.memory(),
            "reporter": self.reporter.memory(),
            "footfall": self.footfall.memory(),
        }

    def _count(self, seen: Sequence[Counted]) -> None:
        for counted in seen:
            self.reporter.count(counted)
