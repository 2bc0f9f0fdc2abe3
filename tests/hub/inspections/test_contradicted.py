"""Workers who found it not working, against proofs that cannot know better (docs/decisions/0034)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.inspections.contradicted import ON_POWER_ALONE, contradicted, says_it_fails
from hub.inspections.evidence import Evidence, Proven, Reported
from hub.inspections.prefill import MODES, Policy
from shared.facility import kinds
from shared.states import Grade
from shared.text import Text
from tests.hub.inspections.test_prefill import NOW, WINDOWS, evidence, propose_for

DAY = timedelta(days=1)
COLD = Text("不加热", "Does not heat")


def oven(*days_ago: float, repaired: bool = False, **more: object) -> Evidence:
    """A microwave that drew its power every day of the month, and reports so many days ago."""
    proofs = tuple(Proven("MW1", Grade.E3, None, NOW - timedelta(days=n, hours=1)) for n in range(30))
    reports = tuple(Reported(NOW - n * DAY, COLD, repaired) for n in days_ago)
    plain = evidence(proof_grade=Grade.E3, reports=reports)
    return replace(plain, facility="microwave-1", kind="microwave", **({"proofs": proofs} | more))  # type: ignore[arg-type]


def test_nobody_complains_and_the_proofs_stand() -> None:
    proposal = propose_for(oven())
    assert (proposal.points, proposal.rule, proposal.confidence) == (10, "R11", "high")


def test_one_report_lowers_the_confidence_and_is_named() -> None:
    proposal = propose_for(oven(3))
    assert (proposal.points, proposal.rule, proposal.confidence) == (10, "R11", "medium")
    assert proposal.why.en.endswith(
        "Reported: Does not heat (1 times on 1 days, last 07-17 14:00), and no measured proof since"
    )


def test_reports_on_two_days_leave_an_oven_proven_by_its_power_without_points() -> None:
    """health.md B5, S18: a weak magnetron draws its power and heats nothing."""
    proposal = propose_for(oven(3, 5))
    assert (proposal.points, proposal.rule, proposal.confidence) == (None, "R5", None)
    assert proposal.why.en == (
        "Reported: Does not heat (2 times on 2 days, last 07-17 14:00), and no measured proof since: please try it"
    )
    assert "不加热" in proposal.why.zh


def test_what_came_by_the_wall_counts_as_much_and_is_told_apart() -> None:
    """A station without a kiosk has no other voice (docs/decisions/0032), and what follows is that somebody looks."""
    said = oven(3, 5)
    walls = (said.reports[0], replace(said.reports[1], by_the_wall=True))
    proposal = propose_for(replace(said, reports=walls))
    assert (proposal.points, proposal.rule) == (None, "R5")
    assert "(2 times on 2 days, 1 by the code on the wall, last" in proposal.why.en
    assert "1 次用墙上的码" in proposal.why.zh


def test_many_reports_on_one_day_may_be_one_child() -> None:
    assert propose_for(oven(3, 3.01, 3.02, 3.03)).points == 10


def test_a_repair_answers_what_was_said_before_it() -> None:
    assert propose_for(oven(3, 5, repaired=True)).confidence == "high"


def test_a_test_by_hand_answers_and_one_before_the_reports_does_not() -> None:
    by_hand = Proven("TEST-MW", Grade.E3, None, NOW - DAY)
    assert propose_for(oven(3, 5, proofs=(by_hand,))).points == 10
    assert propose_for(oven(3, 5, proofs=(replace(by_hand, at=NOW - 9 * DAY),))).points is None


def test_a_fridge_whose_cabinet_was_measured_cold_after_the_reports_keeps_its_points() -> None:
    reports = (Reported(NOW - 4 * DAY, COLD), Reported(NOW - 6 * DAY, COLD))
    measured = Proven("FR0", Grade.E2, None, NOW - DAY)
    assert propose_for(evidence(reports=reports)).points == 10
    on_power = replace(evidence(reports=reports), proofs=(replace(measured, rule="FR0P"),))
    assert propose_for(on_power).points is None


@pytest.mark.parametrize(
    ("kind", "problem", "danger", "fails"),
    [
        ("microwave", "not_hot", False, True),
        ("microwave", "dirty", False, False),
        ("fridge", "full", False, False),
        ("outlets", "dead", False, True),
        ("tables", "broken", False, False),
        ("microwave", "smell", True, True),
        ("made_up", "not_hot", False, False),
    ],
)
def test_which_reports_say_that_it_does_not_work(kind: str, problem: str, danger: bool, fails: bool) -> None:
    assert says_it_fails(kind, problem, danger) is fails


def test_the_rules_that_rest_on_power_are_rules_of_stations() -> None:
    assert all(not rule.startswith("TEST") for rule in ON_POWER_ALONE)
    assert {"microwave", "drinking_water", "fridge", "air_conditioner", "outlets"} <= set(kinds())


REPORTS = st.lists(
    st.builds(
        Reported, at=st.integers(0, 29).map(lambda n: NOW - n * DAY), problem=st.just(COLD), repaired=st.booleans()
    ),
    max_size=6,
)


@given(given=st.sampled_from([window[1] for window in WINDOWS]), reports=REPORTS, mode=st.sampled_from(MODES))
def test_a_report_never_raises_points(given: Evidence, reports: list[Reported], mode: str) -> None:
    policy = Policy(mode=mode)  # type: ignore[arg-type]
    plain = propose_for(given, policy)
    spoken = propose_for(replace(given, reports=tuple(reports)), policy)
    assert spoken.points == plain.points or (spoken.points is None and plain.points == 10)
    if contradicted(spoken.evidence):
        assert spoken.points != 10
