"""The map as a person uses it: ten thousand points, keyboard, no scripts, no request to another host."""

import random
from datetime import timedelta

import pytest

from hub.stations.tables import Facility, Station
from hub.unions import store as unions
from hub.unions.trees import Level
from hub.upsert import upsert
from tests.browser import Axe, expect
from tests.hub.pages.test_pages_in_chromium import address, chromium, page_of

__all__ = ["address", "chromium"]
MANY = 10_000
MOST_MS, TRIES = 1000, 4
LOOKS = [
    {"viewport": {"width": 1280, "height": 900}},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
]


def province(hub, number=MANY):
    """So many stations around two cities, each fiftieth down; in the middle of all one that is down."""
    chance = random.Random(5)
    east, west = (unions.add(hub.session, name, Level.DISTRICT) for name in ("东区总工会", "西区总工会"))
    middles = {east.id: (31.9, 117.6), west.id: (31.7, 117.0)}
    rows = []
    for n in range(number):
        union = (east.id, west.id)[n % 2]
        latitude, longitude = (chance.gauss(at, 0.1) for at in middles[union])
        rows.append(
            Station(
                id=f"m{n:09d}", name=f"第{n:05d}号驿站", name_en="", union=union,
                latitude=latitude, longitude=longitude,
                commissioned_at=hub.now, mqtt_hash="", mosquitto_hash="", sealed_qr_key=b"", opening={},
            ).model_dump()
        )  # fmt: skip
    upsert(hub.session, Station, rows)
    some = [f"m{n:09d}" for n in range(0, number, 50)]
    label = {"label_zh": "冰箱", "label_en": "Fridge", "quantities": [], "options": {}}
    facilities = [Facility(station=id_, id="fridge-1", kind="fridge", **label).model_dump() for id_ in some]
    upsert(hub.session, Facility, facilities)
    hub.session.commit()
    for id_ in some:
        hub.spell("fridge-1", "down", hub.now - timedelta(hours=1), station=id_)


def test_ten_thousand_points_are_drawn_within_a_second_of_scripting(furnished, chromium, address):
    furnished.user()
    province(furnished)
    with page_of(chromium, address, furnished.password, **LOOKS[0]) as page:
        # Beside other tests a browser may be kept waiting in the middle of it: the best of some.
        took = []
        while not took or (min(took) >= MOST_MS and len(took) < TRIES):
            page.goto("/map")
            page.locator(f"#map[data-drawn='{MANY}']").wait_for()
            took += page.evaluate("performance.getEntriesByName('map-drawn').map((one) => one.duration)")
        assert min(took) < MOST_MS, took
        expect(page.locator(".map-name")).to_have_text(["东区总工会", "西区总工会"])
        # What is down is listed beside the map, the worst first, and is one press away.
        expect(page.locator(".beside li")).to_have_count(50)
        page.get_by_label("工会", exact=True).select_option(label="东区总工会")
        page.get_by_role("button", name="查找").click()
        page.locator("#map[data-drawn='5000']").wait_for()


@pytest.mark.parametrize("look", LOOKS, ids=["desktop, light", "phone, dark"])
def test_a_person_finds_the_station_that_is_down(furnished, chromium, address, look):
    furnished.user()
    station = furnished.session.get_one(Station, "k3v9x2m7qa")
    station.latitude, station.longitude = 31.8, 117.2
    furnished.add(station)
    axe = Axe()
    with page_of(chromium, address, furnished.password, **look) as page:
        page.goto("/map")
        page.locator("#map[data-drawn='1']").wait_for()
        # The only station lies in the middle, and its colour and shape are those of what is down.
        page.locator("#map").click()
        page.locator("#chosen").get_by_role("link", name="河边驿站").wait_for()
        expect(page.locator("#chosen .services li")).to_have_count(5)
        report = axe.run(page)
        assert report.violations_count == 0, report.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= look["viewport"]["width"]
        # By keyboard: the map moves, and the list leads to the station.
        scale = page.locator(".leaflet-control-scale-line").inner_text()
        page.locator("#map").focus()
        page.keyboard.press("-")
        expect(page.locator(".leaflet-control-scale-line")).not_to_have_text(scale)
        page.locator(".beside a").first.focus()
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="河边驿站").wait_for()


def test_without_scripts_the_list_does(furnished, chromium, address):
    furnished.user()
    station = furnished.session.get_one(Station, "k3v9x2m7qa")
    station.latitude, station.longitude = 31.8, 117.2
    furnished.add(station)
    with page_of(chromium, address, furnished.password, java_script_enabled=False) as page:
        page.goto("/map")
        expect(page.locator("#map .map-said")).to_be_visible()
        page.locator(".beside").get_by_role("link", name="河边驿站").click()
        page.get_by_role("heading", name="河边驿站").wait_for()


def test_a_map_without_data_says_so(furnished, chromium, address):
    furnished.user()
    station = furnished.session.get_one(Station, "k3v9x2m7qa")
    station.latitude, station.longitude = 31.8, 117.2
    furnished.add(station)
    with page_of(chromium, address, furnished.password) as page:
        page.route("**/api/map*", lambda route: route.fulfill(status=200, body="not json"))
        page.goto("/map")
        page.get_by_text("地图数据没有加载成功").wait_for()
