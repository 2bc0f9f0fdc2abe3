"""The real application, as tests of the pages furnish it."""

from tests.hub.pages.conftest import app, furnished, hub, maintainer, stranger

__all__ = ["app", "furnished", "hub", "maintainer", "stranger"]
