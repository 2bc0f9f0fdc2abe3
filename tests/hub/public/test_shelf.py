"""However many strangers ask, the database is asked no more than so often."""

import pytest

from hub.public.shelf import Busy, Shelf


class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_one_key_is_looked_up_once_while_it_is_kept() -> None:
    clock, looked = Clock(), []
    shelf = Shelf[int](keep_s=20, clock=clock)
    for clock.at in (0, 5, 19.9):
        assert shelf.get("a", lambda: looked.append(1) or len(looked)) == 1
    clock.at = 20
    assert shelf.get("a", lambda: looked.append(1) or len(looked)) == 2


def test_what_is_not_there_is_kept_too() -> None:
    shelf, looked = Shelf[int | None](clock=Clock()), []
    for _ in range(3):
        assert shelf.get("nobody", lambda: looked.append(1)) is None
    assert len(looked) == 1


def test_different_keys_are_bounded_together_and_what_is_kept_is_still_given() -> None:
    clock = Clock()
    shelf = Shelf[int](most=3, per_s=1, clock=clock)
    for key in range(3):
        shelf.get(key, lambda: 7)
    with pytest.raises(Busy):
        shelf.get(3, lambda: 7)
    assert shelf.get(0, lambda: 8) == 7
    clock.at = 1.0
    assert shelf.get(3, lambda: 9) == 9


def test_the_shelf_does_not_grow() -> None:
    shelf = Shelf[int](size=2, clock=Clock())
    for key in range(5):
        shelf.get(key, lambda: 1)
    assert shelf.get(4, lambda: 2) == 1
    assert shelf.get(0, lambda: 2) == 2


def test_a_look_that_fails_keeps_nothing() -> None:
    shelf = Shelf[int](clock=Clock())
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", lambda: 1 // 0)
    assert shelf.get("a", lambda: 3) == 3
