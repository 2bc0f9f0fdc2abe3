"""What a station amounts to, from what its facilities are. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.health.standing import FacilityStanding
from shared.facility import kinds
from shared.states import State
from shared.text import Text

WORST_FIRST = (State.DOWN, State.DEGRADED, State.UNKNOWN, State.EXCLUDED, State.OK)


@dataclass(frozen=True, slots=True)
class StationSummary:
    """One line of the list of stations."""

    id: str
    name: Text
    address: str
    open_now: bool
    heard_at: datetime | None
    """None: never heard."""
    loading: bool
    """Whether its history is still being loaded."""
    alerts: int
    """Open ones."""
    standings: Sequence[FacilityStanding]
    """Facilities the form asks for and sensors can judge, worst first."""
    by_hand: Sequence[FacilityStanding] = ()
    """Those no sensor can judge: they say nothing of the station's state."""

    @property
    def state(self) -> State:
        """The worst a worker would meet; unknown for a station whose sensors judge nothing."""
        return min((standing.state for standing in self.standings), key=WORST_FIRST.index, default=State.UNKNOWN)

    @property
    def wanting(self) -> Sequence[FacilityStanding]:
        """Facilities that do not simply work."""
        return [standing for standing in self.standings if standing.state is not State.OK]


def judged(standings: Sequence[FacilityStanding]) -> list[FacilityStanding]:
    """The facilities the form asks for and sensors can judge, worst first."""
    kept = [one for one in standings if one.kind in kinds() and kinds()[one.kind].scored and kinds()[one.kind].decisive]
    return sorted(kept, key=lambda one: (WORST_FIRST.index(one.state), one.facility))


def left_to_people(standings: Sequence[FacilityStanding]) -> list[FacilityStanding]:
    """The facilities the form asks for and no sensor can judge (health.md A7)."""
    return [
        one for one in standings if one.kind in kinds() and kinds()[one.kind].scored and not kinds()[one.kind].decisive
    ]


def worst_first(stations: Sequence[StationSummary]) -> list[StationSummary]:
    """What needs somebody first: by state, then by open alerts, then by name."""
    return sorted(stations, key=lambda one: (WORST_FIRST.index(one.state), -one.alerts, one.name.zh))


def tally(stations: Sequence[StationSummary]) -> Mapping[State, int]:
    """How many stations are in each state, worst first, zeros included."""
    counted = Counter(one.state for one in stations)
    return {state: counted[state] for state in WORST_FIRST if state is not State.EXCLUDED or counted[state]}


@dataclass(frozen=True, slots=True)
class Said:
    """What people said since local midnight, beside how many came."""

    burst: int
    """Check-ins, many in a short time: kept, counted apart."""
    faces: Mapping[int, int]
    """How often each score was given, 4 非常满意 first."""


def said(bursts: Sequence[bool], scores: Sequence[int]) -> Said:
    """`bursts` is one flag a check-in."""
    given = Counter(scores)
    return Said(burst=bursts.count(True), faces={score: given[score] for score in (4, 3, 2, 1)})
