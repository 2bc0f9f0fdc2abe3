"""What rules state of their delays is known of every rule that says degraded or down."""

from typing import Any

import pytest

from edge.health.options import OPTIONS, rule_sets
from edge.health.rule import Rule
from shared.states import State
from tests.evaluation.stated import ADDED, AFTER, OF_SENSORS, OWN_MIN, USES, stated_min

RULES = [(kind, rule) for kind, rules in rule_sets().items() for rule in rules.rules]
IDS = {rule.id for _, rule in RULES}


@pytest.mark.parametrize(("kind", "rule"), RULES, ids=[f"{kind} {rule.key}" for kind, rule in RULES])
def test_every_rule_states_a_delay(kind: str, rule: Rule[Any, Any]) -> None:
    stated = stated_min(kind, rule.id)
    assert stated is not None
    assert 0 <= stated <= 48 * 60
    counted = {rule_id for rule_id, _ in USES}
    if rule.state in (State.DEGRADED, State.DOWN) and rule.id not in counted:
        assert stated > 0


def test_nothing_is_stated_of_a_rule_that_is_not_there() -> None:
    assert ADDED.keys() | AFTER.keys() | {rule for rule, _ in USES} <= IDS
    assert {rule for rule in OWN_MIN if not rule.startswith("SV")} <= IDS
    named = {name for table in (ADDED, OF_SENSORS) for names in table.values() for name in names} | set(USES.values())
    assert named <= {name for kind in OPTIONS.values() for name in kind}
