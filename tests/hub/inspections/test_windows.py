"""Which minutes an inspection looks back on."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.inspections.prefill import DEFAULT
from hub.inspections.windows import modes_of_season, window_for
from hub.rulebook import rulebooks

NOW = datetime(2026, 7, 20, 6, 0, 42, tzinfo=UTC)
END = datetime(2026, 7, 20, 6, 0, tzinfo=UTC)
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def days_ago(days: float) -> datetime:
    return END - timedelta(days=days)


@pytest.mark.parametrize(
    ("commissioned", "concluded", "days"),
    [
        (LONG_AGO, None, 30),
        (LONG_AGO, days_ago(60), 30),
        (LONG_AGO, days_ago(20), 20),
        (LONG_AGO, days_ago(3), 7),
        (days_ago(12), None, 12),
        (days_ago(4), None, 4),
        (days_ago(4), days_ago(2), 4),
        (days_ago(-1), None, 0),
    ],
)
def test_a_month_back_or_from_the_last_inspection_or_from_the_first_day(
    commissioned: datetime, concluded: datetime | None, days: float
) -> None:
    window = window_for(NOW, commissioned, concluded, DEFAULT)
    assert (window.end, window.days) == (END, days)


def test_the_window_is_of_whole_minutes() -> None:
    window = window_for(NOW, days_ago(10) + timedelta(seconds=1), None, DEFAULT)
    assert window.start == days_ago(10) + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("month", "modes"), [(7, {"cooling"}), (1, {"heating"}), (12, {"heating"}), (4, {"cooling", "heating"})]
)
def test_cooling_is_proven_in_summer_and_heating_in_winter(month: int, modes: set[str]) -> None:
    assert modes_of_season(datetime(2026, month, 15, tzinfo=UTC), rulebooks()["shanghai_2018"]) == modes


def test_the_season_changes_at_midnight_in_shanghai() -> None:
    book = rulebooks()["shanghai_2018"]
    assert modes_of_season(datetime(2026, 5, 31, 15, 59, tzinfo=UTC), book) == {"cooling", "heating"}
    assert modes_of_season(datetime(2026, 5, 31, 16, 0, tzinfo=UTC), book) == {"cooling"}
