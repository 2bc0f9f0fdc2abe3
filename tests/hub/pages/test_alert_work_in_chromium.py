"""Somebody with a phone in front of the machine, and somebody at a desk who watches the board."""

from hub.accounts.tables import User
from hub.alerts import deeds
from hub.alerts.tables import Alert
from tests.browser import Axe, expect, wait_until
from tests.hub.pages.test_pages_in_chromium import address, chromium, page_of  # noqa: F401 — fixtures
from tests.photos import jpeg

PHONE = {"viewport": {"width": 390, "height": 844}}
DESK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}


def test_a_repair_from_taking_it_to_its_photo_on_a_phone(furnished, chromium, address):  # noqa: F811
    furnished.user()
    furnished.quarters("fridge-1", "cabinet_temperature", lambda _: 13.0)
    with page_of(chromium, address, furnished.password, **PHONE) as page:
        page.goto("/alerts")
        page.get_by_role("link", name="冰箱 · 河边驿站").click()
        page.get_by_role("button", name="由我处理").click()
        page.get_by_role("button", name="我到场了").click()
        page.get_by_text("王芳 在现场").wait_for()
        page.get_by_text("写备注或拍照").click()
        page.get_by_label("备注").fill("冷凝器很脏\n先清洁")
        page.get_by_role("button", name="保存备注").click()
        page.get_by_text("先清洁").wait_for()
        page.get_by_text("修好了：附证明").click()
        page.get_by_label("做了什么").fill("清洁了冷凝器")
        page.get_by_role("button", name="提交修复").click()
        # Without a proof the form is there again, open, with what was typed and the reason at its field.
        page.get_by_role("alert").get_by_text("附一张修复后的照片").wait_for()
        expect(page.get_by_label("做了什么")).to_have_value("清洁了冷凝器")
        report = Axe().run(page)
        assert report.violations_count == 0, report.generate_report()
        photo = {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
        page.locator("#resolve-photo").set_input_files(photo)
        page.get_by_role("button", name="提交修复").click()
        page.get_by_text("24 小时内不复发即自动关闭").wait_for()
        page.get_by_role("img", name="照片，王芳").scroll_into_view_if_needed()
        wait_until(page, "[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        page.get_by_role("button", name="我离开了").click()
        page.get_by_role("button", name="关闭报警").click()
        page.get_by_text("王芳 关闭").wait_for()
        report = Axe().run(page)
        assert report.violations_count == 0, report.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_board_announces_what_is_new_and_the_page_follows_others(furnished, chromium, address):  # noqa: F811
    user: User = furnished.user()
    with page_of(chromium, address, furnished.password, **DESK) as page:
        page.goto("/alerts")
        sound = page.get_by_role("button", name="声音：关")
        sound.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="声音：开")).to_have_attribute("aria-pressed", "true")
        page.evaluate("window.untouched = true")
        furnished.alert("microwave-1", severity="safety", base="safety", rule="MW3", why_zh="功率过大")
        page.get_by_text("功率过大").wait_for()
        page.get_by_role("status").get_by_text("安全 微波炉 · 河边驿站").wait_for(state="attached")
        assert page.evaluate("window.untouched")
        page.get_by_label("紧急程度").select_option("safety")
        page.get_by_role("button", name="筛选").click()
        page.wait_for_url("**severity=safety**")
        page.get_by_text("功率过大").wait_for()
        assert page.get_by_text("箱内 13.4 ℃").count() == 0
        report = Axe().run(page)
        assert report.violations_count == 0, report.generate_report()
        page.goto("/alerts/1")
        page.evaluate("window.untouched = true")
        alert = furnished.session.get_one(Alert, 1)
        deeds.comment(furnished.session, alert, user, "我在路上", None, furnished.now)
        furnished.session.commit()
        page.get_by_text("我在路上").wait_for()
        assert page.evaluate("window.untouched")


def test_a_window_is_filed_and_ended_by_keyboard(furnished, chromium, address):  # noqa: F811
    furnished.user()
    with page_of(chromium, address, furnished.password, **PHONE) as page:
        page.goto("/stations/k3v9x2m7qa/maintenance")
        page.get_by_label("原因").focus()
        page.keyboard.type("换压缩机")
        page.keyboard.press("Enter")
        page.get_by_text("正在维护").wait_for()
        report = Axe().run(page)
        assert report.violations_count == 0, report.generate_report()
        page.get_by_role("button", name="现在结束").focus()
        page.keyboard.press("Enter")
        page.get_by_text("王芳 提前结束").wait_for()
