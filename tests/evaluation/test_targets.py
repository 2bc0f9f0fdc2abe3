"""What counts as reached."""

from typing import Any

import pytest

from tests.evaluation.targets import missed

GOOD: dict[str, Any] = {
    "agreement": 0.95,
    "agreement_off_edge": 0.98,
    "cause_accuracy": 0.92,
    "false_high": 0.0,
    "critical_false_high": 0.0,
    "none_rate": 0.1,
    "healthy_false_alarms_per_facility_month": None,
    "recordings": [{"name": "fridge_x", "false_alarms": 0, "anomalies": [{}], "anomalies_expected": 1}],
}


def test_good_figures_miss_nothing() -> None:
    assert list(missed(GOOD)) == []


@pytest.mark.parametrize(
    ("figure", "value"),
    [("agreement", 0.9), ("critical_false_high", 0.01), ("none_rate", 0.2), ("false_high", 0.02)],
)
def test_a_figure_that_falls_short_is_named(figure: str, value: float) -> None:
    (line,) = missed({**GOOD, figure: value})
    assert line.startswith(figure)


def test_a_false_alarm_in_a_recording_and_a_run_not_found_are_named() -> None:
    recording = {"name": "fridge_x", "false_alarms": 2, "anomalies": [], "anomalies_expected": 3}
    assert list(missed({**GOOD, "recordings": [recording]})) == [
        "fridge_x: 2 false alarms in a healthy recording",
        "fridge_x: 0 of 3 anomalies",
    ]
