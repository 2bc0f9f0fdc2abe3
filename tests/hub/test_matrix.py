"""Role × jurisdiction × every operation of the OpenAPI document: nobody sees or does what is not theirs.

A route that comes later is here by itself. It fails until it names the action it needs (or stands in PUBLIC with a
reason), and until each parameter of its address has an example (`examples.py`).
"""

from collections.abc import Iterator
from typing import Any

import pytest

from hub.accounts.actions import may
from hub.accounts.roles import Role
from hub.accounts.scopes import grants
from hub.security import CSRF_HEADER
from tests.databases import Databases
from tests.hub.examples import example_of
from tests.hub.matrix import FOREIGN_NAME, OURS, THEIRS, about_a_station, matrix
from tests.hub.operations import operations, resolve, undocumented
from tests.hub.requests_made import fields_of, is_file

PUBLIC = {
    "GET /sign-in": "strangers sign in here",
    "POST /sign-in": "the same",
    "POST /sign-out": "whoever has no session loses none",
    "POST /language": "strangers read, too",
    "GET /health": "for machines; names no station",
}
"""Operations for everybody, with the reason."""
OUTSIDE_THE_DOCUMENT = {"/", "/metrics", "/openapi.json", "/static/{path}"}
REFUSALS = (401, 403, 404)
DESCRIBED = operations()


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    with databases.fresh() as found:
        yield found


def test_every_operation_needs_an_action_or_is_public_for_a_reason():
    open_ = {operation.name for operation in DESCRIBED if not operation.actions}
    assert open_ - set(PUBLIC) == set(), "let the route name what it needs: hub.signed_in.Needs"
    assert set(PUBLIC) - open_ == set(), "these are not open to everybody"


def test_the_document_names_every_address_of_the_application():
    assert undocumented() <= OUTSIDE_THE_DOCUMENT


def test_every_text_and_every_number_has_bounds():
    """What has none reaches the database: integers it does not know, and texts of megabytes."""
    without = set()
    for operation in DESCRIBED:
        for name, schema in (operation.query | operation.path_schemas | fields_of(operation)).items():
            if not bounded(schema):
                without.add((operation.name, name))
    assert without == set()


def bounded(schema: dict[str, Any]) -> bool:
    found = resolve(schema)
    inner = [one for branches in ("anyOf", "oneOf", "allOf") for one in found.get(branches, [])]
    if inner:
        return all(bounded(one) for one in inner)
    kind = found.get("type")
    if kind == "array":
        return "maxItems" in found and bounded(found["items"])
    if kind == "integer":
        return found.get("maximum", 2**63) <= 2**31 and ("minimum" in found or "exclusiveMinimum" in found)
    if kind == "number":
        return "maximum" in found and "minimum" in found
    if kind == "string" and not is_file(found):
        return bool({"enum", "const", "format", "pattern", "maxLength"} & set(found))
    return True


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
            if allowed and role is not Role.ADMINISTRATOR and "station" in fields_of(operation):
                named = found.ask(operation, found.address(operation, OURS), fields={"station": THEIRS})
                if named.status_code not in (403, 404, 422):
                    wrong.append((operation.name, "a field names a station that is not theirs", named.status_code))
            if (
                allowed
                and role is not Role.ADMINISTRATOR
                and not about_a_station(operation)
                and FOREIGN_NAME in within.text
            ):
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
    return answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?onward")
