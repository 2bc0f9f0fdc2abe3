"""The register as people have it before them: a head's phone, a union's desk."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from hub.security import SESSION_COOKIE
from hub.server import Server
from tests.browser import Axe, expect
from tests.hub.register.conftest import DAILY, ENTRY, STATION, Register
from tests.photos import jpeg

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(register: Register) -> Iterator[str]:
    """The application on a free port of loopback."""
    server = Server(uvicorn.Config(register.app, log_level="warning"), register.app.state.closing)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.close()
        thread.join()


def page_of(chromium: Browser, address: str, name: str, size: ViewportSize, dark: bool = False) -> Page:
    """Somebody's browser; a page that logs an error or asks another host fails the test at `sound`."""
    context = chromium.new_context(viewport=size, base_url=address, color_scheme="dark" if dark else "light")
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": SESSION_COOKIE, "value": name, "url": address}])
    return context.new_page()


def sound(page: Page, width: int) -> None:
    """Nothing sticks out sideways, and axe finds nothing."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def test_a_head_writes_the_days_line_and_hangs_up_the_rules_by_phone(
    register: Register, chromium: Browser, address: str, tmp_path: Path
) -> None:
    register.person("station_head", name="head", stations=(STATION,))
    wall = tmp_path / "wall.jpg"
    wall.write_bytes(jpeg())
    page = page_of(chromium, address, "head", PHONE, dark=True)
    page.goto(DAILY)
    sound(page, 390)
    page.get_by_label("已清洁").check()
    page.get_by_label("备注").first.fill("换了滤芯")
    page.get_by_role("button", name="保存今天的日志").click()
    page.get_by_text("今天之内可以改").wait_for()
    pledge = page.get_by_role("region", name="服务公约")
    pledge.get_by_role("button", name="登记上墙").click()
    page.get_by_text("请附上墙的照片").first.wait_for()
    sound(page, 390)
    pledge.get_by_label("版本").fill("2026 年版")
    pledge.get_by_label("照片").set_input_files(str(wall))
    pledge.get_by_role("button", name="登记上墙").click()
    pledge.get_by_text("已上墙", exact=True).wait_for()
    drawn = "image => image.decode().then(() => image.naturalWidth)"
    assert pledge.get_by_role("img").evaluate(drawn) > 0
    aid = page.get_by_role("region", name="外伤急救药箱")
    aid.get_by_text("更新").click()
    aid.get_by_label("状态").select_option("available")
    aid.get_by_role("button", name="保存").click()
    aid.get_by_text("有", exact=True).first.wait_for()
    sound(page, 390)
    page.context.close()


def test_a_union_files_a_station_by_keyboard_and_sees_what_is_wrong(
    register: Register, chromium: Browser, address: str, tmp_path: Path
) -> None:
    register.hub.facility("fridge-1", quantities=["power"])
    register.person("administrator", name="admin")
    page = page_of(chromium, address, "admin", DESK)
    page.goto(ENTRY)
    sound(page, 1280)
    page.get_by_label("站点区域面积(m²)").fill("三")
    page.get_by_label("地址").fill("新路 9 号")
    page.get_by_role("button", name="保存备案内容").press("Enter")
    page.get_by_role("alert").wait_for()
    expect(page.get_by_label("地址")).to_have_value("新路 9 号")
    field = page.get_by_label("站点区域面积(m²)")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("alert").get_by_role("link").press("Enter")
    sound(page, 1280)
    field.fill("3.5")
    page.get_by_role("button", name="保存备案内容").press("Enter")
    page.get_by_role("alert").wait_for(state="detached")
    assert register.station().area_m2 == 3.5
    sheet = tmp_path / "stations.csv"
    sheet.write_text("推荐站点名称,地址\n一号站,东路 1 号\n,东路 2 号\n", encoding="gbk")
    page.goto("/register/import")
    page.get_by_label("xlsx 或 csv 文件").set_input_files(str(sheet))
    page.get_by_role("button", name="检查文件").click()
    page.get_by_role("button", name="导入无误的 1 行").wait_for()
    sound(page, 1280)
    page.get_by_role("button", name="导入无误的 1 行").click()
    page.get_by_role("heading", name="导入完成").wait_for()
    for place in ("/register", "/register/codes", "/register/new", "/register/print", f"{ENTRY}/facilities/fridge-1"):
        page.goto(place)
        sound(page, 1280)
    phone = page_of(chromium, address, "admin", PHONE, dark=True)
    for place in ("/register", ENTRY, f"{ENTRY}/facilities/fridge-1", "/register/import", "/register/print"):
        phone.goto(place)
        sound(phone, 390)
    page.context.close()
    phone.context.close()
