"""The hub the inspections are tested with, and a form somebody filled in with all it may hold."""

from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.hub.exports.told import Told, told_form
from tests.hub.inspections.conftest import hub, opened, served

__all__ = ["hub", "served"]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Told]:
    """For tests that only read: filling it in takes a second."""
    with databases.fresh() as url:
        made = opened(tmp_path_factory.mktemp("told"), url)
        yield told_form(made)
        made.app.state.engine.dispose()
