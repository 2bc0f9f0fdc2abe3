"""Browsers of people with different roles, for tests of pages in any folder."""

from datetime import timedelta
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from hub.accounts import store as accounts
from hub.accounts.tables import User
from hub.security import SESSION_COOKIE
from tests.hub.pages.conftest import Browser, Furnisher


def browser_of(app: FastAPI, hub: Furnisher, name: str, role: str, **more: Any) -> tuple[Browser, User]:
    """Somebody who is signed in already, in a browser of their own."""
    user = hub.user(name, role, **more)
    token = f"token-{user.id}"
    accounts.open_session(hub.session, user, token, f"form token of {user.id}", hub.now, timedelta(days=7))
    hub.session.commit()
    client = TestClient(app, raise_server_exceptions=False)
    client.cookies.set(SESSION_COOKIE, token)
    return Browser(client), user
