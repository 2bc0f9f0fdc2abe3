"""What of a maintenance window counts, and which may be filed."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.maintenance.windows import EXCLUDED_AT_MOST, counted, refusal
from shared.opening import Opening
from tests.hub.said import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""A Monday, 9:00 in Shanghai."""


def test_windows_that_overlap_are_one() -> None:
    assert counted([(NINE + HOUR, NINE + 3 * HOUR), (NINE, NINE + 2 * HOUR)], Opening()) == [
        (NINE, NINE + 2 * HOUR),
        (NINE + 2 * HOUR, NINE + 3 * HOUR),
    ]


def test_a_month_of_windows_excuses_no_more_than_a_day_of_opening() -> None:
    daily = [(NINE + day * DAY, NINE + day * DAY + 4 * HOUR) for day in range(20)]
    granted = counted(daily, Opening())
    assert sum(((end - start) for start, end in granted), timedelta()) == timedelta(minutes=EXCLUDED_AT_MOST)
    assert granted == daily[:2]


def test_what_lies_outside_hours_costs_nothing_and_the_budget_comes_back() -> None:
    night = (NINE - 15 * HOUR, NINE)
    long = (NINE, NINE + 12 * HOUR)
    later = (NINE + 31 * DAY, NINE + 31 * DAY + HOUR)
    assert counted([night, long, later], Opening()) == [night, (NINE, NINE + 12 * HOUR), later]


def test_the_cut_falls_on_the_minute_where_the_budget_ends() -> None:
    first = (NINE, NINE + 7 * HOUR)
    second = (NINE + DAY, NINE + DAY + 3 * HOUR)
    assert counted([first, second], Opening()) == [first, (NINE + DAY, NINE + DAY + HOUR)]


def test_only_whole_minutes_count() -> None:
    odd = (NINE + timedelta(seconds=30), NINE + 3 * HOUR + timedelta(seconds=30))
    assert counted([odd], Opening()) == [(NINE + timedelta(minutes=1), NINE + 3 * HOUR)]
    used = (NINE, NINE + 8 * HOUR)
    later = (NINE + DAY + timedelta(seconds=30), NINE + DAY + HOUR)
    assert counted([used, later], Opening()) == [used]


@pytest.mark.parametrize(
    ("start", "end", "reason", "role", "field"),
    [
        (NOW, NOW + HOUR, "换压缩机", "maintainer", None),
        (NOW, NOW + HOUR, "", "maintainer", "reason"),
        (NOW - HOUR, NOW + HOUR, "x", "maintainer", "start"),
        (NOW + HOUR, NOW + HOUR, "x", "maintainer", "end"),
        (NOW, NOW + 25 * HOUR, "x", "maintainer", "end"),
        (NOW, NOW + 25 * HOUR, "x", "district", None),
        (NOW, NOW + 8 * DAY, "x", "administrator", "end"),
        (NOW + 61 * DAY, NOW + 61 * DAY + HOUR, "x", "administrator", "start"),
    ],
)
def test_what_may_be_filed(start: datetime, end: datetime, reason: str, role: str, field: str | None) -> None:
    refused = refusal(start, end, reason, role, NOW)
    assert (None if refused is None else refused.field) == field
