"""Forms carry a token, answers carry headers, mistakes are said clearly and tell nothing of the inside."""

import pytest
from fastapi.testclient import TestClient

from hub.app import create_app
from hub.settings import HubSettings
from tests.databases import make_tables


@pytest.mark.parametrize("address", ["/alerts/1/acknowledge", "/sign-out", "/language", "/sign-in"])
def test_a_form_without_its_token_changes_nothing(furnished, maintainer, address):
    for token in ({}, {"csrf": "guessed"}, {"csrf": ""}):
        answer = maintainer.client.post(address, data=token | {"language": "en"}, follow_redirects=False)
        assert answer.status_code == 403
        assert "此表单已过期" in answer.text
    assert maintainer.get("/api/alerts/1").json()["acknowledged_at"] is None


def test_a_stranger_without_a_token_cannot_even_try_to_sign_in(stranger):
    answer = stranger.client.post("/sign-in", data={"csrf": "", "name": "x", "password": "y"})
    assert answer.status_code == 403


def test_every_answer_forbids_foreign_and_inline_content(furnished, maintainer):
    for address in ("/stations", "/nowhere", "/api/stations", "/static/waystation.css", "/sign-in"):
        headers = maintainer.get(address).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_pages_keep_scripts_and_styles_in_files(furnished, maintainer):
    addresses = (
        "/stations",
        "/stations/k3v9x2m7qa",
        "/stations/k3v9x2m7qa/facilities/fridge-1",
        "/alerts",
        "/alerts/1",
    )
    for address in addresses:
        page = maintainer.get(address).text
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert "http://" not in page.replace("http://www.w3.org", "")
        assert "https://" not in page


def test_pages_are_not_kept_and_files_are(maintainer):
    assert maintainer.get("/stations").headers["cache-control"] == "no-store"
    assert "immutable" in maintainer.get("/static/waystation.css").headers["cache-control"]
    assert maintainer.get("/static/nothing.css").headers["cache-control"] == "no-store"


def test_names_with_markup_are_shown_as_text(hub, maintainer):
    hub.station(name="<script>alert(1)</script>")
    page = maintainer.get("/stations").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("told", [{"secure_cookies": True}, {"trusted_proxy": "127.0.0.1"}])
def test_cookies_are_secure_where_the_settings_say_so_and_behind_a_proxy(tmp_path, hub, told):
    app = create_app(HubSettings(folder=tmp_path, **told), now=lambda: hub.now)
    make_tables(app.state.engine)
    with TestClient(app, base_url="https://testserver") as client:
        assert "Secure" in client.get("/sign-in").headers["set-cookie"]
    app.state.engine.dispose()


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/nowhere", 404), ("GET", "/stations/zzzzzzzzzz", 404), ("GET", "/stations/" + "x" * 500, 404),
        ("GET", "/stations/k3v9x2m7qa/facilities/oven-1", 404), ("GET", "/alerts/99", 404),
        ("GET", "/alerts/first", 404), ("GET", "/alerts/99999999999999999999", 404), ("DELETE", "/stations", 405),
        ("POST", "/health", 405), ("GET", "/alerts/1/chart.svg?wide=perhaps", 422),
    ],
)  # fmt: skip
def test_a_mistake_is_said_clearly_as_page_and_as_json(furnished, maintainer, method, address, status):
    page = maintainer.client.request(method, address, headers={"accept": "text/html"})
    assert page.status_code == status
    assert "Traceback" not in page.text
    assert "<main" in page.text
    answer = maintainer.client.request(method, address, headers={"accept": "application/json"})
    assert answer.status_code == status
    assert answer.json()["status"] == status
    assert answer.json()["message"]


def test_a_form_value_that_is_not_offered_is_named(furnished, maintainer):
    answer = maintainer.post("/language", {"language": "fr"})
    assert answer.status_code == 422
    assert "language" in answer.text


def test_a_mistake_of_ours_is_noted_and_not_shown(furnished, maintainer, app):
    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("secret inside")

    answer = maintainer.get("/broken")
    assert answer.status_code == 500
    assert "secret inside" not in answer.text
    assert "中心出了差错" in answer.text


def test_the_description_of_the_api_is_there_and_its_pages_are_not(stranger):
    described = stranger.get("/openapi.json").json()
    assert {
        "/api/stations",
        "/api/stations/{station}",
        "/api/stations/{station}/facilities/{facility}",
        "/api/alerts",
    } <= set(described["paths"])
    assert stranger.get("/docs").status_code == 404
    assert stranger.get("/redoc").status_code == 404


def test_a_body_of_ten_megabytes_is_refused(stranger):
    answer = stranger.client.post("/sign-in", content=b"name=" + b"x" * 10_000_000, headers={
        "content-type": "application/x-www-form-urlencoded",
    })  # fmt: skip
    assert answer.status_code == 413
