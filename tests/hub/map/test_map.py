"""The map's page and its data: jurisdiction, filters, empty states, tiles."""

import pytest
from pydantic import ValidationError

from hub.settings import HubSettings
from hub.unions import store as unions
from hub.unions.trees import Level


@pytest.fixture
def placed(furnished):
    """Three stations with a place in two districts and an industry, one without, one that was revoked."""
    session = furnished.session
    city = unions.add(session, "合肥市总工会", Level.CITY, name_en="Hefei")
    east = unions.add(session, "东区总工会", Level.DISTRICT, city.id, name_en="East")
    west = unions.add(session, "西区总工会", Level.DISTRICT, city.id)
    couriers = unions.add(session, "快递产业工会", Level.INDUSTRY)
    session.commit()
    here = {"latitude": 31.8, "longitude": 117.2}
    furnished.station("aaaaaaaaaa", "东一站", union=east.id, **here, kind="micro")
    furnished.station("bbbbbbbbbb", "东二站", union=east.id, **here, standing="paused")
    furnished.station("cccccccccc", "西一站", union=west.id, industry=couriers.id, **here)
    furnished.station("dddddddddd", "无坐标站", union=west.id)
    furnished.station("eeeeeeeeee", "离开的站", union=east.id, **here, revoked_at=furnished.now)
    furnished.facility("fridge-1", station="aaaaaaaaaa")
    furnished.spell("fridge-1", "down", furnished.now, station="aaaaaaaaaa")
    return {"city": city.id, "east": east.id, "west": west.id, "couriers": couriers.id}


def names(browser, query=""):
    return sorted(point[1] for point in browser.get(f"/api/map{query}").json()["points"])


def test_the_map_has_what_the_user_may_see(placed, furnished, maintainer, stranger):
    assert names(maintainer) == ["东一站", "东二站", "西一站"]
    assert "3 个站点有坐标，共 5 个" in maintainer.get("/map").text
    stranger.client.cookies.clear()
    assert stranger.get("/api/map").status_code == 401
    assert stranger.get("/map").headers["location"].startswith("/sign-in")
    furnished.user("区员", "district", everywhere=False, union=placed["west"])
    stranger.sign_in("区员")
    assert names(stranger) == ["西一站"]
    page = stranger.get("/map").text
    assert "西区总工会" in page
    assert "东区总工会" not in page
    assert "合肥市总工会" in page
    assert stranger.get("/map/stations/aaaaaaaaaa").status_code == 404
    assert names(stranger, f"?union={placed['east']}") == []
    furnished.user("站长", "station_head", everywhere=False)
    stranger.client.cookies.clear()
    stranger.sign_in("站长")
    assert names(stranger) == []


def test_the_map_and_the_list_are_filtered_alike(placed, maintainer):
    filters = {
        f"?union={placed['city']}": ["东一站", "东二站", "西一站"],
        f"?union={placed['east']}": ["东一站", "东二站"],
        f"?union={placed['couriers']}": ["西一站"],
        "?union=99999": [],
        "?kind=micro": ["东一站"],
        "?standing=paused": ["东二站"],
        "?state=down": ["东一站"],
        "?q=东&standing=open": ["东一站"],
        "?q=&union=&kind=&standing=&state=": ["东一站", "东二站", "西一站"],
        "?q=%27%3B%20DROP%20TABLE%20station--": [],
    }
    for query, found in filters.items():
        assert names(maintainer, query) == found, query
        listed = {one["name"]["zh"] for one in maintainer.get(f"/api/stations{query}").json()["stations"]}
        assert listed - {"无坐标站", "河边驿站"} == set(found), query
    for wrong in ("q=%00", "union=0", "union=x", "union=99999999999", "kind=tent", "standing=gone", "state=bad"):
        for place in ("/map", "/api/map", "/stations", "/api/stations"):
            assert maintainer.get(f"{place}?{wrong}").status_code == 422, (place, wrong)


def test_the_form_keeps_what_was_asked_and_clears_it(placed, maintainer):
    for place in ("/map", "/stations"):
        page = maintainer.get(f"{place}?q=东&union={placed['east']}&kind=micro&state=down").text
        assert f'<option value="{placed["east"]}" selected>' in page
        assert '<option value="micro" selected>' in page
        assert f'href="{place}?state=down"' in page
        assert f"{place}?q=%E4%B8%9C&amp;union={placed['east']}&amp;kind=micro&amp;state=unknown" in page
    assert "没有符合的站点" in maintainer.get("/map?q=<script>alert(1)</script>").text
    assert "<script>alert" not in maintainer.get("/map?q=<script>alert(1)</script>").text


def test_a_station_chosen_shows_its_services(placed, maintainer):
    piece = maintainer.get("/map/stations/k3v9x2m7qa").text
    for said in ("河边驿站", "餐食加热", "可用", "未关闭报警 1", 'href="/stations/k3v9x2m7qa"'):
        assert said in piece, said
    assert maintainer.get("/map/stations/eeeeeeeeee").status_code == 404


def test_without_coordinates_the_map_says_how_to_get_them(furnished, maintainer):
    page = maintainer.get("/map").text
    assert "这些站点还没有坐标" in page
    assert "leaflet.js" not in page
    assert "河边驿站" in page


def test_names_are_in_the_users_language(placed, maintainer):
    maintainer.post("/language", {"language": "en", "onward": "/map"})
    places = {place[0] for place in maintainer.get("/api/map").json()["places"]}
    assert places == {"East", "西区总工会"}


def test_leaflet_comes_from_this_host_and_is_kept(maintainer, placed):
    page = maintainer.get("/map")
    assert "img-src" not in page.headers["content-security-policy"]
    assert "http://" not in page.text.replace("http://www.w3.org", "")
    for file in ("leaflet.js", "leaflet.css"):
        answer = maintainer.get(f"/static/leaflet/{file}")
        assert (answer.status_code, "immutable" in answer.headers["cache-control"]) == (200, True)
    assert maintainer.get("/static/leaflet/../leaflet/__init__.py").status_code == 404


def test_tiles_are_a_setting_and_the_map_alone_may_then_load_them(app, placed, maintainer, tmp_path):
    tiles = "https://tiles.example/{z}/{x}/{y}.png"
    app.state.settings = app.state.settings.model_copy(update={"map_tiles": tiles, "map_attribution": "© <b>他人</b>"})
    page = maintainer.get("/map")
    assert page.headers["content-security-policy"].endswith("img-src 'self' data: https://tiles.example")
    assert f'data-tiles="{tiles}"' in page.text
    assert "© &lt;b&gt;他人" in page.text
    assert "tiles.example" not in maintainer.get("/stations").headers["content-security-policy"]
    for wrong in (
        "javascript:alert(1)",
        "https://a.example/{z}/{x}.png",
        "https://a.example/{z}/{x}/{y}'; script-src *",
        "https://{s}.a.example/{z}/{x}/{y}",
    ):
        with pytest.raises(ValidationError):
            HubSettings(folder=tmp_path, map_tiles=wrong)
