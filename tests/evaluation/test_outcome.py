"""How a fault was found, let go, doubted or invented, by windows made by hand."""

from dataclasses import replace

import pytest

from tests.evaluation.by_hand import PLAN, START, VISIT, answer, case, minutes, said
from tests.evaluation.catalogue import DAY_S
from tests.evaluation.outcome import outcome
from tests.evaluation.reasons import reason_holds

ONSET = START + 10 * DAY_S
BAD = ONSET + 7200


def test_delay_runs_from_the_first_minute_it_was_true() -> None:
    spell = said("FR3", "down", BAD + 1200)
    found = outcome(PLAN, case("fridge", "dead", ONSET), minutes((BAD, VISIT)), answer(2, "R2", spell)).found
    assert found is not None
    assert (found.rule, found.delay, found.charged) == ("FR3", 30.0, 30.0)


def test_silence_is_not_charged_to_a_rule() -> None:
    silent = replace(case("fridge", "dead", ONSET), silences=((BAD, BAD + 3600),))
    spell = said("FR3", "down", BAD + 4200)
    found = outcome(PLAN, silent, minutes((BAD, VISIT)), answer(2, "R2", spell)).found
    assert found is not None
    assert (found.delay, found.charged) == (80.0, 20.0)


def test_a_rule_that_counts_uses_waits_for_them() -> None:
    uses = [(BAD + hour * 3600, BAD + hour * 3600 + 120) for hour in (1, 5, 20)]
    spell = said("MW2", "down", BAD, after=20 * 3600 + 300)
    broken = case("microwave", "no_heat", ONSET)
    found = outcome(PLAN, broken, minutes((BAD, VISIT), watts=uses), answer(2, "R2", spell)).found
    assert found is not None
    assert found.delay == 20 * 60 + 5
    assert found.charged < 5


def test_what_was_said_before_the_fault_is_not_its_finding_but_a_false_alarm() -> None:
    before = said("FR4", "degraded", START + DAY_S, START + 2 * DAY_S)
    judged = outcome(PLAN, case("fridge", "dead", ONSET), minutes((ONSET, VISIT)), answer(2, "R2", before))
    assert judged.found is None
    assert judged.findable
    assert judged.false_alarms == (before,)


def test_a_broken_sensor_is_found_by_its_values_not_by_silence() -> None:
    silent = said("SV1", "unknown", ONSET + 60, ONSET + 900, "sensor_fault")
    stuck = said("SV3", "unknown", ONSET + 7200, None, "sensor_fault")
    broken = case("fridge", "probe_stuck", ONSET)
    assert outcome(PLAN, broken, minutes(), answer(None, "R5", silent)).found is None
    found = outcome(PLAN, broken, minutes(), answer(None, "R5", silent, stuck)).found
    assert found is not None
    assert found.rule == "SV3"


def test_recovery_is_no_false_alarm_and_is_timed() -> None:
    late = said("FR2", "down", BAD + 600, BAD + 7200 + 1800)
    broken = case("fridge", "dead", ONSET, BAD + 3600)
    judged = outcome(PLAN, broken, minutes((BAD, BAD + 7200)), answer(10, "R11", late))
    assert judged.false_alarms == ()
    assert judged.found is not None
    assert judged.found.cleared == 30.0


def test_a_doubt_is_no_finding() -> None:
    doubt = said("MW5", "unknown", ONSET, None, "unknown")
    judged = outcome(PLAN, case("microwave", "unplugged", ONSET), minutes((ONSET, VISIT)), answer(None, "R5", doubt))
    assert judged.found is None
    assert judged.doubted == "MW5"


@pytest.mark.parametrize(
    ("rule", "heard", "broken", "holds"),
    [
        ("R5", 1.0, True, True),
        ("R5", 1.0, False, False),
        ("R6", 0.7, False, True),
        ("R6", 0.95, False, False),
        ("R10", 0.85, False, True),
        ("R10", 0.99, False, False),
        ("R7", 1.0, False, True),
        ("loading", 1.0, True, False),
    ],
)
def test_the_reason_of_no_proposal_is_held_against_what_was_so(
    rule: str, heard: float, broken: bool, holds: bool
) -> None:
    one = case("microwave", "unplugged", VISIT - DAY_S) if broken else case("microwave")
    uses = [] if rule == "R7" else [(START + day * DAY_S, START + day * DAY_S + 120) for day in range(29)]
    lived = minutes((VISIT - DAY_S, VISIT), watts=uses) if broken else minutes(watts=uses)
    assert reason_holds(rule, PLAN, one, lived, heard) is holds


def test_one_that_was_used_every_day_cannot_be_called_unused() -> None:
    uses = [(START + day * DAY_S, START + day * DAY_S + 120) for day in range(29)]
    assert not reason_holds("R7", PLAN, case("microwave"), minutes(watts=uses), 1.0)
