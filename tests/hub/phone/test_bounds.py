"""How much may come from one place, and what is marked as play."""

import pytest

from hub.phone.bounds import ALL_LIMIT, MOST_OF_ONE, SAME_LIMIT, Bound, Recent, is_burst


@pytest.mark.parametrize(
    ("earlier", "burst"),
    [
        ([], False),
        ([("courier", 1.0)] * (SAME_LIMIT - 1), False),
        ([("courier", 1.0)] * SAME_LIMIT, True),
        ([("courier", 60.0)] * SAME_LIMIT, False),
        ([("warden", 200.0)] * (ALL_LIMIT - 1), False),
        ([("warden", 200.0)] * ALL_LIMIT, True),
        ([("warden", 300.0)] * ALL_LIMIT, False),
    ],
)
def test_many_in_a_short_time_are_a_burst(earlier: list[tuple[str, float]], burst: bool) -> None:
    assert is_burst("courier", earlier) is burst


def test_a_bound_opens_again_when_time_has_passed() -> None:
    recent, bound = Recent(), Bound(2, 10.0)
    for at in (0.0, 1.0):
        assert not recent.is_full("a", at, bound)
        recent.note("a", at)
    assert recent.is_full("a", 9.9, bound)
    assert not recent.is_full("b", 9.9, bound)
    assert not recent.is_full("a", 10.0, bound)


def test_memory_is_bounded_by_places_and_by_what_one_place_says() -> None:
    recent = Recent(most_places=2)
    for number in range(MOST_OF_ONE + 5):
        recent.note("a", float(number))
    assert len(recent.ages("a", 0.0, float("inf"))) == MOST_OF_ONE
    for place in ("b", "c"):
        recent.note(place, 0.0)
    assert recent.ages("a", 0.0, float("inf")) == []
    assert recent.ages("c", 1.0, 5.0) == [("", 1.0)]
