"""The road from a plan to a window, with nothing replaced, on a week of one fridge."""

from dataclasses import replace
from pathlib import Path

from tests.evaluation.by_hand import VISIT
from tests.evaluation.catalogue import DAY_S, fault_of
from tests.evaluation.parallel import judge
from tests.evaluation.plans import Case, Plan, Trouble
from tests.evaluation.truth import FAILS


def test_a_fridge_that_died_yesterday_is_proposed_two(tmp_path: Path) -> None:
    silence = (VISIT - 4 * DAY_S, VISIT - 3.5 * DAY_S)
    died = Trouble(fault_of("fridge", "dead"), VISIT - DAY_S, None)
    case = Case(0, "fridge", "2", (died,), (silence,))
    plan = Plan(0, "road", 7.0, VISIT, 30.0, (case,))
    (window,) = judge(replace(plan, silences=((VISIT - 6 * DAY_S, VISIT - 5.9 * DAY_S),)), tmp_path)
    assert (window.truth.points, window.truth.at_visit) == (2, FAILS)
    assert window.answer.points == 2
    assert window.found is not None
    assert window.found.cause == "device_fault"
    assert window.false_alarms == ()
    assert window.bad_since is not None
    assert 0 < window.bad_since - died.onset < 6 * 3600
    assert window.answer.coverage < 97
