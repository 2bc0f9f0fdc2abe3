"""Who inspects which station: assigned by a union, seen by those it concerns, filled in by nobody else."""

from datetime import timedelta
from typing import Any

from sqlmodel import select

from hub.accounts.tables import User
from hub.inspections.purposes import Purpose
from hub.inspections.tables import Assigned, Assignment, Inspection
from hub.stations.tables import Station
from hub.unions import store as unions
from hub.unions.trees import Level
from shared.text import Text
from tests.hub.inspections.forms import assign, begin, filled, look_and_reveal, rows, said, signed, submitted


def id_of(hub: Any, name: str) -> int:
    return next(user.id for user in rows(hub, User) if user.name == name)


def test_a_union_assigns_stations_and_the_inspectors_find_them_in_their_list(hub: Any) -> None:
    first, second = hub.station(name="甲驿站"), hub.station(name="乙驿站")
    wang, li = hub.browser("inspector", "wang"), hub.browser("inspector", "li")
    union = hub.browser("district")
    people = [id_of(hub, "wang"), id_of(hub, "li")]
    sent = {"purpose": "monthly", "due": "2026-07-31", "station": [first, second], "person": people}
    assert union.post("/inspections/assign", **sent).status_code == 303
    assert union.post("/inspections/assign", **sent).status_code == 303
    assert len(rows(hub, Assignment)) == 2
    for browser in (wang, li):
        page = browser.get("/inspections").text
        assert page.count("到站开始") == 2
        assert "每月自查" in page
        assert "截止 2026-07-31" in page
    page = union.get("/inspections").text
    assert "已指派" in page
    assert page.count("li、wang") == 2
    form = begin(wang, first)
    assert "li、wang" in wang.get(form).text
    assert begin(li, first) == form
    assert wang.get("/inspections").text.count("到站开始") == 1


def test_the_station_sees_nothing_of_it_before_the_team_arrives(hub: Any) -> None:
    station = hub.station()
    hub.browser("inspector", "wang")
    assign(hub, station, "wang")
    for role in ("station_head", "maintainer", "inspector"):
        page = hub.browser(role, f"another {role}").get("/inspections").text
        assert "wang" not in page
        assert "已指派" not in page


def test_who_is_not_assigned_does_not_fill_in_and_an_administrator_may(hub: Any) -> None:
    wang, other = hub.browser("inspector", "wang"), hub.browser("inspector", "another")
    station = hub.healthy("fridge-1")
    form = begin(wang, station)
    assert other.post(f"/stations/{station}/inspections").status_code == 403
    assert other.post(f"{form}/items/clean/decide", points=5).status_code == 403
    assert other.post(f"{form}/items/fridge/look", look="works").status_code == 403
    assert other.post(f"{form}/sign", signer="head", name="x").status_code == 403
    assert other.post(f"{form}/submit").status_code == 403
    assert "decide" not in other.get(form).text
    assert hub.browser("administrator").post(f"{form}/items/clean/decide", points=5).status_code == 303
    assert len(said(wang, form)["trail"]) == 2


def test_an_assignment_that_was_withdrawn_is_nobodys(hub: Any) -> None:
    station = hub.station()
    wang, union = hub.browser("inspector", "wang"), hub.browser("district")
    number = assign(hub, station, "wang")
    assert wang.post(f"/assignments/{number}/withdraw").status_code == 403
    assert union.post(f"/assignments/{number}/withdraw").status_code == 303
    assert union.post(f"/assignments/{number}/withdraw").status_code == 303
    assert wang.post(f"/stations/{station}/inspections").status_code == 403
    assert "到站开始" not in wang.get("/inspections").text
    assert union.post("/assignments/999/withdraw").status_code == 404


def test_of_two_assignments_each_is_a_form_of_its_own(hub: Any) -> None:
    station = hub.station()
    wang = hub.browser("inspector", "wang")
    later = assign(hub, station, "wang", purpose=Purpose.CITY, days=20)
    sooner = assign(hub, station, "wang", purpose=Purpose.MONTHLY, days=5)
    first = wang.post(f"/stations/{station}/inspections").headers["location"]
    second = wang.post(f"/stations/{station}/inspections", assignment=later).headers["location"]
    assert first != second
    assert {row.assignment: row.purpose for row in rows(hub, Inspection)} == {sooner: "monthly", later: "city"}


def test_an_overdue_assignment_says_so(hub: Any) -> None:
    wang, station = hub.browser("inspector", "wang"), hub.station()
    assign(hub, station, "wang", days=2)
    hub.now += timedelta(days=3)
    hub.uses("wang")
    assert "已逾期" in wang.get("/inspections").text


def test_what_cannot_be_assigned_is_refused_with_its_reason(hub: Any) -> None:
    station = hub.station()
    hub.browser("inspector", "wang")
    union = hub.browser("district")
    sent = {"purpose": "spot", "due": "2026-07-31", "station": [station], "person": [id_of(hub, "wang")]}
    refused: list[tuple[dict[str, Any], int, str]] = [
        ({"station": []}, 422, "至少选择一个站点"),
        ({"station": ["aaaaaaaaaa"]}, 404, "没有这个站点"),
        ({"station": ["x" * 11]}, 422, ""),
        ({"person": []}, 422, "请选择一至四名检查员"),
        ({"person": [999]}, 422, "请选择一至四名检查员"),
        ({"person": ["wang"]}, 422, ""),
        ({"due": "2026-07-19"}, 422, "截止日期"),
        ({"due": "2036-07-19"}, 422, "截止日期"),
        ({"due": "soon"}, 422, ""),
        ({"purpose": "third_party"}, 422, "只能指派给第三方"),
        ({"purpose": "fun"}, 422, ""),
    ]
    for change, status, why in refused:
        answer = union.post("/inspections/assign", **sent | change)
        assert answer.status_code == status, change
        assert why in answer.text
    assert rows(hub, Assignment) == []


def test_a_station_without_a_form_cannot_be_assigned(hub: Any) -> None:
    station = hub.station(rulebook="anhui_2024")
    hub.browser("inspector", "wang")
    sent = {"purpose": "spot", "due": "2026-07-31", "station": [station], "person": [id_of(hub, "wang")]}
    answer = hub.browser("district").post("/inspections/assign", **sent)
    assert answer.status_code == 422
    assert "没有考评表" in answer.text


def test_a_union_assigns_within_its_jurisdiction_only_and_to_its_own_people(hub: Any) -> None:
    inside, outside = hub.station(name="本区驿站"), hub.station(name="外区驿站")
    union, theirs, foreign = (hub.browser(*who) for who in (("district",), ("inspector", "ours"), ("inspector", "far")))
    with hub.session() as session:
        top = unions.add(session, "省总工会", Level.PROVINCE)
        city = unions.add(session, "市总工会", Level.CITY, top.id)
        here = unions.add(session, "黄浦区总工会", Level.DISTRICT, city.id)
        there = unions.add(session, "徐汇区总工会", Level.DISTRICT, city.id)
        for row in session.exec(select(User)).all():
            row.everywhere, row.union = False, there.id if row.name == "far" else here.id
        for id_, where in ((inside, here), (outside, there)):
            session.get(Station, id_).union = where.id
        session.commit()
    page = union.get("/inspections/assign").text
    assert ("本区驿站" in page, "外区驿站" in page, "ours" in page, "> far" in page) == (True, False, True, False)
    sent = {"purpose": "spot", "due": "2026-07-31"}
    ours, far = id_of(hub, "ours"), id_of(hub, "far")
    assert union.post("/inspections/assign", **sent, station=[outside], person=[ours]).status_code == 404
    assert union.post("/inspections/assign", **sent, station=[inside], person=[far]).status_code == 422
    assert rows(hub, Assigned) == []
    assert union.post("/inspections/assign", **sent, station=[inside], person=[ours]).status_code == 303
    assert theirs.get("/inspections").text.count("到站开始") == 1
    assert "到站开始" not in foreign.get("/inspections").text


def test_stations_are_found_by_searching(hub: Any) -> None:
    hub.station(name="甲驿站")
    hub.station(name="乙驿站")
    union = hub.browser("district")
    page = union.get("/inspections/assign", params={"search": "乙"}).text
    assert ("甲驿站" in page, "乙驿站" in page) == (False, True)
    odd = union.get("/inspections/assign", params={"search": "% _ '"})
    assert "没有找到站点" in odd.text


# third parties


def test_a_third_party_sees_its_own_sample_and_nobody_elses_results(hub: Any) -> None:
    station, other = hub.healthy("fridge-1"), hub.station(name="别处驿站")
    wang = hub.browser("inspector", "wang")
    first = begin(wang, station)
    submitted(wang, first)
    outside = hub.browser("third_party", "评价公司")
    with hub.session() as session:
        session.exec(select(User).where(User.name == "评价公司")).one().everywhere = False
        session.commit()
    hub.now += timedelta(days=1)
    hub.uses("评价公司")
    form = begin(outside, station, purpose=Purpose.THIRD_PARTY)
    assert form != first
    assert outside.get(first).status_code == 404
    assert outside.get(f"/api{first}").status_code == 404
    assert outside.get(f"{first}/versions").status_code == 404
    assert outside.post(f"/stations/{other}/inspections").status_code == 404
    page = outside.get("/inspections").text
    assert ("淮河路驿站" in page, "wang" in page, "100" in page) == (True, False, False)
    assert [one["id"] for one in outside.get("/api/inspections").json()] == [int(form.rpartition("/")[2])]
    look_and_reveal(outside, form, "fridge")
    assert "上次" not in outside.get(form).text
    filled(outside, form)
    signed(outside, form)
    assert outside.post(f"{form}/submit").status_code == 303
    assert outside.get(form).status_code == 200
    assert outside.post(f"{form}/review", verdict="confirmed").status_code == 403
    hub.uses("wang")
    again = begin(wang, station)
    look_and_reveal(wang, again, "fridge")
    assert "评价公司" not in wang.get(again).text


def test_an_inspector_sees_the_last_points_only_after_the_own_look(hub: Any) -> None:
    station = hub.healthy("fridge-1")
    wang = hub.browser("inspector", "wang")
    submitted(wang, begin(wang, station))
    hub.now += timedelta(days=20)
    wang = hub.browser("inspector", "wang the second")
    form = begin(wang, station)
    assert "上次" not in wang.get(form).text
    wang.post(f"{form}/items/fridge/look", look="works")
    assert wang.get(form).text.count("上次") == 1
    wang.post(f"{form}/items/clean/decide", points=5)
    assert wang.get(form).text.count("上次") == 2


def test_findings_that_are_open_show_after_the_own_look(hub: Any) -> None:
    station = hub.healthy("fridge-1")
    hub.app.state.open_findings = lambda _session, _station: {"fridge": [Text("门封条破损", "Seal torn")]}
    wang = hub.browser("inspector", "wang")
    form = begin(wang, station)
    assert "门封条破损" not in wang.get(form).text
    wang.post(f"{form}/items/fridge/look", look="works")
    assert "门封条破损" in wang.get(form).text
