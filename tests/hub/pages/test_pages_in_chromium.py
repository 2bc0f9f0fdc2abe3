"""As a person sees it: a real browser, a real server, keyboard and eyes."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from hub.server import Server
from hub.streams import Pace
from tests.browser import Axe, expect, wait_until

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PAGES = [
    "/stations",
    "/stations/k3v9x2m7qa",
    "/stations/k3v9x2m7qa/facilities/fridge-1",
    "/stations/k3v9x2m7qa/facilities/tables-1",
    "/alerts",
    "/alerts/1",
    "/questions",
    "/stations/k3v9x2m7qa/facilities/microwave-1",
    "/stations/k3v9x2m7qa/facilities/fridge-1?days=30",
    "/nowhere",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def address(app) -> Iterator[str]:
    """The application, served on a free port of loopback."""
    app.state.pace = Pace(every_s=0.2, rounds=1000, rest=1.0)
    server = Server(uvicorn.Config(app, log_level="warning"), app.state.closing)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.close()
        thread.join()


@contextmanager
def page_of(chromium: Browser, address: str, password: str, **look: object) -> Iterator[Page]:
    """Signed in by keyboard; fails where a page logs an error or asks another host for anything."""
    context = chromium.new_context(base_url=address, **look)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
    page.goto("/stations")
    expect(page.get_by_label("姓名")).to_be_focused()
    page.keyboard.type("王芳")
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="站点", exact=True).wait_for()
    yield page
    context.close()
    # A page that is not there, or a form that was refused, is an answer and no error.
    assert [said for said in wrong if "404" not in said and "422" not in said] == []


@pytest.mark.parametrize(
    "look",
    [
        {"viewport": {"width": 1280, "height": 900}},
        {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    ],
    ids=["desktop, light", "phone, dark"],
)
def test_every_page_is_accessible_and_fits(furnished, chromium, address, look):
    furnished.user()
    furnished.quarters("fridge-1", "cabinet_temperature", lambda _: 5.0)
    furnished.profile()
    furnished.question("fridge-1", due=furnished.now - timedelta(minutes=1))
    furnished.question(id_="asked")
    furnished.statement("asked", "no", furnished.now - timedelta(minutes=5))
    furnished.question()
    furnished.gap({"quarter": 96, "minute": 1200, "unreadable": 0}, None, furnished.now - timedelta(hours=9))
    axe = Axe()
    with page_of(chromium, address, furnished.password, **look) as page:
        for place in PAGES:
            page.goto(place)
            report = axe.run(page)
            assert report.violations_count == 0, f"{place}: {report.generate_report()}"
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= look["viewport"]["width"], place
            assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")


def test_a_person_finds_the_broken_fridge_and_acknowledges_it(furnished, chromium, address):
    furnished.user()
    with page_of(chromium, address, furnished.password) as page:
        page.get_by_role("link", name="河边驿站").click()
        page.get_by_role("link", name="报警 1").click()
        page.get_by_text("箱内 13.4 ℃，上限 8 ℃").first.wait_for()
        page.get_by_role("button", name="由我处理").click()
        page.get_by_text("王芳, 7月15日 14:00").wait_for()


def test_a_state_changes_on_the_page_without_reloading(furnished, chromium, address):
    furnished.user()
    with page_of(chromium, address, furnished.password) as page:
        page.goto("/stations/k3v9x2m7qa")
        page.evaluate("window.untouched = true")
        furnished.spell("microwave-1", "down", furnished.now, rule="MW2", why_zh="转而不热", why_en="Runs cold")
        page.get_by_text("转而不热").wait_for()
        assert page.evaluate("window.untouched")


def test_what_a_person_has_opened_stays_open_while_the_page_follows(furnished, chromium, address):
    furnished.user()
    furnished.question(id_="asked")
    furnished.statement("asked", "no", furnished.now - timedelta(minutes=5))
    with page_of(chromium, address, furnished.password) as page:
        page.goto("/questions")
        fold = page.locator("details", has_text="改变回答")
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(fold).to_have_attribute("open", "")
        furnished.statement("asked", "yes", furnished.now - timedelta(minutes=1))
        page.get_by_text("较早的回答").wait_for()
        expect(fold).to_have_attribute("open", "")
        expect(fold.locator("summary")).to_be_focused()
        expect(fold.get_by_role("button", name="坏了")).to_be_visible()


def test_a_question_is_answered_by_keyboard_alone(furnished, chromium, address):
    furnished.user()
    furnished.question()
    with page_of(chromium, address, furnished.password) as page:
        page.goto("/questions")
        page.get_by_role("button", name="坏了").focus()
        page.keyboard.press("Enter")
        page.get_by_text("维护员 王芳 · 7月15日 14:00").wait_for()
        expect(page.get_by_text("没有等待回答的问题")).to_be_visible()
        assert page.get_by_role("heading", name="没有等待回答的问题").count() == 0


def test_a_facility_on_paper_is_whole_and_has_no_navigation(furnished, chromium, address):
    furnished.user()
    furnished.quarters("fridge-1", "cabinet_temperature", lambda _: 5.0)
    furnished.profile()
    furnished.question("fridge-1")
    with page_of(chromium, address, furnished.password, viewport={"width": 390, "height": 844}) as page:
        page.goto("/stations/k3v9x2m7qa/facilities/fridge-1")
        with page.expect_response(lambda answer: "chart.svg?wide=1" in answer.url):
            page.emulate_media(media="print")
        page.set_viewport_size({"width": 688, "height": 1000})
        for gone in ("nav", "form", ".ranges"):
            expect(page.locator(gone).filter(visible=True)).to_have_count(0)
        # The folded thresholds are on the paper, and the chart is as wide as it.
        expect(page.get_by_text("health.md A2: GB 31654-2021").first).to_be_visible()
        wait_until(page, "document.querySelector('.chart img').getBoundingClientRect().width >= 650")
        wait_until(page, "document.documentElement.scrollWidth <= 688")
