"""Only the rubric's own values exist; the total is theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.inspections.scoring import NotInTheRubric, legal, total
from hub.rulebook import Rubric, rulebooks


def annex_three() -> Rubric:
    rubric = rulebooks()["shanghai_2018"].rubric
    assert rubric is not None
    return rubric


RUBRIC = annex_three()
FORMS = st.fixed_dictionaries({item.key: st.sampled_from(item.points) for item in RUBRIC.items()})


@given(points=FORMS)
def test_a_complete_total_is_even_and_from_twenty_to_a_hundred(points: dict[str, int]) -> None:
    result = total(RUBRIC, points)
    assert result.complete
    assert result.points == sum(points.values())
    assert result.points % 2 == 0
    assert 20 <= result.points <= 100
    assert sum(section.points for section in result.sections) == result.points


@given(points=FORMS, left_out=st.sets(st.sampled_from([item.key for item in RUBRIC.items()]), min_size=1))
def test_a_partial_total_says_that_it_is_partial(points: dict[str, int], left_out: set[str]) -> None:
    some = {key: value for key, value in points.items() if key not in left_out}
    result = total(RUBRIC, some)
    assert not result.complete
    assert (result.points, result.decided, result.items) == (sum(some.values()), len(some), 14)


def test_the_extremes() -> None:
    assert total(RUBRIC, {item.key: item.points[0] for item in RUBRIC.items()}).points == 100
    assert total(RUBRIC, {item.key: item.points[2] for item in RUBRIC.items()}).points == 20


@pytest.mark.parametrize("value", [0, 1, 3, 5, 7, 9, 11, -10, "10.0", "ten", "", " 10", "１０", True])
def test_values_the_rubric_does_not_have_are_refused_by_name(value: str | int) -> None:
    with pytest.raises(NotInTheRubric, match=r"fridge: .* is not one of 10, 6, 2") as caught:
        legal(RUBRIC, "fridge", value)
    assert (caught.value.item, caught.value.allowed) == ("fridge", (10, 6, 2))


@given(value=st.one_of(st.integers(), st.text()))
def test_nothing_but_the_three_values_is_legal(value: str | int) -> None:
    for item in RUBRIC.items():
        if str(value) in {str(points) for points in item.points}:
            assert legal(RUBRIC, item.key, value) in item.points
        else:
            with pytest.raises(NotInTheRubric):
                legal(RUBRIC, item.key, value)


@pytest.mark.parametrize("value", ["5", "3", "1"])
def test_points_come_from_forms_as_text(value: str) -> None:
    assert legal(RUBRIC, "clean", value) == int(value)


def test_a_line_the_form_does_not_have_is_refused() -> None:
    with pytest.raises(NotInTheRubric, match="sofa"):
        legal(RUBRIC, "sofa", 10)
    with pytest.raises(NotInTheRubric, match="sofa"):
        total(RUBRIC, {"sofa": 10})


def test_lines_that_do_not_apply_lower_what_is_possible_and_never_the_official_sum() -> None:
    staff = {item.key for item in RUBRIC.items() if item.key.startswith("staff_")}
    points = {item.key: item.points[0] for item in RUBRIC.items() if item.key not in staff}
    full = total(RUBRIC, points, staff)
    assert (full.points, full.possible, full.highest, full.scaled, full.complete) == (80, 80, 100, 100.0, True)
    less = total(RUBRIC, points | {"fridge": 6, "clean": 3}, staff)
    assert (less.points, less.scaled) == (74, 92.5)
    assert total(RUBRIC, {}, {item.key for item in RUBRIC.items()}).scaled == 0.0


@given(choices=st.lists(st.integers(0, 2), min_size=14, max_size=14), skipped=st.sets(st.integers(6, 9)))
def test_scaled_points_lie_between_nothing_and_all(choices: list[int], skipped: set[int]) -> None:
    items = list(RUBRIC.items())
    points = {item.key: item.points[choices[n]] for n, item in enumerate(items) if n not in skipped}
    found = total(RUBRIC, points, {items[n].key for n in skipped})
    assert found.complete
    assert found.points <= found.possible <= found.highest
    assert 0 <= found.scaled <= 100
    assert found.scaled >= found.points or found.possible == found.highest
