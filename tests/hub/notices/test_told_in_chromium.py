"""As a person sets it up: a roster, where notices go, a test; then the figures. Keyboard, eyes and axe."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from hub.alerts import journal
from hub.alerts.events import What
from hub.alerts.tables import Alert
from hub.app import create_app
from hub.notices.tables import Notice
from hub.settings import HubSettings
from hub.unions import store as unions
from hub.unions.trees import Level
from shared.text import Text
from tests.browser import Axe, expect, wait_until
from tests.databases import Databases, make_tables
from tests.hub.notices.endpoints import Endpoint
from tests.hub.pages.conftest import NOW, Furnisher, hub
from tests.hub.pages.test_pages_in_chromium import address, chromium, page_of

__all__ = ["address", "chromium", "hub"]
LOOKS = [
    {"viewport": {"width": 1280, "height": 900}},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
]
PAGES = ["/duty", "/notices", "/alerts/1/notices", "/alerts/numbers", "/alerts/numbers?days=7"]


@pytest.fixture
def app(tmp_path: Path, databases: Databases, http: Endpoint) -> Iterator[FastAPI]:
    with databases.fresh(tmp_path / "hub.db") as url:
        gateways = {"wecom": http.url}
        made = create_app(HubSettings(folder=tmp_path, database_url=url, notice_gateways=gateways), now=lambda: NOW)
        make_tables(made.state.engine)
        yield made
        made.state.engine.dispose()


@pytest.fixture
def staffed(hub: Furnisher) -> Furnisher:
    """A union, its station with alerts, an administrator and somebody to be on duty."""
    union = unions.add(hub.session, "玄武区总工会", Level.DISTRICT, name_en="Xuanwu")
    hub.station(union=union.id)
    hub.facility("fridge-1")
    hub.user(role="administrator")
    hub.user("李雷")
    for number in range(30):
        hub.alert(problem=str(number), opened_at=NOW - timedelta(days=number % 9, hours=1), acknowledged_at=NOW)
    return hub


def test_a_roster_a_road_a_test_and_what_came_of_it(staffed: Furnisher, chromium, address, http: Endpoint) -> None:
    axe = Axe()
    with page_of(chromium, address, staffed.password, **LOOKS[1]) as page:
        page.goto("/duty")
        page.get_by_label("值班表名称").fill("玄武区值班")
        page.get_by_label("哪个工会").select_option(label="玄武区总工会")
        page.get_by_role("button", name="新建").press("Enter")
        page.get_by_text("报警不会通知任何人").wait_for()
        page.locator("#shift-person").select_option(label="李雷")
        page.locator("#shift-start").fill("08:00")
        page.get_by_role("button", name="加入排班").press("Enter")
        expect(page.locator(".duty-day.is-today .turn strong")).to_have_text(["李雷"])
        expect(page.locator(".duty-day .is-gap")).to_have_count(12)
        page.get_by_role("link", name="通知方式").click()
        page.get_by_label("怎么称呼它").fill("维修群")
        page.get_by_label("地址").fill("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcd-secret-1234")
        page.get_by_label("我能看到的站点的全部报警").check()
        page.get_by_role("button", name="添加").press("Enter")
        page.get_by_text("还没有试过").wait_for()
        http.reply = lambda _got: (200, {"errcode": 93000, "errmsg": "invalid webhook url"})
        page.get_by_role("button", name="发送测试").click()
        page.get_by_text("93000 invalid webhook url").wait_for()
        assert len(http.got) == 1
        event = journal.write(staffed.session, staffed.session.get_one(Alert, 1), What.OPENED, NOW, Text("x", "x"))
        staffed.session.commit()
        staffed.add(
            Notice(
                event=event.id, road=1, alert=1, what="opened", severity="high", state="given_up", created_at=NOW,
                due=NOW, attempts=9, tried_at=NOW, answered_at=NOW, code="93000", answer="invalid webhook url",
            )
        )  # fmt: skip
    for look in LOOKS:
        with page_of(chromium, address, staffed.password, **look) as page:
            for place in PAGES:
                page.goto(place)
                page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
                report = axe.run(page)
                assert report.violations_count == 0, f"{place}: {report.generate_report()}"
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= look["viewport"]["width"], place
                wait_until(page, "[...document.images].every(image => image.complete && image.naturalWidth > 0)")
