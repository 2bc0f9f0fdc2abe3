"""What would make an unknown facility known."""

import pytest

from hub.health.resolving import ANSWER, BY_KIND, READINGS, resolving
from hub.health.standing import FacilityStanding
from shared.facility import kinds
from shared.states import Cause, Grade, State
from shared.text import Text


def standing(state: State = State.UNKNOWN, kind: str = "microwave", **more: object) -> FacilityStanding:
    said = {"cause": Cause.UNKNOWN, "rule": "MW5", "grade": Grade.E0} | more
    return FacilityStanding(
        facility=f"{kind}-1", kind=kind, label=Text("", ""), state=state, since=None, why=None, data_age_s=20.0,
        **said,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("state", [state for state in State if state is not State.UNKNOWN])
def test_what_is_known_needs_nothing(state: State) -> None:
    assert resolving(standing(state), asked=True) is None


def test_a_question_is_answered_first() -> None:
    assert resolving(standing(), asked=True) is ANSWER
    assert resolving(standing(), asked=False) is BY_KIND["microwave"]


def test_a_sensor_is_looked_at_and_silence_waits_for_the_network() -> None:
    for cause, word in ((Cause.SENSOR_FAULT, "probe"), (Cause.NETWORK, "connected")):
        said = resolving(standing(cause=cause, rule=None), asked=False)
        assert said is not None
        assert word in said.en


def test_without_a_rule_it_needs_readings() -> None:
    assert resolving(standing(rule=None, cause=None), asked=False) is READINGS


def test_every_kind_that_is_judged_says_what_shows_its_function() -> None:
    assert {name for name, kind in kinds().items() if kind.proof_grade is not None} == BY_KIND.keys()
