"""One's own account: the password, signing out everywhere, tokens for programs."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from hub.accounts.roles import Role
from hub.accounts.scopes import Scope, grants, offered
from hub.accounts.tables import TokenRow, User
from tests.hub.administration.test_users import told

PASSWORD = "a long enough one"


def test_the_old_password_is_asked_for_and_other_browsers_are_signed_out(hub, signed_in):
    here, there = signed_in(Role.MAINTAINER, "王芳"), signed_in(Role.MAINTAINER, "王芳")
    new = {"new": "quite another long one", "again": "quite another long one"}
    for old, said in (("not this one", "原密码不正确"),):
        answer = here.post("/account/password", {"old": old} | new, page="/account")
        assert answer.status_code == 422
        assert said in answer.text
    assert "两次输入的新密码不同" in here.post("/account/password", {"old": PASSWORD} | new | {"again": "x"}).text
    assert "密码至少 10 个字符" in here.post("/account/password", {"old": PASSWORD, "new": "x", "again": "x"}).text
    same = {"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}
    assert "新密码与原密码相同" in here.post("/account/password", same).text
    changed = here.post("/account/password", {"old": PASSWORD} | new, page="/account")
    assert changed.headers["location"] == "/account?changed=1"
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303


def test_guessing_the_old_password_locks_too(hub, signed_in):
    browser = signed_in(Role.MAINTAINER, "王芳")
    for _ in range(5):
        browser.post("/account/password", {"old": "guess", "new": "x" * 12, "again": "x" * 12}, page="/account")
    right = {"old": PASSWORD, "new": "x" * 12, "again": "x" * 12}
    assert "请过一刻钟再试" in browser.post("/account/password", right, page="/account").text


def test_signing_out_everywhere_ends_every_browser(hub, signed_in):
    here, there = signed_in(Role.INSPECTOR, "陈查"), signed_in(Role.INSPECTOR, "陈查")
    assert here.post("/account/sign-out-everywhere", page="/account").headers["location"] == "/sign-in"
    assert there.get("/account").status_code == 303


def test_a_token_reads_until_it_is_revoked_and_is_kept_as_a_digest(hub, signed_in, stranger):
    hub.station()
    browser = signed_in(Role.MAINTAINER, "王芳")
    made = browser.post("/account/tokens", {"name": "大屏", "scopes": "read", "days": "30"}, page="/account")
    token = told(made.text)
    assert token.startswith("wst_")
    headers = {"authorization": f"Bearer {token}"}
    assert stranger.get("/api/stations", headers=headers).status_code == 200
    row = hub.session.exec(select(TokenRow)).one()
    assert token not in (row.digest, row.name)
    assert row.used_at == hub.now
    assert token not in browser.get("/account").text
    browser.post(f"/account/tokens/{row.id}/revoke", page="/account")
    refused = stranger.get("/api/stations", headers=headers)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert "已撤销" in browser.get("/account").text


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"name": "", "scopes": "read"}, "请写明令牌的用途"),
        ({"name": "大屏"}, "请至少选择一个范围"),
        ({"name": "大屏", "scopes": "read", "days": "366"}, "有效期 1 至 365 天"),
        ({"name": "大屏", "scopes": "read", "days": "0"}, "有效期 1 至 365 天"),
    ],
)
def test_a_token_that_cannot_be_is_refused_with_the_reason(signed_in, form, why):
    answer = signed_in(Role.MAINTAINER).post("/account/tokens", form, page="/account")
    assert answer.status_code == 422
    assert why in answer.text


def test_a_token_ends_by_itself_with_its_user_and_works_under_api_only(hub, signed_in, stranger, app):
    hub.station()
    made = signed_in(Role.MAINTAINER, "王芳").post(
        "/account/tokens", {"name": "大屏", "scopes": "read"}, page="/account"
    )
    headers = {"authorization": f"Bearer {told(made.text)}"}
    page = stranger.get("/stations", headers=headers)
    assert (page.status_code, page.headers["content-type"]) == (403, "application/json")
    for wrong in ("Bearer ", "Bearer wst_nothing", "bearer x\u00e9"):
        assert stranger.get("/api/stations", headers={"authorization": wrong.encode()}).status_code == 401
    app.state.now = lambda: hub.now + timedelta(days=90)
    assert stranger.get("/api/stations", headers=headers).status_code == 401
    app.state.now = lambda: hub.now
    user = hub.session.exec(select(User).where(User.name == "王芳")).one()
    user.disabled_at = hub.now
    hub.add(user)
    assert stranger.get("/api/stations", headers=headers).status_code == 401


def test_a_token_beside_a_cookie_counts_alone(hub, signed_in):
    browser = signed_in(Role.ADMINISTRATOR, "李管理")
    answer = browser.get("/api/stations", headers={"authorization": "Bearer wst_stolen"})
    assert answer.status_code == 401


def test_anothers_token_is_not_there(hub, signed_in):
    signed_in(Role.MAINTAINER, "王芳").post("/account/tokens", {"name": "大屏", "scopes": "read"}, page="/account")
    number = hub.session.exec(select(TokenRow)).one().id
    assert (
        signed_in(Role.MAINTAINER, "赵六").post(f"/account/tokens/{number}/revoke", page="/account").status_code == 404
    )


def test_no_scope_reaches_accounts_unions_or_the_trail():
    from hub.accounts.actions import Action

    beyond = {
        Action.OWN_ACCOUNT, Action.EDIT_USERS, Action.EDIT_UNIONS, Action.SEE_TRAIL, Action.EDIT_DUTY, Action.SEE_DUTY,
        Action.HAVE_ROADS, Action.COMMIT_CODES, Action.REVOKE_STATIONS, Action.ISSUE_SECRETS,
            Action.WORK_ON_COMPLAINTS, Action.ASSIGN_COMPLAINTS,
    }  # fmt: skip
    assert not any(grants(list(Scope), action) for action in beyond)
    assert all(grants(list(Scope), action) for action in set(Action) - beyond)
    assert offered(Role.AUDITOR) == [Scope.READ]
    assert re.match("read", offered(Role.MAINTAINER)[0])
