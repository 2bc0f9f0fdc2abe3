"""Keyboard scanners: every code is heard, and no person's keys are one."""

import string

from hypothesis import given
from hypothesis import strategies as st

from kiosk.cards import LONGEST, SHORTEST
from kiosk.wedge import KEY_S, ONE_KEY_S, STALLS_S, Wedge

SIGNS = string.ascii_letters + string.digits + "-/+. "
FAST, SLOW = st.floats(0, KEY_S * 0.98), st.floats(KEY_S * 1.02, 5)


def typed(
    wedge: Wedge, text: str, pauses: list[float], at: float = 0.0, end: str = "enter"
) -> tuple[str | None, float]:
    for sign, pause in zip(text, pauses, strict=False):
        at += pause
        assert wedge.hear(sign, sign, at) is None
    at += 0.01
    return wedge.hear(end, "\r" if end == "enter" else None, at), at


@given(st.text(SIGNS, min_size=SHORTEST, max_size=LONGEST).filter(lambda text: len(set(text)) > 1), st.data())
def test_a_burst_that_ends_with_enter_is_a_code(text: str, data: st.DataObject) -> None:
    pauses = data.draw(st.lists(FAST, min_size=len(text), max_size=len(text)))
    assert typed(Wedge(), text, pauses)[0] == text
    assert typed(Wedge(), text, pauses, end="ctrl+j")[0] == text


@given(st.text(SIGNS, max_size=12), st.data())
def test_keys_pressed_by_hand_are_none(text: str, data: st.DataObject) -> None:
    pauses = data.draw(st.lists(SLOW, min_size=len(text), max_size=len(text)))
    assert typed(Wedge(), text, pauses)[0] is None


@given(st.text(SIGNS, max_size=SHORTEST - 1) | st.text(SIGNS, min_size=LONGEST + 1, max_size=200))
def test_what_is_too_short_or_too_long_is_none_and_the_next_code_is_heard(text: str) -> None:
    wedge = Wedge()
    code, at = typed(wedge, text, [0.005] * len(text))
    assert code is None
    assert typed(wedge, "GH-0042", [0.005] * 7, at)[0] == "GH-0042"


@given(st.floats(KEY_S * 1.02, STALLS_S * 0.98), st.integers(2, 9))
def test_the_rest_of_a_code_that_broke_off_is_none_and_the_next_code_is_heard(gap: float, broken_at: int) -> None:
    pauses = [0.005] * 10
    pauses[broken_at] = gap
    wedge = Wedge()
    code, at = typed(wedge, "1234567890", pauses)
    assert code is None
    assert typed(wedge, "GH-0042", [0.005] * 7, at)[0] == "GH-0042"


def test_a_code_after_a_hand_on_the_number_pad_is_heard() -> None:
    wedge = Wedge()
    for at in (0.0, 0.2, 0.5):
        wedge.hear("7", "7", at)
    assert typed(wedge, "GH-0042", [0.06, *[0.005] * 6], 0.5)[0] == "GH-0042"


def test_a_held_key_is_none() -> None:
    assert typed(Wedge(), "1" * 40, [0.033] * 40)[0] is None


@given(st.lists(st.tuples(st.sampled_from(["f1", "ctrl+q", "tab", "left", "escape"]), FAST), min_size=1, max_size=5))
def test_a_chord_in_the_middle_spoils_what_came_before(chords: list[tuple[str, float]]) -> None:
    wedge = Wedge()
    typed_at = 0.0
    for sign in "12345":
        typed_at += 0.01
        wedge.hear(sign, sign, typed_at)
    for chord, pause in chords:
        typed_at += pause
        assert wedge.hear(chord, None, typed_at) is None
    assert wedge.hear("enter", "\r", typed_at + 0.01) is None


@given(st.lists(st.tuples(st.sampled_from([*"19aZ ", "enter", "ctrl+j", "escape"]), st.floats(0, 0.2)), max_size=200))
def test_no_keys_whatever_break_it_or_make_it_keep_more_than_a_code(keys: list[tuple[str, float]]) -> None:
    wedge, at = Wedge(), 0.0
    for key, pause in keys:
        at += pause
        code = wedge.hear(key, key if len(key) == 1 else None, at)
        assert code is None or SHORTEST <= len(code) <= LONGEST
        assert len(wedge._typed) <= LONGEST


@given(st.integers(1, 9), st.floats(KEY_S * 1.02, 0.9))
def test_a_code_with_a_pause_in_it_is_none_and_neither_is_its_rest(cut: int, pause: float) -> None:
    wedge, code = Wedge(), "1234567890"
    pauses = [0.005] * cut + [pause] + [0.005] * (len(code) - cut - 1)
    heard, at = typed(wedge, code, pauses)
    assert heard is None
    assert typed(wedge, "GH-0042", [0.005] * 7, at)[0] == "GH-0042"


@given(st.integers(2, 9), st.floats(KEY_S * 1.02, 30))
def test_the_rest_of_a_code_that_was_begun_is_none_however_late_it_comes(cut: int, pause: float) -> None:
    pauses = [0.005] * cut + [pause] + [0.005] * (10 - cut - 1)
    assert typed(Wedge(), "1234567890", pauses)[0] is None


@given(st.sets(st.integers(1, 9), min_size=2, max_size=4), st.floats(KEY_S * 1.02, 0.9))
def test_a_code_that_stalls_more_than_once_after_its_beginning_is_none(cuts: set[int], pause: float) -> None:
    pauses = [pause if place in cuts and place > 1 else 0.005 for place in range(10)]
    assert typed(Wedge(), "1234567890", pauses)[0] is None


def test_a_code_that_begins_with_one_letter_twice_and_stalls_is_none() -> None:
    assert typed(Wedge(), "0042001799", [0.005, 0.005, 0.5, *[0.005] * 7])[0] is None


@given(st.floats(KEY_S * 1.02, 5))
def test_an_enter_that_comes_late_ends_no_code_and_spoils_none(pause: float) -> None:
    wedge = Wedge()
    for at in (0.0, 0.01, 0.02, 0.03):
        wedge.hear(str(at)[-1], str(at)[-1], at)
    assert wedge.hear("enter", "\r", 0.03 + pause) is None
    assert typed(wedge, "GH-0042", [0.005] * 7, 0.03 + pause)[0] == "GH-0042"


def test_a_digit_a_person_pressed_spoils_no_card_that_follows() -> None:
    wedge = Wedge()
    assert wedge.hear("3", "3", 5.0) is None
    assert typed(wedge, "GH-0042", [1.1] + [0.005] * 6, 5.0)[0] == "GH-0042"


@given(st.lists(st.floats(KEY_S * 1.02, 3), min_size=1, max_size=8), st.sampled_from(["1", "7", "escape"]))
def test_a_hand_on_the_number_pad_spoils_no_card_that_follows(pauses: list[float], key: str) -> None:
    wedge, at = Wedge(), 0.0
    for pause in pauses:
        at += pause
        wedge.hear("3", "3", at)
    at += 0.4
    wedge.hear(key, key if len(key) == 1 else None, at)
    assert typed(wedge, "GH-0042", [ONE_KEY_S] + [0.005] * 6, at)[0] == "GH-0042"


def test_a_key_that_lay_pressed_spoils_no_card_that_follows() -> None:
    wedge, at = Wedge(), 0.0
    for _ in range(2 * LONGEST):
        at += 0.033
        wedge.hear("1", "1", at)
    assert typed(wedge, "GH-0042", [ONE_KEY_S] + [0.005] * 6, at)[0] == "GH-0042"


def test_what_was_begun_and_never_ended_spoils_no_card_for_ever() -> None:
    wedge = Wedge()
    for at in (0.0, 0.01):  # a sleeve on the keys
        wedge.hear("a", str(at)[-1], at)
    assert typed(wedge, "GH-0042", [STALLS_S] + [0.005] * 6, 0.01)[0] == "GH-0042"


def test_what_follows_a_chord_in_the_middle_of_a_code_is_none() -> None:
    wedge = Wedge()
    _, at = typed(wedge, "12345", [0.005] * 5, end="f1")
    assert typed(wedge, "567890", [0.005] * 6, at)[0] is None
    assert typed(wedge, "GH-0042", [0.005] * 7, at + 1)[0] == "GH-0042"
