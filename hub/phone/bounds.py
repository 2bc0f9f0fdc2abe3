"""How much may come from one address, and what looks like play. Pure; times are seconds, of any clock that goes on.

A carrier puts thousands of phones behind one address, so what is merely much is kept and marked, and counted apart;
only a flood is refused. Addresses are remembered in memory for minutes and written nowhere.
"""

from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock

from shared.bursts import ALL_LIMIT as ALL_LIMIT
from shared.bursts import ALL_WITHIN_S as ALL_WITHIN_S
from shared.bursts import FACES_WITHIN_S as FACES_WITHIN_S
from shared.bursts import SAME_LIMIT as SAME_LIMIT
from shared.bursts import is_burst as is_burst
from shared.bursts import is_burst_of_faces as is_burst_of_faces
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Bound:
    """So many in so long."""

    most: int
    within_s: float


ADDRESS = Bound(120, 300.0)
"""Forms from one address at one station: 24 a minute is more than a station has seats."""
STATION = Bound(600, 300.0)
"""Forms at one station from everywhere."""
WRONG_CODES = Bound(60, 300.0)
"""From one address: guessing 40 bits takes longer than the sun shines, and costs the hub nothing."""
REPORTS = Bound(12, 600.0)
"""Fault reports from one address at one station: each may call somebody out."""
PHOTOS = Bound(20, 600.0)
"""From one address: each is megabytes."""
SAME_REPORT = Bound(1, 1800.0)
"""The same fault from the same phone."""

LONGEST_S = 1800.0
MOST_PLACES = 20_000
MOST_OF_ONE = 600

TOO_MANY = Text(
    "提交太多了，请过几分钟再试。急事请拨 12351。", "Too much was sent; try again in a few minutes, or call 12351."
)


class Recent:
    """What came lately, by place. For many threads; of the places that are too many the longest quiet one goes."""

    def __init__(self, most_places: int = MOST_PLACES) -> None:
        self._most = most_places
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()
        self._lock = Lock()

    def note(self, place: Hashable, now: float, said: str = "") -> None:
        """Something came from there."""
        with self._lock:
            found = self._places.setdefault(place, _Place())
            self._places.move_to_end(place)
            found.came.append((now, said))
            while len(self._places) > self._most:
                self._places.popitem(last=False)

    def ages(self, place: Hashable, now: float, within_s: float) -> list[tuple[str, float]]:
        """What came from there, and how many seconds ago; no longer ago than asked."""
        with self._lock:
            found = self._places.get(place)
            came = () if found is None else tuple(found.came)
        return [(said, now - at) for at, said in came if now - at < within_s]

    def is_full(self, place: Hashable, now: float, bound: Bound) -> bool:
        """Whether one more would be too many."""
        return len(self.ages(place, now, bound.within_s)) >= bound.most


@dataclass(slots=True)
class _Place:
    came: deque[tuple[float, str]] = field(default_factory=lambda: deque(maxlen=MOST_OF_ONE))
