"""A worker with a phone and no scripts, an officer at a desk: from the photo to the answer on the phone."""

from playwright.sync_api import Browser, Page

from tests.browser import Axe, expect
from tests.hub.findings.test_findings_in_chromium import DESK, PHONE, chromium, signed_in, sound
from tests.hub.inspections.conftest import Served
from tests.photos import jpeg

__all__ = ["chromium"]


def fits(page: Page) -> None:
    """Without scripts on the page axe is brought along, and big enough for a thumb."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert page.locator("script").count() == 0
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()
    for button in page.locator("main button, main a.button, .pick").all():
        box = button.bounding_box()
        assert box and box["height"] >= 44, button.inner_text()


def test_a_worker_files_with_a_photo_an_officer_answers_and_the_worker_reads(chromium: Browser, served: Served) -> None:
    station = served.hub.station("microwave-1")
    phone = chromium.new_context(base_url=served.address, viewport=PHONE, color_scheme="dark").new_page()
    wrong: list[str] = []
    phone.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    phone.on("request", lambda asked: None if asked.url.startswith(served.address) else wrong.append(asked.url))
    phone.goto(f"/s/{station}")
    phone.get_by_role("link", name="投诉或咨询").click()
    fits(phone)
    phone.get_by_label("投诉", exact=True).check()
    phone.get_by_label("设施坏了或缺少").check()
    phone.get_by_label("请写下情况").fill("微波炉转了不热，饭是冷的。")
    phone.set_input_files("#photo", {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": b"no photo"})
    phone.get_by_label("手机号或邮箱").fill("13812345678")
    phone.get_by_role("button", name="提交给工会").click()
    phone.get_by_text("这不是照片").wait_for()
    fits(phone)
    expect(phone.get_by_label("请写下情况")).to_have_value("微波炉转了不热，饭是冷的。")
    phone.set_input_files("#photo", {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": jpeg(place=True)})
    phone.get_by_role("button", name="提交给工会").click()
    phone.get_by_text("请拍照或抄下这两项").wait_for()
    fits(phone)
    number, code = phone.locator(".kept dd").all_inner_texts()
    phone.reload()
    expect(phone.locator(".kept dd")).to_have_text([number, code])

    with signed_in(chromium, served, "district", viewport=DESK) as page:
        page.goto("/complaints")
        sound(page)
        page.get_by_role("link", name="投诉 · 设施坏了或缺少").click()
        sound(page)
        page.locator("img.proof").wait_for()
        page.get_by_label("设施", exact=True).select_option("microwave-1")
        page.get_by_role("button", name="确认分类").click()
        page.get_by_label("承办人").select_option("district")
        page.get_by_role("button", name="分派").press("Enter")
        page.get_by_role("button", name="显示联系方式").click()
        page.get_by_text("13812345678").wait_for()
        page.get_by_text("转为整改").first.click()
        sound(page)
        page.get_by_label("给本人的答复").fill("已更换微波炉，今天起可以用。")
        page.get_by_role("button", name="答复", exact=True).click()
        page.get_by_text("本人还没有看到").wait_for()
        sound(page)

    phone.get_by_role("link", name="查看办理情况").click()
    phone.get_by_label("查询码").fill("0000 0000")
    phone.get_by_role("button", name="查看").click()
    phone.get_by_text("编号或查询码不对").wait_for()
    fits(phone)
    phone.get_by_label("查询码").fill(code.lower())
    phone.get_by_role("button", name="查看").click()
    phone.get_by_text("已更换微波炉，今天起可以用。").wait_for()
    fits(phone)
    phone.goto(f"/complain/{station}?lang=en")
    fits(phone)
    phone.context.close()
    assert [said for said in wrong if "422" not in said] == []

    with signed_in(chromium, served, "city", viewport=PHONE, color_scheme="dark") as page:
        page.goto("/complaints?show=answered")
        sound(page)
        page.get_by_role("link", name="投诉 · 设施坏了或缺少").click()
        page.get_by_text("本人查看了答复").wait_for()
        sound(page)
        page.get_by_role("button", name="办结").click()
        page.locator(".verdict .state", has_text="已办结").wait_for()
        page.goto("/complaints")
        page.get_by_text("上传 12351 平台").click()
        page.get_by_label("回执号或说明").fill("R-1")
        page.get_by_role("button", name="登记已上传").click()
        page.wait_for_load_state()
        page.goto("/complaints/1")
        page.get_by_text("R-1").first.wait_for()


def test_the_form_fits_the_narrowest_phone_in_both_languages(chromium: Browser, served: Served) -> None:
    station = served.hub.station("microwave-1")
    phone = chromium.new_context(base_url=served.address, viewport={"width": 320, "height": 640}).new_page()
    for address in (f"/complain/{station}", f"/complain/{station}?lang=en", "/complain/answer?lang=en"):
        phone.goto(address)
        fits(phone)
        for card in phone.locator(".card").all():
            assert card.evaluate("one => one.scrollWidth <= one.clientWidth"), address
