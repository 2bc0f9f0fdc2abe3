"""An application with two stations that have everything, one within the asker's jurisdiction and one not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session

from hub.accounts import store as accounts
from hub.accounts import token_store
from hub.accounts.roles import Role
from hub.accounts.scopes import Scope
from hub.app import create_app
from hub.database import all_tables
from hub.security import CSRF_COOKIE, CSRF_HEADER, SESSION_COOKIE
from hub.settings import HubSettings
from hub.streams import Pace
from tests.hub.examples import Site, example_of, furnish
from tests.hub.operations import APP, Operation
from tests.hub.pages.conftest import NOW, Furnisher
from tests.hub.requests_made import arguments, value

OURS, THEIRS = "k3v9x2m7qa", "q7m2x9v3ka"
FOREIGN_NAME = "别处驿站"
FORM = "form token"


@dataclass
class Matrix:
    """An application with two stations that have everything: one within the asker's jurisdiction, one not."""

    app: FastAPI
    client: TestClient
    examples: dict[str, dict[tuple[str, str], object]]
    """By station."""
    token: dict[Scope, str]
    name: str
    """Of who asks."""
    cookie: tuple[str, str]

    def address(self, operation: Operation, station: str, other: str | None = None) -> str:
        """With the examples of a station in it; with the station's own id and another's objects, where one is named."""
        path = operation.path
        for number, name in enumerate(operation.parameters):
            one = example_of(name, operation.path)
            assert one, f"{operation.name}: tests/hub/examples.py has no example of {name!r}"
            of = station if number == 0 or other is None else other
            path = path.replace(f"{{{name}}}", str(self.examples[of][one.parameter, one.under]))
        return path

    def ask(self, operation: Operation, address: str, fields: dict[str, object] | None = None, **headers: str) -> Any:
        """As the document says it is asked; what it changes is taken back. `fields`: instead of those made up."""
        query = {name: value(name, schema) for name, schema in operation.query.items() if needed(schema)}
        self.come_back()
        with self.undone():
            return self.client.request(
                operation.method, address, headers={CSRF_HEADER: FORM} | headers, params=query,
                follow_redirects=False, **arguments(operation, fields or {}),
            )  # fmt: skip

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
            accounts.open_session(session, user, "token", FORM, NOW, timedelta(days=7))
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
def matrix(role: Role | None, url: str, folder: Path) -> Iterator[Matrix]:
    """Signed in as somebody of this role, with a form token; a stranger has a form token, too."""
    app = create_app(HubSettings(folder=folder, database_url=url), now=lambda: NOW)
    app.openapi_schema = APP.openapi()
    app.state.pace = Pace(every_s=0, rounds=1)
    del app.exception_handlers[Exception]  # what breaks is raised in the test, with its place
    all_tables().create_all(app.state.engine)
    name, tokens = f"某{role}", dict[Scope, str]()
    with Session(app.state.engine, expire_on_commit=False) as session:
        hub = Furnisher(session)
        user = hub.user(name, role or Role.AUDITOR, everywhere=False, expires_at=NOW + timedelta(days=9))
        examples = {}
        for id_, called in ((OURS, "河边驿站"), (THEIRS, FOREIGN_NAME)):
            station = hub.station(id_, called, rulebook="shanghai_2018", name_en=called, mqtt_hash="secret-hash")
            examples[id_] = furnish(Site(hub, station, name))
        end = None if user.role != Role.THIRD_PARTY else user.expires_at
        accounts.place(session, user, accounts.Jurisdiction(stations=(OURS,), expires_at=end))
        accounts.open_session(session, user, "token", FORM, NOW, timedelta(days=7))
        for scope in Scope:
            _, tokens[scope] = token_store.make(session, user, scope, [scope], NOW, timedelta(days=1))
        session.commit()
    with TestClient(app, raise_server_exceptions=True) as client:
        cookie = (CSRF_COOKIE, FORM) if role is None else (SESSION_COOKIE, "token")
        client.cookies.set(*cookie)
        try:
            yield Matrix(app, client, examples, tokens, name, cookie)
        finally:
            app.state.engine.dispose()
