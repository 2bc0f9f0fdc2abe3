"""An administrator adds, changes and closes accounts; nobody locks everybody out."""

import re
from datetime import timedelta

from sqlmodel import select

from hub.accounts import store, token_store, user_store
from hub.accounts.roles import Role
from hub.accounts.scopes import Scope
from hub.accounts.tables import SessionRow, User
from hub.trail.tables import TrailRow
from hub.unions import store as unions
from hub.unions.trees import Level
from tests.hub.pages.conftest import Browser

SECRET = re.compile(r'class="secret">([^<]+)<')


def told(page: str) -> str:
    found = SECRET.search(page)
    assert found
    return found[1]


def user_of(hub, name: str) -> User:
    hub.session.expire_all()
    found = store.find_user(hub.session, name)
    assert found
    return found


def test_the_password_is_shown_once_and_must_be_changed_first(hub, administrator, stranger):
    hub.station()
    answer = administrator.post("/users", {"name": "王芳", "role": "maintainer", "where": "everywhere"})
    assert answer.status_code == 200
    password = told(answer.text)
    number = user_of(hub, "王芳").id
    assert password not in administrator.get(f"/users/{number}").text
    assert stranger.sign_in(password=password).headers["location"] == "/account"
    assert stranger.get("/stations").status_code == 403
    assert "请先更换密码" in stranger.get("/account").text
    changed = {"old": password, "new": "一个足够长的新密码啊", "again": "一个足够长的新密码啊"}
    assert stranger.post("/account/password", changed, page="/account").status_code == 303
    assert stranger.get("/stations").status_code == 200


def test_a_form_that_cannot_be_comes_back_with_what_was_typed_and_why(hub, administrator):
    hub.user("王芳")
    taken = administrator.post("/users", {"name": "王芳", "role": "inspector", "where": "everywhere"})
    assert taken.status_code == 422
    assert "已有用户 王芳" in taken.text
    assert 'value="王芳"' in taken.text
    endless = administrator.post("/users", {"name": "测评甲", "role": "third_party", "where": "stations"})
    assert "第三方账户必须有截止日期" in endless.text
    everywhere = {"name": "测评甲", "role": "third_party", "where": "everywhere", "until": "2026-08-01"}
    assert "只看逐个指定的站点" in administrator.post("/users", everywhere).text
    for until in ("2026-01-01", "9999-12-31"):
        past = {"name": "测评甲", "role": "third_party", "until": until}
        assert "截止日期为今天起十年之内" in administrator.post("/users", past).text
    nowhere = {"name": "测评甲", "role": "maintainer", "where": "union", "union": "99"}
    assert "没有这个工会" in administrator.post("/users", nowhere).text
    assert store.find_user(hub.session, "测评甲") is None


def test_a_third_party_sees_its_sample_until_the_last_day_in_shanghai(hub, administrator, stranger, app):
    hub.station()
    made = administrator.post("/users", {"name": "测评甲", "role": "third_party", "until": "2026-07-16"})
    password, user = told(made.text), user_of(hub, "测评甲")
    assert administrator.post(f"/users/{user.id}/stations", {"station": "k3v9x2m7qa"}).status_code == 303
    assert administrator.post(f"/users/{user.id}/stations", {"station": "k3v9x2m7qa"}).status_code == 303
    named = select(TrailRow).where(TrailRow.what == "user.station_named")
    assert len(hub.session.exec(named).all()) == 1
    assert administrator.post(f"/users/{user.id}/stations", {"station": "zzzzzzzzzz"}).status_code == 404
    user = user_of(hub, "测评甲")
    user.must_change = False
    hub.add(user)
    assert stranger.sign_in("测评甲", password).status_code == 303
    assert "河边驿站" in stranger.get("/stations").text
    administrator.post(f"/users/{user.id}/stations/remove", {"station": "k3v9x2m7qa"})
    assert "河边驿站" not in stranger.get("/stations").text
    app.state.now = lambda: hub.now + timedelta(days=1, hours=9)  # 23:00 on the last day
    assert stranger.sign_in("测评甲", password).status_code == 303
    app.state.now = lambda: hub.now + timedelta(days=1, hours=10, seconds=1)
    assert stranger.get("/stations").status_code == 303


def test_another_role_a_new_password_and_disabling_sign_out(hub, administrator, signed_in):
    for change in ("role", "password", "disable", "close"):
        browser: Browser = signed_in(Role.MAINTAINER, f"某{change}")
        user = user_of(hub, f"某{change}")
        _, token = token_store.make(hub.session, user, "大屏", [Scope.READ], hub.now, timedelta(days=1))
        hub.session.commit()
        assert browser.get("/stations").status_code == 200
        if change == "role":
            administrator.post(f"/users/{user.id}", {"role": "inspector", "where": "everywhere"})
        else:
            administrator.post(f"/users/{user.id}/{change}")
        assert browser.get("/stations").status_code == 303, change
        api = browser.get("/api/stations", headers={"authorization": f"Bearer {token}"})
        assert api.status_code == (200 if change == "role" else 401), change
    assert administrator.post(f"/users/{user_of(hub, '某disable').id}/enable").status_code == 303
    assert user_of(hub, "某disable").disabled_at is None


def test_the_last_administrator_stays_one(hub, administrator, signed_in):
    mine = user_of(hub, "李管理")
    for change in ({"role": "auditor", "where": "everywhere"}, {"role": "administrator", "until": "2026-08-01"}):
        answer = administrator.post(f"/users/{mine.id}", change)
        assert answer.status_code == 422
        assert "这是最后一个管理员" in answer.text
    assert administrator.post(f"/users/{mine.id}/disable").status_code == 422
    second = signed_in(Role.ADMINISTRATOR, "赵管理")
    assert "您不能停用自己的账户" in administrator.post(f"/users/{mine.id}/disable").text
    assert second.post(f"/users/{mine.id}/disable").status_code == 303
    last = user_of(hub, "赵管理")
    assert second.post(f"/users/{last.id}", {"role": "auditor", "where": "everywhere"}).status_code == 422
    assert user_of(hub, "赵管理").role == Role.ADMINISTRATOR


def test_users_are_found_by_name_and_role_and_paged(hub, administrator):
    for number in range(55):
        hub.session.add(User(name=f"检查员{number:02}", password_hash="-", role="inspector", created_at=hub.now))
    hub.user("王_芳%")
    first = administrator.get("/users?role=inspector").text
    assert "第 1–50 个，共 55 个" in first
    assert "第 51–55 个，共 55 个" in administrator.get("/users?role=inspector&page=2").text
    assert "第 51–55 个，共 55 个" in administrator.get("/users?role=inspector&page=999").text
    assert "共 1 个" in administrator.get("/users?q=_芳%25").text
    assert "没有符合的用户" in administrator.get("/users?q=nobody").text


def test_a_jurisdiction_is_a_union_and_the_trail_says_so(hub, administrator):
    city = unions.add(hub.session, "合肥市总工会", Level.CITY)
    hub.session.commit()
    user = hub.user("王芳", everywhere=False)
    administrator.post(f"/users/{user.id}", {"role": "maintainer", "where": "union", "union": str(city.id)})
    changed = user_of(hub, "王芳")
    assert (changed.union, changed.everywhere) == (city.id, False)
    rows = hub.session.exec(select(TrailRow).where(TrailRow.what == "user.change")).all()
    assert [(row.who, row.subject, row.new) for row in rows] == [
        ("李管理", "user 王芳", f"maintainer, union {city.id}")
    ]


def test_a_password_made_up_is_long_enough_and_never_twice_the_same():
    made = {user_store.made_up() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 19 for one in made)


def test_no_session_is_kept_of_somebody_who_is_gone(hub, administrator, signed_in):
    signed_in(Role.MAINTAINER, "王芳")
    administrator.post(f"/users/{user_of(hub, '王芳').id}/disable")
    kept = {row.user for row in hub.session.exec(select(SessionRow))}
    assert kept == {user_of(hub, "李管理").id}
