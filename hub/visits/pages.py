"""What the two pages of visits show, read together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from hub.exports.months import Span
from hub.feedback.tables import FeedbackRow
from hub.formats import local
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.visits import store, sums_store
from hub.visits.asked import Asked
from hub.visits.gathering import Hour, Month, added_up, beside
from hub.visits.hours import Occupations, by_hour, occupations
from hub.visits.lanes import Tally
from hub.visits.sums_store import Place, Wanted
from hub.visits.view import MonthView, month_view

A_PAGE = 50
MOST_WORDS = 100
MOST_HOURS = 40


@dataclass(frozen=True, slots=True)
class Ages:
    """When the figures of stations were added up."""

    oldest: datetime
    newest: datetime


@dataclass(frozen=True, slots=True)
class Together:
    """A month of many stations."""

    view: MonthView
    stations: int
    """How many anything is known of."""
    months: Sequence[tuple[int, Place | None]]
    """The newest first. None: nothing is known of it."""
    places: Sequence[tuple[Station, Place]]
    """Of the page shown, the most visited first."""
    pages: int
    page: int
    added_up: Ages | None


@dataclass(frozen=True, slots=True)
class OfOne:
    """A month of one station."""

    view: MonthView
    months: Sequence[tuple[int, Place | None]]
    flagged: Sequence[Hour]
    """Hours with more check-ins than people who can have come in."""
    raw: int
    """Everything that was recorded."""
    filtered: int
    visitors: int
    """Distinct, among `known`."""
    known: int
    """Check-ins by phone or card of which that can be told."""
    who: Occupations
    words: Sequence[FeedbackRow]
    """What people wrote, or sent a photo of, the newest first."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What was read of many stations: plain values, which those of one sight may share."""

    tally: Tally
    places: Sequence[Sequence[Any]]
    """Station and numbers, as a `Place` begins, the most visited first."""
    added_up: Ages | None
    """None: nothing is known."""


def sums(session: Session, wanted: Wanted, asked: Asked) -> Sums:
    """All stations this user may see, each counted once."""
    tally, places = sums_store.together(session, wanted, asked.month)
    times = [place[5] for place in places]
    return Sums(tally, places, Ages(min(times), max(times)) if times else None)


def together(session: Session, read: Sums, by_month: dict[int, Place], asked: Asked, now: datetime) -> Together:
    """As the page shows it: of the places only those of one page are named."""
    page, pages, rows = page_of(read.places, asked.page)
    shown = [Place(*one[:4]) for one in rows]
    named = stations.of_ids(session, [one.station for one in shown])
    return Together(
        month_view(asked.month, read.tally, local(now).date()),
        len(read.places),
        _lined(asked.year, by_month),
        [(named[one.station], one) for one in shown],
        pages,
        page,
        read.added_up,
    )


def page_of(places: Sequence[Sequence[Any]], page: int) -> tuple[int, int, Sequence[Sequence[Any]]]:
    """Which page there is of the one asked for, of how many, and its rows."""
    pages = max(1, -(-len(places) // A_PAGE))
    there = min(page, pages)
    return there, pages, places[(there - 1) * A_PAGE : there * A_PAGE]


def of_one(session: Session, station: Station, asked: Asked, now: datetime) -> OfOne:
    """One station, from what is stored of it now."""
    said = store.month_said(session, station.id, asked.month)
    both = {filtered: added_up(said, filtered) for filtered in (False, True)}
    visitors, known = told_apart(said)
    earlier = sums_store.months_of(session, station.id, asked.filtered, asked.year)
    view = month_view(asked.month, both[asked.filtered], local(now).date())
    earlier[asked.month] = Place(station.id, view.number, view.satisfied.n, view.satisfied.k)
    return OfOne(
        view,
        _lined(asked.year, earlier),
        [hour for hour in beside(said, asked.filtered) if hour.flagged][-MOST_HOURS:],
        both[False].total("day"),
        both[True].total("day"),
        visitors,
        known,
        occupations(by_hour(said, asked.filtered).values()),
        _words(said),
    )


def told_apart(said: Month) -> tuple[int, int]:
    """Distinct visitors, among so many check-ins of which that is known."""
    known = [one.visitor for one in said.check_ins if one.visitor is not None]
    return len(set(known)), len(known)


def view_of_one(session: Session, station: str, asked: Asked, now: datetime) -> MonthView:
    """What the charts of one station are drawn of."""
    said = store.month_said(session, station, asked.month)
    return month_view(asked.month, added_up(said, asked.filtered), local(now).date())


def _words(said: Month) -> list[FeedbackRow]:
    rows = [one for one in said.said if isinstance(one, FeedbackRow) and (one.text or one.photo)]
    return sorted(rows, key=lambda one: (one.at, one.id), reverse=True)[:MOST_WORDS]


def _lined(span: Span, found: dict[int, Place]) -> list[tuple[int, Place | None]]:
    return [(month, found.get(month)) for month in reversed(span.months())]
