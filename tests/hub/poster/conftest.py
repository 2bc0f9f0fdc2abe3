"""The hub the poster is tested with."""

from tests.hub.inspections.conftest import hub, served

__all__ = ["hub", "served"]
