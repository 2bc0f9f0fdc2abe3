"""A pair of light beams through time: passages, and what spoils them. Pure, streaming.

What an inspector can trust: a passage with a direction was seen by both beams. While something stands in one beam, the
other still sees people but not where they go: those are counted without direction, apart, and only after a time in
which nobody stands in a door, because a person who leans there sways.
"""

from collections import deque

from edge.crossing import INNER, INWARD, OUTER, Beam, Crossing
from edge.crossing import Direction as Direction
from edge.crossing import Passage as Passage

FOLLOWS_S = 1.0
"""The other beam breaks within this time after the first one is free: one person between two beams further apart."""
BLOCKED_S = 10.0
"""A beam broken for longer is dirty, displaced, or somebody leans there: counts are suspect."""
THING_S = 300.0
"""What is in a beam for longer is no person."""
BODY_S = (0.1, 3.0)
"""How long a body breaks the one beam that still sees."""
HOLE_S = 2.0
"""After so long without a poll what was begun is forgotten, where contacts are polled."""
UNEVEN_S, UNEVEN, UNEVEN_SHARE = 600.0, 5, 0.5
"""So many breaks of one beam alone in ten minutes, and more than this share of what crossed both: that beam flickers,
or the other sees nobody."""


class BeamPair:
    """Two beams, polled. Feed every poll, or every change and whenever it is looked at.

    `hole_s` is how long it may hear nothing and still go on.
    """

    def __init__(self, hole_s: float = HOLE_S) -> None:
        self._hole_s = hole_s
        self._crossing: Crossing | None = None
        self._alone: tuple[Beam, float] | None = None
        self._lone: deque[tuple[float, Beam]] = deque(maxlen=100)
        self._crossed: deque[float] = deque(maxlen=100)
        self._heard_at: float | None = None
        self._doubts = 0
        self.blocked: frozenset[Beam] = frozenset()
        """Beams broken for longer than BLOCKED_S."""
        self.blind = False
        """Whether neither beam can see anybody."""

    def hear(self, a_broken: bool, b_broken: bool, at: float) -> list[Passage]:
        """The beams at one time (seconds, rising); the passages that are now complete."""
        if self._heard_at is not None and at - self._heard_at > self._hole_s:
            self.lose()
        whole, self._heard_at = self._heard_at is not None, at
        if self._crossing is None:
            if not (a_broken or b_broken):
                return []
            self._crossing = Crossing(at, whole)
        crossing = self._crossing
        found: list[Passage] = []
        for beam, broken in ((OUTER, a_broken), (INNER, b_broken)):
            ended = crossing.see(beam, broken, at)
            other = crossing.open.get(OUTER if beam == INNER else INNER, at)
            if ended and at - other > THING_S and BODY_S[0] <= at - ended[0] <= BODY_S[1]:
                crossing.undirected = True
                found.append(Passage(None, at))
        self.blocked = frozenset(beam for beam, since in crossing.open.items() if at - since > BLOCKED_S)
        self.blind = len(crossing.open) == 2 and all(at - since > THING_S for since in crossing.open.values())
        if not crossing.open:
            self._crossing = None
            found += self._end(crossing, at)
        return found

    def lose(self) -> None:
        """The board did not answer: what was begun is not to be told any more."""
        self._doubts += self._crossing is not None
        self._crossing, self._alone, self._heard_at = None, None, None
        self.blocked, self.blind = frozenset(), False

    def take_doubts(self) -> int:
        """How many people the passages told since last time may be wrong by."""
        doubts, self._doubts = self._doubts, 0
        return doubts

    def is_uneven(self, now: float) -> bool:
        """Whether one beam breaks by itself again and again."""
        for recent in (self._lone, self._crossed):
            while recent and now - _when(recent[0]) > UNEVEN_S:
                recent.popleft()
        outer = sum(beam == "a" for _, beam in self._lone)
        most = max(outer, len(self._lone) - outer)
        return most >= UNEVEN and most > UNEVEN_SHARE * len(self._crossed)

    def _end(self, crossing: Crossing, at: float) -> list[Passage]:
        alone, self._alone = self._alone, None
        if crossing.undirected or at - crossing.since > THING_S:
            return []
        if not crossing.whole:
            self._doubts += 1
            return []
        lone = crossing.lone
        if lone is not None:
            return self._end_alone(lone, crossing.since, at, alone)
        if not crossing.breaks["a"]:
            return []
        self._crossed.append(at)
        story = crossing.read(at)
        self._doubts += story.doubts
        return [Passage(story.direction, at)] * story.people

    def _end_alone(self, beam: Beam, since: float, at: float, before: tuple[Beam, float] | None) -> list[Passage]:
        if at - since > BLOCKED_S:
            return []
        follows = before is not None and before[0] != beam and since - before[1] <= FOLLOWS_S
        if before is not None and follows and not self.is_uneven(at):
            self._lone.pop()
            self._crossed.append(at)
            return [Passage(INWARD[before[0], beam], at)]
        self._lone.append((at, beam))
        self._alone = (beam, at)
        return []


def _when(noted: float | tuple[float, Beam]) -> float:
    return noted if isinstance(noted, float) else noted[0]
