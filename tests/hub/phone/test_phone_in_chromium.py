"""A phone at the door: the kiosk's address opened, one thumb, and what is in the database then."""

import pytest
from sqlmodel import select

from hub.checkins.tables import CheckInRow
from hub.feedback.tables import FaultReportRow, FeedbackRow
from hub.photos.tables import Photo
from tests.browser import Axe
from tests.hub.pages.test_pages_in_chromium import address, chromium, page_of
from tests.hub.phone.conftest import STATION
from tests.photos import jpeg

__all__ = ["address", "chromium"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS = [PHONE | {"color_scheme": "dark"}, {"viewport": {"width": 1280, "height": 900}}]


def stored(door, model):
    door.hub.session.expire_all()
    return door.hub.session.exec(select(model)).all()


@pytest.mark.parametrize("look", LOOKS, ids=["phone, dark", "desktop, light"])
def test_scan_tap_undo_and_say_what_is_wrong(door, chromium, address, look):
    context = chromium.new_context(base_url=address, **look)
    page, wrong, axe = context.new_page(), [], Axe()
    page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)

    def fits():
        report = axe.run(page)
        assert report.violations_count == 0, f"{page.url}: {report.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= look["viewport"]["width"], page.url

    page.goto(f"/C/{STATION.upper()}/{door.code()}")
    fits()
    for button in page.locator(".occupations button").all():
        box = button.bounding_box()
        assert box["height"] >= 64
        assert box["y"] + box["height"] <= look["viewport"]["height"], "every occupation is there without scrolling"
    page.get_by_role("button", name="快递员").click()
    page.get_by_text("签到成功").wait_for()
    fits()
    page.get_by_role("button", name="撤销签到").click()
    page.get_by_text("这次签到不计入").wait_for()
    page.wait_for_load_state()  # its script tells this phone from others
    page.get_by_role("button", name="环卫工").click()
    page.get_by_text("签到成功").wait_for()
    first, second = sorted(stored(door, CheckInRow), key=lambda row: not row.retracted)
    assert (first.occupation, first.retracted) == ("courier", True)
    assert (second.occupation, second.retracted, second.method) == ("sanitation", False, "phone")
    assert first.visitor == second.visitor is not None

    page.get_by_role("link", name="顺便评价一下").click()
    page.get_by_role("radio", name="不太满意").check()
    page.get_by_role("checkbox", name="饮用水").check()
    page.get_by_label("想说的话").fill("水不热 <b>")
    page.get_by_label("一张照片").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    fits()
    page.get_by_role("button", name="提交评价").click()
    page.get_by_text("评价已收到").wait_for()
    [said] = stored(door, FeedbackRow)
    assert (said.score, said.tags, said.text, said.method) == (2, ["water"], "水不热 <b>", "phone")
    assert said.photo == stored(door, Photo)[0].id

    page.get_by_role("link", name="报修").click()
    page.locator("summary", has_text="微波炉").click()
    fits()
    page.get_by_role("button", name="微波炉：不加热").click()
    page.get_by_text("报修已收到").wait_for()
    page.get_by_role("link", name="English").click()
    page.get_by_text("Report received, thank you!").wait_for()
    fits()
    assert [(row.subject, row.problem) for row in stored(door, FaultReportRow)] == [("microwave-1", "not_hot")]

    page.goto(f"/c/{STATION}/{door.code()}?lang=en")
    page.get_by_role("button", name="Courier").click()
    page.get_by_text("You have checked in already").wait_for()
    page.wait_for_load_state()
    assert context.cookies() == []
    assert len(page.evaluate("localStorage.getItem('waystation-phone')")) == 32
    context.close()
    assert wrong == []


def test_without_scripts_everything_but_being_told_apart_works(door, chromium, address):
    context = chromium.new_context(base_url=address, java_script_enabled=False, **PHONE)
    page = context.new_page()
    page.goto(f"/c/{STATION}/{door.code()}")
    page.get_by_role("button", name="快递员").click()
    page.get_by_role("heading", name="签到成功").wait_for()
    page.get_by_role("link", name="报修").click()
    page.locator("#fault > summary").click()
    page.locator("summary", has_text="冰箱").click()
    page.get_by_role("button", name="冰箱：冒烟").click()
    page.get_by_role("heading", name="请离开，先保证安全").wait_for()
    context.close()
    assert [(row.method, row.visitor) for row in stored(door, CheckInRow)] == [("phone", None)]
    assert [row.danger for row in stored(door, FaultReportRow)] == [True]


def test_a_maintainer_reads_the_attendants_code(door, chromium, address):
    door.hub.user()
    axe = Axe()
    with page_of(chromium, address, door.hub.password, **PHONE) as page:
        page.goto(f"/stations/{STATION}")
        page.get_by_role("button", name="显示值守码").click()
        page.get_by_role("heading", name="值守码").wait_for()
        report = axe.run(page)
        assert report.violations_count == 0, report.generate_report()
        page.get_by_role("link", name="返回站点").click()
        page.get_by_role("button", name="显示值守码").wait_for()
