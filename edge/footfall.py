"""People through the entrance, from two light beams; people in the room, from passages and the radar. Pure, streaming.

Beam A is outside, B inside, a step apart. Passing in breaks A first and frees B last; passing out the other way round;
turning back frees the beam that was broken first. Contacts are polled at 10 Hz, so one poll may miss an edge: the order
of breaking and the order of freeing stand in for each other. Two abreast count as one.
"""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["in", "out"]
Beam = Literal["a", "b"]

FOLLOWS_S = 1.0
"""The other beam breaks within this time after the first one is free: one person between two beams further apart."""
BLOCKED_S = 10.0
"""A beam broken for longer is dirty, displaced, or somebody leans there: passages are not to be told."""
HOLE_S = 2.0
"""After so long without a poll what was begun is forgotten."""
EMPTY_S = 300.0
"""The radar loses people who sit very still: a room is empty when nobody was seen for this long."""

INWARD: dict[tuple[Beam, Beam], Direction] = {("a", "b"): "in", ("b", "a"): "out"}


@dataclass(frozen=True, slots=True)
class Passage:
    """Somebody passed. `at` is when the beams were free again."""

    direction: Direction
    at: float


@dataclass(slots=True)
class _Crossing:
    """What happens from the first broken beam until both are free."""

    since: float
    first: Beam | None
    """Broken first; None while that is not known, both having been broken within one poll."""
    last: Beam | None
    """The only one still broken; None while both are."""
    both: bool
    """Whether both have been broken."""
    trusted: bool
    """False if it began unseen, or a beam was blocked for too long."""

    def see(self, only: Beam | None) -> None:
        """The next poll: this beam alone is broken, or both."""
        self.both |= only is None or only != self.last
        if only is not None:
            self.first = self.first or _other(only)
        self.last = only

    @property
    def ends(self) -> tuple[Beam, Beam] | None:
        """The beam broken first and the beam freed last, or None if neither order was seen."""
        return (self.first, self.last or _other(self.first)) if self.first else None


class BeamPair:
    """Two beams, polled. Feed every poll, or every change and a poll a second."""

    def __init__(self) -> None:
        self._crossing: _Crossing | None = None
        self._alone: tuple[Beam, float] | None = None
        self._broken_since: dict[Beam, float] = {}
        self._heard_at: float | None = None
        self.blocked: frozenset[Beam] = frozenset()
        """Beams broken for longer than BLOCKED_S: while there are any, counts are suspect."""

    def hear(self, a_blocked: bool, b_blocked: bool, at: float) -> Passage | None:
        """The beams at one time (seconds, rising). A passage is told when both are free again."""
        if self._heard_at is not None and at - self._heard_at > HOLE_S:
            self.lose()
        unseen = self._heard_at is None
        self._heard_at = at
        self._note_blocked({"a": a_blocked, "b": b_blocked}, at)
        if not (a_blocked or b_blocked):
            return self._end(at)
        only: Beam | None = None if a_blocked and b_blocked else "a" if a_blocked else "b"
        if self._crossing is None:
            self._crossing = _Crossing(at, only, only, both=only is None, trusted=not unseen)
        else:
            self._crossing.see(only)
        self._crossing.trusted &= not self.blocked
        return None

    def lose(self) -> None:
        """The board did not answer: what was begun is not to be told any more."""
        self._crossing, self._alone, self._heard_at = None, None, None
        self._broken_since.clear()
        self.blocked = frozenset()

    def _end(self, at: float) -> Passage | None:
        crossing, self._crossing = self._crossing, None
        if crossing is None:
            return None
        alone, self._alone = self._alone, None
        if not crossing.trusted or crossing.ends is None:
            return None
        first, last = crossing.ends
        if not crossing.both:
            if alone is None or alone[0] == last or crossing.since - alone[1] > FOLLOWS_S:
                self._alone = (last, at)
                return None
            first = alone[0]
        return Passage(INWARD[first, last], at) if first != last else None

    def _note_blocked(self, broken: dict[Beam, bool], at: float) -> None:
        for beam, is_broken in broken.items():
            if is_broken:
                self._broken_since.setdefault(beam, at)
            else:
                self._broken_since.pop(beam, None)
        self.blocked = frozenset(beam for beam, since in self._broken_since.items() if at - since > BLOCKED_S)


class Occupancy:
    """How many people are inside, by passages; the radar has the last word when it sees nobody for long enough."""

    def __init__(self) -> None:
        self.people = 0
        """Never below 0: whoever leaves came in unseen."""
        self._present: bool | None = None
        self._unseen_since: float | None = None

    def pass_by(self, passage: Passage) -> None:
        """Somebody went in or out."""
        self.people = max(0, self.people + (1 if passage.direction == "in" else -1))

    def hear(self, present: bool | None, at: float) -> None:
        """The radar, every second or so; None is a radar that does not answer, which says nothing of the room."""
        if present is not False:
            self._unseen_since = None
        elif self._unseen_since is None:
            self._unseen_since = at
        self._present = present
        if self.is_empty(at):
            self.people = 0

    def is_empty(self, at: float) -> bool:
        """Whether the radar has seen nobody for long enough."""
        return self._unseen_since is not None and at - self._unseen_since >= EMPTY_S

    @property
    def occupied(self) -> bool | None:
        """Whether somebody is inside; None if the radar does not say and the beams counted nobody."""
        if self._present or self.people > 0:
            return True
        return None if self._present is None else False


def _other(beam: Beam) -> Beam:
    return "b" if beam == "a" else "a"
