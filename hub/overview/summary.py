"""What a station amounts to, from what its facilities are. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple

from hub.health.standing import FacilityStanding, spoken
from hub.services.offered import Offer
from shared.facility import kinds
from shared.states import State
from shared.text import Text

WORST_FIRST = (State.DOWN, State.DEGRADED, State.UNKNOWN, State.EXCLUDED, State.OK)
RANKS = {state: rank for rank, state in enumerate(WORST_FIRST)}


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
    offer: Offer = Offer()
    """What it offers a worker."""

    @property
    def state(self) -> State:
        """The worst a worker would meet; unknown for a station whose sensors judge nothing."""
        return _worst(standing.state for standing in self.standings)

    @property
    def wanting(self) -> Sequence[FacilityStanding]:
        """Facilities that do not simply work."""
        return [standing for standing in self.standings if standing.state is not State.OK]


@cache
def judged_kinds() -> tuple[str, ...]:
    """The kinds the form asks for and sensors can judge: a station is as bad as the worst of these."""
    return tuple(sorted(name for name, kind in kinds().items() if kind.scored and kind.decisive))


def judged(standings: Sequence[FacilityStanding]) -> list[FacilityStanding]:
    """The facilities the form asks for and sensors can judge, worst first."""
    kept = [one for one in standings if one.measured and one.kind in judged_kinds()]
    return sorted(kept, key=lambda one: (RANKS[one.state], one.facility))


def left_to_people(standings: Sequence[FacilityStanding]) -> list[FacilityStanding]:
    """The facilities the form asks for that no sensor can judge (health.md A7), or that none is wired to."""
    scored = [one for one in standings if one.kind in kinds() and kinds()[one.kind].scored]
    return [one for one in scored if not (one.measured and kinds()[one.kind].decisive)]


class Ranked(NamedTuple):
    """A station in the order of the list: what needs somebody first is the smallest."""

    rank: int
    """Of its state, the worst is 0."""
    unalarmed: int
    """Open alerts, negative: the more, the smaller."""
    name: str
    id: str

    @property
    def state(self) -> State:
        """What the rank stands for."""
        return WORST_FIRST[self.rank]


def ranked(id_: str, name: str, state: State, alerts: int) -> Ranked:
    """By state, then by open alerts, then by name."""
    return Ranked(RANKS[state], -alerts, name, id_)


def state_of(names: str, said: tuple[str, ...], held: Mapping[str, State], silent: bool) -> State:
    """What `StationSummary.state` says, from less.

    `names` are the judged facilities and `said` their last minutes, both as `hub.health.standing.spoken` reads them;
    `held` are the states of spells that hold, by facility.
    """
    if silent:
        return State.UNKNOWN
    if not held:
        return _worst_said(names, said)
    found = spoken(names, said)
    return _worst(held.get(facility, state) for facility, state in found.items())


@lru_cache(maxsize=4096)
def _worst_said(names: str, said: tuple[str, ...]) -> State:
    return _worst(spoken(names, said).values())


def _worst(states: Iterable[State]) -> State:
    return min(states, key=RANKS.__getitem__, default=State.UNKNOWN)


def tally(stations: Iterable[Ranked]) -> Mapping[State, int]:
    """How many stations are in each state, worst first, zeros included."""
    counted = Counter(one.rank for one in stations)
    ranks = enumerate(WORST_FIRST)
    return {state: counted[rank] for rank, state in ranks if state is not State.EXCLUDED or counted[rank]}


@dataclass(frozen=True, slots=True)
class Said:
    """What people said since local midnight, beside how many came."""

    burst: int
    """Check-ins, many in a short time: kept, counted apart."""
    faces: Mapping[int, int]
    """How often each score was given, 4 非常满意 first."""


def said(burst: int, scores: Sequence[int]) -> Said:
    """Of so many check-ins that do not count, and these scores."""
    given = Counter(scores)
    return Said(burst=burst, faces={score: given[score] for score in (4, 3, 2, 1)})
