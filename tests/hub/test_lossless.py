"""Outbox and ingest together lose nothing and double nothing, whatever happens to either and between them."""

from hypothesis import HealthCheck, Phase, settings

from tests.hub.lossless import Lossless

TestLossless = Lossless.TestCase
TestLossless.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)
