import codecs

import pytest
from textual.drivers import linux_driver, web_driver

from kiosk.guard import LoneKey, TouchGuard, survive_invalid_bytes


def test_nothing_counts_before_the_first_screen() -> None:
    assert not TouchGuard().down(1, 5.0)


@pytest.mark.parametrize(("after", "counts"), [(0.05, False), (0.12, False), (0.4, False), (0.46, True), (2.0, True)])
def test_a_press_soon_after_the_glass_changed_is_a_ghost(after: float, counts: bool) -> None:
    guard = TouchGuard()
    guard.changed(10.0)
    assert guard.down(1, 10.0 + after) is counts
    assert guard.up() is counts


def test_a_release_without_its_press_does_not_count() -> None:
    guard = TouchGuard()
    guard.changed(0.0)
    assert guard.down(1, 1.0)
    guard.changed(1.1)
    assert not guard.up()


@pytest.mark.parametrize("button", [2, 3])
def test_other_buttons_press_nothing(button: int) -> None:
    guard = TouchGuard()
    guard.changed(0.0)
    assert not guard.down(button, 1.0)
    assert not guard.up()


def test_a_lone_digit_is_a_persons() -> None:
    digits = LoneKey()
    assert digits.hear("3", 1.0)
    assert digits.due() == "3"
    assert digits.due() is None


@pytest.mark.parametrize("key", ["enter", "a", "ctrl+q", "escape", "f1", "�"])
def test_other_keys_are_no_digits(key: str) -> None:
    assert not LoneKey().hear(key, 1.0)


def test_a_scanner_presses_nothing() -> None:
    digits = LoneKey()
    for step, key in enumerate([*"6901234567892", "enter"]):
        digits.hear(key, 1.0 + 0.005 * step)
    assert digits.due() is None


def test_a_held_key_presses_once_at_most() -> None:
    digits = LoneKey()
    assert digits.hear("1", 1.0)
    assert digits.due() == "1"
    digits.hear("1", 1.5)
    for step in range(1, 20):
        assert not digits.hear("1", 1.5 + 0.033 * step)
    assert digits.due() is None


def test_both_drivers_replace_what_is_not_utf8() -> None:
    survive_invalid_bytes()
    for driver in (linux_driver, web_driver):
        decoder: type[codecs.IncrementalDecoder] = vars(driver)["getincrementaldecoder"]("utf-8")
        assert decoder().decode(b"1\xb0\xff2") == "1\ufffd\ufffd2"
