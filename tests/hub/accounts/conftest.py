"""The application and its furnisher, as for the pages."""

from tests.hub.pages.conftest import app, hub, maintainer, stranger

__all__ = ["app", "hub", "maintainer", "stranger"]
