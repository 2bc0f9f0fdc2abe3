"""What is drawn, and that nothing which can break is forgotten."""

from collections import Counter

import pytest

from simulators.appliance import physics
from tests.evaluation.catalogue import DAY_S, FAULTS, KINDS, LEFT_OUT, fault_of
from tests.evaluation.plans import DAYS, draw, open_seconds

MIDNIGHT = -8 * 3600.0
"""Of 1 January 1970 in Shanghai."""


def test_every_way_a_judged_kind_can_break_is_drawn_or_left_out_for_a_reason() -> None:
    can_break = {(kind, how) for kind in KINDS for how in physics()[kind].faults}
    assert {(fault.kind, fault.how) for fault in FAULTS} | LEFT_OUT.keys() == can_break
    assert not {(fault.kind, fault.how) for fault in FAULTS} & LEFT_OUT.keys()


def test_a_seed_draws_the_same_windows_and_another_seed_others() -> None:
    assert draw("1", 24) == draw("1", 24)
    assert draw("1", 24) != draw("2", 24)


def test_half_are_drawn_broken_a_third_healthy_the_rest_between() -> None:
    cases = [case for plan in draw("7", 60) for case in plan.cases]
    assert Counter(case.aim for case in cases) == {"2": 30, "healthy": 20, "6": 10}
    assert [case.number for case in cases] == list(range(60))
    assert all((case.fault is None or case.fault.effect == "none") == (case.aim == "healthy") for case in cases)


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_what_is_drawn_lies_within_its_window(seed: str) -> None:
    for plan in draw(seed, 30):
        assert plan.visit % 60 == 0
        assert plan.visit - plan.start == DAYS * DAY_S
        assert open_seconds(plan.visit - 60, plan.visit) == 60
        assert len({case.kind for case in plan.cases}) == len(plan.cases)
        turns = plan.story().turns
        assert all(plan.start <= turn.at < plan.visit for turn in turns)
        for case in plan.cases:
            assert all(plan.start <= since < until <= plan.visit for since, until in case.silences)
            assert sum(until - since for since, until in case.silences) <= 0.35 * DAYS * DAY_S


def test_a_day_has_eight_opening_hours() -> None:
    assert open_seconds(MIDNIGHT, MIDNIGHT + DAY_S) == 8 * 3600
    assert open_seconds(MIDNIGHT + 16 * 3600, MIDNIGHT + DAY_S + 10 * 3600) == 2 * 3600
    assert open_seconds(MIDNIGHT + 18 * 3600, MIDNIGHT + DAY_S) == 0


def test_a_fault_nobody_listed_is_refused() -> None:
    with pytest.raises(KeyError):
        fault_of("fridge", "melted")
