"""The form as an inspector has it in hand: a phone, a thumb or a keyboard, both languages."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

from hub.security import SESSION_COOKIE
from hub.stations.tables import Station
from tests.browser import Axe, expect
from tests.hub.inspections.forms import assign, filled, line_of
from tests.photos import jpeg

PHONE: ViewportSize = {"width": 390, "height": 844}
HERE = {"latitude": 31.2304, "longitude": 121.4737, "accuracy": 20}


@pytest.fixture
def phone(served: Any) -> Iterator[Page]:
    """A phone signed in as an inspector, standing at the station."""
    served.inspector = served.hub.browser("inspector")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context: BrowserContext = browser.new_context(
            viewport=PHONE, base_url=served.address, geolocation=HERE, permissions=["geolocation"]
        )
        context.set_default_timeout(20_000)
        context.add_cookies([{"name": SESSION_COOKIE, "value": "token-of-inspector", "url": served.address}])
        yield context.new_page()
        browser.close()


def begun(served: Any, phone: Page, *facilities: str) -> str:
    """The form of a healthy station, begun from the list by keyboard. Returns its address."""
    station = served.hub.healthy(*facilities)
    with served.hub.session() as session:
        row = session.get(Station, station)
        row.latitude, row.longitude = HERE["latitude"], HERE["longitude"]
        session.commit()
    assign(served.hub, station, "inspector")
    phone.goto("/inspections")
    sound(phone)
    phone.get_by_role("button", name="到站开始").press("Enter")
    phone.locator("#fridge").wait_for()
    served.seeing()
    phone.reload()
    return phone.url.partition("#")[0].removeprefix(served.address)


def sound(page: Page) -> None:
    """Nothing sticks out sideways, and axe finds nothing."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_an_inspector_fills_in_a_line_by_keyboard_alone(served: Any, phone: Page) -> None:
    begun(served, phone, "fridge-1")
    fridge = phone.locator("#fridge")
    sound(phone)
    assert fridge.get_by_text("系统建议", exact=True).count() == 0
    fridge.get_by_role("button", name="能用", exact=True).press("Enter")
    fridge.get_by_role("button", name="查看系统建议和依据").press("Enter")
    fridge.locator(".proposed").wait_for()
    expect(fridge.locator(".proposed")).to_contain_text("10 分")
    expect(fridge.locator(".minutes .sum")).to_contain_text("14\u2009400")
    sound(phone)
    fridge.get_by_role("button", name="10 分 确认建议").press("Enter")
    phone.wait_for_selector("#fridge.step-decided")
    expect(phone.locator(".progress")).to_contain_text("10 / 100 分")
    sound(phone)


def test_an_override_costs_one_touch_like_a_confirmation(served: Any, phone: Page) -> None:
    begun(served, phone, "fridge-1")
    fridge = phone.locator("#fridge")
    fridge.get_by_role("button", name="部分能用").click()
    fridge.get_by_role("button", name="查看系统建议和依据").click()
    fridge.get_by_role("button", name="6 分 改为此分").click()
    phone.wait_for_selector("#fridge.step-decided")
    expect(fridge).to_contain_text("与建议（10 分）不同：现场所见不同")


def test_at_the_station_with_camera_thermometer_and_finger(served: Any, phone: Page) -> None:
    form = begun(served, phone, "fridge-1")
    phone.get_by_role("button", name="用定位证明到场").click()
    phone.get_by_text("已证明在站点").wait_for()
    fridge = phone.locator("#fridge")
    fridge.get_by_role("button", name="不能用").click()
    fridge.get_by_role("button", name="查看系统建议和依据").click()
    fridge.get_by_text("做 3 分钟测试").click()
    fridge.get_by_label("箱内温度").fill("14.5")
    fridge.get_by_role("button", name="记录测试").click()
    fridge.get_by_text("测试后的系统建议").wait_for()
    sound(phone)
    with phone.expect_navigation():
        fridge.locator("input[type=file]").set_input_files(
            {"name": "fridge.jpg", "mimeType": "image/jpeg", "buffer": jpeg(640, 480, place=True)}
        )
    fridge.locator(".photos img").wait_for()
    (photo,) = line_of(served.inspector, form, "fridge")["photos"]
    assert photo["matches"] is True
    fridge.get_by_text("备注").first.click()
    fridge.locator("textarea").fill("门关不上")
    fridge.get_by_role("button", name="2 分").click()
    phone.wait_for_selector("#fridge.step-decided:not(.lacking)")
    sound(phone)

    filled(served.inspector, form)
    phone.goto(form)
    phone.get_by_role("link", name="去签名").click()
    phone.locator("#sign-inspector").get_by_role("button", name="签名").click()
    phone.locator(".signatures li").first.wait_for()
    head = phone.locator("#sign-head")
    head.get_by_label("姓名").fill("李站长")
    canvas = head.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    phone.mouse.move(box["x"] + 40, box["y"] + 30)
    phone.mouse.down()
    phone.mouse.move(box["x"] + 160, box["y"] + 60, steps=6)
    phone.mouse.up()
    head.get_by_role("button", name="签名").click()
    phone.locator(".signatures img").wait_for()
    assert phone.locator(".signatures img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    sound(phone)
    phone.get_by_role("button", name="提交考评表").click()
    phone.get_by_text("待复核").first.wait_for()
    sound(phone)
    phone.get_by_role("link", name="版本 1").click()
    phone.locator("#v1").wait_for()
    sound(phone)


def test_the_form_fits_the_phone_in_english_too(served: Any, phone: Page) -> None:
    begun(served, phone, "fridge-1", "microwave-1")
    phone.get_by_role("button", name="English").click()
    phone.locator("#microwave").get_by_role("button", name="Does not work").click()
    phone.locator("#microwave").get_by_role("button", name="Show proposal and evidence").click()
    phone.wait_for_selector("#microwave .proposal")
    sound(phone)
    phone.get_by_role("link", name="Print version").click()
    phone.locator(".annex").wait_for()
    sound(phone)


def test_a_union_assigns_on_a_phone(served: Any, phone: Page) -> None:
    served.hub.station()
    served.hub.browser("district")
    phone.context.add_cookies([{"name": SESSION_COOKIE, "value": "token-of-district", "url": served.address}])
    phone.goto("/inspections")
    phone.get_by_role("link", name="指派检查").click()
    sound(phone)
    phone.get_by_role("button", name="指派").click()
    phone.get_by_text("请至少选择一个站点").wait_for()
    sound(phone)
    phone.get_by_label("淮河路驿站").check()
    phone.get_by_label("inspector").check()
    phone.get_by_role("button", name="指派").click()
    phone.get_by_role("heading", name="已指派").wait_for()
    sound(phone)
