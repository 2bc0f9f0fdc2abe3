"""What was revealed stays what it was."""

import copy
import json
from datetime import UTC, datetime, timedelta

import pytest

from hub.inspections.evidence import Evidence, Minutes, OpenSpell, Proven, Window
from hub.inspections.prefill import DEFAULT, ItemProposal, best_of, propose
from hub.inspections.sealing import BrokenSeal, Sealed, seal, unseal
from shared.states import Cause, Grade, State
from shared.text import Text

NOW = datetime(2026, 7, 20, 6, 0, tzinfo=UTC)


def proposal() -> ItemProposal:
    evidence = Evidence(
        "air_conditioner-1",
        "air_conditioner",
        Text("空调", "Air conditioner"),
        Window(NOW - timedelta(days=30), NOW),
        Minutes(14_400, 14_400),
        now=State.OK,
        data_age=0.5,
        proof_grade=Grade.E3,
        modes=frozenset({"cooling"}),
        spells=(OpenSpell(State.DEGRADED, NOW, None, "AC4", Cause.DEVICE_FAULT, Text("弱", "weak")),),
        proofs=(Proven("AC1", Grade.E3, "cooling", NOW - timedelta(days=1)),),
    )
    return best_of([propose(evidence, DEFAULT, NOW)], (10, 6, 2), NOW)


def test_a_seal_gives_back_what_was_sealed_through_json() -> None:
    sealed = seal(proposal())
    stored = Sealed(json.loads(json.dumps(sealed.content)), sealed.digest)
    assert unseal(stored) == proposal()


def test_a_changed_figure_breaks_the_seal() -> None:
    sealed = seal(proposal())
    content = copy.deepcopy(sealed.content)
    content["points"] = 2
    with pytest.raises(BrokenSeal):
        unseal(Sealed(content, sealed.digest))


def test_a_proposal_of_nothing_seals_too() -> None:
    nothing = best_of([], (10, 6, 2), NOW)
    assert unseal(seal(nothing)) == nothing
