"""What the station's rules and thresholds are called: the pages have a word for each."""

import pytest

from edge.health.limits import options_of
from edge.health.options import OPTIONS, rule_sets
from hub.health.measures import FIGURES, measure
from hub.health.thresholds import LIMITS
from hub.health.words import rule_name

SHARED_UNIT = {
    name: {options[name].unit for options in OPTIONS.values() if name in options}
    for options in OPTIONS.values()
    for name in options
}


@pytest.mark.parametrize("kind", OPTIONS)
def test_every_threshold_of_a_kind_has_a_name(kind: str) -> None:
    assert set(OPTIONS[kind]) - set(LIMITS) - set(FIGURES) == set()
    assert OPTIONS[kind] == options_of(rule_sets()[kind].limits)


def test_a_threshold_is_named_with_the_unit_its_kinds_agree_on() -> None:
    wrong = {
        name: units
        for name, units in SHARED_UNIT.items()
        if units != {LIMITS[name].unit if not LIMITS[name].share else ""}
        and not (len(units) > 1 and not LIMITS[name].unit)
    }
    assert wrong == {}


@pytest.mark.parametrize("kind", OPTIONS)
def test_every_rule_of_a_kind_has_a_name(kind: str) -> None:
    assert [rule.id for rule in rule_sets()[kind].rules if not rule_name(rule.id).zh] == []


def test_two_languages_name_a_threshold_and_no_two_alike_by_mistake() -> None:
    assert [name for name, one in LIMITS.items() if not (one.label.zh and one.label.en)] == []
    assert measure("warm_after").label.en == "For at least"
