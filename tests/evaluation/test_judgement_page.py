"""docs/judgement.md names every rule with its state and every threshold with its default, as the code has them."""

from pathlib import Path
from typing import Any

import pytest

from edge.health.options import OPTIONS, rule_sets
from edge.health.rule import ProofRule, Rule
from shared.states import Cause

PAGE = (Path(__file__).parents[2] / "docs" / "judgement.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.startswith("| ")]
RULES = [rule for rules in rule_sets().values() for rule in rules.rules]
PROOFS = [proof for rules in rule_sets().values() for proof in rules.proofs]
THRESHOLDS = [
    (kind, f"`{name}`", f"{option.default:g}" if not isinstance(option.default, bool) else str(option.default).lower())
    for kind, options in OPTIONS.items()
    for name, option in options.items()
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_every_rule_has_a_row(rule: Rule[Any, Any]) -> None:
    rows = [row for row in ROWS if row[0] == rule.id and row[3] == rule.state.value]
    assert len(rows) == 1
    if isinstance(rule.cause, Cause):
        assert rows[0][4] == rule.cause.value


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.key)
def test_every_proof_is_named(proof: ProofRule[Any, Any]) -> None:
    assert f"**{proof.id}**" in PAGE


@pytest.mark.parametrize(
    ("kind", "name", "default"), THRESHOLDS, ids=[f"{kind} {name}" for kind, name, _ in THRESHOLDS]
)
def test_every_threshold_has_its_default(kind: str, name: str, default: str) -> None:
    assert [row for row in ROWS if row[0] == name and row[1].split(" ")[0] == default], (kind, name, default)
