"""An application with two stations that have everything, one at which people of all roles are at work and one not."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session

from hub.accounts import store as accounts
from hub.accounts import token_store
from hub.accounts.roles import BY_UNION, Role
from hub.accounts.scopes import Scope
from hub.accounts.tables import User
from hub.app import create_app
from hub.keys import hub_keys
from hub.security import CSRF_COOKIE, CSRF_HEADER, SESSION_COOKIE
from hub.settings import HubSettings
from hub.streams import Pace
from hub.unions import store as unions
from hub.unions.trees import Level
from tests.databases import Databases, make_tables
from tests.hub.example import Each, Site
from tests.hub.examples import example_of, furnish
from tests.hub.operations import APP, Operation
from tests.hub.pages.conftest import NOW, Furnisher
from tests.hub.requests_made import arguments, required, value

OURS, THEIRS = "k3v9x2m7qa", "q7m2x9v3ka"
FOREIGN_NAME = "别处驿站"
FORM = "form token"
OPENING: dict[str, Any] = {
    "start": "09:00", "end": "17:00", "weekdays": [0, 1, 2, 3, 4, 5, 6],
    "closures": [{"first": "2026-10-01", "last": "2026-10-07", "reason": "国庆"}],
}  # fmt: skip
FIELDS = {"recommending", "person", "alias"}
"""Those that must name something there is: `tests.hub.examples` has what."""
TREES: dict[str, tuple[Level, ...]] = {
    "union": (Level.PROVINCE, Level.CITY, Level.DISTRICT), "industry": (Level.INDUSTRY,),
}  # fmt: skip
"""The unions a station hangs in, by its column, the highest first."""


@dataclass(frozen=True)
class Matrix:
    """Two stations that have everything; whoever asks is at work at one of them alone."""

    app: FastAPI
    client: TestClient
    examples: dict[str, dict[tuple[str, str], object]]
    """By station."""
    token: dict[Scope, str]
    """The administrator's."""
    role: Role | None = None
    """Of who asks. None: a stranger."""

    def asked_by(self, role: Role | None) -> "Matrix":
        """The same, with another one asking."""
        return replace(self, role=role)

    @property
    def name(self) -> str:
        return f"某{self.role}"

    def example(self, operation: Operation, parameter: str, station: str = OURS) -> str:
        """What stands in its address for this parameter."""
        one = example_of(parameter, operation.path)
        assert one, f"{operation.name}: tests/hub/examples has no example of {parameter!r}"
        return self.made(one.parameter, one.under, station)

    def made(self, parameter: str, under: str = "a field", station: str = OURS) -> str:
        """The example for who asks; beside those of addresses there are some for fields."""
        found = self.examples[station][parameter, under]
        return str(found[self.role or Role.AUDITOR] if isinstance(found, Each) else found)

    def address(self, operation: Operation, station: str, other: str | None = None) -> str:
        """With the examples of a station in it; with its first in the path and another's others, where one is named."""
        path = operation.path
        for number, name in enumerate(sorted(operation.parameters, key=lambda name: path.index(f"{{{name}}}"))):
            of = station if number == 0 or other is None else other
            path = path.replace(f"{{{name}}}", self.example(operation, name, of))
        return path

    def query(self, operation: Operation, station: str = OURS) -> dict[str, Any]:
        """What must be in it."""
        found = {name: value(name, schema) for name, schema in operation.query.items() if needed(schema)}
        if "inspection" in found:
            found["inspection"] = self.made("number", "/inspections", station)
        return found

    def known(self, operation: Operation, station: str = OURS) -> dict[str, Any]:
        """Fields that must name something there is."""
        found = {name: self.made(name, station=station) for name in required(operation) & FIELDS}
        return found | ({"station": station} if "station" in required(operation) else {})

    def ask(
        self, operation: Operation, address: str, fields: Mapping[str, object] | None = None, station: str = OURS,
        query: Mapping[str, str] | None = None, **headers: str,
    ) -> Any:  # fmt: skip
        """As the document says it is asked; what it changes is taken back. `fields`: instead of those made up."""
        self.come_back()
        with self.undone():
            return self.send(operation, address, fields, station, query, **headers)

    def send(
        self, operation: Operation, address: str, fields: Mapping[str, object] | None = None, station: str = OURS,
        query: Mapping[str, str] | None = None, files: Mapping[str, object] | None = None, **headers: str,
    ) -> Any:  # fmt: skip
        """The same, and it stays."""
        made = arguments(operation, self.known(operation, station) | dict(fields or {}))
        told = {CSRF_HEADER: FORM} | made.pop("headers", {}) | headers
        asked = self.query(operation, station)
        asked |= {name: text for name, text in (query or {}).items() if name in operation.query}
        if files:
            made["files"] = files
        return self.client.request(
            operation.method, address, headers=told, params=asked, follow_redirects=False, **made
        )  # fmt: skip

    @property
    def cookie(self) -> tuple[str, str]:
        return (CSRF_COOKIE, FORM) if self.role is None else (SESSION_COOKIE, f"session of {self.role}")

    def come_back(self) -> None:
        """The browser has its cookie again, whatever the last answer said."""
        self.client.cookies.clear()
        self.client.cookies.set(*self.cookie)

    def signed_in_again(self) -> None:
        """Whatever happened to the session."""
        with Session(self.app.state.engine) as session:
            user = accounts.find_user(session, self.name)
            assert user
            accounts.close_sessions(session, user)
            accounts.open_session(session, user, self.cookie[1], FORM, NOW, timedelta(days=7))
            session.commit()
        self.come_back()

    @contextmanager
    def undone(self) -> Iterator[None]:
        """All that happens within is one transaction, which is rolled back."""
        engine = self.app.state.engine
        with engine.connect() as connection:
            outer = connection.begin()
            self.app.state.engine = connection
            try:
                yield
            finally:
                self.app.state.engine = engine
                if outer.is_active:  # a route may have rolled back itself
                    outer.rollback()


def needed(schema: dict[str, Any]) -> bool:
    return "default" not in schema and "anyOf" not in schema


def about_a_station(operation: Operation) -> bool:
    """Whether its address names anything that belongs to one."""
    found = [example_of(name, operation.path) for name in operation.parameters]
    return any(one is not None and one.of_station for one in found)


@contextmanager
def matrix(url: str, folder: Path) -> Iterator[Matrix]:
    """One user of each role, signed in, at work at our station; the administrator's tokens, one of each scope."""
    app = create_app(HubSettings(folder=folder, database_url=url), now=lambda: NOW)
    app.openapi_schema = APP.openapi()
    app.state.pace = Pace(every_s=0, rounds=1)
    del app.exception_handlers[Exception]  # what breaks is raised in the test, with its place
    make_tables(app.state.engine)
    with Session(app.state.engine, expire_on_commit=False) as session:
        hub, keys = Furnisher(session), hub_keys(folder)
        hung = {name: _unions(session, name) for name in ("我", "他")}
        stations = {
            id_: hub.station(
                id_, called, rulebook="shanghai_2018", name_en=called, mqtt_hash="secret-hash", opening=OPENING,
                union=hung[whose][Level.DISTRICT], industry=hung[whose][Level.INDUSTRY],
            )
            for id_, called, whose in ((OURS, "河边驿站", "我"), (THEIRS, FOREIGN_NAME, "他"))
        }  # fmt: skip
        people = {role: _person(hub, role, hung["我"]) for role in Role}
        other = hub.user("别人", Role.ADMINISTRATOR, everywhere=False)
        examples = {}
        for id_, station in stations.items():
            examples[id_] = furnish(Site(hub, station, people, other, keys.sealed, keys, id_ == OURS))
        tokens = {
            scope: token_store.make(session, people[Role.ADMINISTRATOR], scope, [scope], NOW, timedelta(days=1))[1]
            for scope in Scope
        }
        session.commit()
    with TestClient(app, raise_server_exceptions=True) as client:
        try:
            yield Matrix(app, client, examples, tokens)
        finally:
            app.state.engine.dispose()


def _unions(session: Session, whose: str) -> dict[Level, int]:
    found: dict[Level, int] = {}
    for levels in TREES.values():
        above = None
        for level in levels:
            above = unions.identity(unions.add(session, f"{whose}的{level}工会", level, above))
            found[level] = above
    return found


def _person(hub: Furnisher, role: Role, hung: Mapping[Level, int]) -> User:
    ends = NOW + timedelta(days=9) if role is Role.THIRD_PARTY else None
    user = hub.user(f"某{role}", role, everywhere=False, expires_at=ends)
    union = hung[Level(role)] if role in (*Level,) else hung[Level.DISTRICT]
    where = accounts.Jurisdiction(union=union) if role in BY_UNION else accounts.Jurisdiction(
        stations=(OURS,), expires_at=ends
    )  # fmt: skip
    accounts.place(hub.session, user, where)
    accounts.open_session(hub.session, user, f"session of {role}", FORM, NOW, timedelta(days=7))
    return user


@pytest.fixture(scope="module")
def world(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    """One for all tests of a file: each takes back what it changes."""
    with databases.fresh() as url, matrix(url, tmp_path_factory.mktemp("hub")) as found:
        yield found
