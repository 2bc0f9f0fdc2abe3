"""From an alert's event to a receipt, through a real database and real endpoints."""

from datetime import timedelta

from sqlmodel import Session

from hub.accounts.tables import User
from hub.alerts.events import What
from hub.alerts.tables import HUB
from hub.duty.tables import DutyShift
from hub.notices import store
from hub.notices.tables import Watch
from tests.hub.notices.scene import Scene

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def test_who_is_on_duty_is_told_at_once_and_the_receipt_is_kept(hub: Scene) -> None:
    wang, li = hub.person("王芳"), hub.person("李雷")
    hub.roster(first=[wang], second=[li])
    hub.road(wang, "wang")
    hub.road(li, "li")
    alert = hub.alert()
    hub.run()
    assert hub.told("wang") == ["【紧急·报警】河边驿站 · 冰箱"]
    assert hub.told("li") == []
    body = hub.http.got[0].body["message"]
    for part in ("箱内 13.4 ℃", "3月11日 11:00", "中山路 1 号", f"https://hub.example/alerts/{alert}"):
        assert part in body
    one = hub.notices()[0]
    assert (one.state, one.code, one.answer, one.attempts) == ("sent", "200", "ok", 1)
    with Session(hub.engine) as session:
        assert [(told.who, told.notice.state) for told in store.receipts(session, alert)] == [("王芳", "sent")]


def test_safety_goes_to_everybody_on_duty_at_night_and_is_never_held(hub: Scene) -> None:
    people = [hub.person(name) for name in ("一", "二", "三")]
    hub.roster(first=people[:1], second=people[1:2], third=people[2:])
    for name, user in zip(("one", "two", "three"), people, strict=True):
        hub.road(user, name, least="safety")
    hub.at += 12 * HOUR
    alert = hub.alert("safety")
    hub.run()
    assert [len(hub.told(name)) for name in ("one", "two", "three")] == [1, 1, 1]
    hub.happens(alert, What.RAISED, held="maintenance")
    hub.run()
    assert len(hub.told("one")) == 2


def test_quiet_hours_hold_what_is_urgent_until_the_morning(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    hub.road(wang, "wang")
    hub.road(wang, "loud", quiet_start=None)
    hub.at += 11 * HOUR
    hub.alert()
    hub.run()
    assert (hub.told("wang"), len(hub.told("loud"))) == ([], 1)
    assert [(one.state, one.held) for one in hub.notices()] == [("held", "quiet"), ("sent", "")]
    hub.run(after=7 * HOUR)
    assert hub.told("wang") == []
    hub.run(after=HOUR)
    assert len(hub.told("wang")) == 1


def test_what_is_normal_goes_with_others_twice_a_day(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    hub.road(wang, "wang")
    for number in range(12):
        hub.alert("normal", f"fridge-{number}")
    hub.run()
    assert hub.told("wang") == []
    hub.run(after=timedelta(hours=4, minutes=31))
    assert hub.told("wang") == ["【驿站】12 条通知"]
    assert "还有 4 条" in hub.http.got[0].body["message"]
    assert len({one.message for one in hub.notices()}) == 1


def test_what_was_acknowledged_or_mended_meanwhile_is_not_said(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    hub.road(wang, "wang")
    alert = hub.alert("normal")
    hub.run()
    hub.happens(alert, What.WORKS_AGAIN, set_resolved_at=hub.at)
    hub.run(after=24 * HOUR)
    assert hub.http.got == []
    assert hub.states() == [("opened", "withdrawn")]


def test_works_again_goes_to_those_who_were_told_and_to_nobody_else(hub: Scene) -> None:
    wang, li = hub.person("王芳"), hub.person("李雷")
    hub.roster(first=[wang], second=[li])
    hub.road(wang, "wang")
    hub.road(wang, "english", language="en")
    hub.road(li, "li")
    alert = hub.alert()
    hub.run()
    hub.happens(alert, What.WORKS_AGAIN, set_resolved_at=hub.at)
    hub.run()
    assert hub.told("wang") == ["【紧急·报警】河边驿站 · 冰箱", "【恢复正常】河边驿站 · 冰箱"]
    assert hub.told("english")[1] == "[Works again] Riverside · Fridge"
    assert "恢复：箱内 4.0 ℃" in [got.body["message"] for got in hub.http.got if got.path == "/wang"][1]
    assert hub.told("li") == []


def test_what_came_back_meanwhile_does_not_work_again(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    hub.road(wang, "wang")
    alert = hub.alert()
    hub.run()
    hub.at += 11 * HOUR
    hub.happens(alert, What.WORKS_AGAIN, set_resolved_at=hub.at)
    hub.run()
    hub.happens(alert, What.REOPENED, set_resolved_at=None)
    hub.run(after=10 * HOUR)
    assert hub.told("wang") == ["【紧急·报警】河边驿站 · 冰箱", "【紧急·复发】河边驿站 · 冰箱"]


def test_held_events_tell_nobody(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    hub.road(wang, "wang")
    alert = hub.alert(inhibited="silence")
    hub.happens(alert, What.FLAPPING, held="chattering")
    hub.run()
    assert hub.http.got == []
    hub.happens(alert, What.RELEASED, set_inhibited=None)
    hub.run()
    assert hub.told("wang") == ["【紧急·重新通知】河边驿站 · 冰箱"]


def test_nobody_acknowledges_and_it_goes_up_level_by_level(hub: Scene) -> None:
    people = [hub.person(name) for name in ("一", "二", "三")]
    hub.roster(first=people[:1], second=people[1:2], third=people[2:])
    for name, user in zip(("one", "two", "three"), people, strict=True):
        hub.road(user, name)
    alert = hub.alert()
    hub.run()
    hub.run(after=29 * MINUTE)
    assert hub.told("two") == []
    hub.run(after=MINUTE)
    assert hub.told("two") == ["【紧急·上报】河边驿站 · 冰箱"]
    hub.run(after=30 * MINUTE)
    assert [len(hub.told(name)) for name in ("one", "two", "three")] == [1, 1, 1]
    hub.run(after=10 * HOUR)
    assert hub.events(alert) == ["opened", "escalated", "escalated"]


def test_an_acknowledged_alert_goes_no_further(hub: Scene) -> None:
    wang, li = hub.person("王芳"), hub.person("李雷")
    hub.roster(first=[wang], second=[li])
    hub.road(wang, "wang")
    hub.road(li, "li")
    alert = hub.alert()
    hub.run()
    hub.happens(alert, What.ACKNOWLEDGED, set_acknowledged_at=hub.at, set_acknowledged_by="王芳", who="王芳")
    hub.run(after=HOUR)
    assert hub.told("li") == []
    with Session(hub.engine) as session:
        assert session.get(Watch, alert) is None


def test_who_is_given_an_alert_by_somebody_else_is_told(hub: Scene) -> None:
    wang, li = hub.person("王芳"), hub.person("李雷")
    hub.roster(first=[wang])
    hub.road(li, "li")
    hub.road(wang, "wang")
    alert = hub.alert()
    hub.run()
    hub.happens(alert, What.ASSIGNED, who="王芳", assigned_to="李雷", set_assigned_to="李雷", set_assigned_at=hub.at)
    hub.happens(alert, What.ACKNOWLEDGED, who="王芳", set_acknowledged_at=hub.at)
    hub.run()
    hub.happens(alert, What.ASSIGNED, who="王芳", assigned_to="王芳")
    hub.run()
    assert hub.told("li") == ["【紧急·指派】河边驿站 · 冰箱"]
    assert len(hub.told("wang")) == 1


def test_a_roster_with_a_gap_tells_the_next_on_duty_or_whoever_is_above(hub: Scene) -> None:
    wang = hub.person("王芳")
    roster = hub.roster(first=[])
    hub.add(DutyShift(roster=roster, level=1, weekday=3, start=8 * 60, end=18 * 60, user=wang))
    hub.road(wang, "wang", quiet_start=None)
    hub.road(None, "group", roster=roster)
    hub.alert()
    hub.run()
    assert (hub.told("wang"), len(hub.told("group"))) == ([], 1)
    hub.run(after=21 * HOUR)
    assert len(hub.told("wang")) == 1


def test_without_a_roster_only_those_who_asked_for_everything(hub: Scene) -> None:
    hub.road(hub.person("王芳"), "wang")
    hub.road(hub.person("李雷"), "li", always=True)
    hub.road(hub.person("走了", disabled_at=hub.at), "gone", always=True)
    elsewhere = hub.person("外区")
    with Session(hub.engine) as session:
        session.get_one(User, elsewhere).everywhere = False
        session.commit()
    hub.road(elsewhere, "elsewhere", always=True)
    hub.alert()
    hub.run()
    assert [got.path for got in hub.http.got] == ["/li"]


def test_an_alert_of_the_hub_itself_goes_to_administrators(hub: Scene) -> None:
    hub.road(hub.person("管理员", "administrator"), "admin")
    hub.road(hub.person("王芳"), "wang", always=True)
    hub.alert(facility=None, station=HUB, cause="network")
    hub.run()
    assert hub.told("admin") == ["【紧急·报警】中心 · 整个站点"]
    assert hub.told("wang") == []
