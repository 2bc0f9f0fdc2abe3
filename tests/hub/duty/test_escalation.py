"""When an alert nobody has acknowledged goes up."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.duty.escalation import goes_up
from hub.duty.week import Roster
from shared.opening import Closure, Opening

NOON = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)
"""A Wednesday, 12:00 in Shanghai."""
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ROSTER = Roster(1)
OPENING = Opening()


def test_safety_by_the_clock() -> None:
    assert goes_up("safety", NOON, OPENING, ROSTER) == NOON + 10 * MINUTE
    assert goes_up("safety", NOON + 12 * HOUR, OPENING, Roster(1, safety_minutes=3)) == NOON + 12 * HOUR + 3 * MINUTE


def test_urgent_by_opening_time() -> None:
    assert goes_up("high", NOON, OPENING, ROSTER) == NOON + 30 * MINUTE
    # 16:45: a quarter of an hour today, the rest tomorrow from 9:00 on.
    assert goes_up("high", NOON + timedelta(hours=4, minutes=45), OPENING, ROSTER) == NOON + timedelta(hours=21.25)
    assert goes_up("high", NOON + 10 * HOUR, OPENING, ROSTER) == NOON + timedelta(hours=21.5)


def test_normal_on_the_next_day_it_opens() -> None:
    weekdays = Opening(weekdays=[0, 1, 2, 3, 4])
    friday = NOON + timedelta(days=2)
    assert goes_up("normal", NOON, weekdays, ROSTER) == NOON + 21 * HOUR
    assert goes_up("normal", friday, weekdays, ROSTER) == friday + timedelta(days=2, hours=21)


def test_a_station_closed_for_the_winter_keeps_nobody_waiting_for_ever() -> None:
    day = NOON.date()
    closed = Opening(closures=[Closure(first=day, last=day + timedelta(days=300))])
    for severity in ("high", "normal"):
        assert goes_up(severity, NOON, closed, ROSTER) == NOON + timedelta(days=60)


@given(st.integers(0, 7 * 1440), st.integers(5, 600))
def test_exactly_so_many_open_minutes_pass(minutes: int, waits: int) -> None:
    since = NOON + minutes * MINUTE
    until = goes_up("high", since, OPENING, Roster(1, high_minutes=waits))
    passed = int((until - since) / MINUTE)
    assert sum(OPENING.is_open(since + minute * MINUTE) for minute in range(passed)) == waits
    assert OPENING.is_open(until - MINUTE)
