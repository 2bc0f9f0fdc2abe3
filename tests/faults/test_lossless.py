"""The search of `tests/hub/test_lossless.py`, longer: `--long` much longer."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.hub.lossless import Lossless


@pytest.mark.timeout(0)
def test_outbox_and_ingest_lose_nothing_and_double_nothing(long: bool) -> None:
    examples, steps = (1500, 60) if long else (150, 40)
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Lossless, settings=chosen)
