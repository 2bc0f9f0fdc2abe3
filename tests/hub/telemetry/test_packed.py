"""Figures come back as they went, to the decimals that are kept."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.telemetry.packed import Folded, digits_of, layout_id, pack, unpack
from shared.records import Figure

START = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)
PLACES = [
    ("fridge-1", "power"),
    ("fridge-1", "door_open"),
    ("outlets-1", "voltage.2"),
    ("room-1", "from_a_later_version"),
]
NUMBERS = st.one_of(st.floats(-400, 400), st.integers(-(10**9), 10**9).map(float), st.floats(-1e300, 1e300))


def figure(facility: str, quantity: str, n: int = 1, low: float = 0, mean: float = 0, high: float = 0) -> Figure:
    return Figure(facility=facility, quantity=quantity, n=n, low=low, mean=mean, high=high)


def again(figures: Sequence[Figure]) -> dict[tuple[str, str], Folded]:
    layout, packed = pack(figures)
    return {(facility, quantity): folded for facility, quantity, folded in unpack(START, layout, packed)}


@given(st.dictionaries(st.sampled_from(PLACES), st.tuples(st.integers(1, 10**6), NUMBERS, NUMBERS, NUMBERS)))
def test_every_figure_comes_back_to_its_decimals(
    told: dict[tuple[str, str], tuple[int, float, float, float]],
) -> None:
    back = again([figure(*place, *numbers) for place, numbers in told.items()])
    assert set(back) == set(told)
    for (_, quantity), folded in back.items():
        n, low, mean, high = told[_, quantity]
        assert folded.start == START
        assert folded.n == n
        half = 0.5 / 10 ** digits_of(quantity)
        for was, is_, off in ((low, folded.low, half), (mean, folded.mean, half / 10), (high, folded.high, half)):
            assert abs(was - is_) <= off * 1.001 + abs(was) * 1e-12


def test_the_order_in_which_a_station_names_them_makes_no_other_layout() -> None:
    figures = [figure(*place) for place in PLACES]
    assert pack(figures) == pack(figures[::-1])


def test_a_layout_has_the_same_number_everywhere_and_fits_a_column() -> None:
    layout, _ = pack([figure("fridge-1", "power")])
    assert layout_id(layout) == layout_id((("fridge-1", "power", 1),))
    assert layout_id(layout) != layout_id((("fridge-2", "power", 1),))
    assert 0 <= layout_id(layout) < 1 << 47


@pytest.mark.parametrize(("quantity", "digits"), [("power", 1), ("voltage.2", 1), ("door_open", 2), ("unheard_of", 2)])
def test_readings_keep_the_decimals_that_are_shown_and_shares_of_time_two(quantity: str, digits: int) -> None:
    assert digits_of(quantity) == digits


def test_a_figure_of_a_working_fridge_takes_six_bytes() -> None:
    figures = [figure("fridge-1", f"power.{n}", 900, 118.7, 121.403, 124.1) for n in range(1, 21)]
    assert len(pack(figures)[1]) == 20 * 6 + 1
