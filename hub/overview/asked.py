"""Which part of the list of stations is asked for, and the addresses of its other parts. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from hub.overview.summary import StationSummary
from hub.stations.wanted import Wanted
from shared.states import State


@dataclass(frozen=True, slots=True)
class Asked(Wanted):
    """Which stations, and which page of them."""

    state: State | None = None
    """None: in whatever state."""
    page: int = 1
    size: int = 50

    @property
    def wanted(self) -> Wanted:
        """The same, in whatever state and on whatever page."""
        return Wanted(self.words, self.union, self.kind, self.standing)

    def query(self, page: int = 1, state: State | None = None) -> str:
        """The query of another page of the same search; `state` as it is to be."""
        parts = self.parts
        if state is not None:
            parts["state"] = state
        if page > 1:
            parts["page"] = str(page)
        return f"?{urlencode(parts)}" if parts else ""

    @property
    def cleared(self) -> str:
        """The query that asks for every station in this state."""
        return Asked(state=self.state).query(state=self.state)


@dataclass(frozen=True, slots=True)
class StationPage:
    """One page of the list of stations, worst first over all pages."""

    asked: Asked
    stations: Sequence[StationSummary]
    tally: Mapping[State, int]
    """Over all wanted stations, in whatever state."""
    total: int
    """Of them, those in the state asked for, on all pages."""
    page: int
    """The one shown: the last one where more were asked for."""

    @property
    def pages(self) -> int:
        """How many there are, one at least."""
        return max(1, -(-self.total // self.asked.size))

    @property
    def first(self) -> int:
        """Number of the first station shown, from 1."""
        return (self.page - 1) * self.asked.size + 1

    def address(self, page: int = 1, state: State | None = None) -> str:
        """The query of another page of the same search; `state` as it is to be."""
        return self.asked.query(page, state)
