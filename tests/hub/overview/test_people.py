"""Two measures of people side by side: neither fills in for the other."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.overview.people import DAY, QUARTER, Passed, days, today

NOW = datetime(2026, 7, 15, 6, 0, tzinfo=UTC)
"""14:00 in Shanghai."""
MIDNIGHT = NOW - timedelta(hours=14)


def passed(start: datetime, entered: int = 0, left: int = 0, undirected: int = 0, *, suspect: bool = False) -> Passed:
    return Passed(start, entered, left, undirected, None, suspect)


def test_nothing_counted_is_not_zero() -> None:
    nobody = today(NOW, [], [NOW - QUARTER])
    assert (nobody.whole.entered, nobody.whole.check_ins, nobody.whole.share) == (None, 1, None)
    zero = today(NOW, [passed(NOW - QUARTER)], [])
    assert (zero.whole.entered, zero.whole.share) == (0, None)
    assert [one.entered for one in zero.quarters].count(0) == 1


def test_hours_nobody_came_in_are_left_out_early_and_late() -> None:
    assert [today(NOW, [], []).quarters[0].start, today(NOW, [], []).end] == [
        MIDNIGHT + timedelta(hours=8),
        MIDNIGHT + timedelta(hours=18),
    ]
    early = today(NOW, [passed(MIDNIGHT + timedelta(hours=5), 1), passed(MIDNIGHT)], [])
    assert early.quarters[0].start == MIDNIGHT + timedelta(hours=5)
    assert len(early.hours) == 13


def test_two_entrances_are_one_station_and_a_doubt_of_either_is_a_doubt() -> None:
    start = NOW - timedelta(hours=1)
    both = today(NOW, [passed(start, 3, 1), passed(start, 4, 2, 1, suspect=True)], []).whole
    assert (both.entered, both.left, both.undirected, both.suspect) == (7, 3, 1, 1)


def test_a_day_begins_at_local_midnight() -> None:
    told = [passed(MIDNIGHT - QUARTER, 5), passed(MIDNIGHT, 2)]
    (first, second) = days(NOW, 2, told, [MIDNIGHT - timedelta(seconds=1), MIDNIGHT])
    assert (first.start, first.entered, first.check_ins) == (MIDNIGHT, 2, 1)
    assert (second.start, second.entered, second.check_ins) == (MIDNIGHT - DAY, 5, 1)


@given(
    st.lists(st.tuples(st.integers(0, 55), st.integers(0, 30), st.integers(0, 30), st.booleans()), max_size=60),
    st.lists(st.integers(0, 14 * 3600 - 1), max_size=60),
)
def test_every_view_of_a_day_has_the_same_sums(counts: list[tuple[int, int, int, bool]], taps: list[int]) -> None:
    told = [passed(MIDNIGHT + QUARTER * place, i, o, suspect=bad) for place, i, o, bad in counts]
    tapped = [MIDNIGHT + timedelta(seconds=second) for second in taps]
    seen = today(NOW, told, tapped)
    for parts in (seen.quarters, seen.hours, days(NOW, 7, told, tapped)):
        assert sum(part.check_ins for part in parts) == seen.whole.check_ins == len(taps)
        assert sum(part.entered or 0 for part in parts) == (seen.whole.entered or 0) == sum(i for _, i, _, _ in counts)
    assert sum(one.suspect for one in seen.hours) == sum(one.suspect for one in seen.quarters) <= seen.whole.suspect
