"""The page of duty rosters and its forms, through the whole application."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from sqlmodel import select

from hub.accounts.tables import StationGrant
from hub.duty import store
from hub.duty.tables import DutyChange, DutyRoster, DutyShift
from hub.trail import store as trail
from hub.unions import store as unions
from hub.unions.trees import Level
from tests.hub.pages.conftest import NOW, Browser, Furnisher
from tests.hub.people import browser_of

NASTY = ["'; DROP TABLE duty_roster; --", "<script>alert(1)</script>", "{{ 7 * 7 }}", "\x00", "甲" * 60]
SHIFT = {"level": "1", "weekday": ["0", "1"], "start": "08:00", "end": "18:00"}


@pytest.fixture
def tree(hub: Furnisher) -> dict[str, int]:
    """A city over two districts, a station in the first."""
    city = unions.add(hub.session, "南京市总工会", Level.CITY)
    ours = unions.add(hub.session, "玄武区总工会", Level.DISTRICT, city.id)
    theirs = unions.add(hub.session, "秦淮区总工会", Level.DISTRICT, city.id)
    hub.session.commit()
    found = {"city": unions.identity(city), "ours": unions.identity(ours), "theirs": unions.identity(theirs)}
    hub.station(union=found["ours"])
    hub.station("z9z9z9z9z9", "秦淮驿站", union=found["theirs"])
    return found


@pytest.fixture
def district(app: FastAPI, hub: Furnisher, tree: dict[str, int]) -> Iterator[Browser]:
    browser, _ = browser_of(app, hub, "赵敏", "district", everywhere=False, union=tree["ours"])
    hub.user("王芳", everywhere=False, union=tree["ours"])
    hub.user("外人", everywhere=False, union=tree["theirs"])
    yield browser
    browser.client.close()


def rosters(hub: Furnisher) -> list[DutyRoster]:
    hub.session.expire_all()
    return list(hub.session.exec(select(DutyRoster).order_by(DutyRoster.id)))  # type: ignore[arg-type]


def number_of(hub: Furnisher, name: str) -> str:
    from hub.accounts import store as accounts

    user = accounts.find_user(hub.session, name)
    assert user
    return str(user.id)


def test_a_district_makes_its_roster_and_fills_a_week(district: Browser, hub: Furnisher, tree: dict[str, int]) -> None:
    assert "还没有值班表" in district.get("/duty").text
    made = district.post("/duty", {"name": "玄武区值班", "union": str(tree["ours"])}, "/duty")
    assert (made.status_code, made.headers["location"]) == (303, "/duty?roster=1")
    assert "报警不会通知任何人" in district.get("/duty").text
    who = number_of(hub, "王芳")
    assert district.post("/duty/1/shifts", SHIFT | {"person": who}, "/duty").status_code == 303
    # The same once more changes nothing.
    assert district.post("/duty/1/shifts", SHIFT | {"person": who}, "/duty").status_code == 303
    assert len(hub.session.exec(select(DutyShift)).all()) == 2
    page = district.get("/duty").text
    assert page.count("<strong>王芳</strong>") == 4
    assert "无人值班" in page
    change = {"level": "1", "day": "2026-07-13", "person": "nobody", "note": "<b>端午</b>"}
    assert district.post("/duty/1/changes", change, "/duty").headers["location"] == "/duty?roster=1&week=2026-07-13"
    assert "&lt;b&gt;端午&lt;/b&gt;" in district.get("/duty?roster=1&week=2026-07-13").text
    assert district.post("/duty/1/waits", {"safety_minutes": "5", "high_minutes": "60"}, "/duty").status_code == 303
    assert (rosters(hub)[0].safety_minutes, rosters(hub)[0].high_minutes) == (5, 60)
    for what in ("shifts/1", "shifts/1", "shifts/2", "changes/1", "changes/99"):
        assert district.post(f"/duty/1/{what}/remove", {}, "/duty").status_code == 303
    assert hub.session.exec(select(DutyShift)).all() == hub.session.exec(select(DutyChange)).all() == []
    kinds = [row.what for row in trail.newest(hub.session, None)]
    assert kinds.count("duty.shift") == 4
    assert {"duty.add", "duty.change", "duty.waits"} <= set(kinds)
    assert trail.verify(hub.session) is None


def test_a_station_has_its_own_roster_before_its_unions(district: Browser, hub: Furnisher, tree) -> None:
    district.post("/duty", {"name": "区", "union": str(tree["ours"])}, "/duty")
    station = hub.session.exec(select(store.Station).where(store.Station.id == "k3v9x2m7qa")).one()
    other = hub.session.exec(select(store.Station).where(store.Station.id == "z9z9z9z9z9")).one()
    found = store.rosters_of(hub.session, [station, other])
    assert [None if one is None else one.id for one in found.values()] == [1, None]
    assert district.post("/duty", {"name": "站", "station": "k3v9x2m7qa"}, "/duty").status_code == 303
    found = store.rosters_of(hub.session, [station, other])
    assert [None if one is None else one.id for one in found.values()] == [2, None]
    hub.add(DutyRoster(name="市", union=tree["city"], created_at=NOW))
    assert [one.id for one in store.rosters_of(hub.session, [station, other]).values() if one] == [2, 3]


BAD_ROSTERS = [
    ({"union": "1"}, "请填写名称"),
    ({"name": " \t", "union": "1"}, "请填写名称"),
    ({"name": "x"}, "请选择工会或站点"),
    ({"name": "x", "union": "1"}, "请选择工会或站点"),
    ({"name": "x", "union": "3"}, "请选择工会或站点"),
    ({"name": "x", "union": "9" * 12}, "请选择工会或站点"),
    ({"name": "x", "union": "²"}, "请选择工会或站点"),
    ({"name": "x", "station": "z9z9z9z9z9"}, "没有这个站点"),
    ({"name": "x", "station": "nowhere"}, "没有这个站点"),
]


def test_a_roster_that_cannot_be_is_refused_at_its_field(district: Browser, hub: Furnisher) -> None:
    for form, why in BAD_ROSTERS:
        answer = district.post("/duty", form, "/duty")
        assert (answer.status_code, why in answer.text) == (422, True), form
    assert rosters(hub) == []


def test_two_rosters_of_one_place_are_one_too_many(district: Browser, hub: Furnisher, tree) -> None:
    form = {"name": "一", "union": str(tree["ours"])}
    assert district.post("/duty", form, "/duty").status_code == 303
    assert "这里已经有值班表" in district.post("/duty", form, "/duty").text
    assert len(rosters(hub)) == 1


BAD_SHIFTS = [
    ({"start": "8"}, "请写成 08:00"),
    ({"start": "25:00"}, "请写成 08:00"),
    ({"end": "12:60"}, "请写成 08:00"),
    ({"end": "一点"}, "请写成 08:00"),
    ({"end": "\x00"}, ""),
    ({"weekday": []}, "请至少选择一天"),
    ({"weekday": ["7"]}, "提交的内容有误"),
    ({"level": "0"}, "提交的内容有误"),
    ({"level": "x"}, "提交的内容有误"),
    ({"person": "99"}, "请选择值班人员"),
    ({"person": "-1"}, "请选择值班人员"),
    ({"person": "' OR 1=1"}, "请选择值班人员"),
    ({"person": "9" * 20}, "请选择值班人员"),
]


def test_a_shift_that_cannot_be_is_refused(district: Browser, hub: Furnisher, tree) -> None:
    district.post("/duty", {"name": "区", "union": str(tree["ours"])}, "/duty")
    for form, why in BAD_SHIFTS:
        answer = district.post("/duty/1/shifts", SHIFT | {"person": number_of(hub, "王芳")} | form, "/duty")
        assert (answer.status_code, why in answer.text) == (422, True), form
    assert hub.session.exec(select(DutyShift)).all() == []


def test_nobody_of_another_district_is_offered_or_taken(district: Browser, hub: Furnisher, tree) -> None:
    district.post("/duty", {"name": "区", "union": str(tree["ours"])}, "/duty")
    assert "外人" not in district.get("/duty").text
    answer = district.post("/duty/1/shifts", SHIFT | {"person": number_of(hub, "外人")}, "/duty")
    assert answer.status_code == 422
    # One who was given a station here is.
    hub.add(StationGrant(user=int(number_of(hub, "外人")), station="k3v9x2m7qa"))
    assert district.post("/duty/1/shifts", SHIFT | {"person": number_of(hub, "外人")}, "/duty").status_code == 303


def test_a_day_that_is_none(district: Browser, tree) -> None:
    district.post("/duty", {"name": "区", "union": str(tree["ours"])}, "/duty")
    for day in ("", "2026-13-01", "morgen", "0001-01-01", "9999-12-31", "2026-07-15T00:00"):
        form = {"level": "1", "day": day, "person": "nobody"}
        assert "请写成 2026-10-01" in district.post("/duty/1/changes", form, "/duty").text, day
    assert district.get("/duty?week=0001-01-01").status_code == 422
    assert district.get("/duty?week=2100-01-01").status_code == 200


def test_text_is_text(district: Browser, hub: Furnisher, tree) -> None:
    district.post("/duty", {"name": "区", "union": str(tree["ours"])}, "/duty")
    for number, text in enumerate(NASTY, 1):
        day = f"2026-07-{12 + number}"
        district.post("/duty/1/changes", {"level": "1", "day": day, "person": "nobody", "note": text}, "/duty")
        named = {"name": f"{number}{text}"[:60], "station": ("k3v9x2m7qa", "\x00", text[:10])[number % 3]}
        assert district.post("/duty", named, "/duty").status_code in (303, 422)
    page = district.get("/duty?roster=1")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert ">49<" not in page.text
    storable = [text for text in NASTY if "\x00" not in text]
    assert len(hub.session.exec(select(DutyChange)).all()) == len(storable)


def test_what_is_of_another_district_is_not_there(app: FastAPI, district: Browser, hub: Furnisher, tree) -> None:
    theirs = hub.add(DutyRoster(name="秦淮", union=tree["theirs"], created_at=NOW))
    shift = hub.add(DutyShift(roster=theirs.id, level=1, weekday=0, start=0, end=0, user=1))
    assert "秦淮" not in district.get("/duty").text
    for answer in (
        district.get("/duty?roster=1"),
        district.post("/duty/1/waits", {"safety_minutes": "5", "high_minutes": "60"}, "/duty"),
        district.post("/duty/1/shifts", SHIFT | {"person": "1"}, "/duty"),
        district.post(f"/duty/1/shifts/{shift.id}/remove", {}, "/duty"),
        district.get("/duty?roster=77"),
    ):
        assert answer.status_code == 404
    # Nor is a row reached through a roster it does not belong to.
    district.post("/duty", {"name": "区", "union": str(tree["ours"])}, "/duty")
    assert district.post(f"/duty/2/shifts/{shift.id}/remove", {}, "/duty").status_code == 303
    assert len(hub.session.exec(select(DutyShift)).all()) == 1


def test_who_may_see_and_change(app: FastAPI, hub: Furnisher, tree) -> None:
    expected = {
        "administrator": (200, 303), "maintainer": (200, 403), "auditor": (200, 403), "inspector": (403, 403),
        "third_party": (403, 403),
    }  # fmt: skip
    for role, (sees, edits) in expected.items():
        browser, _ = browser_of(app, hub, f"某{role}", role, union=tree["ours"])
        assert browser.get("/duty").status_code == sees, role
        form = {"name": "x", "union": str(tree["ours"])}
        assert browser.post("/duty", form).status_code == edits, role
        browser.client.close()


def test_a_stranger_signs_in_first(stranger: Browser) -> None:
    assert stranger.get("/duty").headers["location"].startswith("/sign-in")
    assert stranger.client.post("/duty", data={"name": "x"}).status_code in (401, 403)
