"""Figures side by side in one number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.visits.lanes import LANES, LAYOUT, Tally, added, tally

NUMBERS = st.lists(st.integers(0, 2**31 - 1), min_size=LANES, max_size=LANES).map(lambda one: Tally(tuple(one)))


@given(st.lists(NUMBERS, max_size=2))
def test_the_sum_of_packed_figures_is_the_sum_of_the_figures(some: list[Tally]) -> None:
    summed = added(one.packed for one in some)
    assert (
        list(summed.numbers) == [sum(column) for column in zip(*(one.numbers for one in some), strict=True)] or not some
    )
    assert len(summed.numbers) == LANES


def test_thousands_of_stations_do_not_run_into_each_other() -> None:
    full = tally({name: dict.fromkeys(range(size), 40_000) for name, size in LAYOUT})
    assert set(added([full.packed] * 10_000).numbers) == {400_000_000}


def test_a_figure_of_an_earlier_version_lacks_the_new_lanes() -> None:
    earlier = tally({"day": {30: 7}}).packed[: 31 * 4]
    assert added([earlier, earlier])["day"][30] == 14
    assert added([earlier]).total("answers_undated") == 0


def test_a_place_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="day has no place 31"):
        tally({"day": {31: 1}})
