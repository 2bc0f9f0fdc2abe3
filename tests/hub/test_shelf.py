"""However many ask, the database is asked no more than so often."""

import threading

import pytest

from hub.shelf import Busy, Shelf


class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


class Look:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_one_key_is_looked_up_once_while_it_is_kept() -> None:
    clock, look = Clock(), Look()
    shelf = Shelf(clock=clock)
    for clock.at in (0, 5, 19.9):
        assert shelf.get("a", 20, look) == 1
    clock.at = 20
    assert shelf.get("a", 20, look) == 2
    assert shelf.get("a", 0, look) == 3, "what may not be old at all is always fresh"


def test_what_is_not_there_is_kept_too() -> None:
    shelf, looked = Shelf(clock=Clock()), list[int]()
    for _ in range(3):
        assert shelf.get("nobody", 20, lambda: looked.append(1)) is None  # type: ignore[func-returns-value]
    assert len(looked) == 1


def test_different_keys_are_bounded_together_and_what_is_kept_is_still_given() -> None:
    clock = Clock()
    shelf = Shelf(most=3, per_s=1, clock=clock)
    for key in range(3):
        shelf.get(key, 20, lambda: 7)
    with pytest.raises(Busy):
        shelf.get(3, 20, lambda: 7)
    assert shelf.get(0, 20, lambda: 8) == 7
    clock.at = 1.0
    assert shelf.get(3, 20, lambda: 9) == 9


def test_the_shelf_does_not_grow() -> None:
    shelf = Shelf(size=2, clock=Clock())
    for key in range(5):
        shelf.get(key, 20, lambda: 1)
    assert shelf.get(4, 20, lambda: 2) == 1
    assert shelf.get(0, 20, lambda: 2) == 2


def test_a_look_that_fails_keeps_nothing() -> None:
    shelf = Shelf(clock=Clock())
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", 20, lambda: 1 // 0)
    assert shelf.get("a", 20, lambda: 3) == 3


def test_of_twenty_who_ask_at_once_one_looks() -> None:
    shelf, look, started = Shelf(), Look(), threading.Barrier(20)
    found: list[int] = []

    def ask() -> None:
        started.wait()
        found.append(shelf.get("a", 60, look))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 20
