"""Sessions: their cookie, how long they last, where forms may come from, and who says so."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from hub.accounts import store
from hub.accounts.tables import SessionRow
from hub.app import create_app
from hub.security import CSRF_HEADER
from hub.settings import HubSettings
from tests.databases import make_tables
from tests.hub.pages.conftest import NOW, PASSWORD, csrf_of, hashed


def test_a_browser_nobody_uses_for_twelve_hours_is_signed_out(maintainer, app, hub):
    for hours in (11, 22, 33):
        app.state.now = lambda hours=hours: hub.now + timedelta(hours=hours)
        assert maintainer.get("/stations").status_code == 200
    app.state.now = lambda: hub.now + timedelta(hours=45, minutes=11)
    assert maintainer.get("/stations").status_code == 303


def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(maintainer, app, hub):
    for hours in (6, 11, 13):
        app.state.now = lambda hours=hours: hub.now + timedelta(hours=hours)
        answer = maintainer.get("/stations/live", headers={"accept": "text/event-stream"})
        assert answer.status_code == (200 if hours < 12 else 303)


def test_a_week_is_the_end_however_busy(maintainer, app, hub):
    for hours in range(0, 7 * 24, 8):
        app.state.now = lambda hours=hours: hub.now + timedelta(hours=hours)
        assert maintainer.get("/stations").status_code == 200
    app.state.now = lambda: hub.now + timedelta(days=7)
    assert maintainer.get("/stations").status_code == 303


def test_looking_writes_now_and_then_only(maintainer, app, hub):
    seen = []
    for minutes in (0, 3, 9, 10, 15):
        app.state.now = lambda minutes=minutes: hub.now + timedelta(minutes=minutes)
        maintainer.get("/stations")
        hub.session.expire_all()
        seen.append((hub.session.exec(select(SessionRow)).one().seen_at - hub.now) / timedelta(minutes=1))
    assert seen == [0, 0, 0, 10, 10]


def test_over_https_the_cookie_is_bound_to_this_host(tmp_path):
    app = create_app(HubSettings(folder=tmp_path, secure_cookies=True), now=lambda: NOW)
    make_tables(app.state.engine)
    with Session(app.state.engine) as session:
        session.add(store.User(name="王芳", password_hash=hashed(), role="maintainer", created_at=NOW))
        session.commit()
    with TestClient(app, base_url="https://testserver") as client:
        form = {"name": "王芳", "password": PASSWORD, "csrf": csrf_of(client.get("/sign-in").text)}
        answer = client.post("/sign-in", data=form, follow_redirects=False)
        cookie = next(one for one in answer.headers.get_list("set-cookie") if "waystation_session" in one)
        assert cookie.startswith("__Host-waystation_session=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        assert client.get("/stations", follow_redirects=False).status_code == 200
        # A cookie without the prefix, as another host of the domain could plant it, opens nothing.
        token = cookie.split("=", 1)[1].split(";")[0]
        client.cookies.clear()
        client.cookies.set("waystation_session", token)
        assert client.get("/stations", follow_redirects=False).status_code == 303
    app.state.engine.dispose()


def test_signing_in_again_ends_the_session_before(hub, stranger):
    hub.user()
    stranger.sign_in()
    first = hub.session.exec(select(SessionRow)).one().token_hash
    form = {"name": "王芳", "password": PASSWORD, "csrf": csrf_of(stranger.client.get("/stations").text)}
    assert stranger.client.post("/sign-in", data=form, follow_redirects=False).status_code == 303
    hub.session.expire_all()
    rows = hub.session.exec(select(SessionRow)).all()
    assert len(rows) == 1
    assert rows[0].token_hash != first


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({}, True), ({"origin": "http://testserver"}, True), ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False), ({"origin": "http://[::1"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        ({"sec-fetch-site": "same-origin"}, True), ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, False),
    ],
)  # fmt: skip
def test_a_form_is_from_a_page_of_this_hub(maintainer, headers, taken):
    answer = maintainer.client.post(
        "/language", data={"language": "en"}, headers={CSRF_HEADER: "form token"} | headers, follow_redirects=False
    )
    assert answer.status_code == (303 if taken else 403)


def test_a_wrong_password_is_counted_by_the_database(hub):
    hub.user()
    user = store.find_user(hub.session, "王芳")
    assert user
    for tries in (1, 2, 3):
        assert store.check_password(hub.session, "王芳", "guess", hub.now) is store.Refused.WRONG
        assert user.failures == tries
