"""Every option of every kind that is judged, so that settings can refuse a name nobody knows."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import edge.health.rules
from edge.health.limits import Option, options_of
from edge.health.rule import RuleSet
from shared.discovery import collect


@cache
def rule_sets() -> Mapping[str, RuleSet[Any, Any]]:
    """The rules by kind. Each kind has its own sense and limits: their types meet only within its file."""
    return collect(edge.health.rules, "RULES", RuleSet)


OPTIONS: Mapping[str, Mapping[str, Option]] = {kind: options_of(rules.limits) for kind, rules in rule_sets().items()}
