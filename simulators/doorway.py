"""How people go through a door: alone, two abreast, one turning round, two who meet; and what that does to two beams.

Pure. Shares are of visits; as many chances are drawn for every visit whatever the shares, so a larger share only adds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from simulators.people import Use, Visit

OUTER, INNER = "beam_a", "beam_b"
LINE_M, SPEED_M_S, SEEN_S = 1.5, 1.0, 1.2
"""A radar inside looks at the door: the line is so far from it, and it sees people for so long before they cross."""
BESIDE_M = 0.35


@dataclass(frozen=True, slots=True)
class Walk:
    """Somebody at the door. `gait` is the time from one beam to the other, `break_s` how long a body breaks one."""

    at: float
    inward: bool
    gait: float
    break_s: float
    abreast_s: float | None = None
    """Two side by side, the second so far behind."""
    met_s: float | None = None
    """Somebody comes the other way, so much later."""
    turned_s: float | None = None
    """Turns round in the door, and is out of it again after so long."""
    gap_s: float = 1.5
    """The next one keeps this distance."""

    @property
    def end(self) -> float:
        """When both beams are free again, and whoever passed has passed."""
        lasting = self.gait + self.break_s + max(self.abreast_s or 0.0, self.met_s or 0.0)
        return self.at + (lasting if self.turned_s is None else self.turned_s)

    @property
    def entered(self) -> int:
        """People who came in."""
        return self._passed if self.inward else int(self.met_s is not None)

    @property
    def left(self) -> int:
        """People who went out."""
        return int(self.met_s is not None) if self.inward else self._passed

    @property
    def _passed(self) -> int:
        return 0 if self.turned_s is not None else 1 if self.abreast_s is None else 2

    def breaks(self) -> Iterator[tuple[str, Use]]:
        """Which beam is broken when. The breaks overlap, as a body is wider than the beams are apart."""
        first, second = (OUTER, INNER) if self.inward else (INNER, OUTER)
        if self.turned_s is not None:
            yield first, Use(self.at, self.at + self.turned_s)
            if self.turned_s > 3 * self.gait:
                yield second, Use(self.at + self.gait, self.at + self.turned_s - self.gait)
            return
        lasting = self.break_s + (self.abreast_s or 0.0)
        yield first, Use(self.at, self.at + lasting)
        yield second, Use(self.at + self.gait, self.at + self.gait + lasting)
        if self.met_s is not None:
            other = self.at + self.met_s
            yield second, Use(other, other + self.break_s)
            yield first, Use(other + self.gait, other + self.gait + self.break_s)


def walks(visits: Iterable[Visit], shares: Mapping[str, float], rng: Random) -> list[Walk]:
    """Everybody at the door, one after the other but for those who are abreast or meet.

    `abreast`: comes with a companion, side by side in, out, or both ways. `turning`: somebody looks in and turns round
    before. `both_ways`: meets somebody in the door on leaving, who comes out again within a minute.
    """
    found: list[Walk] = []
    for visit in visits:
        come = Walk(visit.arrive, inward=True, gait=visit.gait, break_s=visit.break_s)
        go = replace(come, at=visit.leave, inward=False)
        lot, way, later, sooner, behind = (rng.random() for _ in range(5))
        if lot < shares.get("abreast", 0.0):
            if way < 2 / 3:
                come = replace(come, abreast_s=0.25 * behind)
            else:
                found.append(replace(come, at=come.at + 4 + 16 * later))
            if way > 1 / 3:
                go = replace(go, abreast_s=0.25 * behind)
            else:
                found.append(replace(go, at=go.at - 4 - 16 * sooner))
        lot, before, turned, met, stay = (rng.random() for _ in range(5))
        if lot < shares.get("turning", 0.0):
            found.append(replace(come, at=come.at - 20 - 280 * before, turned_s=1.2 + 1.8 * turned, abreast_s=None))
        if lot > 1 - shares.get("both_ways", 0.0):
            found.append(replace(go, at=go.at + 20 + 40 * stay, abreast_s=None))
            go = replace(go, met_s=0.6 * met)
        found += [come, go]
    return list(_in_turn(found, rng))


def _in_turn(wished: Iterable[Walk], rng: Random) -> Iterator[Walk]:
    free = float("-inf")
    for walk in sorted(wished, key=lambda walk: walk.at):
        taken = replace(walk, at=max(walk.at, free), gap_s=0.4 + 1.1 * rng.random())
        yield taken
        free = taken.end + taken.gap_s


def seen(walk: Walk) -> Use:
    """When the radar sees somebody of it."""
    return Use(walk.at - SEEN_S, walk.end)


def places(walk: Walk, now: float) -> Iterator[tuple[float, float]]:
    """Where the radar sees them (x, y in m). Two abreast merge into one."""
    if not seen(walk).start <= now < walk.end:
        return
    if walk.turned_s is not None:
        yield -BESIDE_M, LINE_M - 0.1 + SPEED_M_S * abs(now - walk.at - walk.turned_s / 2)
        return
    nearer = SPEED_M_S * (now - walk.at)
    yield -BESIDE_M, LINE_M + (-nearer if walk.inward else nearer)
    if walk.met_s is not None:
        nearer -= SPEED_M_S * walk.met_s
        yield BESIDE_M, LINE_M + (nearer if walk.inward else -nearer)
