"""Where one's notices go, through the whole application: adding, testing, changing, removing, and the receipts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlmodel import select

from hub.alerts import journal
from hub.alerts.events import What
from hub.app import create_app
from hub.duty.tables import DutyRoster
from hub.keys import hub_keys
from hub.notices.tables import Notice, Road
from hub.settings import HubSettings
from hub.trail import store as trail
from shared.text import Text
from tests.databases import Databases, make_tables
from tests.hub.notices.endpoints import FEISHU_OK, Endpoint, refused_port
from tests.hub.pages.conftest import NOW, Browser, Furnisher, hub, stranger
from tests.hub.people import browser_of

__all__ = ["hub", "stranger"]
SECRET = "0f1e2d3c-secret-9876"
WECOM = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={SECRET}"
FORM = {"name": "手机", "address": WECOM, "quiet": "true", "digest": "true"}


@pytest.fixture
def app(tmp_path: Path, databases: Databases, http: Endpoint) -> Iterator[FastAPI]:
    gateways = dict.fromkeys(("wecom", "dingtalk", "feishu"), http.url)
    with databases.fresh(tmp_path / "hub.db") as url:
        settings = HubSettings(
            folder=tmp_path, database_url=url, notice_hosts=("127.0.0.1",), notice_gateways=gateways,
        )  # fmt: skip
        made = create_app(settings, now=lambda: NOW)
        make_tables(made.state.engine)
        yield made
        made.state.engine.dispose()


@pytest.fixture
def wang(app: FastAPI, hub: Furnisher) -> Iterator[Browser]:
    browser, _ = browser_of(app, hub, "王芳", "maintainer")
    yield browser
    browser.client.close()


def roads(hub: Furnisher) -> list[Road]:
    hub.session.expire_all()
    return list(hub.session.exec(select(Road).order_by(Road.id)))  # type: ignore[arg-type]


def test_a_road_is_added_tested_changed_and_removed(wang: Browser, hub: Furnisher, http: Endpoint, tmp_path) -> None:
    assert "目前没有报警会通知您" in wang.get("/notices").text
    assert wang.post("/notices", FORM, "/notices").headers["location"] == "/notices#road-1"
    # A double submit is one road.
    assert wang.post("/notices", FORM, "/notices").status_code == 303
    (road,) = roads(hub)
    assert (road.kind, road.shown, road.quiet_start, road.digest) == ("wecom", "…9876", 1320, True)
    assert SECRET.encode() not in road.sealed
    assert hub_keys(tmp_path).opened(road.sealed).decode() == f"wecombot://{SECRET}"
    page = wang.get("/notices").text
    assert "还没有试过" in page
    assert SECRET not in page
    assert wang.post("/notices/1/test", {}, "/notices").headers["location"] == "/notices#road-1"
    assert "没有故障" in http.got[0].body["text"]["content"]
    assert "上次已送达" in wang.get("/notices").text
    # A finger on the button floods nobody.
    assert wang.post("/notices/1/test", {}, "/notices").status_code == 429
    changed = {"language": "en", "least": "safety", "quiet_start": "x", "always": "true"}
    assert wang.post("/notices/1/wishes", changed, "/notices").status_code == 303
    (road,) = roads(hub)
    assert (road.language, road.least, road.quiet_start, road.digest, road.always) == (
        "en",
        "safety",
        None,
        False,
        True,
    )
    assert wang.post("/notices/1/remove", {}, "/notices").status_code == 303
    assert wang.post("/notices/1/remove", {}, "/notices").status_code == 404
    (road,) = roads(hub)
    assert (road.sealed, road.removed_at) == (b"", NOW)
    said = "".join(f"{row.old}{row.new}{row.subject}" for row in trail.newest(hub.session, None))
    assert "wecom …9876" in said
    assert SECRET not in said
    assert trail.verify(hub.session) is None


def test_a_test_that_fails_says_what_was_answered(wang: Browser, http: Endpoint) -> None:
    wang.post("/notices", FORM, "/notices")
    http.reply = lambda got: (200, {"errcode": 93000, "errmsg": f"invalid webhook url {got.path} <b>"})
    wang.post("/notices/1/test", {}, "/notices")
    page = wang.get("/notices").text
    assert "不通，自 7月15日 14:00 起" in page
    assert "93000 invalid webhook url" in page
    assert "<b>" not in page.replace("<b>0", "")
    assert SECRET not in page


def test_a_webhook_nobody_answers_at(wang: Browser) -> None:
    wang.post("/notices", FORM | {"address": f"http://127.0.0.1:{refused_port()}/hook/{SECRET}"}, "/notices")
    wang.post("/notices/1/test", {}, "/notices")
    page = wang.get("/notices").text
    assert "refused" in page
    assert SECRET not in page


BAD = [
    ({"name": ""}, "请填写名称"),
    ({"name": "\x00\x01"}, ""),
    ({"address": ""}, "看不懂这个地址"),
    ({"address": "x" * 600}, "地址太长"),
    ({"address": "file:///etc/passwd"}, "看不懂这个地址"),
    ({"address": "https://169.254.169.254/latest"}, "管理员没有允许"),
    ({"address": "wang@example.org"}, "没有设置邮件服务器"),
    ({"address": "'; DROP TABLE notice_road; --"}, "看不懂这个地址"),
    ({"address": "https://<script>alert(1)</script>/"}, ""),
    ({"quiet_start": "25:00"}, "请写成 08:00"),
    ({"quiet_end": "<b>"}, "请写成 08:00"),
    ({"least": "nothing"}, "请选择通知哪些报警"),
    ({"language": "fr"}, "请选择语言"),
    ({"name": "x" * 61}, "提交的内容有误"),
    ({"address": "x" * 601}, "提交的内容有误"),
    ({"roster": "-1"}, "提交的内容有误"),
    ({"roster": "x"}, "提交的内容有误"),
]


def test_a_form_that_cannot_be_is_refused_and_the_secret_is_not_shown_again(wang: Browser, hub: Furnisher) -> None:
    for form, why in BAD:
        answer = wang.post("/notices", FORM | form, "/notices")
        assert (answer.status_code, why in answer.text) == (422, True), form
        assert "<script>" not in answer.text
        assert SECRET not in answer.text
    assert roads(hub) == []


def test_a_road_of_somebody_else_is_not_there(app: FastAPI, wang: Browser, hub: Furnisher, http: Endpoint) -> None:
    wang.post("/notices", FORM, "/notices")
    other, _ = browser_of(app, hub, "李雷", "administrator")
    assert "…9876" not in other.get("/notices").text
    for what in ("test", "remove", "wishes"):
        assert other.post(f"/notices/1/{what}", {}, "/notices").status_code == 404
        assert other.post(f"/notices/{2**31 - 1}/{what}", {}, "/notices").status_code == 404
        assert other.post(f"/notices/x/{what}", {}, "/notices").status_code == 404
    assert http.got == []
    assert roads(hub)[0].removed_at is None
    other.client.close()


def test_the_road_of_a_group_belongs_to_whoever_edits_the_roster(app, wang, hub, http: Endpoint) -> None:
    hub.station()
    hub.add(DutyRoster(name="值班", station="k3v9x2m7qa", created_at=NOW))
    assert wang.post("/notices", FORM | {"roster": "1"}, "/notices").status_code == 404
    boss, _ = browser_of(app, hub, "管理员", "administrator")
    group = FORM | {
        "roster": "1",
        "address": "https://open.feishu.cn/open-apis/bot/v2/hook/aa-bb-5555",
        "always": "true",
    }
    assert boss.post("/notices", group, "/notices").status_code == 303
    assert boss.post("/notices", FORM | {"roster": "77"}, "/notices").status_code == 404
    (road,) = roads(hub)
    assert (road.user, road.roster, road.always) == (None, 1, False)
    http.reply = lambda _got: FEISHU_OK
    assert boss.post("/notices/1/test", {}, "/notices").status_code == 303
    assert "值班表 值班 的群" in boss.get("/notices").text
    assert "…5555" not in wang.get("/notices").text
    boss.client.close()


def test_so_many_roads_and_no_more(wang: Browser, hub: Furnisher) -> None:
    for number in range(21):
        answer = wang.post("/notices", FORM | {"address": f"wecombot://key-{number}"}, "/notices")
    assert answer.status_code == 409
    assert len(roads(hub)) == 20


def test_the_receipts_of_an_alert(app: FastAPI, wang: Browser, hub: Furnisher) -> None:
    hub.station()
    alert = hub.alert(facility=None)
    assert "没有通知过任何人" in wang.get(f"/alerts/{alert.id}/notices").text
    wang.post("/notices", FORM, "/notices")
    event = journal.write(hub.session, alert, What.OPENED, NOW, Text("x", "x"))
    hub.session.commit()
    hub.add(
        Notice(
            event=event.id, road=1, alert=alert.id, what="opened", severity="high", state="failed", created_at=NOW,
            due=NOW, attempts=3, tried_at=NOW, answered_at=NOW, code="45009", answer="api freq <i>",
        )
    )  # fmt: skip
    page = wang.get(f"/alerts/{alert.id}/notices").text
    for part in ("王芳", "企业微信群机器人", "失败，将重试", "45009 api freq &lt;i&gt;", "第 3 次"):
        assert part in page
    assert "失败，将重试" in wang.get("/notices").text
    abroad, _ = browser_of(app, hub, "外人", "maintainer", everywhere=False)
    assert abroad.get(f"/alerts/{alert.id}/notices").status_code == 404
    for role in ("inspector", "third_party"):
        browser, _ = browser_of(app, hub, role, role)
        assert browser.get(f"/alerts/{alert.id}/notices").status_code == 403
        assert browser.get("/notices").status_code == 403
        assert browser.post("/notices", FORM).status_code == 403
        browser.client.close()
    abroad.client.close()
