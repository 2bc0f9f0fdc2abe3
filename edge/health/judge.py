"""The judge of one station: samples in, changes of state and proofs out. Time is what the samples and `advance` say."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edge.health.decision import Judged
from edge.health.limits import Value
from edge.health.options import rule_sets
from edge.health.station import Station
from edge.health.verdict import Happened, Standing
from edge.health.watch import Watch
from edge.sampling import Sample
from shared.facility import kinds
from shared.opening import Opening

MEMORY_VERSION = 3
LISTENING_S = 120.0
"""With nobody calling for longer, nobody was listening: the hole is the agent's, not a sensor's."""


@dataclass(frozen=True, slots=True)
class FacilitySettings:
    """A facility as it is wired: quantities with their socket (`voltage.2`), thresholds that differ."""

    id: str
    kind: str
    options: Mapping[str, Value] = field(default_factory=dict)
    quantities: frozenset[str] = frozenset()


class Judge:
    """Judges the facilities of one station. Kinds without rules (room, entrance, tables) have no state."""

    def __init__(
        self, facilities: Sequence[FacilitySettings], opening: Opening | None = None, memory: bytes | None = None
    ) -> None:
        self._station = Station(opening)
        self._watches: dict[str, Watch] = {}
        for facility in facilities:
            rules = rule_sets().get(facility.kind)
            if rules is not None:
                decisive = kinds()[facility.kind].decisive
                self._watches[facility.id] = Watch(
                    facility.id, rules, decisive, facility.quantities, facility.options, self._station
                )
        self._judged = tuple(self._watches.values())
        self._now = 0.0
        if memory is not None:
            self._remember(memory)

    @property
    def judged(self) -> tuple[str, ...]:
        """The facilities that have a state."""
        return tuple(self._watches)

    def evaluations(self) -> Mapping[str, int]:
        """How often each facility's rules were applied since the start."""
        return {name: watch.steps for name, watch in self._watches.items()}

    def hear(self, sample: Sample) -> None:
        """One sample; they come in time order."""
        if not -LISTENING_S <= sample.at - self._now <= LISTENING_S:
            self._listen(sample.at)
        if sample.quantity == "mains_lost":
            if sample.quality < 4:
                self._station.mains.contact(sample.at, sample.value >= 0.5)
            return
        watch = self._watches.get(sample.facility)
        if watch is not None:
            watch.hear(sample.at, sample.quantity, sample.value, sample.quality)

    def unreadable(self, at: float) -> None:
        """A meter was asked, and its line was why nothing was read: that is no sign of a power cut (OUT7)."""
        self._station.mains.unreadable(at)

    def advance(self, now: float) -> None:
        """Time passes, with or without samples."""
        if not -LISTENING_S <= now - self._now <= LISTENING_S:
            self._listen(now)
        self._now = now
        self._station.look(now)
        for watch in self._judged:
            watch.pass_time(now)

    def state(self, facility: str, answer: str, at: float, now: float) -> None:
        """A person said at `at` whether a facility works, known `now`. One that is not judged is not listened for."""
        if facility in self._watches:
            self._watches[facility].state(answer, at, now)

    def renew(self, facility: str, now: float) -> None:
        """Another unit stands there since `now`: what was learned of the old one is forgotten."""
        if facility in self._watches:
            self._watches[facility].renew(now)

    def yardstick(self, facility: str) -> Judged:
        """What a facility is judged by. Raises KeyError for one that is not judged."""
        return self._watches[facility].judged

    def take(self) -> list[Happened]:
        """What happened since the last call."""
        happened: list[Happened] = []
        for watch in self._judged:
            if watch.happened:
                happened.extend(watch.happened)
                watch.happened = []
        return happened

    def settled(self, facility: str) -> float:
        """Until when the state of a facility is sure: later minutes may still turn out to be silence."""
        return self._watches[facility].settled(self._now)

    def standing(self, facility: str) -> Standing:
        """How a facility stands. Raises KeyError for one that is not judged."""
        return self._watches[facility].standing()

    def busy(self, facility: str) -> bool:
        """Whether somebody is using a facility now. Raises KeyError for one that is not judged."""
        return self._watches[facility].busy()

    def set_opening(self, opening: Opening | None) -> None:
        """The calendar changed."""
        self._station.opening = opening
        self._station.minute = -1

    def memory(self) -> bytes:
        """All that must survive a restart; call after `take`."""
        kept = {
            "version": MEMORY_VERSION,
            "now": self._now,
            "station": self._station.written(),
            "watches": {name: watch.written() for name, watch in self._watches.items()},
        }
        return json.dumps(kept, separators=(",", ":")).encode()

    def _listen(self, now: float) -> None:
        """Nobody called for a while: what happened since the last call is the agent's hole."""
        self._now = self._station.awaited = now
        for watch in self._judged:
            watch.listen(now)

    def _remember(self, memory: bytes) -> None:
        kept = json.loads(memory)
        if kept.get("version") != MEMORY_VERSION:
            raise ValueError(f"memory of version {kept.get('version')}, not {MEMORY_VERSION}")
        self._now = kept["now"]
        self._station.remember(kept["station"])
        for name, watch in self._watches.items():
            if name in kept["watches"]:
                watch.remember(kept["watches"][name])
