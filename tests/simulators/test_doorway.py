"""People at a door: what breaks which beam, and how many passed."""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from simulators.doorway import INNER, OUTER, Walk, places, seen, walks
from simulators.people import Visit, draw_visits

DAY = 20_500
ALONE = Walk(1000, inward=True, gait=0.2, break_s=0.4)


def test_going_in_breaks_the_outer_beam_first_and_going_out_the_inner():
    come, go = walks([Visit(1000, 1400, gait=0.2, break_s=0.4)], {}, Random(1))

    (first, outer), (second, inner) = come.breaks()
    assert (first, second) == (OUTER, INNER)
    assert outer.start < inner.start < outer.end < inner.end == come.end
    assert [name for name, _ in go.breaks()] == [INNER, OUTER]
    assert (come.entered, come.left, go.entered, go.left) == (1, 0, 0, 1)


def test_two_who_come_at_once_pass_one_after_the_other():
    passed = walks([Visit(1000, 1400), Visit(1000.1, 1400.1)], {}, Random(1))

    assert all(before.end + 0.4 <= after.at for before, after in pairwise(passed))


@pytest.mark.parametrize(
    ("walk", "people", "breaks"),
    [
        (Walk(0, inward=True, gait=0.2, break_s=0.4, abreast_s=0.1), (2, 0), {OUTER: 1, INNER: 1}),
        (Walk(0, inward=False, gait=0.2, break_s=0.4, abreast_s=0.1), (0, 2), {OUTER: 1, INNER: 1}),
        (Walk(0, inward=True, gait=0.2, break_s=0.4, turned_s=2.0), (0, 0), {OUTER: 1, INNER: 1}),
        (Walk(0, inward=False, gait=0.2, break_s=0.4, met_s=0.3), (1, 1), {OUTER: 2, INNER: 2}),
    ],
    ids=["abreast in", "abreast out", "turned round", "met"],
)
def test_what_passes_and_what_breaks(walk, people, breaks):
    assert (walk.entered, walk.left) == people
    assert Counter(name for name, _ in walk.breaks()) == breaks
    assert max(use.end for _, use in walk.breaks()) == pytest.approx(walk.end)


def test_everybody_who_came_leaves_whatever_the_shares():
    shares = {"abreast": 0.3, "turning": 0.2, "both_ways": 0.2}
    for day in range(5):
        passed = walks(draw_visits("door", DAY + day, 60, 2), shares, Random(day))
        assert sum(walk.entered for walk in passed) == sum(walk.left for walk in passed) > 60


def test_shares_are_of_visits():
    visits = [visit for day in range(20) for visit in draw_visits("door", DAY + day, 60, 2)]
    plain = walks(visits, {}, Random(1))
    assert len(plain) == 2 * len(visits)
    shared = walks(visits, {"abreast": 0.1, "turning": 0.05, "both_ways": 0.02}, Random(1))
    with_companion = sum(walk.entered for walk in shared) - len(visits) - sum(w.met_s is not None for w in shared)
    assert with_companion / len(visits) == pytest.approx(0.1, abs=0.03)
    assert sum(walk.turned_s is not None for walk in shared) / len(visits) == pytest.approx(0.05, abs=0.02)
    assert sum(walk.met_s is not None for walk in shared) / len(visits) == pytest.approx(0.02, abs=0.015)


def test_the_radar_sees_who_comes_in_come_nearer():
    ((_, far),) = places(ALONE, seen(ALONE).start)
    ((_, near),) = places(ALONE, ALONE.end - 0.01)
    assert (far, near) == (pytest.approx(2.7), pytest.approx(0.91))
    assert list(places(ALONE, ALONE.end)) == []
