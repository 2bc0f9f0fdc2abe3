"""Passages by the order of the beams, from polls ten times a second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.footfall import BLOCKED_S, THING_S, UNEVEN_S, BeamPair, Direction


def walk(polls: str, pair: BeamPair | None = None, start: float = 0.0) -> list[Direction | None]:
    """Passages in polls 100 ms apart: `.` none, `a`, `b` one beam broken, `x` both, `a*30` a poll repeated."""
    pair = pair or BeamPair()
    found, at = list[Direction | None](), start
    for word in polls.split():
        letters, _, times = word.partition("*")
        for letter in letters * int(times or 1):
            at = round(at + 0.1, 3)
            for passage in pair.hear(letter in "ax", letter in "bx", at):
                assert passage.at == at
                found.append(passage.direction)
    return found


@pytest.mark.parametrize(
    ("polls", "passages", "doubts"),
    [
        (". aa xx bb .", ["in"], 0),
        (". bb xx aa .", ["out"], 0),
        (". a x b .", ["in"], 0),
        (". a b .", ["in"], 0),
        (". x b .", ["in"], 0),
        (". a x .", ["in"], 0),
        (". b x .", ["out"], 0),
        (". x a .", ["out"], 0),
        (". x .", [], 1),
        (". aa ... bb .", ["in"], 0),
        (". bb ... aa .", ["out"], 0),
        (". aa .*15 bb .", [], 0),
        (". aa ... aa .", [], 0),
        (". aaa .", [], 0),
        (". aa x*20 aa .", [], 0),
        (". bb x*20 bb .", [], 0),
        (". aa xx aa .", [], 1),
        (". aa xx bb xx aa .", [], 1),
        (". aa x b . .. aa x b .", ["in", "in"], 0),
        (". aa x b . .. bb x aa .", ["in", "out"], 0),
        (". aa x b . bb .", ["in"], 0),
        (". a x b . a x b . b x a .", ["in", "in", "out"], 0),
        (". aa x b x aa x bb .", ["in", "in"], 0),
        (". bb x a x bb x aa .", ["out", "out"], 0),
        (". aa x b xx b .", ["in"], 1),
        (". a*50 x b .", ["in"], 1),
        (". a*50 .", [], 0),
        (". x*40 b .", ["in"], 1),
        (". a*900 xx bb .", ["in"], 1),
        (". a*900 .", [], 0),
        (". a*3100 x b .", [], 0),
        ("aa xx bb .", [], 1),
        ("", [], 0),
    ],
)
def test_the_order_of_the_beams_is_the_direction(polls: str, passages: list[Direction], doubts: int) -> None:
    pair = BeamPair()
    assert walk(polls, pair) == passages
    assert pair.take_doubts() == doubts
    assert pair.take_doubts() == 0


def test_two_abreast_count_as_one() -> None:
    assert walk(". aaa xxx bbb .") == ["in"]


def test_who_stands_in_the_door_counts_once_however_they_sway() -> None:
    pair = BeamPair()
    assert walk(". aa x*100 b x a x*80 b x*300 bb .", pair) == ["in"]
    assert pair.take_doubts() == 1


def test_a_blocked_beam_invents_nobody_and_those_the_other_sees_have_no_direction() -> None:
    pair = BeamPair()
    assert walk(". a*99", pair) == []
    assert pair.blocked == frozenset()
    assert walk("a*20 xxx a*20 xxx a", pair, start=10.0) == [], "it may still be somebody who sways"
    assert pair.blocked == {"a"}
    later = 15.0 + THING_S
    assert walk(f"a*{int(10 * THING_S)} xxx a*20 xxxx a", pair, start=15.0) == [None, None]
    assert not pair.blind
    assert walk(". . a x b .", pair, start=later + 10) == ["in"]
    assert pair.blocked == frozenset()


def test_with_both_beams_blocked_it_is_blind() -> None:
    pair = BeamPair()
    assert walk(f". a*20 x*{int(10 * THING_S) + 10}", pair) == []
    assert (pair.blocked, pair.blind) == ({"a", "b"}, True)


def test_a_beam_that_flickers_by_itself_is_noticed_and_counts_nobody() -> None:
    pair = BeamPair()
    assert walk(". b .*30 b .*60 b .*30", pair) == []
    assert not pair.is_uneven(13.0)
    assert walk("b ... aa .*20", pair, start=13.0) == ["out"], "once it may be a person between the beams"
    walk(". b .*20 b .*20", pair, start=20.0)
    assert pair.is_uneven(25.0)
    assert walk("b ... aa .*20", pair, start=25.4) == [], "but not where that beam flickers"
    assert not pair.is_uneven(30.0 + UNEVEN_S)


def test_what_was_begun_before_a_hole_is_not_told_and_is_a_doubt() -> None:
    pair = BeamPair()
    walk(". a x", pair)
    assert walk("b .", pair, start=30.0) == []
    assert pair.take_doubts() == 2
    walk(". a x", pair, start=40.0)
    pair.lose()
    assert walk("b . . a x b .", pair, start=40.4) == ["in"]


def test_a_bounce_is_no_break() -> None:
    pair = BeamPair()
    found = []
    for a, b, at in ((0, 0, 0.0), (1, 0, 1.0), (0, 0, 1.02), (1, 0, 1.04), (1, 1, 1.2), (0, 1, 1.4), (0, 0, 1.6)):
        found += pair.hear(bool(a), bool(b), at)
    assert [passage.direction for passage in found] == ["in"]
    assert pair.take_doubts() == 0


@given(polls=st.text(".abx", max_size=120))
def test_nobody_is_counted_while_a_beam_is_broken_and_the_pair_never_tires(polls: str) -> None:
    pair = BeamPair()
    for number, letter in enumerate("." + polls):
        assert not pair.hear(letter in "ax", letter in "bx", number / 10) or letter == "."
    assert walk(". .*30 a x b .", pair, start=len(polls) / 10 + BLOCKED_S / 10)[-1:] == ["in"]


@given(polls=st.text(".abx", max_size=120))
def test_no_more_people_than_breaks_of_either_beam(polls: str) -> None:
    counted = len(walk(". " + " ".join(polls) + " .", BeamPair()))
    broken = ["".join(".#"[letter in seen] for letter in polls) for seen in ("ax", "bx")]
    breaks = [sum(part != "" for part in beam.split(".")) for beam in broken]
    assert counted <= min(breaks)
