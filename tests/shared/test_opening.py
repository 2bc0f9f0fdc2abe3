"""Opening calendars by examples, in local time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.opening import FULL, Closure, Opening, local_midnight


def utc(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "is_open"), [(utc(0, 59), False), (utc(1), True), (utc(8, 59), True), (utc(9), False)]
)
def test_unfiled_hours_are_nine_to_five_in_shanghai(instant: datetime, is_open: bool) -> None:
    assert Opening().is_open(instant) is is_open


def test_the_mask_of_an_hour_has_a_bit_for_each_open_minute() -> None:
    opening = Opening(start="09:30", end="17:15")
    assert opening.mask(utc(1)) == FULL & ~((1 << 30) - 1)
    assert opening.mask(utc(2)) == FULL
    assert opening.mask(utc(9)) == (1 << 15) - 1
    assert opening.mask(utc(10)) == 0


def test_masks_and_questions_agree_over_a_week() -> None:
    opening = Opening(start="08:15", end="20:45", weekdays=[0, 2, 4])
    for day in range(16, 23):
        for hour in range(24):
            mask = opening.mask(utc(hour, day=day))
            for minute in (0, 14, 15, 44, 45, 59):
                assert bool(mask >> minute & 1) == opening.is_open(utc(hour, minute, day))


def test_a_filed_closure_closes_whole_local_days() -> None:
    opening = Opening(start="00:00", end="24:00", closures=[Closure(first=date(2026, 11, 20), last=date(2026, 11, 20))])
    assert not opening.is_open(utc(16, day=19))
    assert not opening.is_open(utc(15, 59))
    assert opening.is_open(utc(16))


@pytest.mark.parametrize("hours", [("9:00", "17:00"), ("09:00", "24:01"), ("17:00", "09:00"), ("09:60", "10:00")])
def test_hours_that_are_none_are_refused(hours: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"time of day|after it starts"):
        Opening(start=hours[0], end=hours[1])


def test_the_local_day_starts_at_sixteen_utc() -> None:
    assert local_midnight(utc(3)) == utc(16, day=19)


@given(
    st.datetimes(datetime(1986, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 — hypothesis wants them naive
    st.integers(1, 80),
    st.lists(st.integers(0, 6), unique=True),
)
def test_hours_in_a_row_are_open_as_each_of_their_minutes_also_where_a_clock_was_put_forward(
    near: datetime, count: int, weekdays: list[int]
) -> None:
    first = near.replace(minute=0, second=0, microsecond=0, tzinfo=UTC)
    opening = Opening(start="08:15", end="20:45", weekdays=weekdays)
    for index, mask in enumerate(opening.masks(first, count)):
        for minute in (0, 14, 15, 44, 45, 59):
            assert bool(mask >> minute & 1) == opening.is_open(first + timedelta(hours=index, minutes=minute))
