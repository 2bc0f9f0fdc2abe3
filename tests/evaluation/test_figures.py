"""Figures, findings and files of windows made by hand."""

import json
from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evaluation import figures
from tests.evaluation.catalogue import DAY_S, fault_of
from tests.evaluation.figures import Share
from tests.evaluation.outcome import Window, outcome
from tests.evaluation.plans import DAYS, Case, Plan
from tests.evaluation.report import write
from tests.evaluation.road import Answer, Said
from tests.evaluation.truth import FAILS, WORKS, Minutes, Truth

VISIT = 1_752_552_000.0
START = VISIT - DAYS * DAY_S
PLAN = Plan(0, "by hand", VISIT, 30.0, None, ())
WELL = Truth(14_400, 0, 0, 0, WORKS, 10)
TRUTHS = {10: WELL, 6: replace(WELL, fails=1000, points=6), 2: replace(WELL, fails=4000, at_visit=FAILS, points=2)}


def said(rule: str, state: str, since: float, until: float | None = None, cause: str = "device_fault") -> Said:
    return Said(state, rule, cause, since, since + 600, until)


def case(how: str = "", onset: float = START) -> Case:
    return Case(0, "fridge", "2", fault_of("fridge", how) if how else None, onset, None, ())


def window(truth: int, points: int | None, rule: str = "R11") -> Window:
    answer = Answer(points, rule, None if points is None else "high", 95.0, 99.0, ())
    return Window(PLAN, case(), TRUTHS[truth], answer, None, 0, None, ())


MIXED = [window(10, 10), window(10, 10), window(6, 10), window(2, 10), window(2, 2, "R2"), window(10, 6, "R9")]
MIXED += [window(2, None, "R5"), window(6, None, "R6")]


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


def test_of_nothing_everything_is_possible() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)


def test_kappa_is_one_where_all_agree_and_falls_with_the_square_of_the_distance() -> None:
    agreeing = [window(10, 10), window(6, 6), window(2, 2)]
    near, far = [*agreeing, window(2, 6)], [*agreeing, window(2, 10)]
    assert figures.kappa(agreeing) == 1.0
    assert (figures.kappa(far) or 0) < (figures.kappa(near) or 0) < 1.0
    assert figures.kappa([window(10, None)]) is None


def history(bad_from: float | None, bad_until: float = VISIT) -> Minutes:
    length = int((VISIT - START) // 60)
    moments = (START + index * 60 for index in range(length))
    return Minutes(START, array("b", (FAILS if bad_from and bad_from <= at < bad_until else WORKS for at in moments)))


def answered(*spells: Said) -> Answer:
    return Answer(2, "R2", "high", 100.0, 50.0, spells)


def test_delay_runs_from_the_first_minute_it_was_true() -> None:
    onset = START + 10 * DAY_S
    bad = onset + 7200
    found = outcome(PLAN, case("dead", onset), history(bad), answered(said("FR3", "down", bad + 1200))).found
    assert found is not None
    assert (found.rule, found.delay_min) == ("FR3", 30.0)


def test_what_was_said_before_the_fault_is_not_its_finding_but_a_false_alarm() -> None:
    onset = START + 10 * DAY_S
    before = said("FR4", "degraded", START + DAY_S, START + 2 * DAY_S)
    judged = outcome(PLAN, case("dead", onset), history(onset), answered(before))
    assert judged.found is None
    assert judged.findable
    assert judged.false_alarms == (before,)


def test_a_broken_sensor_is_found_by_its_values_not_by_silence() -> None:
    onset = START + 10 * DAY_S
    silent = said("SV1", "unknown", onset + 60, onset + 900, "sensor_fault")
    stuck = said("SV3", "unknown", onset + 7200, None, "sensor_fault")
    assert outcome(PLAN, case("probe_stuck", onset), history(None), answered(silent)).found is None
    found = outcome(PLAN, case("probe_stuck", onset), history(None), answered(silent, stuck)).found
    assert found is not None
    assert found.rule == "SV3"


def test_recovery_is_no_false_alarm() -> None:
    bad = START + 10 * DAY_S
    late = said("FR2", "down", bad + 600, bad + 7200 + 1800)
    judged = outcome(PLAN, case("dead", bad), history(bad, bad + 7200), answered(late))
    assert judged.false_alarms == ()


def test_three_files_are_written_and_say_the_same(tmp_path: Path) -> None:
    text = write(MIXED, "7", tmp_path)
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert (tmp_path / "report.md").read_text() == text
    assert summary["windows"] == 8
    assert summary["truth_2_windows"] == 3
    assert summary["agreement"] == 0.5
    assert summary["seed"] == "7"
    assert summary["healthy_false_alarms_per_facility_month"] == 0
    assert len((tmp_path / "windows.csv").read_text().splitlines()) == 9
    assert "| critical_false_high | 33.3% | 1/3 |" in text
