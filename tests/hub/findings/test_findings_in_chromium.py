"""Findings, summaries and the printed form as people see them: phone and desk, light and dark, by keyboard."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from hub.accounts import store as accounts
from hub.accounts.tables import User
from hub.security import SESSION_COOKIE
from shared.states import State
from tests.browser import Axe, expect
from tests.hub.exports.told import told_form
from tests.hub.inspected import low
from tests.hub.inspections.conftest import Served
from tests.photos import jpeg

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def signed_in(chromium: Browser, served: Served, role: str, **look: object) -> Iterator[Page]:
    """Fails where a page logs an error or asks another host for anything."""
    token = f"browser-{role}-{len(look)}"
    with served.hub.session() as session:
        user = accounts.find_user(session, role)
        if user is None:
            user = User(name=role, password_hash="-", role=role, created_at=served.hub.now, everywhere=True)
            session.add(user)
            session.flush()
        accounts.open_session(session, user, token, "csrf", served.hub.now, timedelta(days=1))
        session.commit()
    context = chromium.new_context(base_url=served.address, **look)
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": served.address}])
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(served.address) else wrong.append(asked.url))
    yield page
    context.close()
    assert [said for said in wrong if "422" not in said and "409" not in said] == []


def sound(page: Page) -> None:
    """No accessibility rule is broken, and nothing is wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_from_found_to_closed_on_phones(chromium: Browser, served: Served) -> None:
    hub = served.hub
    station = hub.station("fridge-1")
    ended = hub.now - timedelta(hours=30)
    hub.spell(station, "fridge-1", State.DOWN, hub.now - timedelta(days=3), until=ended)
    hub.month(station, "fridge-1", days=1)
    low(hub, station, "fridge", note="不制冷，箱内 15 ℃")
    with signed_in(chromium, served, "maintainer", viewport=PHONE) as page:
        page.goto("/findings")
        sound(page)
        page.get_by_role("link", name="提供能够正常使用的冰箱").click()
        page.get_by_role("button", name="由我处理").click()
        page.get_by_role("button", name="已修好").click()
        page.get_by_role("alert").get_by_text("请附上修好后的照片，或用文字说明").wait_for()
        sound(page)
        page.set_input_files("#photo", {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
        page.get_by_label("做了什么").fill("换了温控器")
        page.get_by_role("button", name="已修好").click()
        page.locator("img.proof").wait_for()
        page.wait_for_load_state()
        assert page.get_by_role("button", name="核实：已修好").count() == 0
    with signed_in(chromium, served, "inspector", viewport=DESK, color_scheme="dark") as page:
        page.goto("/findings/1")
        page.get_by_text("至今正常超过 24 小时").wait_for()
        sound(page)
        page.get_by_role("button", name="核实：已修好").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="关闭", exact=True).click()
        page.locator(".verdict .state", has_text="已关闭").wait_for()
        page.goto(f"/stations/{station}/findings")
        page.get_by_label("发现了什么").fill("门口没有铭牌")
        page.get_by_label("关于").select_option("plaque")
        page.get_by_role("button", name="记下").click()
        page.get_by_text("门口没有铭牌").first.wait_for()
        sound(page)


def test_what_goes_out(chromium: Browser, served: Served) -> None:
    told = told_form(served.hub)
    with signed_in(chromium, served, "district", viewport=DESK) as page:
        page.goto(f"{told.form}/print")
        expect(page.locator(".annex tbody tr")).to_have_count(16)
        sound(page)
        with page.expect_download() as saving:
            page.get_by_role("link", name="PDF").click()
        assert saving.value.suggested_filename == f"waystation-inspection-{told.number}.pdf"
        page.goto("/summaries")
        page.get_by_role("heading", name="检查汇总").wait_for()
        sound(page)
        with page.expect_download() as saving:
            page.get_by_role("link", name="ZIP").or_(page.locator("a[href$='dossier.zip']")).first.click()
        assert saving.value.suggested_filename == f"waystation-{told.station}.zip"
        with page.expect_download() as saving:
            page.get_by_role("button", name="CSV").click()
        assert saving.value.suggested_filename == "waystation-inspections-all.csv"
    with signed_in(chromium, served, "district", viewport=PHONE, color_scheme="dark", locale="zh-CN") as page:
        for path in ("/summaries", f"{told.form}/print"):
            page.goto(path)
            sound(page)
