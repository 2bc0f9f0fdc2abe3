"""Requests made up by schemathesis over the whole OpenAPI document: nothing is a 500, nothing leaks.

Each request is taken back, so that no order of them matters and every run makes the same ones.
"""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.python import asgi

from hub.accounts.roles import Role
from hub.security import CSRF_HEADER
from tests.hub.matrix import FOREIGN_NAME, FORM, Matrix, world  # noqa: F401 — a fixture
from tests.hub.operations import Operation, operations
from tests.hub.test_bad_inputs import INSIDES
from tests.hub.test_matrix import PUBLIC

EXAMPLES = int(os.environ.get("WAYSTATION_FUZZ", "4"))
"""Requests made up for each operation; more by the environment."""
ONLY = os.environ.get("WAYSTATION_FUZZ_ONLY", "")
"""Beginning of the operations looked at, such as POST."""
DESCRIBED = operations()


@pytest.mark.timeout(60 + 30 * EXAMPLES)
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DISTRICT, None])
def test_whatever_is_sent_nothing_breaks_and_nothing_leaks(role, world):  # noqa: F811
    found = world.asked_by(role)
    document = schemathesis.openapi.from_dict(found.app.openapi())
    document.app = found.app
    with asgi.get_client(found.app) as client:
        for made_up, described in zip(document.get_all_operations(), DESCRIBED, strict=True):
            operation = made_up.ok()
            if not described.name.startswith(ONLY):
                continue
            assert (operation.method.upper(), operation.path) == (described.method, described.path)
            client.cookies.clear()
            client.cookies.set(*found.cookie)
            fuzz(found, client, operation, described, role)


def fuzz(found: Matrix, client: Any, operation: Any, described: Operation, role: Role | None) -> None:
    """So many requests to one operation, some of them about what there is."""

    @seed(20260715)
    @settings(
        max_examples=EXAMPLES if role is Role.ADMINISTRATOR else max(1, EXAMPLES // 3), deadline=None, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), real=st.booleans())
    def one(case: Any, real: bool) -> None:
        if real:
            for name in described.parameters:
                case.path_parameters[name] = found.example(described, name)
        with found.undone():
            answer = case.call(
                base_url="http://testserver", session=client, headers={CSRF_HEADER: FORM}, allow_redirects=False,
            )  # fmt: skip
        assert answer.status_code < 500, described.name
        text = answer.content.decode(errors="replace")
        assert [inside for inside in INSIDES if inside in text] == [], described.name
        if role is not Role.ADMINISTRATOR and described.name not in PUBLIC:
            assert FOREIGN_NAME not in text, described.name
            assert role or "河边驿站" not in text, described.name

    one()
