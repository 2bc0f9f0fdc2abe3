"""Passages by the order of the beams, from polls ten times a second; and how many are inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.footfall import BLOCKED_S, EMPTY_S, BeamPair, Direction, Occupancy, Passage


def _walk(polls: str, pair: BeamPair | None = None, start: float = 0.0) -> list[Direction]:
    """Passages in polls 100 ms apart: `.` none, `a`, `b` one beam broken, `x` both, `a*30` a poll repeated."""
    pair = pair or BeamPair()
    found, at = list[Direction](), start
    for word in polls.split():
        letters, _, times = word.partition("*")
        for letter in letters * int(times or 1):
            at = round(at + 0.1, 3)
            passage = pair.hear(letter in "ax", letter in "bx", at)
            if passage is not None:
                assert passage.at == at
                found.append(passage.direction)
    return found


@pytest.mark.parametrize(
    ("polls", "passages"),
    [
        (". aa xx bb .", ["in"]),
        (". bb xx aa .", ["out"]),
        (". a x b .", ["in"]),
        (". a b .", ["in"]),
        (". x b .", ["in"]),
        (". a x .", ["in"]),
        (". b x .", ["out"]),
        (". x a .", ["out"]),
        (". x .", []),
        (". aa ... bb .", ["in"]),
        (". bb ... aa .", ["out"]),
        (". aa .*15 bb .", []),
        (". aa ... aa .", []),
        (". aaa .", []),
        (". aa xx aa .", []),
        (". bb xx bb .", []),
        (". aa xx bb xx aa .", []),
        (". aa x b . .. aa x b .", ["in", "in"]),
        (". aa x b . .. bb x aa .", ["in", "out"]),
        (". aa x b . bb .", ["in"]),
        (". a x b . a x b . b x a .", ["in", "in", "out"]),
        (". a*50 x b .", ["in"]),
        (". a*50 .", []),
        (". x*40 b .", ["in"]),
        (". a*120 x b .", []),
        ("aa xx bb .", []),
        ("", []),
    ],
)
def test_the_order_of_the_beams_is_the_direction(polls: str, passages: list[Direction]) -> None:
    assert _walk(polls) == passages


def test_two_abreast_count_as_one() -> None:
    assert _walk(". aaa xxx bbb .") == ["in"]


def test_a_beam_blocked_for_long_is_flagged_and_counts_nothing_until_it_is_free() -> None:
    pair = BeamPair()
    assert _walk(". a*90", pair) == []
    assert pair.blocked == frozenset()
    assert _walk("a*20 x a x a", pair, start=9.1) == []
    assert pair.blocked == {"a"}
    assert _walk(". . a x b .", pair, start=11.5) == ["in"]
    assert pair.blocked == frozenset()


def test_what_was_begun_before_a_hole_is_not_told() -> None:
    pair = BeamPair()
    _walk(". a x", pair)
    assert _walk("b .", pair, start=30.0) == []
    _walk(". a x", pair, start=40.0)
    pair.lose()
    assert _walk("b . . a x b .", pair, start=40.4) == ["in"]


def test_changes_and_one_poll_a_second_are_enough() -> None:
    pair, found = BeamPair(), []
    polls = [(0, 0, 0.0), (0, 0, 1.0), (1, 0, 1.3), (1, 1, 1.5), (0, 1, 1.8), (0, 0, 2.0), (0, 0, 3.0)]
    for a, b, at in polls:
        found.append(pair.hear(bool(a), bool(b), at))
    assert [passage for passage in found if passage] == [Passage("in", 2.0)]


@given(polls=st.text(".abx", max_size=120))
def test_a_passage_ends_with_both_beams_free_and_the_pair_never_tires(polls: str) -> None:
    pair = BeamPair()
    for number, letter in enumerate("." + polls):
        passage = pair.hear(letter in "ax", letter in "bx", number / 10)
        assert passage is None or letter == "."
    assert _walk(". .*30 a x b .", pair, start=len(polls) / 10 + BLOCKED_S / 10)[-1:] == ["in"]


IN, OUT = Passage("in", 0.0), Passage("out", 0.0)


def test_the_number_inside_never_goes_below_zero() -> None:
    inside = Occupancy()
    for passage in (OUT, OUT, IN, OUT, OUT, IN, IN):
        inside.pass_by(passage)
    assert inside.people == 2


def test_an_empty_room_corrects_the_count_but_not_too_soon() -> None:
    inside = Occupancy()
    inside.pass_by(IN)
    inside.hear(False, 0.0)
    inside.hear(False, EMPTY_S - 1)
    assert (inside.people, inside.occupied) == (1, True)
    inside.hear(False, EMPTY_S)
    assert (inside.people, inside.occupied) == (0, False)


@pytest.mark.parametrize("between", [True, None], ids=["somebody moved", "the radar did not answer"])
def test_the_wait_for_an_empty_room_begins_again(between: bool | None) -> None:
    inside = Occupancy()
    inside.pass_by(IN)
    for present, at in ((False, 0.0), (between, 200.0), (False, 201.0), (False, EMPTY_S + 1)):
        inside.hear(present, at)
    assert inside.people == 1


def test_occupied_is_unknown_without_radar_and_beams() -> None:
    inside = Occupancy()
    assert inside.occupied is None
    inside.hear(True, 1.0)
    assert inside.occupied is True
    inside.hear(None, 2.0)
    assert inside.occupied is None
