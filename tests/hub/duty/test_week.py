"""Who is on duty: patterns, nights, single days, gaps."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.duty.week import DAY, Change, Roster, Shift, all_now, gaps, next_on, stints, who_now
from shared.opening import SHANGHAI

MONDAY = date(2026, 3, 9)
WANG, LI, ZHAO = 1, 2, 3


def at(day: date, hours: int, minutes: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=SHANGHAI).astimezone(UTC)


DAYS = [Shift(1, day, 8 * 60, 18 * 60, WANG) for day in range(5)]
NIGHTS = [Shift(1, day, 18 * 60, 8 * 60, LI) for day in range(7)]


def test_a_week_of_days_and_nights() -> None:
    roster = Roster(1, [*DAYS, *NIGHTS])
    assert who_now(roster, 1, at(MONDAY, 8)) == (WANG,)
    assert who_now(roster, 1, at(MONDAY, 17, 59)) == (WANG,)
    assert who_now(roster, 1, at(MONDAY, 18)) == (LI,)
    # The night that began on Sunday.
    assert who_now(roster, 1, at(MONDAY, 3)) == (LI,)
    assert who_now(roster, 1, at(MONDAY + 5 * DAY, 12)) == ()
    assert who_now(roster, 2, at(MONDAY, 12)) == ()
    assert (roster.levels, roster.people) == ((1,), frozenset({WANG, LI}))


def test_one_day_is_swapped_and_the_night_before_it_still_ends() -> None:
    roster = Roster(1, [*DAYS, *NIGHTS], [Change(1, MONDAY + DAY, 9 * 60, 12 * 60, ZHAO)])
    tuesday = MONDAY + DAY
    assert who_now(roster, 1, at(tuesday, 7)) == (LI,)
    assert who_now(roster, 1, at(tuesday, 8, 30)) == ()
    assert who_now(roster, 1, at(tuesday, 10)) == (ZHAO,)
    # The whole pattern of the day is replaced, its night, too.
    assert who_now(roster, 1, at(tuesday, 20)) == ()
    assert who_now(roster, 1, at(tuesday + DAY, 9)) == (WANG,)


def test_a_holiday_is_a_gap() -> None:
    roster = Roster(1, DAYS, [Change(1, MONDAY, 0, 0, None)])
    assert gaps(roster, 1, MONDAY) == [(0, 1440)]
    assert gaps(roster, 1, MONDAY + DAY) == [(0, 480), (1080, 1440)]


def test_gaps_know_of_the_night_before() -> None:
    roster = Roster(1, NIGHTS)
    assert gaps(roster, 1, MONDAY) == [(480, 1080)]
    assert gaps(Roster(1, [*DAYS, *NIGHTS]), 1, MONDAY) == []


def test_the_next_on_duty_is_the_lowest_level_there_now_else_the_next_shift() -> None:
    lead = [Shift(2, day, 0, 0, ZHAO) for day in range(5)]
    roster = Roster(1, [*DAYS, *lead])
    assert next_on(roster, 1, at(MONDAY, 12)) == (at(MONDAY, 12), (WANG,))
    assert next_on(roster, 1, at(MONDAY, 20)) == (at(MONDAY, 20), (ZHAO,))
    assert next_on(roster, 2, at(MONDAY, 12)) == (at(MONDAY, 12), (ZHAO,))
    saturday = MONDAY + 5 * DAY
    assert next_on(Roster(1, DAYS), 1, at(saturday, 12)) == (at(MONDAY + 7 * DAY, 8), (WANG,))
    assert next_on(Roster(1), 1, at(MONDAY, 12)) is None
    assert all_now(roster, at(MONDAY, 12)) == (WANG, ZHAO)


MINUTE_OF_DAY = st.integers(0, 1439)
SHIFTS = st.lists(
    st.builds(Shift, st.integers(1, 3), st.integers(0, 6), MINUTE_OF_DAY, MINUTE_OF_DAY, st.integers(1, 4)), max_size=8
)
CHANGES = st.lists(
    st.builds(
        Change, st.integers(1, 3), st.dates(MONDAY - DAY, MONDAY + 7 * DAY), MINUTE_OF_DAY, MINUTE_OF_DAY,
        st.none() | st.integers(1, 4),
    ),
    max_size=4,
)  # fmt: skip


@given(SHIFTS, CHANGES, st.integers(0, 6), MINUTE_OF_DAY)
def test_a_minute_is_a_gap_exactly_where_nobody_is_on_duty(shifts, changes, day, minute) -> None:
    roster = Roster(1, shifts, changes)
    on = MONDAY + day * DAY
    moment = at(on, 0) + timedelta(minutes=minute)
    free = any(start <= minute < end for start, end in gaps(roster, 1, on))
    assert free == (who_now(roster, 1, moment) == ())


@given(SHIFTS, CHANGES, st.integers(1, 3), st.integers(0, 6), MINUTE_OF_DAY)
def test_whoever_comes_next_is_on_duty_then_and_nobody_was_before(shifts, changes, least, day, minute) -> None:
    roster = Roster(1, shifts, changes)
    moment = at(MONDAY + day * DAY, 0) + timedelta(minutes=minute)
    found = next_on(roster, least, moment)
    levels = [level for level in roster.levels if level >= least]
    if found is None:
        assert all(stints(roster, level, MONDAY + (day + ahead) * DAY) == [] for level in levels for ahead in (1, 7))
        return
    start, users = found
    assert start >= moment
    assert users
    assert any(who_now(roster, level, start) == users for level in levels)
    if start > moment:
        assert all(who_now(roster, level, start - timedelta(minutes=1)) == () for level in levels)
