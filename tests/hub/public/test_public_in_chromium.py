"""The public page on a phone at the door, and the list and page of stations with their new parts."""

import pytest

from hub.unions import store as unions
from hub.unions.trees import Level
from tests.browser import Axe, expect
from tests.hub.pages.test_pages_in_chromium import address, chromium, page_of

__all__ = ["address", "chromium"]
LOOKS = [
    {"viewport": {"width": 1280, "height": 900}},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
]


@pytest.mark.parametrize("look", LOOKS, ids=["desktop, light", "phone, dark"])
def test_a_worker_without_an_account_and_without_scripts_reads_it(furnished, chromium, address, look):
    closures = [{"first": "2026-08-01", "last": "2026-08-02", "reason": "设备检修"}]
    opening = {"start": "09:00", "end": "17:00", "weekdays": [0, 1, 2, 3, 4, 5, 6], "closures": closures}
    furnished.station("aaaaaaaaaa", "桥头驿站", opening=opening, access="sanitation_only")
    furnished.facility("microwave-1", station="aaaaaaaaaa")
    furnished.station("bbbbbbbbbb", "离开的站", revoked_at=furnished.now)
    axe = Axe()
    context = chromium.new_context(base_url=address, **look)
    wrong: list[str] = []
    page = context.new_page()
    page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    for place in ("/s/k3v9x2m7qa", "/s/aaaaaaaaaa", "/s/aaaaaaaaaa?lang=en", "/s/bbbbbbbbbb"):
        page.goto(place)
        report = axe.run(page)
        assert report.violations_count == 0, f"{place}: {report.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= look["viewport"]["width"], place
        assert page.locator("script, form").count() == 0
        assert page.locator("a[href='tel:12351']").bounding_box()["height"] >= 44
    page.goto("/s/k3v9x2m7qa")
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="Riverside Station").wait_for()
    expect(page.get_by_text("Open now")).to_be_visible()
    assert context.cookies() == []
    context.close()
    assert wrong == []


@pytest.mark.parametrize("look", LOOKS, ids=["desktop, light", "phone, dark"])
def test_the_list_is_narrowed_to_one_union_and_the_station_shows_its_services(furnished, chromium, address, look):
    furnished.user()
    city = unions.add(furnished.session, "合肥市总工会", Level.CITY)
    east = unions.add(furnished.session, "东区总工会", Level.DISTRICT, city.id)
    furnished.session.commit()
    furnished.station("aaaaaaaaaa", "桥头驿站", union=east.id)
    furnished.facility("microwave-1", station="aaaaaaaaaa")
    axe = Axe()
    with page_of(chromium, address, furnished.password, **look) as page:
        page.get_by_label("工会", exact=True).select_option(value=str(city.id))
        page.get_by_role("button", name="查找").click()
        page.get_by_role("link", name="清除").wait_for()
        expect(page.locator(".row h2")).to_have_text(["桥头驿站"])
        report = axe.run(page)
        assert report.violations_count == 0, report.generate_report()
        page.get_by_role("link", name="桥头驿站").click()
        page.get_by_text("合肥市总工会 › 东区总工会").wait_for()
        expect(page.locator(".services .name").first).to_have_text("饮水供给")
        page.get_by_role("link", name="公众页面").click()
        page.get_by_role("heading", name="现在能用什么").wait_for()
