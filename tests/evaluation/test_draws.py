"""What is drawn, and that nothing which can break is forgotten."""

from collections import Counter
from math import log

import pytest

from shared.opening import Opening
from simulators.appliance import physics
from tests.evaluation.catalogue import DAY_S, FAULTS, KINDS, LEFT_OUT, fault_of
from tests.evaluation.chances import joined
from tests.evaluation.draws import SILENT_SHARE, available, draw
from tests.evaluation.plans import open_seconds
from tests.evaluation.scenarios import SCENARIOS
from tests.evaluation.stations import DAYS
from tests.evaluation.variants import VARIANTS

MIDNIGHT = -8 * 3600.0
"""Of 1 January 1970 in Shanghai."""
MANY = draw("1", 400)


def test_every_way_a_judged_kind_can_break_is_drawn_or_left_out_for_a_reason() -> None:
    can_break = {(kind, how) for kind in KINDS for how in physics()[kind].faults}
    listed = {(fault.kind, fault.how) for fault in FAULTS if fault.where is None}
    assert listed | LEFT_OUT.keys() == can_break
    assert not listed & LEFT_OUT.keys()
    assert available() == FAULTS


def test_a_seed_draws_the_same_windows_and_another_seed_others() -> None:
    assert draw("1", 24) == draw("1", 24)
    assert draw("1", 24) != draw("2", 24)


@pytest.mark.parametrize(("seed", "windows"), [("1", 20), ("7", 60), ("2", 400)])
def test_half_are_drawn_broken_a_third_healthy_the_rest_between(seed: str, windows: int) -> None:
    drawn = [case for plan in draw(seed, windows) for case in plan.cases]
    healthy = round(windows / 3)
    wanted = {"2": windows // 2, "healthy": healthy, "6": windows - windows // 2 - healthy}
    assert Counter(case.aim for case in drawn) == wanted
    assert [case.number for case in drawn] == list(range(windows))
    assert all(case.troubles for case in drawn if case.aim != "healthy" and not case.scenario)


def test_all_scenarios_are_among_many_windows_and_a_fair_share_among_few() -> None:
    among = [case.scenario for plan in MANY for case in plan.cases if case.scenario]
    assert sorted(among) == sorted(row.id for row in SCENARIOS)
    assert {name.rstrip("b") for name in among} == {f"S{number:02}" for number in range(1, 29)}
    few = [case.scenario for plan in draw("7", 60) for case in plan.cases if case.scenario]
    assert len(few) == len(set(few)) == 4


def test_one_breakdown_in_twenty_is_invisible() -> None:
    broken = [case for plan in MANY for case in plan.cases if case.aim != "healthy" and not case.scenario]
    assert sum(case.invisible for case in broken) == round(len(broken) / 20)


def test_every_fault_and_every_healthy_oddity_is_among_many_windows() -> None:
    drawn = [case for plan in MANY for case in plan.cases]
    seen = {(case.kind, case.how) for case in drawn if case.troubles}
    common = {(fault.kind, fault.how) for fault in FAULTS if not fault.of_sensor and fault.effect != "none"}
    assert common <= seen
    assert {case.kind for case in drawn if case.variant} == VARIANTS.keys()
    assert sum(bool(case.variant) and not case.troubles for case in drawn) > 40


@pytest.mark.parametrize("seed", ["1", "2"])
def test_what_is_drawn_lies_within_its_window(seed: str) -> None:
    for plan in draw(seed, 100):
        assert plan.visit % 60 == 0
        assert DAYS[0] <= plan.days <= DAYS[1]
        assert plan.open_s(plan.visit - 60, plan.visit) == 60
        assert len({case.kind for case in plan.cases}) == len(plan.cases)
        assert all(plan.start <= turn.at < plan.visit for turn in plan.story().turns if turn.how is not None)
        for case in plan.cases:
            assert all(plan.start <= since < until <= plan.visit for since, until in case.silences)
            if not case.scenario:
                silent = sum(until - since for since, until in case.silences)
                assert silent <= SILENT_SHARE[1] * plan.days * DAY_S


def test_the_mains_have_one_trouble_at_a_time() -> None:
    for plan in MANY:
        hows = [turn.how for turn in sorted(plan.turns, key=lambda turn: turn.at) if turn.facility == "mains"]
        assert all((how is None) == bool(place % 2) for place, how in enumerate(hows))


def test_a_station_has_the_facilities_it_is_asked_about_and_knows_its_mains() -> None:
    for plan in MANY:
        wired = {facility.id: facility.wires for facility in plan.story().scenario.facilities}
        assert wired.keys() >= {case.facility for case in plan.cases} | {"room-1"}
        assert any("mains_lost" in wires for wires in wired.values())


def test_a_filed_closure_is_out_of_service() -> None:
    plan = next(plan for plan in MANY if plan.closed is not None)
    assert plan.closed is not None
    opening = Opening.of(plan.opening())
    assert sum((closure.last - closure.first).days + 1 for closure in opening.closures) == 10
    assert plan.open_s(*plan.closed) == 0
    assert plan.open_s(plan.start, plan.visit) == open_seconds(plan.start, plan.visit) - 10 * 8 * 3600


def test_a_day_has_eight_opening_hours() -> None:
    assert open_seconds(MIDNIGHT, MIDNIGHT + DAY_S) == 8 * 3600
    assert open_seconds(MIDNIGHT + 16 * 3600, MIDNIGHT + DAY_S + 10 * 3600) == 2 * 3600
    assert open_seconds(MIDNIGHT + 18 * 3600, MIDNIGHT + DAY_S) == 0


def test_a_fault_nobody_listed_is_refused() -> None:
    with pytest.raises(KeyError):
        fault_of("fridge", "melted")


def test_a_relay_that_is_left_off_has_a_contact() -> None:
    left_off = [(plan, case) for plan in MANY for case in plan.cases if case.how == "relay_off"]
    assert {case.kind for _, case in left_off} == set(KINDS)
    for plan, case in left_off:
        (facility,) = (one for one in plan.story().scenario.facilities if one.id == case.facility)
        assert "relay_on" in facility.wires
        assert facility.simulated["relay"] == 1


def test_one_window_in_five_is_silent_for_a_tenth_of_its_time() -> None:
    drawn = [(plan, case) for plan in MANY for case in plan.cases if not case.scenario]
    silent = [
        sum(until - since for since, until in joined([*case.silences, *plan.silences])) / (plan.days * DAY_S)
        for plan, case in drawn
    ]
    expected = log(0.35 / 0.1) / log(0.35 / 0.001)
    assert sum(share > 0.1 for share in silent) / len(silent) == pytest.approx(expected, abs=0.06)
    assert max(silent) <= 0.36
    away = sum(until - since for plan, _ in drawn for since, until in plan.silences)
    assert away / sum(
        share * plan.days * DAY_S for share, (plan, _) in zip(silent, drawn, strict=True)
    ) == pytest.approx(1 / 3, abs=0.08)
