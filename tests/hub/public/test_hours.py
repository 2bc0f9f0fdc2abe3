"""Open now, and when next, by the filed calendar."""

from datetime import UTC, date, datetime

import pytest

from hub.public.hours import hours
from shared.opening import Closure, Opening

WEEKDAYS = Opening(weekdays=[0, 1, 2, 3, 4])


def at(text: str) -> datetime:
    """Local time."""
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("opening", "now", "opens"),
    [
        (Opening(), "2026-07-15T08:59:59", "2026-07-15T09:00"),
        (Opening(), "2026-07-15T09:00", None),
        (Opening(), "2026-07-15T16:59:59", None),
        (Opening(), "2026-07-15T17:00", "2026-07-16T09:00"),
        (WEEKDAYS, "2026-07-17T18:00", "2026-07-20T09:00"),
        (Opening(start="00:00", end="24:00"), "2026-07-15T23:59:59", None),
        (
            Opening(closures=[Closure(first=date(2026, 7, 15), last=date(2026, 7, 20))]),
            "2026-07-15T10:00",
            "2026-07-21T09:00",
        ),
    ],
)
def test_it_opens_next(opening: Opening, now: str, opens: str | None) -> None:
    found = hours(opening, at(now))
    assert found.open_now is (opens is None)
    assert found.opens_at == (None if opens is None else at(opens))


def test_it_closes_today_at_midnight_too() -> None:
    assert hours(Opening(), at("2026-07-15T10:00")).closes_at == at("2026-07-15T17:00")
    assert hours(Opening(start="00:00", end="24:00"), at("2026-07-15T10:00")).closes_at == at("2026-07-16T00:00")


def test_a_station_without_weekdays_never_opens_and_names_no_day() -> None:
    found = hours(Opening(weekdays=[]), at("2026-07-15T10:00"))
    assert (found.open_now, found.opens_at, found.today) == (False, None, None)


def test_closures_of_today_and_the_next_months_are_shown_in_order() -> None:
    days = [
        ("2026-07-01", "2026-07-14"),
        ("2026-09-01", "2026-09-02"),
        ("2026-07-10", "2026-07-15"),
        ("2027-02-01",) * 2,
    ]
    opening = Opening.of({"closures": [{"first": first, "last": last} for first, last in days]})
    found = hours(opening, at("2026-07-15T10:00"))
    assert [str(one.first) for one in found.closures] == ["2026-07-10", "2026-09-01"]
    assert found.today is None
