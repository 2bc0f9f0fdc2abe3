"""The real application, and people of every role who keep the register."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from hub.accounts import store as accounts
from hub.security import SESSION_COOKIE
from hub.stations.block import Door
from hub.stations.tables import Station
from hub.trail.tables import TrailRow
from hub.unions import store as unions
from hub.unions.trees import Level
from tests.hub.pages.conftest import Furnisher, app, furnished, hub, stranger  # noqa: F401 — fixtures

STATION = "k3v9x2m7qa"
ENTRY = f"/stations/{STATION}/register"
DAILY = f"/stations/{STATION}/daily"
CSRF = "form token"


@dataclass
class Person:
    """Somebody signed in, with a browser of their own."""

    client: TestClient
    name: str

    def get(self, address: str) -> Any:
        return self.client.get(address, follow_redirects=False)

    def post(self, address: str, data: dict[str, Any] | None = None, files: Any = None) -> Any:
        form = {"csrf": CSRF} | (data or {})
        return self.client.post(address, data=form, files=files, follow_redirects=False)

    def saves(self, address: str, data: dict[str, Any] | None = None, files: Any = None) -> str:
        """The form is taken; where it leads."""
        answer = self.post(address, data, files)
        assert answer.status_code == 303, why(answer)
        return str(answer.headers["location"])

    def refused(self, address: str, data: dict[str, Any] | None = None, files: Any = None) -> str:
        """The form comes back, with what was typed and why not."""
        answer = self.post(address, data, files)
        assert answer.status_code == 422, why(answer)
        return str(answer.text)


def why(answer: Any) -> str:
    """What a page says went wrong."""
    said = re.findall(r'class="error-text"[^>]*>([^<]+)', answer.text)
    return f"{answer.status_code}: {said or answer.text[:2000]}"


@dataclass
class Register:
    """What a test looks at and who it sends."""

    app: FastAPI
    hub: Furnisher
    told: list[datetime]
    """When the broker was told of a change."""
    city: int
    district: int
    other: int
    industry: int

    def person(self, role: str, union: int | None = None, name: str = "", **more: Any) -> Person:
        """Somebody of this role; everywhere unless a union is named."""
        called = name or f"{role}-{union or 0}"
        user = self.hub.user(called, role)
        ends = self.hub.now + timedelta(days=9) if role == "third_party" else None
        where = accounts.Jurisdiction(union is None and "stations" not in more, union, more.get("stations", ()), ends)
        accounts.place(self.hub.session, user, where)
        accounts.open_session(self.hub.session, user, called, CSRF, self.hub.now, timedelta(days=7))
        self.hub.session.commit()
        client = TestClient(self.app, raise_server_exceptions=False)
        client.cookies.set(SESSION_COOKIE, called)
        return Person(client, called)

    def station(self, id_: str = STATION) -> Station:
        """As it is stored now."""
        self.hub.session.expire_all()
        return self.hub.session.get_one(Station, id_)

    def trail(self, what: str) -> list[TrailRow]:
        """What was written down of it."""
        self.hub.session.expire_all()
        return list(self.hub.session.exec(select(TrailRow).where(TrailRow.what == what).order_by(TrailRow.id)))  # type: ignore[arg-type]


@pytest.fixture
def register(app: FastAPI, hub: Furnisher) -> Iterator[Register]:  # noqa: F811 — the fixtures imported above
    """A city with two districts, an industry union, and one station of the first district."""
    told: list[datetime] = []
    app.state.door = Door("mqtts://hub.example:8883", authority=True, ours=True, tell=told.append)
    with Session(app.state.engine) as session:
        city = unions.add(session, "合肥市总工会", Level.CITY)
        district = unions.add(session, "蜀山区总工会", Level.DISTRICT, city.id)
        other = unions.add(session, "包河区总工会", Level.DISTRICT, city.id)
        industry = unions.add(session, "环卫产业工会", Level.INDUSTRY)
        numbers = [unions.identity(one) for one in (city, district, other, industry)]
        session.commit()
    hub.station(union=numbers[1], union_name="蜀山区总工会")
    yield Register(app, hub, told, *numbers)
