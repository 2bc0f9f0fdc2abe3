"""Role × jurisdiction × every operation of the OpenAPI document: nobody sees or does what is not theirs.

A route that comes later is here by itself. It fails until it names the action it needs (or stands in PUBLIC with a
reason), and until each parameter of its address has an example (`examples.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session

from hub.accounts import store as accounts
from hub.accounts import token_store
from hub.accounts.actions import may
from hub.accounts.roles import Role
from hub.accounts.scopes import Scope, grants
from hub.app import create_app
from hub.database import all_tables
from hub.security import CSRF_COOKIE, CSRF_HEADER, SESSION_COOKIE
from hub.settings import HubSettings
from hub.streams import Pace
from tests.databases import Databases
from tests.hub.examples import Site, example_of, furnish
from tests.hub.operations import Operation, operations, undocumented
from tests.hub.pages.conftest import NOW, Furnisher
from tests.hub.requests_made import arguments, value

PUBLIC = {
    "GET /sign-in": "strangers sign in here",
    "POST /sign-in": "the same",
    "POST /sign-out": "whoever has no session loses none",
    "POST /language": "strangers read, too",
    "GET /health": "for machines; names no station",
}
"""Operations for everybody, with the reason."""
OUTSIDE_THE_DOCUMENT = {"/", "/metrics", "/openapi.json", "/static/{path}"}
OURS, THEIRS = "k3v9x2m7qa", "q7m2x9v3ka"
FOREIGN_NAME = "别处驿站"
FORM = "form token"
REFUSALS = (401, 403, 404)
DESCRIBED = operations(create_app(HubSettings(folder=Path("/nowhere"), database_url="sqlite://")))


@dataclass
class Matrix:
    """An application with two stations that have everything: one within the asker's jurisdiction, one not."""

    app: FastAPI
    client: TestClient
    examples: dict[str, dict[tuple[str, str], object]]
    """By station."""
    token: dict[Scope, str]

    def address(self, operation: Operation, station: str, other: str | None = None) -> str:
        """With the examples of a station in it; with the station's own id and another's objects, where one is named."""
        path = operation.path
        for number, name in enumerate(operation.parameters):
            one = example_of(name, operation.path)
            assert one, f"{operation.name}: tests/hub/examples.py has no example of {name!r}"
            of = station if number == 0 or other is None else other
            path = path.replace(f"{{{name}}}", str(self.examples[of][one.parameter, one.under]))
        return path

    def ask(self, operation: Operation, address: str, **headers: str) -> Any:
        """As the document says it is asked; what it changes is taken back."""
        query = {name: value(self.app, name, schema) for name, schema in operation.query.items() if needed(schema)}
        with self.undone():
            return self.client.request(
                operation.method, address, headers={CSRF_HEADER: FORM} | headers, params=query,
                follow_redirects=False, **arguments(self.app, operation),
            )  # fmt: skip

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
    app.state.pace = Pace(every_s=0, rounds=1)
    all_tables().create_all(app.state.engine)
    name, tokens = f"某{role}", dict[Scope, str]()
    with Session(app.state.engine, expire_on_commit=False) as session:
        hub = Furnisher(session)
        user = hub.user(name, role or Role.AUDITOR, everywhere=False, expires_at=NOW + timedelta(days=9))
        examples = {}
        for id_, called in ((OURS, "河边驿站"), (THEIRS, FOREIGN_NAME)):
            station = hub.station(id_, called, rulebook="shanghai_2018", name_en=called)
            examples[id_] = furnish(Site(hub, station, name))
        end = None if user.role != Role.THIRD_PARTY else user.expires_at
        accounts.place(session, user, accounts.Jurisdiction(stations=(OURS,), expires_at=end))
        accounts.open_session(session, user, "token", FORM, NOW, timedelta(days=7))
        for scope in Scope:
            _, tokens[scope] = token_store.make(session, user, scope, [scope], NOW, timedelta(days=1))
        session.commit()
    with TestClient(app, raise_server_exceptions=True) as client:
        if role is None:
            client.cookies.set(CSRF_COOKIE, FORM)
        else:
            client.cookies.set(SESSION_COOKIE, "token")
        yield Matrix(app, client, examples, tokens)
    app.state.engine.dispose()


@pytest.fixture
def url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    with databases.fresh() as found:
        yield found


def test_every_operation_needs_an_action_or_is_public_for_a_reason():
    open_ = {operation.name for operation in DESCRIBED if not operation.actions}
    assert open_ - set(PUBLIC) == set(), "let the route name what it needs: hub.signed_in.Needs"
    assert set(PUBLIC) - open_ == set(), "these are not open to everybody"


def test_the_document_names_every_address_of_the_application(tmp_path):
    app = create_app(HubSettings(folder=tmp_path, database_url="sqlite://"))
    assert undocumented(app) <= OUTSIDE_THE_DOCUMENT
    app.state.engine.dispose()


def test_every_parameter_has_an_example():
    without = {(operation.name, name) for operation in DESCRIBED for name in operation.parameters
               if example_of(name, operation.path) is None}  # fmt: skip
    assert without == set(), "give tests/hub/examples.py one function each"


def test_a_stranger_gets_nowhere(url, tmp_path):
    with matrix(None, url, tmp_path) as found:
        for operation in DESCRIBED:
            if operation.name in PUBLIC:
                continue
            for station in (OURS, THEIRS):
                answer = found.ask(operation, found.address(operation, station))
                assert answer.status_code in (401, 303), operation.name
                led = answer.headers.get("location", "")
                assert answer.status_code == 401 or led.startswith("/sign-in"), operation.name
                assert operation.path.startswith("/api/") <= (answer.status_code == 401), operation.name


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_what_the_table_says_where_it_is_at_work(role, url, tmp_path):
    wrong = []
    with matrix(role, url, tmp_path) as found:
        for operation in DESCRIBED:
            allowed = all(may(role, action) for action in operation.actions)
            if operation.name in PUBLIC:
                continue
            within = found.ask(operation, found.address(operation, OURS))
            if allowed and (within.status_code in REFUSALS or led_away(within)):
                wrong.append((operation.name, "within", within.status_code))
            if not allowed and within.status_code != 403:
                wrong.append((operation.name, "not allowed", within.status_code))
            # An administrator's jurisdiction has no outside.
            if about_a_station(operation) and role is not Role.ADMINISTRATOR:
                mixed = [OURS] if len(operation.parameters) > 1 else []
                for first in (THEIRS, *mixed):
                    address = found.address(operation, first, THEIRS)
                    if first == OURS and address == found.address(operation, OURS):
                        continue
                    outside = found.ask(operation, address)
                    if outside.status_code not in ((404,) if allowed else (403, 404)):
                        wrong.append((operation.name, f"outside, {address}", outside.status_code))
            elif allowed and role is not Role.ADMINISTRATOR and FOREIGN_NAME in within.text:
                wrong.append((operation.name, "names a station that is not theirs", within.status_code))
    assert wrong == []


def test_a_token_may_what_its_scopes_say_and_no_more(url, tmp_path):
    wrong = []
    with matrix(Role.ADMINISTRATOR, url, tmp_path) as found:
        for operation in DESCRIBED:
            address = found.address(operation, OURS)
            for scope, token in found.token.items():
                answer = found.ask(operation, address, authorization=f"Bearer {token}", **{CSRF_HEADER: ""})
                inside = operation.path.startswith("/api/") and all(grants([scope], one) for one in operation.actions)
                good = answer.status_code not in REFUSALS if inside else answer.status_code == 403
                if not good and operation.name != "GET /health":
                    wrong.append((operation.name, scope.value, answer.status_code))
    assert wrong == []


def test_no_form_is_taken_without_its_token_or_from_another_site(url, tmp_path):
    with matrix(Role.ADMINISTRATOR, url, tmp_path) as found:
        for operation in DESCRIBED:
            if operation.is_read:
                continue
            address = found.address(operation, OURS)
            for forged in (
                {CSRF_HEADER: "guessed"},
                {"sec-fetch-site": "cross-site"},
                {"origin": "https://evil.example"},
            ):
                assert found.ask(operation, address, **forged).status_code == 403, (operation.name, forged)


def led_away(answer: Any) -> bool:
    return answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
