"""The visits of many stations together, read from what was added up of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Executable, and_, func, select
from sqlmodel import Session, col

from hub.accounts.tables import User
from hub.exports.months import Span
from hub.exports.statistics import Rate
from hub.stations.jurisdiction import of_union, seen_by, sees_all
from hub.stations.tables import Station
from hub.visits.lanes import Tally, added
from hub.visits.tables import VisitMonth


class Place(NamedTuple):
    """A station's month in numbers; of a month of many stations `station` says how many they are."""

    station: str
    number: int
    answers: int
    satisfied: int

    @property
    def rate(self) -> Rate:
        """How many of those who answered were satisfied."""
        return Rate(self.satisfied, self.answers)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose visits: of the stations this user may see, of this union where one is named."""

    user: User
    filtered: bool
    union: int | None = None

    def within(self, span: Span) -> list[ColumnElement[bool]]:
        """Which rows of `VisitMonth`."""
        return [
            col(VisitMonth.filtered).is_(self.filtered),
            col(VisitMonth.month).between(span.first, span.last),
            self._places(),
        ]

    def _places(self) -> ColumnElement[bool]:
        if self.union is None and sees_all(self.user):
            # Named, ten thousand stations are looked up one by one; a month read through costs half of that.
            return col(VisitMonth.station).not_in(select(col(Station.id)).where(col(Station.revoked_at).is_not(None)))
        seen = seen_by(self.user) if self.union is None else and_(seen_by(self.user), of_union(self.union))
        return col(VisitMonth.station).in_(select(col(Station.id)).where(seen))


_NUMBERS = (col(VisitMonth.number), col(VisitMonth.answers), col(VisitMonth.satisfied))


def together(session: Session, wanted: Wanted, month: int) -> tuple[Tally, Sequence[Sequence[Any]]]:
    """The month of all of them, each counted once; and what each had, as a `Place` begins, then figures and when they
    were added up, the most visited first.
    """
    query = select(col(VisitMonth.station), *_NUMBERS).add_columns(col(VisitMonth.figures), col(VisitMonth.folded_at))
    rows = list(_told(session, query.where(*wanted.within(Span(month, month)))))
    rows.sort(key=lambda row: (-row[1], row[0]))
    return added([row[4] for row in rows]), rows


def each(session: Session, wanted: Wanted, month: int) -> Iterator[tuple[str, Tally]]:
    """The month of every one of them, in the order of their ids."""
    query = select(col(VisitMonth.station), col(VisitMonth.figures)).where(*wanted.within(Span(month, month)))
    for station, figures in _told(session, query.order_by(col(VisitMonth.station))):
        yield station, added([figures])


def by_month(session: Session, wanted: Wanted, span: Span) -> dict[int, Place]:
    """The sums of each month; one of which nothing is known is absent."""
    query = select(col(VisitMonth.month), func.count(), *map(func.sum, _NUMBERS)).where(*wanted.within(span))
    rows = _told(session, query.group_by(col(VisitMonth.month)))
    return {row[0]: Place(str(row[1]), int(row[2]), int(row[3]), int(row[4])) for row in rows}


def months_of(session: Session, station: str, filtered: bool, span: Span) -> dict[int, Place]:
    """The same of one station."""
    query = select(col(VisitMonth.month), *_NUMBERS).where(
        col(VisitMonth.filtered).is_(filtered), col(VisitMonth.month).between(span.first, span.last),
        col(VisitMonth.station) == station,
    )  # fmt: skip
    return {row[0]: Place(station, *row[1:]) for row in _told(session, query)}


def _told(session: Session, query: Executable) -> Sequence[Any]:
    return session.connection().execute(query).all()
