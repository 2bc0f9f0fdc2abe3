"""Bad inputs by hand over every operation of the OpenAPI document: nothing breaks, nothing is told, nothing runs."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, update

from hub.accounts.roles import Role
from hub.accounts.tables import SessionRow
from hub.security import CSRF_HEADER
from tests.databases import Databases
from tests.hub.matrix import FOREIGN_NAME, FORM, OURS, THEIRS, Matrix, matrix, world  # noqa: F401 — a fixture
from tests.hub.operations import Operation, operations
from tests.hub.pages.conftest import NOW
from tests.hub.requests_made import fields_of, is_file
from tests.hub.test_matrix import PUBLIC, WITHOUT_ASKING
from tests.photos import jpeg, png

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
FAKES = {
    "page": b"<!doctype html><script>alert(1)</script>", "empty": b"", "cut": jpeg()[:200], "bomb": png(30_000, 30_000),
    "drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "gif": b"GIF89a\x01\x00\x01\x00",
}  # fmt: skip
"""No photos, whatever they are called."""
CLEANED = {
    "POST /c/{station}/feedback": {"text", "tags"}, "POST /c/{station}/fault": {"fault"},
    "POST /complain/{station}": {"kind", "category", "text", "contact"},
    "POST /complain/answer": {"number", "code"}, "POST /complain/answer/forget": {"number", "code"},
}  # fmt: skip
"""Forms for everybody, which take out what nobody can see, or know what they are given among choices."""
DESCRIBED = operations()
WRITING = [one for one in DESCRIBED if not one.is_read]


@pytest.fixture
def found(world: Matrix) -> Matrix:  # noqa: F811
    """Asked by an administrator, who gets furthest."""
    asked = world.asked_by(Role.ADMINISTRATOR)
    asked.come_back()
    return asked


def texts(operation: Operation) -> list[str]:
    """Fields of its form or JSON that take text."""
    return [name for name, schema in fields_of(operation).items() if not is_file(schema)]


def test_markup_and_worse_in_every_field_is_text_and_nothing_else(found):
    for operation in DESCRIBED:
        address = found.address(operation, OURS)
        for name in operation.query:
            for text in spiced(name):
                said(operation, found.ask(operation, address, query={name: text}))
        for name in texts(operation):
            for text in spiced(name):
                said(operation, found.ask(operation, address, {name: text}, accept="text/html"))


def spiced(name: str) -> list[str]:
    """Markup for every field, and two more kinds, others for each name: all fields with all of them took too long."""
    others = [text for kind, text in SPICE.items() if kind != "markup"]
    first = sum(name.encode()) % len(others)
    return [SPICE["markup"], others[first], others[(first + 3) % len(others)]]


def test_what_was_stored_with_markup_in_it_is_shown_as_text(databases: Databases, tmp_path):
    with databases.fresh() as url, matrix(url, tmp_path) as fresh:
        asked = fresh.asked_by(Role.ADMINISTRATOR)
        for operation in WRITING:
            for name in texts(operation):
                asked.signed_in_again()
                asked.send(operation, asked.address(operation, OURS), {name: SPICE["markup"]}, accept="text/html")
        asked.signed_in_again()
        shown = 0
        for operation in DESCRIBED:
            if operation.is_read:
                answer = asked.send(operation, asked.address(operation, OURS))
                said(operation, answer)
                shown += "&lt;script&gt;alert(1)" in answer.text
        assert shown > 5


def test_what_no_database_can_keep_is_refused_wherever_it_comes(found):
    for operation in DESCRIBED:
        if operation.name in WITHOUT_ASKING:
            continue
        address = found.address(operation, OURS)
        headers = {CSRF_HEADER: FORM, "accept": "application/json"}
        query = found.client.request(operation.method, address, params={"any": UNSTORABLE}, headers=headers)
        assert query.status_code == 422, operation.name
        for name in texts(operation):
            refused = found.ask(operation, address, {name: UNSTORABLE}, accept="text/html")
            if name in CLEANED.get(operation.name, ()):
                said(operation, refused)
            else:
                assert refused.status_code == 422, (operation.name, name)
        for parameter in operation.parameters:
            path = operation.path.replace(f"{{{parameter}}}", "a%00b")
            for other in operation.parameters:
                path = path.replace(f"{{{other}}}", found.example(operation, other))
            refused = found.client.request(operation.method, path, headers=headers)
            assert refused.status_code in (404, 422), operation.name


def test_half_a_surrogate_pair_in_json_is_refused(found):
    headers = {CSRF_HEADER: FORM, "content-type": "application/json"}
    for address in ("/language", "/api/offline/entries"):
        for body in (b'{"language": "\\ud800"}', b'{"a": [{"\\u0000": 1}]}', b'["\\udfff"]'):
            assert found.client.post(address, content=body, headers=headers).status_code == 422


def test_a_body_that_is_no_body_breaks_nothing(found):
    for operation in WRITING:
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
            found.come_back()
            with found.undone():
                headers = {CSRF_HEADER: FORM, "content-type": media}
                answer = found.client.request(
                    operation.method, address, content=body, headers=headers, follow_redirects=False
                )
            said(operation, answer)


def test_more_than_ten_megabytes_are_refused_everywhere(found):
    body = b"name=" + b"x" * 11_000_000
    for operation in WRITING:
        media = operation.media or "application/x-www-form-urlencoded"
        headers = {CSRF_HEADER: FORM, "content-type": media if "multipart" not in media else f"{media}; boundary=x"}
        answer = found.client.request(operation.method, found.address(operation, OURS), content=body, headers=headers)
        assert answer.status_code == 413, operation.name


def test_a_file_that_is_no_photo_is_refused_with_the_reason(found):
    wrong = []
    for operation in WRITING:
        for name in (name for name, schema in fields_of(operation).items() if is_file(schema)):
            for kind, content in FAKES.items():
                files = {name: ("photo.jpg", content, "image/jpeg")}
                data = {
                    "text": "好", "note": "好", "which": "station_rules", "version": "1", "posted_on": "2026-07-01",
                    "token": found.made("token"), "score": "4",
                }  # fmt: skip
                found.come_back()
                with found.undone():
                    answer = found.client.post(
                        found.address(operation, OURS), data=data, files=files, headers={CSRF_HEADER: FORM},
                        follow_redirects=False,
                    )  # fmt: skip
                said(operation, answer)
                if answer.status_code not in ((422, 303) if kind == "empty" else (422, 413, 409)):
                    wrong.append((operation.name, name, kind, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def test_a_method_an_address_does_not_have_is_refused(found):
    offered: dict[str, set[str]] = {}
    for operation in DESCRIBED:
        offered.setdefault(operation.path, set()).add(operation.method)
    for operation in DESCRIBED:
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - offered[operation.path]:
            found.come_back()
            answer = found.client.request(
                method, found.address(operation, OURS), headers={CSRF_HEADER: FORM}, follow_redirects=False
            )
            # /stations/{station}/live answers as a station would that is called so.
            assert answer.status_code in (405, 404, 422), (method, operation.path)


def test_a_form_sent_twice_does_what_it_does_once_or_says_so(found):
    for operation in WRITING:
        if operation.path.startswith("/sign-"):
            continue
        found.come_back()
        with found.undone():
            for _ in range(2):
                said(operation, found.send(operation, found.address(operation, OURS)))


def test_a_session_that_is_over_opens_nothing(found):
    with found.undone():
        with Session(found.app.state.engine) as session:
            session.exec(update(SessionRow).values(expires_at=NOW - timedelta(seconds=1)))
            session.commit()
        for operation in DESCRIBED:
            if operation.name in PUBLIC:
                continue
            found.come_back()
            answer = found.send(operation, found.address(operation, OURS))
            # What changes something is refused first of all because its form is nobody's.
            expected = (401, 303) if operation.is_read else (403,)
            assert answer.status_code in expected, (operation.name, answer.status_code)
            assert answer.status_code != 303 or answer.headers["location"].startswith("/sign-in"), operation.name


def test_a_number_of_something_foreign_in_a_field_is_as_good_as_none(world):  # noqa: F811
    """Asked where the asker is at work, with one field naming what is not theirs: it is not taken, and not shown."""
    asked, wrong = world.asked_by(Role.DISTRICT), []
    union, inspector = asked.made("recommending", station=THEIRS), f"检查的人{THEIRS}"
    foreign = {
        "station": THEIRS, "person": asked.made("person", station=THEIRS), "alias": asked.made("alias", station=THEIRS),
        "union": union, "recommending": union, "industry": union, "roster": asked.made("roster", "/", THEIRS),
        "assignment": asked.made("assignment", "/", THEIRS), "account": inspector, "to": inspector,
    }  # fmt: skip
    own = {"station": OURS, "person": asked.made("person")}
    for operation in WRITING:
        for name in set(fields_of(operation)) & set(foreign):
            fields = (own if operation.path == "/inspections/assign" else {}) | {name: foreign[name]}
            answer = asked.ask(operation, asked.address(operation, OURS), fields, accept="text/html")
            said(operation, answer)
            if FOREIGN_NAME in answer.text or answer.status_code not in (403, 404, 409, 422):
                wrong.append((operation.name, name, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def said(operation: Operation, answer: Any) -> None:
    """An answer that broke nothing, told nothing, and ran nothing."""
    assert answer.status_code < 500, operation.name
    assert [inside for inside in INSIDES if inside in answer.text] == [], operation.name
    assert "b=c" not in answer.headers.get("set-cookie", ""), operation.name
    if "html" in answer.headers.get("content-type", ""):
        assert "<script>alert(1)" not in answer.text, operation.name
        assert "<img src=x" not in answer.text, operation.name
