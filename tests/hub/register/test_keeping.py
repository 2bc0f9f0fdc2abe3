"""Heads, calendar, facilities, machines, the day's line, rules, extras, opening and leaving."""

import json
from datetime import timedelta

import pytest
from sqlmodel import col, select

from hub.accounts.tables import StationGrant
from hub.stations import facilities, units
from hub.stations import store as stations
from hub.stations.roster import Filing
from hub.stations.tables import Facility, SettingsDue, StationFactsRow, StationHead
from hub.telling import changed_settings
from shared.facility import kinds
from shared.records import StationFacts, WiredFacility
from shared.text import Text
from tests.hub.register.conftest import DAILY, ENTRY, STATION, Register
from tests.photos import jpeg

SIX = [name for name, kind in kinds().items() if kind.scored]
PHOTO = {"photo": ("wall.jpg", jpeg(), "image/jpeg")}


def test_there_is_one_head_with_history_and_a_number_few_may_see(register: Register) -> None:
    district = register.person("district", register.district)
    assert "没有站长" in district.get(ENTRY).text
    district.saves(f"{ENTRY}/head", {"name": "李梅", "phone": "13812345678"})
    district.saves(f"{ENTRY}/head", {"name": "李梅", "phone": "13912345678"})
    assert len(register.trail("station.head")) == 2
    district.saves(f"{ENTRY}/head", {"name": "赵强", "phone": "13700000000"})
    rows = register.hub.session.exec(select(StationHead).order_by(col(StationHead.id))).all()
    assert [(row.name, row.until is None) for row in rows] == [("李梅", False), ("赵强", True)]
    assert "13700000000" in district.get(ENTRY).text
    assert "13700000000" in register.person("maintainer").get(ENTRY).text
    for role in ("inspector", "auditor"):
        page = register.person(role).get(ENTRY).text
        assert "137****0000" in page
        assert "13700000000" not in page
    assert "1370000" not in "".join(f"{row.old}{row.new}" for row in register.trail("station.head"))
    assert "须为电话号码" in district.refused(f"{ENTRY}/head", {"name": "赵强", "phone": "call me"})
    district.saves(f"{ENTRY}/head")
    assert "没有站长" in district.get(ENTRY).text


def test_a_head_with_an_account_sees_the_stations_they_head_and_no_longer_after(register: Register) -> None:
    head = register.person("station_head", name="head", stations=())
    district = register.person("district", register.district)
    assert head.get(DAILY).status_code == 404
    assert "没有这个站长账户" in district.refused(f"{ENTRY}/head", {"name": "李梅", "account": "nobody"})
    assert "没有这个站长账户" in district.refused(f"{ENTRY}/head", {"name": "李梅", "account": district.name})
    district.saves(f"{ENTRY}/head", {"name": "李梅", "account": "head"})
    assert head.get(DAILY).status_code == 200
    head.saves(DAILY, {"day": "2026-07-15", "cleaned": "on", "who": "李梅"})
    district.saves(f"{ENTRY}/head", {"name": "赵强"})
    assert head.get(DAILY).status_code == 404
    assert register.hub.session.exec(select(StationGrant)).all() == []


def test_hours_and_closures_reach_the_station_and_the_past_is_locked(register: Register) -> None:
    district, session = register.person("district", register.district), register.hub.session
    district.saves(f"{ENTRY}/hours", {"start": "08:00", "end": "20:00", "weekdays": ["0", "1", "2", "3", "4"]})
    assert session.exec(select(SettingsDue.station)).all() == [STATION]
    district.saves(f"{ENTRY}/closures", {"first": "2026-07-20", "last": "2026-07-22", "reason": "装修"})
    opening = register.station().opening
    assert (opening["start"], opening["weekdays"]) == ("08:00", [0, 1, 2, 3, 4])
    assert opening["closures"] == [{"first": "2026-07-20", "last": "2026-07-22", "reason": "装修"}]
    [(_, payload)] = changed_settings(session, [STATION], everything=False, at=register.hub.now)
    assert json.loads(payload)["opening"]["closures"][0]["reason"] == "装修"
    for form, said in (
        ({"first": "2026-07-14", "last": "2026-07-22", "reason": "装修"}, "过去的日子不能再改"),
        ({"first": "2026-07-22", "last": "2026-07-20", "reason": "装修"}, "早于第一天"),
        ({"first": "2026-07-22", "last": "2028-07-20", "reason": "装修"}, "最多一年"),
        ({"first": "2026-07-22", "last": "2026-07-23", "reason": ""}, "此项必填"),
        ({"first": "soon", "last": "2026-07-23", "reason": "装修"}, "须为日期"),
    ):
        assert said in district.refused(f"{ENTRY}/closures", form)
    for hours in ({"start": "20:00", "end": "08:00", "weekdays": "0"}, {"start": "9", "end": "17:00", "weekdays": "0"}):
        assert "须为开放时间" in district.refused(f"{ENTRY}/hours", hours)
    assert "至少选一天" in district.refused(f"{ENTRY}/hours", {"start": "09:00", "end": "17:00"})
    assert district.post(f"{ENTRY}/hours", {"start": "09:00", "end": "17:00", "weekdays": "7"}).status_code == 422
    assert len(register.trail("station.opening")) == 2


def test_a_closure_that_runs_ends_with_yesterday_and_one_that_is_over_stays(register: Register) -> None:
    station = register.station()
    days = [("2026-07-01", "2026-07-02"), ("2026-07-14", "2026-07-20"), ("2026-08-01", "2026-08-02")]
    closures = [{"first": first, "last": last, "reason": "停电"} for first, last in days]
    station.opening = station.opening | {"closures": closures}
    register.hub.add(station)
    person = register.person("administrator")
    assert person.post(f"{ENTRY}/closures/end", {"number": "0", "first": "2026-07-01"}).status_code == 409
    person.saves(f"{ENTRY}/closures/end", {"number": "2", "first": "2026-08-01"})
    person.saves(f"{ENTRY}/closures/end", {"number": "1", "first": "2026-07-14"})
    kept = [(one["first"], one["last"]) for one in register.station().opening["closures"]]
    assert kept == [("2026-07-01", "2026-07-02"), ("2026-07-14", "2026-07-14")]
    assert person.post(f"{ENTRY}/closures/end", {"number": "1", "first": "2026-08-01"}).status_code == 404
    assert person.post(f"{ENTRY}/closures/end", {"number": "9", "first": "2026-08-01"}).status_code == 404


def test_what_a_person_filed_no_wiring_takes_away(register: Register) -> None:
    person, session = register.person("district", register.district), register.hub.session
    person.saves(f"{ENTRY}/facilities", {"kind": "drinking_water", "tea_bucket": "on"})
    person.saves(f"{ENTRY}/facilities", {"kind": "fridge", "label": "二楼冰箱"})
    assert "请选择设施种类" in person.refused(f"{ENTRY}/facilities", {"kind": "castle"})
    assert "请选择设施种类" in person.refused(f"{ENTRY}/facilities", {"kind": "entrance"})
    wired = [
        WiredFacility(id=id_, kind=id_[:-2], label=Text("冰箱", "Fridge"), quantities=["power"])
        for id_ in ("fridge-1", "microwave-1")
    ]
    told = StationFacts(version="1", devices=[], facilities=wired)
    stations.note_facts(session, STATION, register.hub.now, told)
    nothing = StationFacts(version="1", devices=[], facilities=[])
    stations.note_facts(session, STATION, register.hub.now + timedelta(hours=1), nothing)
    session.commit()
    session.expire_all()
    assert [(one.id, one.quantities) for one in facilities.facilities(session, STATION)] == [
        ("drinking_water-1", []), ("fridge-1", []),
    ]  # fmt: skip
    assert session.get_one(StationFactsRow, STATION).version == "1"
    person.saves(f"{ENTRY}/facilities/fridge-1/remove")
    assert person.post(f"{ENTRY}/facilities/fridge-1/remove").status_code == 404
    person.saves(f"{ENTRY}/facilities", {"kind": "fridge"})
    standing = {one.id: one.label_zh for one in facilities.facilities(session, STATION)}
    assert standing == {"drinking_water-1": "茶桶", "fridge-2": "冰箱"}, "two machines' histories are never one"


def test_a_wired_facility_is_not_taken_off_by_hand(register: Register) -> None:
    register.hub.facility("fridge-1", quantities=["power"])
    person = register.person("administrator")
    assert person.post(f"{ENTRY}/facilities/fridge-1/remove").status_code == 409


def test_another_machine_restarts_and_more_about_the_same_does_not(register: Register) -> None:
    register.hub.facility("fridge-1", quantities=["power"])
    page, session = f"{ENTRY}/facilities/fridge-1", register.hub.session
    person = register.person("district", register.district)
    machine = {"make": "海尔", "model": "BCD-215", "serial": "SN-1"}
    person.saves(f"{page}/unit", machine)
    assert session.exec(select(SettingsDue.station)).all() == [STATION]
    session.delete(session.exec(select(SettingsDue)).one())
    session.commit()
    person.saves(
        f"{page}/unit", machine | {"supplier": "苏宁", "installed": "2026-01-05", "warranty_until": "2029-01-04"}, PHOTO
    )
    facility = session.get_one(Facility, (STATION, "fridge-1"))
    session.expire_all()
    [unit] = units.history(session, facility)
    assert (unit.name, unit.supplier, str(unit.warranty_until)) == ("海尔 BCD-215 SN-1", "苏宁", "2029-01-04")
    assert unit.photo
    assert person.get(f"/photos/{unit.photo}?copy=small").status_code == 200
    assert session.exec(select(SettingsDue)).all() == [], "the station need not be told"
    person.saves(f"{page}/unit", machine | {"serial": "SN-2"})
    session.expire_all()
    assert [one.serial for one in units.history(session, facility)] == ["SN-2", "SN-1"]
    assert "SN-1" in person.get(page).text
    assert "至少填一项" in person.refused(f"{page}/unit", {"supplier": "苏宁"})
    assert "早于安装日期" in person.refused(
        f"{page}/unit", machine | {"installed": "2026-01-05", "warranty_until": "2025-01-05"}
    )
    assert "不是照片" in person.refused(f"{page}/unit", machine, {"photo": ("x.jpg", b"<svg/>", "image/jpeg")})
    assert register.person("inspector").post(f"{page}/unit", machine).status_code == 403


def test_one_line_a_day_is_amended_that_day_only(register: Register) -> None:
    head = register.person("station_head", stations=(STATION,), name="head")
    today = {"day": "2026-07-15", "who": "李梅"}
    head.saves(DAILY, today | {"cleaned": "on"})
    head.saves(DAILY, today | {"cleaned": "on", "refilled": "on", "remark": "换了滤芯"})
    page = head.get(DAILY).text
    assert page.count('<th scope="row" class="number">2026-07-15</th>') == 1
    assert "换了滤芯" in page
    first, second = register.trail("station.log")
    assert first.old is None
    assert json.loads(second.old or "") == {"refilled": False, "note": ""}
    assert "只能填写当天" in head.refused(DAILY, today | {"day": "2026-07-14", "cleaned": "on"})
    assert "说明原因" in head.refused(DAILY, today)
    assert "此项必填" in head.refused(DAILY, today | {"cleaned": "on", "who": " "})
    assert "400" in head.refused(DAILY, today | {"remark": "长" * 401})
    assert register.person("maintainer").post(DAILY, today | {"cleaned": "on"}).status_code == 403


def test_rules_on_the_wall_need_a_photo_and_grow_old(register: Register) -> None:
    head = register.person("station_head", stations=(STATION,), name="head")
    form = {"which": "pledge", "version": "2026 年版", "posted_on": "2025-07-01"}
    assert "没有服务公约上墙的记录" in head.get(ENTRY).text
    assert "请附上墙的照片" in head.refused(f"{DAILY}/rules", form)
    assert "不能晚于今天" in head.refused(f"{DAILY}/rules", form | {"posted_on": "2026-07-16"}, PHOTO)
    assert "不是照片" in head.refused(f"{DAILY}/rules", form, {"photo": ("x.jpg", b"%PDF-", "image/jpeg")})
    assert head.post(f"{DAILY}/rules", form | {"which": "other"}, PHOTO).status_code == 422
    head.saves(f"{DAILY}/rules", form, PHOTO)
    assert "已超过一年" in head.get(DAILY).text
    head.saves(f"{DAILY}/rules", form | {"posted_on": "2026-07-15"}, PHOTO)
    assert "已超过一年" not in head.get(DAILY).text
    assert "没有服务公约" not in head.get(ENTRY).text
    assert len(register.trail("station.rules")) == 2


def test_an_extra_is_there_missing_gone_off_or_not_offered(register: Register) -> None:
    head = register.person("station_head", stations=(STATION,), name="head")
    first_aid = {"extra": "first_aid", "state": "available"}
    head.saves(f"{DAILY}/extras", first_aid | {"expires_on": "2026-07-14"})
    assert "外伤急救药箱已过期" in head.get(ENTRY).text
    head.saves(f"{DAILY}/extras", first_aid | {"expires_on": "2027-07-14"})
    assert "已过期" not in head.get(ENTRY).text
    head.saves(f"{DAILY}/extras", {"extra": "wifi", "state": "missing", "remark": "路由器坏了"})
    assert "免费 wifi缺失" in head.get(ENTRY).text
    head.saves(f"{DAILY}/extras", {"extra": "wifi", "state": ""})
    assert "免费 wifi缺失" not in head.get(ENTRY).text
    assert "没有这种状态" in head.refused(f"{DAILY}/extras", {"extra": "wifi", "state": "gone"})
    assert head.post(f"{DAILY}/extras", {"extra": "sauna", "state": "available"}).status_code == 422
    assert len(register.trail("station.extra")) == 4


def test_a_station_opens_with_all_six_or_with_a_reason_and_with_its_code(register: Register) -> None:
    station = register.station()
    station.standing = "planned"
    register.hub.add(station)
    person, form = register.person("district", register.district), {"standing": "open"}
    assert "未编码的站点不能开放" in person.refused(f"{ENTRY}/standing", form | {"waiver": "先开"})
    station.code = "12055100001"
    register.hub.add(station)
    page = person.refused(f"{ENTRY}/standing", form)
    assert "六项基本设施缺少" in page
    assert register.station().standing == "planned"
    person.saves(f"{ENTRY}/standing", form | {"waiver": "只供临时避暑"})
    assert (register.station().standing, register.station().waiver) == ("open", "只供临时避暑")
    for kind in SIX:
        person.saves(f"{ENTRY}/facilities", {"kind": kind})
    person.saves(f"{ENTRY}/standing", form)
    assert (register.station().standing, register.station().waiver) == ("open", "")
    assert len(register.trail("station.standing")) == 2
    assert person.post(f"{ENTRY}/standing", {"standing": "closed"}).status_code == 422


def test_a_building_site_opens_without_a_code(register: Register) -> None:
    station = register.station()
    station.standing, station.kind = "planned", "construction_site"
    register.hub.add(station)
    register.person("administrator").saves(f"{ENTRY}/standing", {"standing": "open", "waiver": "工地"})


def test_a_revoked_station_leaves_every_page_but_keeps_its_code(register: Register) -> None:
    station = register.station()
    station.code, station.plaque_number = "12055100001", "SH-0017"
    register.hub.add(station)
    city = register.person("city", register.city)
    assert register.person("district", register.district).post(f"{ENTRY}/revoke", {}).status_code == 403
    assert "请确认" in city.refused(f"{ENTRY}/revoke", {"reason": "红牌"})
    assert "此项必填" in city.refused(f"{ENTRY}/revoke", {"sure": "on"})
    place = city.saves(f"{ENTRY}/revoke", {"reason": "红牌", "sure": "on"})
    assert register.told == [register.hub.now], "the broker lets its device in no more"
    assert city.get(ENTRY).status_code == 404
    assert city.post(f"{ENTRY}/revoke", {"reason": "红牌", "sure": "on"}).status_code == 404
    page = city.get(place).text
    assert "12055100001" in page
    assert "尚未收回" in page
    assert STATION in city.get("/register?standing=revoked&q=12055100001").text
    assert "不能晚于今天" in city.refused(f"{place}/plaque", {"returned_on": "2027-01-01", "receiver": "张"})
    city.saves(f"{place}/plaque", {"returned_on": "2026-07-15", "receiver": "张三"})
    assert "张三 接收" in city.get(place).text
    assert register.person("city", register.other).get(place).status_code == 404
    assert city.get("/register/revoked/nowhere000").status_code == 404
    province = register.person("province")
    register.hub.station("b2c3d4e5f6", "山上驿站", heard=False)
    person = province.post("/stations/b2c3d4e5f6/register", {"name": "山上驿站"})
    assert person.status_code == 303
    with pytest.raises(stations.CodeTaken):
        filing = Filing("新", "N", "anhui_2024", register.hub.now, code="12055100001")
        stations.add(register.hub.session, filing, lambda key: key, lambda count: b"0" * count)
