"""The form as an inspector has it in hand: a phone, a thumb or a keyboard, both languages."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

from hub.security import SESSION_COOKIE

PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def phone(served: Any) -> Iterator[Page]:
    """A phone signed in as an inspector."""
    served.hub.browser("inspector")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context: BrowserContext = browser.new_context(viewport=PHONE, base_url=served.address)
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": SESSION_COOKIE, "value": "token-of-inspector", "url": served.address}])
        yield context.new_page()
        browser.close()


def sound(page: Page) -> None:
    """Nothing sticks out sideways, and axe finds nothing."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_an_inspector_fills_in_a_line_by_keyboard_alone(served: Any, phone: Page) -> None:
    station = served.hub.healthy("fridge-1")
    phone.goto(f"/stations/{station}")
    phone.get_by_role("button", name="开始检查").press("Enter")
    fridge = phone.locator("#fridge")
    fridge.wait_for()
    sound(phone)
    assert fridge.get_by_text("系统建议", exact=True).count() == 0
    fridge.get_by_role("button", name="能用", exact=True).press("Enter")
    fridge.get_by_role("button", name="查看系统建议和依据").press("Enter")
    fridge.locator(".proposed").wait_for()
    assert "10 分" in fridge.locator(".proposed").inner_text()
    assert "14\u2009400" in fridge.locator(".minutes .sum").inner_text()
    sound(phone)
    fridge.get_by_role("button", name="10 分 确认建议").press("Enter")
    phone.wait_for_selector("#fridge.step-decided")
    assert "10 / 100 分" in phone.locator(".progress").inner_text()
    sound(phone)


def test_an_override_costs_one_touch_like_a_confirmation(served: Any, phone: Page) -> None:
    station = served.hub.healthy("fridge-1")
    phone.goto(f"/stations/{station}")
    phone.get_by_role("button", name="开始检查").click()
    fridge = phone.locator("#fridge")
    fridge.get_by_role("button", name="部分能用").click()
    fridge.get_by_role("button", name="查看系统建议和依据").click()
    fridge.get_by_role("button", name="6 分 改为此分").click()
    phone.wait_for_selector("#fridge.step-decided")
    assert "与建议（10 分）不同：现场所见不同" in fridge.inner_text()


def test_the_form_fits_the_phone_in_english_too(served: Any, phone: Page) -> None:
    served.hub.healthy("fridge-1", "microwave-1")
    phone.goto("/inspections")
    phone.get_by_role("button", name="English").click()
    phone.get_by_role("button", name="Huaihe Road").click()
    phone.locator("#microwave").get_by_role("button", name="Does not work").click()
    phone.locator("#microwave").get_by_role("button", name="Show proposal and evidence").click()
    phone.wait_for_selector("#microwave .proposal")
    sound(phone)
    phone.get_by_role("link", name="Print version").click()
    phone.locator(".annex").wait_for()
    sound(phone)
