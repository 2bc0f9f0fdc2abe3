"""Signing in and out, lock-out, and what a stranger gets."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlmodel import select

from hub.accounts import store
from hub.accounts.addresses import safe_next
from hub.accounts.lockout import LONGEST_LOCK, is_locked, locked_until
from hub.accounts.tables import SessionRow, User


@pytest.mark.parametrize("address", ["/stations", "/stations/k3v9x2m7qa", "/alerts", "/alerts/1", "/stations/live"])
def test_a_stranger_is_led_to_the_sign_in_and_back(stranger, address):
    answer = stranger.get(address)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?onward={address}"


@pytest.mark.parametrize("address", ["/api/stations", "/api/stations/k3v9x2m7qa", "/api/alerts", "/api/alerts/1"])
def test_a_program_without_a_session_gets_401_as_json(stranger, address):
    answer = stranger.get(address)
    assert answer.status_code == 401
    assert answer.json() == {"status": 401, "message": "请先登录。", "faults": []}


def test_signing_in_leads_where_one_wanted_to_go(hub, stranger):
    hub.user()
    answer = stranger.sign_in(onward="/alerts")
    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts")
    assert stranger.get("/alerts").status_code == 200


def test_the_cookie_is_kept_from_scripts_and_the_table_has_only_its_digest(hub, stranger):
    hub.user()
    answer = stranger.sign_in()
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("waystation_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    token = cookie.split("=", 1)[1].split(";")[0]
    rows = hub.session.exec(select(SessionRow)).all()
    assert [row.token_hash for row in rows] == [sha256(token.encode()).hexdigest()]


def test_passwords_are_kept_as_argon2(hub):
    hub.user()
    user = hub.session.exec(select(User)).one()
    assert user.password_hash.startswith("$argon2id$")
    assert hub.password not in user.password_hash


def test_a_wrong_password_and_an_unknown_name_look_the_same(hub, stranger):
    hub.user()
    wrong, unknown = stranger.sign_in(password="not this one"), stranger.sign_in(name="谁也不是")
    assert wrong.status_code == unknown.status_code == 401
    assert "姓名或密码不正确" in wrong.text
    assert "姓名或密码不正确" in unknown.text


def test_after_five_wrong_passwords_even_the_right_one_waits(hub, stranger, app):
    hub.user()
    for _ in range(5):
        stranger.sign_in(password="not this one")
    assert "暂时锁定" in stranger.sign_in().text
    app.state.now = lambda: hub.now + timedelta(minutes=2)
    assert stranger.sign_in().status_code == 303


def test_locks_grow_to_a_quarter_of_an_hour_and_no_further(hub):
    lengths = [locked_until(failures, hub.now) for failures in (4, 5, 6, 7, 500)]
    assert lengths[0] is None
    assert [at - hub.now for at in lengths[1:] if at] == [
        timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4), LONGEST_LOCK,
    ]  # fmt: skip
    assert not is_locked(hub.now, hub.now)


def test_signing_out_ends_the_session_at_the_hub(hub, maintainer):
    assert maintainer.post("/sign-out").status_code == 303
    assert hub.session.exec(select(SessionRow)).all() == []
    assert maintainer.get("/stations").status_code == 303


def test_a_session_runs_out(maintainer, app, hub):
    app.state.now = lambda: hub.now + timedelta(days=8)
    assert maintainer.get("/stations").status_code == 303


@pytest.mark.parametrize(
    ("name", "password", "role"),
    [("", "a long enough one", "maintainer"), ("王芳", "short", "maintainer"), ("王芳", "a long enough one", "king")],
)
def test_a_user_that_cannot_be_is_refused_by_name(hub, name, password, role):
    with pytest.raises(store.BadUser):
        store.add_user(hub.session, name, password, role, hub.now)


def test_a_name_is_taken_once(hub):
    store.add_user(hub.session, "王芳", hub.password, "maintainer", hub.now)
    with pytest.raises(store.BadUser, match="already"):
        store.add_user(hub.session, " 王芳 ", hub.password, "inspector", hub.now)


def test_a_new_password_signs_everybody_out(hub, maintainer):
    store.set_password(hub.session, "王芳", "another long one")
    hub.session.commit()
    assert maintainer.get("/stations").status_code == 303
    assert maintainer.sign_in(password="another long one").status_code == 303


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/alerts/1", "/alerts/1"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"), ("alerts", "/"), ("", "/"), ("/a\nSet-Cookie: x", "/"),
    ],
)  # fmt: skip
def test_no_link_leads_to_another_host(address, safe):
    assert safe_next(address) == safe
