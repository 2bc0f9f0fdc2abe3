"""The page of a station for everybody: what it says, what it never says, and that it is the same for all."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from hub.shelf import Shelf
from hub.stations import extras
from hub.stations.tables import Station
from hub.stations.words import Extra, ExtraState

PAGE = "/s/k3v9x2m7qa"
API = "/api/public/stations/k3v9x2m7qa"


def standing(furnished, **columns):
    """What is filed of the station now; nothing of it is kept from before."""
    station = furnished.session.get_one(Station, "k3v9x2m7qa")
    for name, value in columns.items():
        setattr(station, name, value)
    furnished.add(station)


def test_a_stranger_reads_whether_it_is_open_and_what_works(furnished, stranger):
    answer = stranger.get(PAGE)
    assert answer.status_code == 200
    page = answer.text
    for said in (
        "河边驿站",
        "中山路 1 号",
        "现在开放",
        "今天开到 17:00",
        "12351",
        "无人值守",
        "全体户外职工",
        "20 秒前",
    ):
        assert said in page, said
    found = {one["service"]: one["availability"] for one in stranger.get(API).json()["services"]}
    assert found == {
        "water": "not_offered", "climate": "not_offered", "meals": "available", "charging": "not_offered",
        "rest": "provided",
    }  # fmt: skip


def test_english_is_a_link_away_and_needs_no_cookie(furnished, stranger):
    page = stranger.get(f"{PAGE}?lang=en").text
    for said in (
        "Riverside Station",
        "Open now",
        "Open today until 17:00",
        "Meal heating",
        "Not offered",
        'lang="en"',
    ):
        assert said in page, said
    assert f'href="{PAGE}"' in page
    assert f'href="{PAGE}?lang=en"' in stranger.get(PAGE).text
    assert stranger.get(f"{PAGE}?lang=fr").status_code == 422


def test_no_person_and_nothing_of_the_inside_is_on_it(furnished, maintainer):
    standing(furnished, code="12055100001", plaque_number="P-7")
    for answer in (maintainer.get(PAGE), maintainer.get(API)):
        for hidden in ("王芳", "FR2", "13.4", "fridge-1", "microwave-1", "csrf", "form token", "spell", "报警"):
            assert hidden not in answer.text, hidden
        assert "set-cookie" not in answer.headers


def test_it_is_the_same_for_all_and_may_be_kept_a_minute(furnished, maintainer):
    signed_in = maintainer.get(PAGE)
    maintainer.client.cookies.clear()
    assert maintainer.get(PAGE).text == signed_in.text
    assert signed_in.headers["cache-control"] == "public, max-age=60"
    assert maintainer.get(API).headers["cache-control"] == "public, max-age=60"
    maintainer.client.cookies.set("waystation_language", "en")
    assert maintainer.get(PAGE).text == signed_in.text


@pytest.mark.parametrize("id_", ["aaaaaaaaaa", "K3V9X2M7QA", "k3v9x2m7q", "k3v9x2m7qaa", "' OR 1=1 -", "..%2F..%2Fa"])
def test_what_is_not_a_station_is_not_there(furnished, stranger, id_):
    for place in (f"/s/{id_}", f"/api/public/stations/{id_}"):
        answer = stranger.get(place)
        assert answer.status_code == 404
        assert answer.headers["cache-control"] == "no-store"
        assert "Traceback" not in answer.text


def test_what_no_database_keeps_is_refused(furnished, stranger):
    assert stranger.get("/s/k3v9x2m7q%00").status_code == 422


def test_nothing_is_sent_to_it(furnished, stranger):
    for method in ("post", "put", "delete", "patch"):
        assert getattr(stranger.client, method)(PAGE).status_code in (403, 405)


def test_a_station_that_left_says_so_and_offers_nothing(furnished, stranger):
    standing(furnished, revoked_at=furnished.now)
    page = stranger.get(PAGE).text
    assert "本站已关闭" in page
    assert "12351" in page
    assert "现在能用什么" not in page
    told = stranger.get(API).json()
    assert (told["presence"], told["services"], told["today"]) == ("revoked", [], None)


@pytest.mark.parametrize(("filed", "said"), [("planned", "筹建中，尚未开放"), ("paused", "暂停服务")])
def test_one_that_is_not_running_is_not_open(furnished, stranger, filed, said):
    standing(furnished, standing=filed)
    page = stranger.get(PAGE).text
    assert said in page
    assert "现在开放" not in page
    assert stranger.get(API).json()["opens_at"] is None


def test_after_hours_it_says_when_it_opens_and_lists_closures(furnished, stranger):
    closures = [{"first": "2026-07-15", "last": "2026-07-16", "reason": "台风 <b>停</b>开"}]
    opening = {"start": "08:30", "end": "17:00", "weekdays": [0, 1, 2, 3, 4], "closures": closures}
    standing(furnished, opening=opening, access="sanitation_only", staffing="part")
    page = stranger.get(PAGE).text
    for said in ("现在未开放", "7月17日 周五 08:30 开门", "不开放", "仅环卫工", "部分时段有人", "台风 &lt;b&gt;停"):
        assert said in page, said
    assert stranger.get(API).json()["opens_at"] == "2026-07-17T08:30:00+08:00"


def test_extras_are_said_as_people_filed_them(furnished, stranger):
    standing(furnished, services=["water", "meals"], other_services="针线包 <i>")
    for extra, state in ((Extra.WIFI, ExtraState.AVAILABLE), (Extra.FIRST_AID, ExtraState.MISSING)):
        extras.put(furnished.session, "k3v9x2m7qa", extra, state, None, "内部备注", "王芳", furnished.now)
    extras.put(furnished.session, "k3v9x2m7qa", Extra.TOILET, ExtraState.AVAILABLE, None, "", "王芳", furnished.now)
    furnished.session.commit()
    page = stranger.get(PAGE).text
    for said in ("免费 wifi · 有", "外伤急救药箱 · 暂缺", "有卫生间", "针线包 &lt;i&gt;"):
        assert said in page, said
    assert "内部备注" not in page
    assert "王芳" not in page
    told = stranger.get(API).json()
    assert [(one["extra"], one["state"]) for one in told["extras"]] == [("wifi", "available"), ("first_aid", "missing")]
    assert {one["service"]: one["availability"] for one in told["services"]}["water"] == "unknown"


def test_silence_is_not_known_and_says_since_when(furnished, stranger):
    furnished.listening()
    furnished.last_heard(timedelta(minutes=25))
    told = {one["service"]: one["availability"] for one in stranger.get(API).json()["services"]}
    assert told["meals"] == "unknown"
    assert told["rest"] == "provided"
    assert "25 分钟前" in stranger.get(PAGE).text


def test_a_station_never_heard_of_promises_nothing(hub, stranger):
    hub.station(heard=False)
    page = stranger.get(PAGE).text
    assert "站点还没有发来消息" in page
    assert "可用" not in page


def test_what_strangers_cost_is_bounded(furnished, app, stranger):
    asked = []
    event.listen(app.state.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    for _ in range(5):
        stranger.get(PAGE)
        stranger.get(f"{PAGE}?lang=en")
        stranger.get(API)
        stranger.get("/s/aaaaaaaaaa")
    assert len(asked) < 12
    app.state.public_shelf = Shelf(most=1, per_s=3600)
    assert stranger.get(PAGE).status_code == 200
    refused = stranger.get("/s/aaaaaaaaab")
    assert refused.status_code == 503
    assert "访问太多" in refused.text
    assert stranger.get(PAGE).status_code == 200
