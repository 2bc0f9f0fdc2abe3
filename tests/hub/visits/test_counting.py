"""Which check-ins count."""

import itertools
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.checkins.counting import AGAIN_AFTER, counting, left_out
from tests.hub.pages.conftest import NOW


@dataclass(frozen=True)
class Tap:
    at: datetime
    burst: bool = False


def taps(*said: tuple[int, bool]) -> list[Tap]:
    return [Tap(NOW + timedelta(seconds=second), burst) for second, burst in said]


def seconds(found: list[Tap]) -> list[int]:
    return [int((one.at - NOW).total_seconds()) for one in found]


def test_what_is_not_marked_always_counts_and_a_burst_once_in_twenty_seconds() -> None:
    said = taps((0, False), (2, False), (4, False), (6, True), (23, True), (24, True), (30, True), (44, True))
    assert seconds(counting(said)) == [0, 2, 4, 24, 44]
    assert left_out(said) == 3


def test_nobody_is_nobody() -> None:
    assert counting([]) == []


@given(st.lists(st.builds(Tap, st.integers(0, 300).map(lambda s: NOW + timedelta(seconds=s)), st.booleans())))
def test_order_changes_nothing_and_marks_only_take_away(said: list[Tap]) -> None:
    found = counting(said)
    assert seconds(counting(said[::-1])) == seconds(found)
    assert not Counter(found) - Counter(said)
    assert sum(not one.burst for one in found) == sum(not one.burst for one in said)
    for before, after in itertools.pairwise(found):
        assert not after.burst or after.at - before.at >= AGAIN_AFTER
