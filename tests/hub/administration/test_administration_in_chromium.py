"""Administration as a person does it, in a real browser, by what is written on the pages."""

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from hub.accounts import store as accounts
from hub.accounts import token_store
from hub.accounts.roles import Role
from hub.accounts.scopes import Scope
from hub.server import Server
from hub.unions import store as unions
from hub.unions.trees import Level
from tests.browser import Axe, expect
from tests.hub.pages.test_pages_in_chromium import ARGUMENTS, page_of

PAGES = [
    "/more", "/users", "/users/new", "/users/1?q=驿站", "/account", "/unions", "/unions/1", "/trail", "/trail/verify",
]  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def address(app) -> Iterator[str]:
    server = Server(uvicorn.Config(app, log_level="warning"), app.state.closing)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.close()
        thread.join()


@pytest.fixture
def peopled(hub):
    """王芳 is the administrator; there is a tree, a station, a colleague and a token."""
    user = hub.user("王芳", Role.ADMINISTRATOR)
    city = unions.add(hub.session, "合肥市总工会", Level.CITY)
    unions.add(hub.session, "蜀山区总工会", Level.DISTRICT, city.id)
    hub.station(union=city.id)
    hub.user("李四", Role.THIRD_PARTY, everywhere=False, expires_at=hub.now + timedelta(days=9))
    token_store.make(hub.session, user, "指挥中心大屏", [Scope.READ], hub.now, timedelta(days=90))
    hub.session.commit()
    return hub


@pytest.mark.parametrize(
    ("look", "language"),
    [
        ({"viewport": {"width": 1280, "height": 900}}, "zh"),
        ({"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}, "en"),
    ],
    ids=["desktop, light, Chinese", "phone, dark, English"],
)
def test_every_page_is_accessible_and_fits(peopled, chromium, address, look, language):
    with page_of(chromium, address, peopled.password, **look) as page:
        if language == "en":
            page.get_by_role("button", name="English").click()
        for place in PAGES:
            page.goto(place)
            report = Axe().run(page)
            assert report.violations_count == 0, f"{place}: {report.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= look["viewport"]["width"], place


def test_an_administrator_adds_a_third_party_and_names_its_station(peopled, chromium, address):
    with page_of(chromium, address, peopled.password) as page:
        page.get_by_role("link", name="更多").click()
        page.get_by_role("link", name="用户").click()
        page.get_by_role("link", name="添加用户").click()
        page.get_by_label("姓名").fill("测评乙")
        page.get_by_label("角色").select_option("第三方评价")
        page.get_by_label("只有逐个指定的站点").check()
        page.get_by_label("最后一天").fill("2026-08-01")
        page.get_by_role("button", name="添加", exact=True).click()
        expect(page.locator(".secret")).to_have_text(re.compile(r"^\S{19}$"))
        page.get_by_role("searchbox").fill("河边")
        page.get_by_role("button", name="查找").click()
        page.get_by_role("button", name="指定 河边驿站").click()
        page.get_by_role("button", name="移除 河边驿站").wait_for()
    peopled.session.expire_all()
    user = accounts.find_user(peopled.session, "测评乙")
    assert user
    assert user.must_change


def test_a_token_is_made_and_revoked_and_the_trail_says_it(peopled, chromium, address):
    with page_of(chromium, address, peopled.password) as page:
        page.get_by_role("link", name="王芳").click()
        page.get_by_label("用途").fill("表格")
        page.get_by_role("button", name="新建").click()
        expect(page.locator(".secret")).to_have_text(re.compile(r"^wst_"))
        page.get_by_role("button", name="撤销 表格").click()
        page.get_by_text("已撤销").wait_for()
        page.goto("/trail")
        page.get_by_role("cell", name="撤销令牌").wait_for()
        page.get_by_role("button", name="核验").click()
        page.get_by_text("日志完整：3 行").wait_for()
