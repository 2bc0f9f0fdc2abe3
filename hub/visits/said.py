"""Figures of visits as the API says them. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from hub.exports.statistics import Rate
from hub.formats import local
from hub.visits.hours import StationHour
from hub.visits.models import FootfallSaid, RateSaid, VisitDay, VisitFigures, VisitHour
from hub.visits.view import Compared, Day, MonthView
from hub.visits.words import FACE_AT, METHOD_AT, OCCUPATION_AT, TAG_AT


def figures_said(view: MonthView) -> VisitFigures:
    """For the API."""
    tally = view.tally
    return VisitFigures(
        check_ins=view.number,
        undated=tally.total("undated"),
        days=[_day(day) for day in view.days],
        week=[list(row) for row in view.heat],
        occupations=_named(OCCUPATION_AT, tally["occupation"]),
        methods=_named(METHOD_AT, tally["method"]),
        faces={str(score): tally["face"][place] for score, place in FACE_AT.items()},
        tags=_named(TAG_AT, tally["tag"]),
        satisfied=rate_said(view.satisfied),
        satisfied_by_hour={hour: rate_said(rate) for hour, rate in view.by_hour},
        footfall=_footfall(view.compared, tally.total("flagged")) if tally.total("counted") else None,
    )


def rate_said(rate: Rate) -> RateSaid:
    """With its interval."""
    low, high = rate.interval or (None, None)
    return RateSaid(k=rate.k, n=rate.n, value=rate.value, low=low, high=high)


def hours_said(raw: Iterable[StationHour], filtered: Iterable[StationHour]) -> list[VisitHour]:
    """Beside each other what was recorded, what counts and who came in: the same hours twice."""
    return [
        VisitHour(
            start=local(one.start),
            raw=one.check_ins,
            filtered=counts.check_ins,
            raw_occupations=_ordered(one.occupations),
            filtered_occupations=_ordered(counts.occupations),
            raw_satisfied=rate_said(Rate(one.satisfied, one.answers)),
            filtered_satisfied=rate_said(Rate(counts.satisfied, counts.answers)),
            entered=one.entered,
            undirected=one.undirected,
        )
        for one, counts in zip(raw, filtered, strict=True)
    ]


def _day(day: Day) -> VisitDay:
    compared = Compared(day.beside, day.entered, day.undirected)
    return VisitDay(
        day=day.on,
        stations_heard=day.heard,
        check_ins=day.number if day.heard else None,
        footfall=_footfall(compared, day.flagged) if day.counted else None,
        satisfied=rate_said(day.satisfied),
    )


def _footfall(compared: Compared, flagged: int) -> FootfallSaid:
    return FootfallSaid(
        entered=compared.entered,
        undirected=compared.undirected,
        check_ins=compared.check_ins,
        per_hundred=compared.share,
        per_hundred_at_least=compared.lowest,
        flagged_hours=flagged,
    )


def _named(at: Mapping[str, int], numbers: Sequence[int]) -> dict[str, int]:
    return {name: numbers[place] for name, place in at.items()}


def _ordered(numbers: Mapping[str, int]) -> dict[str, int]:
    return {name: numbers[name] for name in OCCUPATION_AT if numbers.get(name)}
