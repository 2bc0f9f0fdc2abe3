"""Figures of windows made by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation import figures
from tests.evaluation.by_hand import MIXED, PLAN, START, VISIT, answer, case, hidden, minutes, said, window
from tests.evaluation.catalogue import DAY_S
from tests.evaluation.outcome import Window, outcome
from tests.evaluation.plans import Plan
from tests.evaluation.shares import Share, percentile


def test_shares_of_the_decided() -> None:
    assert figures.agreement(MIXED) == Share(3, 6)
    assert figures.false_high(MIXED) == Share(2, 6)
    assert figures.false_low(MIXED) == Share(1, 6)
    assert figures.critical(MIXED) == Share(1, 3)
    assert figures.none(MIXED) == Share(2, 8)
    assert figures.none_by_rule(MIXED) == {"R5": 1, "R6": 1}
    assert figures.confusion(MIXED)[2] == {10: 1, 6: 0, 2: 1, None: 1}
    assert [one.truth.points for one in figures.wrong(MIXED)] == [2, 6, 10]


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(0, 150, 0.0, 0.025), (19, 20, 0.764, 0.991), (5, 10, 0.237, 0.763)]
)
def test_wilson(part: int, whole: int, low: float, high: float) -> None:
    assert Share(part, whole).interval == pytest.approx((low, high), abs=0.001)


@given(st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_an_interval_holds_its_share_and_narrows_as_it_counts_more(counts: tuple[int, int]) -> None:
    part, whole = counts
    low, high = Share(part, whole).interval
    assert 0 <= low <= part / whole <= high <= 1
    lower, higher = Share(part * 4, whole * 4).interval
    assert higher - lower < high - low


def test_of_nothing_everything_is_possible() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)


@pytest.mark.parametrize(("values", "p95"), [([5.0], 5.0), (list(range(1, 101)), 95), ([3.0, 1.0, 2.0], 3.0)])
def test_percentile(values: list[float], p95: float) -> None:
    assert percentile(values, 0.95) == p95


def test_kappa_is_one_where_all_agree_and_falls_with_the_square_of_the_distance() -> None:
    agreeing = [window(10, 10), window(6, 6), window(2, 2)]
    near, far = [*agreeing, window(2, 6)], [*agreeing, window(2, 10)]
    assert figures.kappa(agreeing) == 1.0
    assert (figures.kappa(far) or 0) < (figures.kappa(near) or 0) < 1.0
    assert figures.kappa([window(10, None)]) is None


def test_what_no_signal_shows_is_counted_apart_and_never_hidden() -> None:
    windows = [*MIXED, hidden(window(2, 10))]
    assert figures.critical(figures.visible(windows)) == Share(1, 3)
    assert figures.critical(figures.invisible(windows)) == Share(1, 1)
    assert figures.critical(windows) == Share(2, 4)


def test_only_windows_that_were_to_be_heard_count_against_deciding_nothing() -> None:
    away = Plan(0, "away", 30.0, VISIT, 30.0, (), ((START, START + 6 * DAY_S),))
    unheard = outcome(away, case(), minutes(), answer(None, "R6"))
    assert unheard.heard == pytest.approx(0.8)
    assert figures.none(figures.covered([*MIXED, unheard])) == Share(2, 8)


def found_by(rule: str, delay_s: float) -> Window:
    bad = START + 10 * DAY_S
    spell = said(rule, "down", bad, after=delay_s)
    return outcome(PLAN, case("fridge", "dead", bad), minutes((bad, VISIT)), answer(2, "R2", spell))


def test_a_rule_is_held_to_what_it_states() -> None:
    stated = figures.times([found_by("FR2", 60)])[0].stated
    assert stated is not None
    assert stated >= 60
    quick, slow = (figures.times([found_by("FR2", (stated + late) * 60)])[0] for late in (4, 6))
    assert (quick.rule, quick.within, slow.within) == ("fridge FR2", True, False)


def test_false_alarms_are_of_healthy_windows_and_their_months() -> None:
    alarm = said("FR1", "degraded", START + DAY_S, START + 2 * DAY_S)
    healthy = outcome(PLAN, case(), minutes(), answer(10, "R11", alarm))
    rate = figures.healthy_false_alarms([healthy, window(2, 2)])
    assert rate.events == 1
    assert rate.months == pytest.approx(1.1)
