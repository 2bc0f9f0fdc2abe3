"""What an evaluation has to reach; with fixed seeds the same windows are drawn, so a change that costs one shows."""

from collections.abc import Iterator, Mapping
from typing import Any

AT_LEAST: Mapping[str, float] = {"agreement": 0.93, "agreement_off_edge": 0.97, "cause_accuracy": 0.90}
AT_MOST: Mapping[str, float] = {
    "false_high": 0.01,
    "critical_false_high": 0.0,
    "none_rate": 0.12,
    "healthy_false_alarms_per_facility_month": 0.05,
}


def missed(summary: Mapping[str, Any]) -> Iterator[str]:
    """What was not reached, in words. A figure that is null, being of nothing, misses nothing."""
    for name, least in AT_LEAST.items():
        if summary[name] is not None and summary[name] < least:
            yield f"{name} is {summary[name]:.4g}, at least {least:g} is to be reached"
    for name, most in AT_MOST.items():
        if summary[name] is not None and summary[name] > most:
            yield f"{name} is {summary[name]:.4g}, at most {most:g} is to be reached"
    for recording in summary["recordings"]:
        if recording["false_alarms"]:
            yield f"{recording['name']}: {recording['false_alarms']} false alarms in a healthy recording"
        if len(recording["anomalies"]) < recording["anomalies_expected"]:
            yield f"{recording['name']}: {len(recording['anomalies'])} of {recording['anomalies_expected']} anomalies"
