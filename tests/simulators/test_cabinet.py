"""The clock of a fridge's defrosts, and the tries of a compressor that cannot start."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulators.cabinet import Cabinet, DefrostClock, Phase
from simulators.compressor import Tries
from simulators.people import DAY_S, day_start

MIDNIGHT = day_start(20_500)


@pytest.mark.parametrize(("per_day", "a_fortnight"), [(0.0, 0), (0.5, 7), (1.0, 14), (12 / 7, 24), (2.0, 28)])
def test_so_many_defrosts_heat_in_a_fortnight(per_day, a_fortnight):
    clock = DefrostClock(per_day, 600.0)
    phases = [clock.phase(MIDNIGHT + minute * 60) for minute in range(14 * 1440)]
    heated = [at for at, (before, phase) in enumerate(pairwise(phases)) if before != phase is Phase.HEATING]

    assert abs(len(heated) - a_fortnight) <= 1
    assert phases.count(Phase.HEATING) == 10 * len(heated)
    assert phases.count(Phase.PRECOOLING) == 30 * 14 * (2 if per_day > 1 else 1)


@settings(deadline=None, max_examples=40)
@given(start=st.floats(0, 3 * DAY_S), per_day=st.sampled_from([0.5, 1.0, 2.0]))
def test_a_clock_asked_from_any_instant_on_says_the_same(start, per_day):
    early, late = DefrostClock(per_day, 600.0), DefrostClock(per_day, 600.0)
    for minute in range(0, int(start // 60), 7):
        early.phase(MIDNIGHT + minute * 60)

    for second in range(0, int(DAY_S), 1800):
        assert early.phase(MIDNIGHT + start + second) is late.phase(MIDNIGHT + start + second)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 1000), now=st.floats(MIDNIGHT, MIDNIGHT + 9000))
def test_a_try_is_seen_at_its_edges(seed, now):
    tries = Tries(MIDNIGHT, Random(seed), 0.5)
    edge = tries.edge(now)

    assert now < edge <= now + 180.1
    assert tries.trying(edge) is not tries.trying(edge - 0.03)
    assert tries.edge(edge) > edge


@pytest.mark.parametrize(("room", "wall", "watts"), [(24.0, 1.5, -30.0), (35.0, 12.5, -125.0), (8.0, 0.8, 20.0)])
def test_a_cabinet_ends_where_heat_in_is_heat_out(room, wall, watts):
    cabinet = Cabinet()
    for _ in range(60 * 24 * 10):
        cabinet.step(60.0, room, wall, watts)

    assert cabinet.air == pytest.approx(room + watts / wall, abs=0.1)
    assert cabinet.food == pytest.approx(cabinet.air, abs=0.1)
