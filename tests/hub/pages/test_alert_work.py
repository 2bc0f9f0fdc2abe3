"""What a maintainer does on the page of an alert, and what the page does with what it should not be sent."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from hub.alerts.tables import Alert, AlertEvent
from hub.health import store as health
from hub.health.hours import availability, lay
from hub.maintenance.tables import WindowRow
from hub.photos.tables import Photo
from hub.shelf import Shelf
from hub.stations.tables import StationFactsRow, UnitRow
from hub.trail import store as trail
from shared.envelope import LiveFacility
from shared.opening import Opening
from shared.states import Grade, State
from tests.hub.pages.conftest import NOW, Browser, Furnisher
from tests.photos import jpeg

HOUR = timedelta(hours=1)
NASTY = "<script>alert(1)</script>' OR 1=1; --"


def send(browser: Browser, what: str, data: dict[str, str] | None = None, photo: bytes | None = None) -> Any:
    """A form of the page of alert 1."""
    form = {"csrf": browser.csrf("/alerts/1")} | (data or {})
    files = None if photo is None else {"photo": ("p.jpg", photo, "image/jpeg")}
    return browser.client.post(f"/alerts/1/{what}", data=form, files=files, follow_redirects=False)


def whats(hub: Furnisher) -> list[str]:
    hub.session.expire_all()
    return [row.what for row in hub.session.exec(select(AlertEvent))]


def test_an_alert_is_taken_promised_commented_repaired_and_closed(furnished, maintainer):
    assert send(maintainer, "take").headers["location"] == "/alerts/1"
    assert send(maintainer, "promise", {"promised_at": "2026-07-15T18:30"}).status_code == 303
    assert send(maintainer, "comment", {"text": "冷凝器很脏\r\n先清洁"}, jpeg()).status_code == 303
    page = maintainer.get("/alerts/1").text
    assert "7月15日 18:30" in page
    assert "冷凝器很脏\n先清洁" in page
    photo = furnished.session.exec(select(Photo)).one()
    assert f"/photos/{photo.id}?copy=small" in page
    assert send(maintainer, "resolve", {"text": "清洁了冷凝器"}, jpeg()).status_code == 303
    said = maintainer.get("/api/alerts/1").json()
    assert (said["resolved_by"], said["resolved_why"]["zh"], said["assigned_to"]) == ("王芳", "清洁了冷凝器", "王芳")
    assert maintainer.get("/api/alerts").json()["open"] == []
    assert "已解除，观察 24 小时" in maintainer.get("/alerts").text
    assert send(maintainer, "close").status_code == 303
    assert maintainer.get("/api/alerts").json()["closed"][0]["closed_why"]["zh"] == "清洁了冷凝器"
    assert whats(furnished) == ["assigned", "promised", "comment", "resolved", "closed"]
    rows = trail.newest(furnished.session, None)
    assert [row.what for row in rows][::-1] == [f"alert.{what}" for what in whats(furnished)]
    assert trail.verify(furnished.session) is None


def test_the_reading_beside_the_exit_is_live_where_the_station_says_one(furnished, maintainer):
    app = maintainer.client.app

    def said(minutes_ago: float, **values: float) -> str:
        """The page, with what the station said so long ago."""
        at = NOW - timedelta(minutes=minutes_ago)
        live = LiveFacility(facility="fridge-1", state=State.DOWN, since=at, grade=Grade.E1, values=values, at=at)
        app.state.shelf = Shelf()
        app.state.live = lambda *asked: {("k3v9x2m7qa", "fridge-1"): live}.get(asked)
        return str(maintainer.get("/alerts/1").text)

    assert "3.7 ℃" in said(1, cabinet_temperature=3.7)
    assert "3.7 ℃" not in said(10, cabinet_temperature=3.7)
    assert "3.7 ℃" not in said(1, power=3.7)


def test_a_repair_may_be_shown_by_a_reading_from_after_the_alert(furnished, maintainer):
    furnished.proof("fridge-1", NOW - 3 * HOUR, rule="FR0")
    after = furnished.proof("fridge-1", NOW - HOUR, rule="FR0", values={"cabinet_temperature": 4.1})
    page = maintainer.get("/alerts/1").text
    assert f'value="{after.id}"' in page
    for reading in ("proof-1", "proof-2", "nothing"):
        refused = send(maintainer, "resolve", {"text": "换了", "reading": reading})
        assert refused.status_code == 422
        assert "没有这条修复之后的读数" in refused.text
    assert send(maintainer, "resolve", {"text": "换了启动电容", "reading": after.id}).status_code == 303
    said = maintainer.get("/api/alerts/1").json()["resolved_why"]
    assert said["zh"] == "换了启动电容：冷藏有效，箱内温度 4.1 ℃"


@pytest.mark.parametrize(
    ("what", "data", "said"),
    [
        ("resolve", {"text": "好了"}, "附一张修复后的照片"),
        ("resolve", {"text": "   "}, "请写明做了什么"),
        ("promise", {"promised_at": "2026-07-15T13:59"}, "在现在之后"),
        ("promise", {"promised_at": "tomorrow"}, "在现在之后"),
        ("promise", {"promised_at": "2027-01-01T00:00"}, "60 天内"),
        ("promise", {"promised_at": "0001-01-01T00:00"}, "在现在之后"),
        ("comment", {"text": " \x07"}, "写几个字"),
        ("assign", {"to": NASTY}, "没有可以指派的这个人"),
        ("unit", {"make": "海尔"}, "型号或序列号"),
    ],
)
def test_a_form_that_cannot_be_is_shown_again_with_what_was_typed(furnished, maintainer, what, data, said):
    answer = send(maintainer, what, data)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'<details id="{what}" open>' in answer.text
    assert "<script>alert" not in answer.text
    assert whats(furnished) == []
    assert [alert.resolved_at for alert in furnished.session.exec(select(Alert))] == [None]


def test_a_file_that_is_no_photo_is_refused_at_its_field_and_nothing_is_kept(furnished, maintainer):
    answer = send(maintainer, "resolve", {"text": "好了"}, b"GIF89a not a photo")
    assert answer.status_code == 422
    assert "这不是照片" in answer.text
    assert ">好了</textarea>" in answer.text
    assert (whats(furnished), furnished.session.exec(select(Photo)).all()) == ([], [])


def test_what_people_type_is_text_and_nothing_else(furnished, maintainer):
    assert send(maintainer, "comment", {"text": NASTY + "=cmd()"}).status_code == 303
    page = maintainer.get("/alerts/1").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert send(maintainer, "comment", {"text": "a\x00b"}).status_code == 422


def test_the_same_comment_sent_twice_is_one(furnished, maintainer):
    for _ in range(2):
        assert send(maintainer, "comment", {"text": "在路上"}).status_code == 303
    assert whats(furnished) == ["comment"]


def test_too_long_is_refused(furnished, maintainer):
    assert send(maintainer, "comment", {"text": "长" * 501}).status_code == 422
    assert send(maintainer, "close", {}).status_code == 409
    assert maintainer.get("/alerts/0").status_code == 404
    assert maintainer.get(f"/alerts/{2**70}").status_code == 404
    assert maintainer.get("/alerts?who=everybody").status_code == 422


def test_it_is_assigned_only_to_who_may_work_there(furnished, maintainer):
    furnished.user("李工")
    furnished.user("外人", everywhere=False)
    furnished.user("检查员", role="inspector")
    page = maintainer.get("/alerts/1").text
    assert "<option>李工</option>" in page
    assert "外人" not in page
    for nobody in ("外人", "检查员"):
        assert send(maintainer, "assign", {"to": nobody}).status_code == 422
    assert send(maintainer, "assign", {"to": "李工"}).status_code == 303
    assert "李工 处理中" in maintainer.get("/alerts").text
    assert maintainer.get("/alerts?who=mine").text.count("data-alert=") == 0
    assert maintainer.get("/alerts?who=nobody").text.count("data-alert=") == 0
    assert maintainer.get("/alerts?severity=high&who=").text.count("data-alert=") == 1


def test_on_site_is_a_window_of_two_hours_until_somebody_leaves(furnished, maintainer):
    for _ in range(2):
        send(maintainer, "on-site")
    window = furnished.session.exec(select(WindowRow)).one()
    assert (window.start, window.end, window.facility, window.on_site) == (NOW, NOW + 2 * HOUR, None, True)
    page = maintainer.get("/alerts/1").text
    for said in ("王芳 在现场", "维护时段到 7月15日 16:00 自动结束", "我离开了", "暂不通知"):
        assert said in page
    for _ in range(2):
        send(maintainer, "leave")
    furnished.session.refresh(window)
    assert (window.end, window.ended_by) == (NOW, "王芳")
    assert whats(furnished) == ["on_site", "inhibited", "left", "released"]
    assert "我到场了" in maintainer.get("/alerts/1").text


def test_another_unit_is_one_form(furnished, maintainer):
    unit = {"make": "海尔", "model": "BCD-215", "serial": "SN-2", "supplier": "城东家电"}
    for _ in range(2):
        assert send(maintainer, "unit", unit, jpeg()).status_code == 303
    row = furnished.session.exec(select(UnitRow)).one()
    assert (row.name, row.by) == ("海尔 BCD-215 SN-2", "王芳")
    assert whats(furnished) == ["unit_replaced"]
    assert "换上 海尔 BCD-215 SN-2，城东家电" in maintainer.get("/alerts/1").text
    assert "海尔 BCD-215 SN-2" in maintainer.get("/stations/k3v9x2m7qa/facilities/fridge-1").text


def test_before_anyone_drives_the_page_says_where_which_what_and_what_was_tried(furnished, maintainer):
    furnished.quarters("fridge-1", "cabinet_temperature", lambda _: 13.0)
    furnished.question("fridge-1")
    furnished.user("张站长", role="station_head", everywhere=False)
    devices = [
        {"name": "meter-2", "model": "pzem004t", "line": "rs485-a", "facilities": ["fridge-1"]},
        {"name": "meter-3", "model": "pzem004t", "line": "rs485-a", "facilities": ["microwave-1"]},
    ]
    furnished.add(StationFactsRow(station="k3v9x2m7qa", at=NOW, version="1", devices=devices))
    closed = {"closed_at": NOW - 40 * HOUR, "resolved_at": NOW - 50 * HOUR}
    old = furnished.alert(why_zh="箱内 9.1 ℃", opened_at=NOW - 60 * HOUR, **closed)
    event = {"at": NOW - 50 * HOUR, "what": "resolved", "who": "李工", "severity": "high"}
    furnished.add(AlertEvent(alert=old.id, station=old.station, zh="换了门封条", en="New door seal", **event))
    page = maintainer.get("/alerts/1").text
    for said in (
        "中山路 1 号", "meter-2 · pzem004t · 线路 rs485-a", "启动电容", "箱内温度低于 7 ℃ 并保持 60 分钟", "13.0 ℃",
        "李工 · 换了门封条", "能用", "坏了",
    ):  # fmt: skip
        assert said in page
    assert "meter-3" not in page


def test_the_page_refreshes_by_itself_and_foreign_alerts_are_not_there(furnished, maintainer):
    live = maintainer.get("/alerts/1/live").text
    assert [part for part in ("now", "proof", "events") if f"event: {part}" in live] == ["now", "proof", "events"]
    furnished.station("a1b2c3d4e5", "外区驿站")
    furnished.alert(station="a1b2c3d4e5")
    furnished.alert(None, station="", cause="network", rule="HUB-BROKER", why_zh="许多站点没有消息")
    assert maintainer.get("/alerts/3").status_code == 200
    assert "中心" in maintainer.get("/alerts").text
    user = furnished.session.get_one(type(furnished.user("别人")), 1)
    user.everywhere = False
    furnished.add(user)
    for address in ("/alerts/2", "/alerts/2/live", "/api/alerts/2", "/alerts/2/chart.svg"):
        assert maintainer.get(address).status_code == 404
    csrf = {"csrf": maintainer.csrf("/alerts")}
    for what in ("take", "comment", "resolve", "close", "on-site", "leave", "unit", "promise", "assign", "acknowledge"):
        assert maintainer.client.post(f"/alerts/2/{what}", data=csrf, follow_redirects=False).status_code == 404


def test_held_alerts_are_folded_under_the_one_above(furnished, maintainer):
    above = furnished.alert(None, cause="power_cut", rule="OUT7", why_zh="全站停电")
    below = furnished.session.get_one(Alert, 1)
    below.inhibited, below.inhibited_by = "power_cut", above.id
    furnished.add(below)
    page = maintainer.get("/alerts").text
    assert "由它引起，暂不通知：1 条" in page
    assert page.count("data-alert=") == 1
    assert "先来电后再看" not in page
    assert "来电后再看" in maintainer.get("/alerts/1").text


def test_who_only_looks_has_no_buttons_and_may_not_press_them(hub, stranger):
    hub.station()
    hub.facility("fridge-1")
    hub.alert()
    hub.user("督察", role="auditor")
    stranger.sign_in("督察")
    page = stranger.get("/alerts/1").text
    assert "由我处理" not in page
    assert "enctype" not in page
    assert stranger.post("/alerts/1/take", page="/alerts").status_code == 403


def test_minutes_within_a_window_are_left_out_and_the_page_of_windows_says_so(furnished, maintainer):
    address = "/stations/k3v9x2m7qa/maintenance"
    form = {"facility": "fridge-1", "start": "", "end": "2026-07-15T16:00", "reason": "换压缩机"}
    for _ in range(2):
        assert maintainer.post(address, form, page=address).status_code == 303
    page = maintainer.get(address).text
    assert page.count("换压缩机") == 1
    assert "正在维护" in page
    later = NOW + 3 * HOUR
    opening = Opening(start="00:00", end="24:00")
    window = health.window(furnished.session, "k3v9x2m7qa", "fridge-1", NOW - HOUR, later)
    counted = availability(lay(window.hours, window.spans, NOW - HOUR, later, opening))
    assert (counted.excluded, counted.down) == (120, 60), "inside a window a fault does not count"
    other = health.window(furnished.session, "k3v9x2m7qa", "microwave-1", NOW - HOUR, later)
    assert other.worked_on == []
    row = furnished.session.exec(select(WindowRow)).one()
    assert maintainer.post(f"{address}/{row.id}/end", page=address).status_code == 303
    assert "王芳 提前结束" not in maintainer.get(address).text.split("已结束")[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": " "}, "请写明维护什么"),
        ({"start": "2026-07-15T10:00"}, "不能从过去开始"),
        ({"end": "2026-07-17T16:00"}, "最长 24 小时"),
        ({"end": "never"}, "结束要晚于开始"),
        ({"facility": "fridge-9"}, "没有这项设施"),
        ({"facility": NASTY}, "没有这项设施"),
    ],
)
def test_a_window_that_cannot_be_is_shown_again(furnished, maintainer, change, said):
    address = "/stations/k3v9x2m7qa/maintenance"
    form = {"facility": "", "start": "2026-07-15T14:00", "end": "2026-07-15T16:00", "reason": "检修"} | change
    answer = maintainer.post(address, form, page=address)
    assert answer.status_code == 422
    assert said in answer.text
    assert furnished.session.exec(select(WindowRow)).all() == []
