"""An administrator at a browser, over the same application and furnisher as the pages."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from hub.accounts import store as accounts
from hub.accounts.roles import Role
from hub.security import SESSION_COOKIE
from tests.hub.pages.conftest import Browser, Furnisher, app, hub, stranger

__all__ = ["app", "hub", "stranger"]


@pytest.fixture
def signed_in(app: FastAPI, hub: Furnisher) -> Iterator[Callable[..., Browser]]:
    """A browser of its own for somebody of this role."""
    clients = []

    def browser(role: Role, name: str = "", **more: object) -> Browser:
        name = name or f"某{role}"
        user = accounts.find_user(hub.session, name) or hub.user(name, role, **more)
        token = f"token-{len(clients)}"
        accounts.open_session(hub.session, user, token, f"form {len(clients)}", hub.now, timedelta(days=7))
        hub.session.commit()
        client = TestClient(app, raise_server_exceptions=True)
        client.__enter__()
        clients.append(client)
        client.cookies.set(SESSION_COOKIE, token)
        return Browser(client)

    yield browser
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def administrator(signed_in: Callable[..., Browser]) -> Browser:
    return signed_in(Role.ADMINISTRATOR, "李管理")
