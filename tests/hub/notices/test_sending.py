"""Sending: failures, floods, slow endpoints, several processes, events that come late."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from hub.alerts.tables import AlertEvent
from hub.notices import store
from hub.notices.tables import Road
from tests.hub.notices.endpoints import endpoint, eventually
from tests.hub.notices.scene import PLACE, Scene

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def test_a_failed_attempt_is_made_again_and_the_road_is_known_to_fail(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    road = hub.road(wang, "wang", quiet_start=None)
    hub.http.reply = lambda _got: (500, b"oops")
    hub.alert()
    hub.run()
    assert hub.states() == [("opened", "failed")]
    with Session(hub.engine) as session:
        assert session.get_one(Road, road).failing_since == hub.at
        assert [one.name for one in store.failing(session)] == ["wang"]
    hub.run(after=timedelta(seconds=5))
    assert len(hub.http.got) == 1
    hub.run(after=timedelta(seconds=6))
    assert len(hub.http.got) == 2
    hub.http.reply = lambda _got: (200, b"ok")
    hub.run(after=timedelta(seconds=31))
    assert hub.states() == [("opened", "sent")]
    assert len({got.key for got in hub.http.got}) == 1
    with Session(hub.engine) as session:
        assert session.get_one(Road, road).failing_since is None


def test_what_never_arrives_is_given_up_after_hours_and_what_is_refused_at_once(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    hub.road(wang, "wang", quiet_start=None)
    hub.http.reply = lambda _got: (500, b"oops")
    hub.alert()
    courier = hub.courier()
    for _ in range(12):
        hub.run(courier, after=3 * HOUR)
    assert hub.states() == [("opened", "given_up")]
    assert len(hub.http.got) == 9
    hub.http.reply = lambda _got: (410, b"gone")
    hub.alert(facility="fridge-2")
    hub.run(courier)
    assert hub.states()[1] == ("opened", "given_up")
    assert len(hub.http.got) == 10


def test_a_flood_is_ten_messages_and_one_more(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    hub.road(wang, "wang")
    for number in range(47):
        hub.alert("high", f"fridge-{number}")
    hub.run()
    assert len(hub.told("wang")) == 11
    assert hub.told("wang")[-1] == "【驿站】37 条通知"
    hub.alert("high", "microwave-1")
    hub.alert("safety", "microwave-2")
    hub.run()
    assert [title for title in hub.told("wang") if "安全" in title] == ["【安全·报警】河边驿站 · microwave-2"]
    assert len(hub.told("wang")) == 12
    hub.run(after=11 * MINUTE)
    assert len(hub.told("wang")) == 13


def test_a_slow_road_holds_up_nobody_else(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    with endpoint() as slow:
        slow.slow_s = 30
        hub.add(
            Road(
                user=wang, name="slow", kind="webhook", shown="…", created_at=hub.at,
                sealed=hub.keys.sealed(f"json://127.0.0.1:{slow.port}/slow".encode()),
            )
        )  # fmt: skip
        hub.road(wang, "quick")
        hub.alert()
        courier = hub.courier()
        courier.tick()
        assert eventually(lambda: len(slow.got) == 1 and len(hub.http.got) == 1)
        hub.alert(facility="fridge-2")
        assert eventually(lambda: courier.tick() and len(hub.http.got) == 2)
        slow.released.set()
        assert eventually(lambda: courier.tick() and len(slow.got) == 2)
        hub.run(courier)


def test_two_processes_and_repeated_ticks_say_it_once(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    hub.road(wang, "wang")
    hub.alert()
    first, second = hub.courier(), hub.courier()
    hub.run(first)
    assert not second.tick()
    hub.run(first)
    first.stop()
    hub.run(second)
    assert len(hub.http.got) == 1


def test_an_event_that_is_committed_late_with_a_smaller_id_is_told(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    hub.road(wang, "wang")
    alert = hub.alert()
    with Session(hub.engine) as session:
        event = session.get_one(AlertEvent, 1)
        late = event.model_dump() | {"what": "reopened", "id": 2}
        event_3 = AlertEvent(**event.model_dump() | {"id": 3, "what": "comment"})
        session.add(event_3)
        session.commit()
    hub.run()
    hub.add(AlertEvent(**late))
    hub.run()
    assert hub.told("wang") == ["【紧急·报警】河边驿站 · 冰箱", "【紧急·复发】河边驿站 · 冰箱"]
    hub.run(after=HOUR)
    hub.run()
    assert len(hub.told("wang")) == 2
    assert hub.events(alert).count("reopened") == 1


@pytest.mark.parametrize("removed", [True, False])
def test_a_road_that_was_removed_leads_nowhere(hub: Scene, removed: bool) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    road = hub.road(wang, "wang")
    hub.at += 12 * HOUR
    hub.alert()
    hub.run()
    if removed:
        with Session(hub.engine) as session:
            store.remove(session, session.get_one(Road, road), hub.at)
            session.commit()
    hub.run(after=8 * HOUR)
    assert len(hub.told("wang")) == (0 if removed else 1)
    assert PLACE not in str(hub.http.got)
