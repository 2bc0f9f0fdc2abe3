"""Keyboard scanners: every code is heard, and no person's keys are one."""

import string

from hypothesis import given
from hypothesis import strategies as st

from kiosk.cards import LONGEST, SHORTEST
from kiosk.wedge import KEY_S, STALLS_S, Wedge

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
