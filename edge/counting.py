"""Footfall of a station: who passed its entrances, today's count, and how many are inside. Pure, streaming."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from edge.entrances import BEAMS, Counter
from edge.footfall import Passage
from edge.occupancy import Drift, Occupancy
from edge.sampling import FAIL, MISSING, Sample
from edge.tracking import TRACKED
from shared.opening import SHANGHAI, Opening

MEMORY_VERSION = 1
PRESENCE = "presence"
FOOTFALL = frozenset({*BEAMS, PRESENCE, *TRACKED})
"""The quantities that are heard here."""
UNSEEN_S = 60.0
"""Whoever passes an entrance that has said nothing for so long is not seen."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What an entrance saw at one time."""

    facility: str
    at: float
    entered: int = 0
    left: int = 0
    undirected: int = 0
    """Passed while only one beam was of use, which cannot tell which way."""
    doubts: int = 0
    """How many people these may be wrong by."""
    suspect: bool = False
    """Whether what is counted around this time is not to be trusted at all."""


class Footfall:
    """All entrances of a station. `steady_s` is how long a contact may go without a sample and still be as last told:

    a few seconds for a board that is polled, a quarter-hour for a recording of changes.
    """

    def __init__(self, entrances: Mapping[str, Counter], steady_s: float, memory: bytes | None = None) -> None:
        self.entrances = entrances
        self.occupancy = Occupancy(steady_s)
        self.day: date | None = None
        self.entered = 0
        """Passages inward on `day`, a local day."""
        self._unseen_s = max(steady_s, UNSEEN_S)
        self._begun: float | None = None
        """The first time it heard of, now or before a restart."""
        self._now = 0.0
        if memory is not None:
            self._remember(memory)

    def hear(self, sample: Sample) -> list[Counted]:
        """One sample, in time order; what is now complete."""
        if sample.quantity == PRESENCE:
            present = None if sample.quality in (FAIL, MISSING) else sample.value >= 0.5
            return self._put_right(self.occupancy.hear(sample.facility, present, sample.at), sample.at)
        entrance = self.entrances.get(sample.facility)
        if entrance is None or sample.quantity not in FOOTFALL:
            return []
        return self._count(sample.facility, entrance, entrance.hear(sample), sample.at)

    def advance(self, now: float, opening: Opening | None = None) -> list[Counted]:
        """Time passes: what was seen before `now`, and which entrances are not to be trusted.

        Without an opening it is always open.
        """
        begun = self._begun = now if self._begun is None else self._begun
        self._now = now
        found: list[Counted] = []
        for name, entrance in self.entrances.items():
            found += self._count(name, entrance, entrance.advance(now), now)
            unseen = now - (begun if entrance.heard_at is None else entrance.heard_at) > self._unseen_s
            if unseen or entrance.blind:
                self.occupancy.miss()
            if unseen or entrance.suspect:
                found.append(Counted(name, now, suspect=True))
        return found + self._put_right(self.occupancy.advance(now, opening), now)

    def memory(self) -> bytes:
        """All that must survive a restart. Who was just passing is lost, and a doubt."""
        kept = {
            "version": MEMORY_VERSION,
            "now": self._now,
            "day": None if self.day is None else self.day.isoformat(),
            "entered": self.entered,
            "occupancy": self.occupancy.written(),
        }
        return json.dumps(kept, separators=(",", ":")).encode()

    def _remember(self, memory: bytes) -> None:
        kept = json.loads(memory)
        if kept["version"] != MEMORY_VERSION:
            raise ValueError(f"memory of version {kept['version']}, not {MEMORY_VERSION}")
        self.day = None if kept["day"] is None else date.fromisoformat(kept["day"])
        self.entered, self._begun = int(kept["entered"]), float(kept["now"])
        self.occupancy.remember(kept["occupancy"])

    def _count(self, name: str, entrance: Counter, passages: Sequence[Passage], now: float) -> list[Counted]:
        doubts = entrance.take_doubts()
        if not passages and not doubts:
            return []
        at = passages[-1].at if passages else now
        ways = [passage.direction for passage in passages]
        counted = Counted(name, at, ways.count("in"), ways.count("out"), ways.count(None), doubts)
        if counted.undirected:
            self.occupancy.miss()
        if counted.entered or counted.left:
            self.occupancy.pass_by(counted.entered, counted.left, at)
        day = datetime.fromtimestamp(at, UTC).astimezone(SHANGHAI).date()
        if day != self.day:
            self.day, self.entered = day, 0
        self.entered += counted.entered
        return [counted]

    def _put_right(self, drift: Drift | None, at: float) -> list[Counted]:
        """Nobody knows which entrance missed them: the quarter-hour in which it shows is suspect at all of them."""
        if drift is None or not drift.excessive:
            return []
        return [Counted(name, at, suspect=True) for name in self.entrances]
