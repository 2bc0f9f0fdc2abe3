"""How loud: by rule, kind, cause and hours."""

import pytest

from hub.alerts.severity import SAFETY_RULES, base_severity, reported_severity, severity_at
from shared.states import State


@pytest.mark.parametrize("rule", sorted(SAFETY_RULES))
def test_who_may_get_hurt_is_told_whatever_the_kind_cause_or_hour(rule: str) -> None:
    for state in (State.DOWN, State.DEGRADED):
        assert base_severity(rule, state, "supply_quality", "room") == "safety"
    assert severity_at("safety", open_now=False) == "safety"


@pytest.mark.parametrize(
    ("state", "cause", "kind", "expected"),
    [
        (State.DOWN, "device_fault", "fridge", "high"),
        (State.DEGRADED, "device_fault", "fridge", "normal"),
        (State.DOWN, "supply_quality", "outlets", "normal"),
        (State.DOWN, "device_fault", "entrance", "normal"),
        (State.DOWN, "device_fault", "hologram", "high"),
        (State.DOWN, "network", None, "high"),
    ],
)
def test_while_the_station_is_open(state: State, cause: str, kind: str | None, expected: str) -> None:
    assert base_severity("X1", state, cause, kind) == expected


def test_outside_hours_urgent_waits() -> None:
    assert [severity_at(base, False) for base in ("high", "normal")] == ["normal", "normal"]
    assert severity_at("high", True) == "high"


def test_people_are_louder_together_and_danger_at_once() -> None:
    assert [reported_severity(False, times) for times in (1, 2, 3)] == ["normal", "normal", "high"]
    assert reported_severity(True, 1) == "safety"
