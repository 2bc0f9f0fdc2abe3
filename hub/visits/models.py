"""The answers of the API about visits: every figure twice, as recorded and as it counts. None names a visitor."""

from datetime import date, datetime

from pydantic import BaseModel


class RateSaid(BaseModel):
    """`k` of `n` were satisfied: pressed 非常满意 or 满意."""

    k: int
    n: int
    value: float | None
    """A fraction. None: nobody answered."""
    low: float | None
    high: float | None
    """Wilson's interval, 95 %. None: nobody answered."""


class FootfallSaid(BaseModel):
    """People counted at entrances, beside the check-ins of the same hours."""

    entered: int
    """An estimate: a sensor counts bodies."""
    undirected: int
    """Passed, in neither direction that is known."""
    check_ins: int
    """Of the hours in which footfall was counted, no others."""
    per_hundred: float | None
    """Check-ins to a hundred who came in. None: nobody is known to have come in."""
    per_hundred_at_least: float | None
    """As if everybody whose direction is not known had come in. None: nobody passed."""
    flagged_hours: int
    """Hours with more check-ins than people who can have come in."""


class VisitDay(BaseModel):
    """One day, in Shanghai."""

    day: date
    stations_heard: int
    """How many stations are known that day. 0: a gap, not a day without anybody."""
    check_ins: int | None
    """None: nobody knows."""
    footfall: FootfallSaid | None
    """None: nothing counts at an entrance, or it did not that day."""
    satisfied: RateSaid


class VisitFigures(BaseModel):
    """A month in one way of counting."""

    check_ins: int
    undated: int
    """Of them, those whose clock was wrong: they stand under the day they were received."""
    days: list[VisitDay]
    """Up to today."""
    week: list[list[int]]
    """Check-ins by weekday and hour: seven rows from Monday on, twenty-four hours each, in Shanghai."""
    occupations: dict[str, int]
    methods: dict[str, int]
    """tap, phone, card, static."""
    faces: dict[str, int]
    """By score: 4 非常满意 to 1 不满意."""
    tags: dict[str, int]
    """What somebody was not satisfied with."""
    satisfied: RateSaid
    satisfied_by_hour: dict[int, RateSaid]
    """By hour of the day; those in which anybody answered."""
    footfall: FootfallSaid | None


class VisitMonthSaid(BaseModel):
    """Check-ins and answers of a month."""

    month: str
    raw: VisitFigures
    """Everything that was recorded."""
    filtered: VisitFigures
    """Of a burst, one in twenty seconds; answers of a burst not at all."""


class StationVisitsRow(BaseModel):
    """A station in the list."""

    station: str
    name: str
    raw: int
    filtered: int
    """Check-ins."""
    satisfied: RateSaid
    """Without bursts."""


class VisitsSaid(VisitMonthSaid):
    """Of all stations the asker may see, each counted once."""

    added_up_at: datetime | None
    """No figure is older: when the station added up longest ago was. None: nothing of the month was yet."""
    added_up_last: datetime | None
    """The newest. None: likewise."""
    total: int
    """How many stations anything is known of."""
    page: int
    pages: int
    stations: list[StationVisitsRow]
    """Of this page, the most visited first."""


class VisitHour(BaseModel):
    """An hour in which somebody checked in, answered or was counted at an entrance. `raw`: everything that was
    recorded; `filtered`: without bursts. One that is absent: nobody came, or nobody knows.
    """

    start: datetime
    raw: int
    filtered: int
    """Check-ins."""
    raw_occupations: dict[str, int]
    filtered_occupations: dict[str, int]
    """The same by occupation; one of which nobody came is absent."""
    raw_satisfied: RateSaid
    filtered_satisfied: RateSaid
    entered: int | None
    undirected: int | None
    """None: nothing counted at an entrance in this hour."""


class StationVisitsSaid(VisitMonthSaid):
    """Of one station, from what is stored of it now."""

    station: str
    visitors: int
    """Distinct ones, among `visitors_known`."""
    visitors_known: int
    """Check-ins by phone or card of which that can be told; they are forgotten after some weeks."""
    hours: list[VisitHour]
