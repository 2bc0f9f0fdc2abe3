"""What is filed of a station: every wrong field is named where it stands, nothing is half saved."""

import json

import pytest

from hub.stations.words import FORMER_CODE
from tests.hub.register.conftest import ENTRY, STATION, Register

GOOD = {
    "name": "河边驿站", "name_en": "Riverside", "address": "中山路 1 号", "kind": "normal", "area_m2": "12.5",
    "services": ["water", "rest"], "planned_on": "2026-12-31", "plaque_number": "SH-0017", "carrier": "bank",
    "staffing": "part", "access": "sanitation_only", "latitude": "31.8206", "longitude": "117.2272",
}  # fmt: skip


def test_every_field_of_annex_2_is_kept_and_the_trail_says_what_changed(register: Register) -> None:
    district = register.person("district", register.district)
    assert district.saves(ENTRY, GOOD | {"union": str(register.district)}) == ENTRY
    station = register.station()
    assert (station.area_m2, station.services, str(station.planned_on)) == (12.5, ["water", "rest"], "2026-12-31")
    assert (station.plaque_number, station.carrier, station.staffing) == ("SH-0017", "bank", "part")
    assert (station.access, station.latitude, station.longitude) == ("sanitation_only", 31.8206, 117.2272)
    [row] = register.trail("station.edit")
    assert (row.who, row.station) == (district.name, STATION)
    assert json.loads(row.old or "")["area_m2"] is None
    assert json.loads(row.new or "")["area_m2"] == 12.5
    assert "address" not in json.loads(row.new or "")
    district.saves(ENTRY, GOOD | {"union": str(register.district)})
    assert len(register.trail("station.edit")) == 1, "saving the same again is no change"
    page = district.get(ENTRY).text
    assert 'value="2026-12-31"' in page
    assert 'value="water" checked' in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", " ", "此项必填"),
        ("name", "长" * 81, "最多 80 个字"),
        ("area_m2", "三平方米", "0.1 到 10000"),
        ("area_m2", "nan", "0.1 到 10000"),
        ("area_m2", "-3", "0.1 到 10000"),
        ("planned_on", "明年", "须为日期"),
        ("planned_on", "2026-02-30", "须为日期"),
        ("latitude", "117.2", "3 到 54"),
        ("latitude", "", "须同时填写"),
        ("longitude", "1e999", "73 到 136"),
        ("carrier", "castle", "须为其中之一"),
        ("carrier", "other", "此项必填"),
        ("services", ["water", "karaoke"], "须为其中之一"),
        ("services", ["other"], "此项必填"),
        ("area_shared", "on", "与谁共享"),
        ("kind", "castle", "没有这种类型"),
        ("union", "99999", "没有这个工会"),
        ("union", "-1", "没有这个工会"),
        ("name", "驿站\x07", "无法显示"),
    ],
)
def test_a_wrong_field_says_why_and_keeps_what_was_typed(
    register: Register, field: str, typed: str | list[str], said: str
) -> None:
    person = register.person("city", register.city)
    form = GOOD | {"union": str(register.district), "address": "新路 9 号", field: typed}
    page = person.refused(ENTRY, form)
    assert said in page
    assert "新路 9 号" in page, "what else was typed is still there"
    assert register.station().address == "中山路 1 号"
    assert register.trail("station.edit") == []


def test_a_wrong_field_beside_another_names_both(register: Register) -> None:
    page = register.person("administrator").refused(ENTRY, GOOD | {"area_m2": "x", "latitude": "x"})
    assert page.count('aria-invalid="true"') == 2


def test_words_of_other_languages_of_machines_stay_words(register: Register) -> None:
    person = register.person("administrator")
    evil = "<script>alert(1)</script>' OR 1=1 --"
    person.saves(ENTRY, GOOD | {"name": evil, "address": "{{ 7 * 7 }}"})
    page = person.get(ENTRY).text
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in page
    assert "&lt;script&gt;" in person.get("/register").text


def test_a_plaque_hangs_at_one_station_that_stands(register: Register) -> None:
    other = register.hub.station("b2c3d4e5f6", "山上驿站", plaque_number="SH-0017", heard=False)
    person = register.person("administrator")
    assert "已属于另一个站点" in person.refused(ENTRY, GOOD)
    other.revoked_at = register.hub.now
    register.hub.add(other)
    person.saves(ENTRY, GOOD)


def test_a_union_files_only_below_itself(register: Register) -> None:
    district = register.person("district", register.district)
    assert "您所属工会" in district.refused(ENTRY, GOOD | {"union": str(register.other)})
    foreign = register.person("district", register.other)
    assert foreign.get(ENTRY).status_code == 404
    assert foreign.post(ENTRY, GOOD).status_code == 404
    city = register.person("city", register.city)
    city.saves(ENTRY, GOOD | {"union": str(register.other), "industry": str(register.industry)})
    station = register.station()
    assert (station.union, station.union_name, station.industry) == (register.other, "包河区总工会", register.industry)
    assert district.get(ENTRY).status_code == 404
    assert register.person("industry", register.industry).get(ENTRY).status_code == 200


@pytest.mark.parametrize("role", ["inspector", "maintainer", "station_head", "auditor", "third_party"])
def test_who_only_sees_reads_and_may_not_save(register: Register, role: str) -> None:
    person = register.person(role)
    page = person.get(ENTRY)
    assert page.status_code in (200, 404)
    assert person.post(ENTRY, GOOD).status_code == 403
    assert "保存备案内容" not in page.text


def test_a_change_of_kind_keeps_the_digits_and_the_form_before(register: Register) -> None:
    station = register.station()
    station.code = "12055100007"
    register.hub.add(station)
    local = register.person("district", register.district)
    assert "只能由省总工会变更" in local.refused(ENTRY, GOOD | {"kind": "micro", "union": str(register.district)})
    province = register.person("province")
    province.saves(ENTRY, GOOD | {"kind": "micro", "union": str(register.district)})
    assert register.station().code == "12055100007s"
    page = local.get(ENTRY).text
    assert "原编号" in page and "12055100007<" in page
    assert STATION in local.get("/register?q=12055100007").text
    alias = {"alias": "1"}
    assert local.post(f"{ENTRY}/aliases/remove", alias).status_code == 404, "it is part of the code's history"
    assert FORMER_CODE == "原编号"


def test_a_co_builders_number_is_found_and_unique_in_its_system(register: Register) -> None:
    person = register.person("district", register.district)
    person.saves(f"{ENTRY}/aliases", {"system": "城管", "value": "CG-88"})
    assert STATION in person.get("/register?q=cg-88").text
    register.hub.station("b2c3d4e5f6", "山上驿站", heard=False, union=register.district)
    elsewhere = "/stations/b2c3d4e5f6/register/aliases"
    assert "已属于另一个站点" in person.refused(elsewhere, {"system": "城管", "value": "CG-88"})
    person.saves(elsewhere, {"system": "邮政", "value": "CG-88"})
    assert "此项必填" in person.refused(elsewhere, {"system": "邮政"})
    assert person.post(elsewhere + "/remove", {"alias": "1"}).status_code == 404, "another station's"
    person.saves(f"{ENTRY}/aliases/remove", {"alias": "1"})
    assert STATION not in person.get("/register?q=cg-88").text


def test_the_list_filters_by_union_kind_standing_and_pages(register: Register) -> None:
    for number in range(60):
        register.hub.station(
            f"a{number:09d}", f"站 {number:02d}", heard=False, union=register.other, kind="micro", standing="planned"
        )
    city = register.person("city", register.city)
    assert "共 61 个" in city.get("/register").text
    assert "第 51–60 个，共 60 个" in city.get(f"/register?union={register.other}&page=2").text
    assert "共 61 个" in city.get(f"/register?union={register.city}").text
    assert "共 60 个" in city.get("/register?kind=micro&standing=planned").text
    assert "共 1 个" in city.get("/register?standing=open").text
    assert "没有符合的站点" in city.get("/register?standing=revoked").text
    assert "共 61 个" in city.get("/register?kind=nonsense").text
    assert "第 51–61 个" in city.get("/register?page=99999").text
    assert city.get("/register?page=0").status_code == 422
    assert "共 1 个" in register.person("district", register.district).get("/register").text
    assert "还没有登记的站点" in register.person("station_head", stations=()).get("/register").text
