"""What happened between the first broken beam and both being free again: who passed, which way, and what is doubtful.

Beam A is outside, B inside, a step apart. Passing in breaks A first and frees B last; passing out the other way round;
turning back frees the beam that was broken first. Contacts are polled at 10 Hz, so one poll may miss an edge: the order
of breaking and the order of freeing stand in for each other. Who follows close behind breaks each beam once more, in
the same order, and counts. Two abreast break them once and count as one. Two who meet in the door look like one who
turned back: they count as nobody and are a doubt. So a count is rather too low than too high.
"""

from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["in", "out"]
Beam = Literal["a", "b"]
OUTER: Beam = "a"
INNER: Beam = "b"

BOUNCE_S = 0.06
"""A break or a gap shorter than this is no body (a contact bounces, an insect); polls 0.1 s apart never see one."""
WALKER_S = 1.5
"""Nobody who walks breaks a beam for longer."""
MEET_S = 1.5
"""Two who meet are through in less; turning round takes longer."""
MOST_BREAKS = 8
"""More than so many is nobody's walk; they are no longer told apart."""

INWARD: dict[tuple[Beam, Beam], Direction] = {("a", "b"): "in", ("b", "a"): "out"}

Break = tuple[float, float]
"""From when to when a beam was broken."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Somebody passed. `at` is when the beams were free again, or a tracked person across the line."""

    direction: Direction | None
    """None: only one beam was of use, and it cannot tell."""
    at: float


@dataclass(frozen=True, slots=True)
class Story:
    """What a crossing was. `doubts` is how many people it may be wrong by."""

    direction: Direction | None = None
    people: int = 0
    doubts: int = 0


@dataclass(slots=True)
class Crossing:
    """Grows poll by poll."""

    since: float
    whole: bool
    """Whether its beginning was seen."""
    open: dict[Beam, float] = field(default_factory=dict)
    """Since when each beam is broken that is broken now."""
    breaks: dict[Beam, list[Break]] = field(default_factory=lambda: {"a": [], "b": []})
    undirected: bool = False
    """Whether somebody was counted without direction meanwhile."""

    def see(self, beam: Beam, broken: bool, at: float) -> Break | None:
        """One beam at one time; the break that has just ended."""
        past = self.breaks[beam]
        if broken:
            if beam not in self.open:
                bounced = bool(past) and at - past[-1][1] < BOUNCE_S
                self.open[beam] = past.pop()[0] if bounced else at
            return None
        since = self.open.pop(beam, at)
        if at - since < BOUNCE_S:
            return None
        if len(past) <= MOST_BREAKS:
            past.append((since, at))
        return since, at

    @property
    def lone(self) -> Beam | None:
        """The beam that alone was broken; None where both were, or none for long enough."""
        if bool(self.breaks["a"]) == bool(self.breaks["b"]):
            return None
        return "a" if self.breaks["a"] else "b"

    def read(self, at: float) -> Story:
        """What it was, now that both beams are free; both have been broken."""
        outer, inner = self.breaks["a"], self.breaks["b"]
        first = _earlier(outer[0][0], inner[0][0])
        last = _other(_earlier(outer[-1][1], inner[-1][1]))
        first, last = first or _other(last), last or _other(first)
        if first is None or last is None:
            return Story(doubts=1)
        if first == last:
            return Story(doubts=int(at - self.since < MEET_S))
        direction = INWARD[first, last]
        walked = all(end - start <= WALKER_S for start, end in (*outer, *inner))
        if walked and len(outer) == len(inner):
            ahead, behind = (outer, inner) if direction == "in" else (inner, outer)
            if all(a[0] <= b[0] and a[1] <= b[1] for a, b in zip(ahead, behind, strict=True)):
                return Story(direction, len(outer))
        return Story(direction, 1, doubts=1)


def _earlier(outer: float, inner: float) -> Beam | None:
    return None if outer == inner else "a" if outer < inner else "b"


def _other(beam: Beam | None) -> Beam | None:
    return None if beam is None else "b" if beam == "a" else "a"
