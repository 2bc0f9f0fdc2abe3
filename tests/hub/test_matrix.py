"""Role × jurisdiction × every operation of the OpenAPI document: nobody sees or does what is not theirs.

A route that comes later is here by itself. It fails until it names the action it needs (or stands in PUBLIC with a
reason), and until each parameter of its address has an example (`examples.py`).
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from hub.accounts.actions import may
from hub.accounts.roles import Role
from hub.accounts.scopes import grants
from hub.security import CSRF_HEADER
from tests.hub.examples import example_of
from tests.hub.examples.of_inspections import FOUND, UNNAMED
from tests.hub.good_forms import good_form
from tests.hub.matrix import FOREIGN_NAME, OURS, THEIRS, Matrix, about_a_station, world  # noqa: F401 — a fixture
from tests.hub.operations import Operation, operations, resolve, undocumented
from tests.hub.requests_made import fields_of, is_file

PUBLIC = {
    "GET /sign-in": "strangers sign in here",
    "POST /sign-in": "the same",
    "POST /sign-out": "whoever has no session loses none",
    "POST /language": "strangers read, too",
    "GET /health": "for machines; names no station",
    "GET /s/{station}": "for whoever scans the code at the door (I30)",
    "GET /api/public/stations/{station}": "the same for programs",
    "GET /c/{station}": "for whoever scans the printed code: no account; its forms bring a token of their own",
    "GET /c/{station}/done": "the same",
    "GET /c/{station}/{code}": "the same, by the code on the kiosk's screen",
    "POST /c/{station}/check-in": "the same",
    "POST /c/{station}/undo": "the same, with a receipt",
    "POST /c/{station}/feedback": "the same",
    "POST /c/{station}/fault": "the same",
    "GET /complain/{station}": "a worker has no account (SH-46)",
    "POST /complain/{station}": "the same",
    "GET /complain/answer": "whoever has the code is told, and nobody else",
    "POST /complain/answer": "the same",
    "POST /complain/answer/forget": "the same",
    "GET /inspections/app": "the app without anything in it: a browser keeps it, whoever is signed in",
    "GET /inspections/app/manifest.webmanifest": "the same",
    "GET /inspections/app/worker.js": "the same",
    "GET /inspections/app/{edition}/{name}": "the same",
}
"""Operations for everybody, with the reason."""
OUTSIDE_THE_DOCUMENT = {"/", "/metrics", "/openapi.json", "/static/{path}", "/static/leaflet/{path}"}
WITHOUT_ASKING = {"GET /health"}
"""Nobody is recognised there, by cookie or by token."""
GONE_IS_GONE = {"POST /duty/{roster}/shifts/{shift}/remove", "POST /duty/{roster}/changes/{change}/remove"}
"""Removing from one's own roster what is not in it, be it another's or nobody's, changes nothing and says so alike."""


@dataclass(frozen=True)
class Rule:
    """More than its action is needed: what is answered within one's jurisdiction, and why."""

    status: int
    why: str


NOT_FOUND_BY_IT = Rule(404, "a third party sees only the findings it made: it must know nobody's judgement (AH-41)")
EXCEPT: dict[tuple[str, Role | None], Rule] = {
    (f"GET {path}/findings/{{finding}}", Role.THIRD_PARTY): NOT_FOUND_BY_IT for path in ("", "/api")
}
REFUSALS = (401, 403, 404)
DESCRIBED = operations()


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


def test_a_stranger_gets_nowhere(world: Matrix):  # noqa: F811
    for operation in DESCRIBED:
        if operation.name in PUBLIC:
            continue
        for station in (OURS, THEIRS) if operation.parameters else (OURS,):
            answer = world.ask(operation, world.address(operation, station), station=station)
            assert answer.status_code in (401, 303), operation.name
            led = answer.headers.get("location", "")
            assert answer.status_code == 401 or led.startswith("/sign-in"), operation.name
            assert operation.path.startswith("/api/") <= (answer.status_code == 401), operation.name


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_what_the_table_says_where_it_is_at_work(role, world):  # noqa: F811
    found, wrong = world.asked_by(role), []
    for operation in DESCRIBED:
        if operation.name in PUBLIC:
            continue
        allowed = all(may(role, action) for action in operation.actions)
        within = found.ask(operation, found.address(operation, OURS), good_form(found, operation))
        also = EXCEPT.get((operation.name, role), EXCEPT.get((operation.name, None)))
        refused = within.status_code in REFUSALS or led_away(within)
        if allowed and refused and (also is None or within.status_code != also.status):
            wrong.append((operation.name, "within", within.status_code))
        if allowed and also is not None and not refused:
            wrong.append((operation.name, "not refused", also.why))
        if not allowed and within.status_code != 403:
            wrong.append((operation.name, "not allowed", within.status_code))
        if role is Role.ADMINISTRATOR:
            continue  # an administrator's jurisdiction has no outside
        if about_a_station(operation):
            wrong += outside(found, operation, allowed)
        if FOREIGN_NAME in within.text:
            wrong.append((operation.name, "names a station that is not theirs", within.status_code))
        others = rf"/inspections/{found.made('number', UNNAMED)}\b|{FOUND}"
        if role is Role.THIRD_PARTY and re.search(others, within.text):
            wrong.append((operation.name, "tells a third party what others judged", within.status_code))
        if allowed and "station" in fields_of(operation):
            named = found.ask(operation, found.address(operation, OURS), fields={"station": THEIRS})
            if named.status_code not in (403, 404, 422):
                wrong.append((operation.name, "a field names a station that is not theirs", named.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def outside(found: Matrix, operation: Operation, allowed: bool) -> list[tuple[str, str, int]]:
    """What is not answered as if there were nothing: another station's things, and those under one's own address."""
    wrong = []
    mixed = [OURS] if allowed and len(operation.parameters) > 1 else []
    for first in (THEIRS, *mixed):
        address = found.address(operation, first, THEIRS)
        if first == OURS and address == found.address(operation, OURS):
            continue
        answer = found.ask(operation, address, station=THEIRS)
        if first == OURS and operation.name in GONE_IS_GONE and answer.status_code == 303:
            continue
        if answer.status_code not in ((404,) if allowed else (403, 404)):
            wrong.append((operation.name, f"outside, {address}", answer.status_code))
    return wrong


def test_a_third_party_sees_nothing_of_a_form_it_is_not_named_on_and_an_inspector_changes_nothing(world):  # noqa: F811
    wrong = []
    for operation in DESCRIBED:
        if "number" not in operation.parameters and "inspection" not in operation.query:
            continue
        for role in (Role.THIRD_PARTY, Role.INSPECTOR):
            found = world.asked_by(role)
            if not all(may(role, action) for action in operation.actions):
                continue
            number = found.made("number", UNNAMED)
            address = operation.path.replace("{number}", number)
            for name in operation.parameters:
                address = address.replace(f"{{{name}}}", found.example(operation, name))
            answer = found.ask(operation, address, query={"inspection": number})
            expected = (404,) if role is Role.THIRD_PARTY else (200,) if operation.is_read else (403, 404, 409, 422)
            if answer.status_code not in expected:
                wrong.append((operation.name, role.value, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def test_a_token_may_what_its_scopes_say_and_no_more(world):  # noqa: F811
    found, wrong = world.asked_by(Role.ADMINISTRATOR), []
    for operation in DESCRIBED:
        address = found.address(operation, OURS)
        for scope, token in found.token.items():
            answer = found.ask(operation, address, authorization=f"Bearer {token}", **{CSRF_HEADER: ""})
            inside = operation.path.startswith("/api/") and all(grants([scope], one) for one in operation.actions)
            good = answer.status_code not in REFUSALS if inside else answer.status_code == 403
            if not good and operation.name not in WITHOUT_ASKING:
                wrong.append((operation.name, scope.value, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def test_no_form_is_taken_without_its_token_or_from_another_site(world):  # noqa: F811
    found = world.asked_by(Role.ADMINISTRATOR)
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
