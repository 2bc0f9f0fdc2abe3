"""Requests made up by schemathesis over the whole OpenAPI document, and by hand: nothing is a 500, nothing leaks.

Each request is taken back, so that no order of them matters and every run makes the same ones.
"""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.python import asgi

from hub.accounts.roles import Role
from hub.security import CSRF_COOKIE, CSRF_HEADER, SESSION_COOKIE
from tests.databases import Databases
from tests.hub.examples import example_of
from tests.hub.matrix import FOREIGN_NAME, FORM, OURS, Matrix, matrix
from tests.hub.operations import Operation, operations
from tests.hub.requests_made import arguments, fields_of, is_file
from tests.hub.test_matrix import PUBLIC

INSIDES = (
    "Traceback",
    "sqlalchemy",
    "sqlite3.",
    "psycopg",
    "SELECT ",
    "INSERT INTO",
    "$argon2",
    '.py", line',
    "secret-hash",
)
"""What no answer says: of the program, of the database, of passwords."""
EXAMPLES = int(os.environ.get("WAYSTATION_FUZZ", "6"))
"""Requests made up for each operation; more by the environment."""
SPICE = {
    "markup": "<script>alert(1)</script>' OR 1=1 --",
    "quote": "\"'><img src=x onerror=alert(1)>",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "long": "x" * 10_000,
    "right to left": "\u202eمرحبا\u2066",
    "emoji": "👷🏽‍♀️🚰",
    "newline": "a\r\nSet-Cookie: b=c",
    "percent": "%s%n{0}{{7*7}}",
}
UNSTORABLE = "a\x00b"
DESCRIBED = operations()


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    with databases.fresh() as found:
        yield found


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.THIRD_PARTY, None])
def test_whatever_is_sent_nothing_breaks_and_nothing_leaks(role, url, tmp_path):
    with matrix(role, url, tmp_path) as found:
        document = schemathesis.openapi.from_dict(found.app.openapi())
        document.app = found.app
        with asgi.get_client(found.app) as client:
            client.cookies.set(*((CSRF_COOKIE, FORM) if role is None else (SESSION_COOKIE, "token")))
            for made_up, described in zip(document.get_all_operations(), DESCRIBED, strict=True):
                operation = made_up.ok()
                assert (operation.method.upper(), operation.path) == (described.method, described.path)
                fuzz(found, client, operation, described, role)


def fuzz(found: Matrix, client: Any, operation: Any, described: Operation, role: Role | None) -> None:
    """So many requests to one operation, some of them about what there is."""

    @seed(20260715)
    @settings(
        max_examples=EXAMPLES if role is Role.ADMINISTRATOR else max(1, EXAMPLES // 3), deadline=None, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), real=st.booleans())
    def one(case: Any, real: bool) -> None:
        if real:
            for name in described.parameters:
                example = example_of(name, described.path)
                assert example
                case.path_parameters[name] = found.examples[OURS][example.parameter, example.under]
        with found.undone():
            answer = case.call(
                base_url="http://testserver", session=client, headers={CSRF_HEADER: FORM}, allow_redirects=False,
            )  # fmt: skip
        assert answer.status_code < 500, described.name
        text = answer.content.decode(errors="replace")
        assert [inside for inside in INSIDES if inside in text] == [], described.name
        if role is not Role.ADMINISTRATOR and described.name not in PUBLIC:
            assert FOREIGN_NAME not in text, described.name
            assert role or "河边驿站" not in text, described.name

    one()


def texts(found: Matrix, operation: Operation) -> list[str]:
    """Fields of its form or JSON that take text."""
    return [name for name, schema in fields_of(operation).items() if not is_file(schema)]


def test_markup_and_worse_in_every_field_is_text_and_nothing_else(url, tmp_path):
    with matrix(Role.ADMINISTRATOR, url, tmp_path) as found:
        for operation in DESCRIBED:
            address = found.address(operation, OURS)
            for name in operation.query:
                for text in spiced(name):
                    said(operation, found.client.get(address, params={name: text}))
            for name in texts(found, operation):
                for text in spiced(name):
                    said(operation, sent(found, operation, address, name, text))


def spiced(name: str) -> list[str]:
    """Markup for every field, and two more kinds, others for each name: all fields with all of them took too long."""
    others = [text for kind, text in SPICE.items() if kind != "markup"]
    first = sum(name.encode()) % len(others)
    return [SPICE["markup"], others[first], others[(first + 3) % len(others)]]


def test_what_was_stored_with_markup_in_it_is_shown_as_text(url, tmp_path):
    with matrix(Role.ADMINISTRATOR, url, tmp_path) as found:
        for operation in DESCRIBED:
            if operation.is_read:
                continue
            for name in texts(found, operation):
                found.signed_in_again()
                sent(found, operation, found.address(operation, OURS), name, SPICE["markup"], undone=False)
        found.signed_in_again()
        shown = 0
        for operation in DESCRIBED:
            if operation.is_read:
                answer = found.client.get(found.address(operation, OURS))
                said(operation, answer)
                shown += "&lt;script&gt;alert(1)" in answer.text
        assert shown > 0


def test_what_no_database_can_keep_is_refused_wherever_it_comes(url, tmp_path):
    with matrix(Role.ADMINISTRATOR, url, tmp_path) as found:
        for operation in DESCRIBED:
            if operation.name == "GET /health":
                continue
            address = found.address(operation, OURS)
            headers = {CSRF_HEADER: FORM, "accept": "application/json"}
            query = found.client.request(operation.method, address, params={"any": UNSTORABLE}, headers=headers)
            assert query.status_code == 422, operation.name
            for name in texts(found, operation):
                assert sent(found, operation, address, name, UNSTORABLE).status_code == 422, (operation.name, name)
            for parameter in operation.parameters:
                path = operation.path.replace(f"{{{parameter}}}", "a%00b")
                for other in operation.parameters:
                    path = path.replace(f"{{{other}}}", str(example_value(found, operation, other)))
                refused = found.client.request(operation.method, path, headers=headers)
                assert refused.status_code in (404, 422), operation.name


def test_half_a_surrogate_pair_in_json_is_refused(url, tmp_path):
    with matrix(Role.ADMINISTRATOR, url, tmp_path) as found:
        headers = {CSRF_HEADER: FORM, "content-type": "application/json"}
        for body in (b'{"language": "\\ud800"}', b'{"a": [{"\\u0000": 1}]}', b'["\\udfff"]'):
            answer = found.client.post("/language", content=body, headers=headers)
            assert answer.status_code == 422


def test_a_body_that_is_no_body_breaks_nothing(url, tmp_path):
    with matrix(Role.ADMINISTRATOR, url, tmp_path) as found:
        for operation in DESCRIBED:
            if operation.is_read:
                continue
            address = found.address(operation, OURS)
            for media, body in (
                ("application/json", b"[" * 100_000),
                ("application/json", b"\xff\xfe\x00"),
                ("application/x-www-form-urlencoded", b"%%%=%ff&" * 2000),
                ("multipart/form-data", b"no boundary"),
                ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff'),
                ("Application/X-WWW-Form-URLencoded", b"language=en"),
                ("text/plain", b"hello"),
                ("", b"hello"),
            ):
                with found.undone():
                    answer = found.client.post(
                        address, content=body, headers={CSRF_HEADER: FORM, "content-type": media}
                    )
                said(operation, answer)


def test_ten_megabytes_are_refused_everywhere(url, tmp_path):
    body = b"name=" + b"x" * 10_000_000
    with matrix(Role.ADMINISTRATOR, url, tmp_path) as found:
        for operation in DESCRIBED:
            if operation.is_read:
                continue
            media = operation.media or "application/x-www-form-urlencoded"
            headers = {CSRF_HEADER: FORM, "content-type": media if "multipart" not in media else f"{media}; boundary=x"}
            answer = found.client.post(found.address(operation, OURS), content=body, headers=headers)
            assert answer.status_code == 413, operation.name


def test_a_method_an_address_does_not_have_is_refused(url, tmp_path):
    offered: dict[str, set[str]] = {}
    for operation in DESCRIBED:
        offered.setdefault(operation.path, set()).add(operation.method)
    with matrix(Role.ADMINISTRATOR, url, tmp_path) as found:
        for operation in DESCRIBED:
            for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - offered[operation.path]:
                answer = found.client.request(method, found.address(operation, OURS), headers={CSRF_HEADER: FORM})
                # /stations/{station}/live answers as a station would that is called so.
                assert answer.status_code in (405, 404, 303) or method == "GET", (method, operation.path)
                assert answer.status_code < 500


def test_a_form_sent_twice_does_what_it_does_once_or_says_so(url, tmp_path):
    with matrix(Role.ADMINISTRATOR, url, tmp_path) as found:
        for operation in DESCRIBED:
            if operation.is_read or operation.path.startswith("/sign-"):
                continue
            address = found.address(operation, OURS)
            with found.undone():
                for _ in range(2):
                    answer = found.client.request(
                        operation.method, address, headers={CSRF_HEADER: FORM}, follow_redirects=False,
                        **arguments(operation),
                    )  # fmt: skip
                    assert answer.status_code < 500, operation.name


def example_value(found: Matrix, operation: Operation, name: str, station: str = OURS) -> object:
    example = example_of(name, operation.path)
    assert example
    return found.examples[station][example.parameter, example.under]


def sent(found: Matrix, operation: Operation, address: str, name: str, text: str, undone: bool = True) -> Any:
    """The operation with this text in one of its fields, taken back afterwards."""
    found.come_back()
    with found.undone() if undone else nullcontext():
        return found.client.request(
            operation.method, address, headers={CSRF_HEADER: FORM, "accept": "text/html"}, follow_redirects=False,
            **arguments(operation, {name: text}),
        )  # fmt: skip


def said(operation: Operation, answer: Any) -> None:
    """An answer that broke nothing, told nothing, and ran nothing."""
    assert answer.status_code < 500, operation.name
    assert [inside for inside in INSIDES if inside in answer.text] == [], operation.name
    assert "b=c" not in answer.headers.get("set-cookie", ""), operation.name
    if "html" in answer.headers.get("content-type", ""):
        assert "<script>alert(1)" not in answer.text, operation.name
        assert "<img src=x" not in answer.text, operation.name
