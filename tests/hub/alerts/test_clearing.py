"""The reading that cleared an alert, in words."""

from typing import Any

import pytest

from hub.alerts.clearing import WORKS, clearing


def trace(quantity: str, *values: float | None) -> dict[str, Any]:
    return {"quantity": quantity, "start": "2026-03-11T04:00:00Z", "step_s": 60, "values": list(values)}


@pytest.mark.parametrize(
    ("traces", "zh"),
    [
        ([trace("cabinet_temperature", 13, 4.26, None)], "恢复正常：箱内温度 4.3 ℃"),
        ([trace("power.2", 0.0)], "恢复正常：功率 2 0.0 W"),
        ([trace("breaker_tripped", 1, 0)], "恢复正常：跳闸 否"),
    ],
)
def test_the_last_value_read_is_told_and_zero_is_one(traces: list[dict[str, Any]], zh: str) -> None:
    assert clearing(traces).zh == zh


@pytest.mark.parametrize("traces", [[], [trace("power", None)], [trace("hologram", 1)]])
def test_without_a_reading_the_fact_alone_is_told(traces: list[dict[str, Any]]) -> None:
    assert clearing(traces) == WORKS
