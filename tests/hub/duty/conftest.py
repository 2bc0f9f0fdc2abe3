"""The fixtures of the pages, here too."""

from tests.hub.pages.conftest import app, hub, stranger

__all__ = ["app", "hub", "stranger"]
