"""Visits as a person looks at them: switch, month, tables behind the charts, deletion; on a desk and on a phone."""

from datetime import timedelta

import pytest

from hub.feedback.tables import FaultReportRow
from tests.browser import Axe, expect, wait_until
from tests.hub.pages.test_pages_in_chromium import address, chromium, page_of
from tests.hub.visits import came
from tests.hub.visits.came import STATION, said

__all__ = ["address", "chromium"]
LOOKS = [
    {"viewport": {"width": 1280, "height": 900}},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
]


@pytest.mark.parametrize("look", LOOKS, ids=["desktop, light", "phone, dark"])
def test_a_union_looks_at_its_month_and_a_person_has_a_message_deleted(furnished, chromium, address, look):
    hub = furnished
    hub.user(role="administrator")
    hub.station("p7v9x2m7qb", "桥头驿站")
    came.busy_weeks(hub)
    came.busy_weeks(hub, station="p7v9x2m7qb", days=4, seed=8)
    said(hub, hub.now - timedelta(hours=2), 2, text="微波炉热不透 <b>x</b>", tags=["food"])
    hub.add(
        FaultReportRow(
            id="r-1", station=STATION, at=hub.now - timedelta(hours=2), subject="microwave-1", problem="not_hot",
            danger=False, received_at=hub.now, undated=False,
        )
    )  # fmt: skip
    came.added_up(hub)
    axe = Axe()

    def sound(page):
        report = axe.run(page)
        assert report.violations_count == 0, report.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= look["viewport"]["width"]
        wait_until(page, "[...document.images].every((one) => one.complete && one.naturalWidth > 0)")

    with page_of(chromium, address, hub.password, **look) as page:
        page.goto("/more")
        page.get_by_role("link", name="签到与满意度").click()
        page.locator("#places").wait_for()
        page.wait_for_load_state("load")
        sound(page)
        number = page.locator(".counts b").first
        filtered = int(number.inner_text())
        # By keyboard to everything that was recorded.
        page.get_by_role("link", name="全部记录").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**count=raw**")
        assert int(number.inner_text()) > filtered
        # The table says what the chart shows.
        page.get_by_text("每天的数字").click()
        expect(page.get_by_role("row", name="7-15")).to_be_visible()
        page.get_by_role("link", name="河边驿站").click()
        page.locator("#words").wait_for()
        page.wait_for_load_state("load")
        sound(page)
        expect(page.get_by_text("微波炉热不透 <b>x</b>")).to_be_visible()
        page.get_by_role("button", name="删除留言").click()
        page.get_by_text("这个月没有留言").wait_for()
        page.goto(f"/stations/{STATION}/facilities/microwave-1")
        expect(page.get_by_text("不加热")).to_be_visible()
        expect(page.locator("#people")).to_be_visible()
        sound(page)
