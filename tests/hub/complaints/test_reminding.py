"""Whoever answers for a complaint is reminded of its deadline, through a real database and real endpoints."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from hub import keeping
from hub.accounts.tables import User
from hub.complaints import work_store
from hub.complaints.deadlines import due_at, remind_at
from hub.complaints.tables import Complaint
from hub.complaints.words import Category, Kind, Stage
from hub.notices import store
from hub.notices.tables import Notice, Reminder
from hub.settings import HubSettings
from hub.stations.tables import Station
from hub.unions import store as unions
from hub.unions.trees import Level
from tests.hub.notices.conftest import http, stays_here  # noqa: F401 — fixtures
from tests.hub.notices.conftest import hub as scene  # noqa: F401 — a fixture
from tests.hub.notices.scene import PLACE, Scene

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT, CONTACT = "冰箱不冷，我的饭馊了", "13800001111"


def complaint(hub: Scene, owner: str | None = None, **more: object) -> Complaint:
    """One that came just now, of a Wednesday: a question is to be answered within five working days."""
    due = due_at(None, Kind.CONSULTATION, hub.at)
    said = {"stage": Stage.ASSIGNED if owner else Stage.RECEIVED, "due_at": due, "remind_at": remind_at(due)} | more
    row: Complaint = hub.add(
        Complaint(
            number="TS-260311-7K2M", code_digest="x", once="x", station=PLACE, rulebook="shanghai_2018",
            kind=Kind.CONSULTATION, category=Category.FACILITY, text=TEXT, contact=CONTACT, language="zh",
            owner=owner, received_at=hub.at, **said,
        )
    )  # fmt: skip
    return row


def act(hub: Scene, row: Complaint, do, *words: object, who: str) -> None:
    with Session(hub.engine) as session:
        user = session.exec(select(User).where(User.name == who)).one()
        do(session, session.get_one(Complaint, row.id), *words, user, hub.at)
        session.commit()


def at(hub: Scene, moment: datetime) -> None:
    hub.at = moment
    hub.run()


def test_the_owner_is_told_once_before_and_once_when_it_is_late_and_nothing_of_the_person(scene: Scene) -> None:  # noqa: F811
    hub = scene
    hub.road(hub.person("周科", "district"), "zhou", digest=False)
    row = complaint(hub, "周科")
    hub.run()
    assert hub.http.got == []
    at(hub, remind_at(row.due_at))
    assert hub.told("zhou") == ["【投诉咨询快到期】河边驿站"]
    body = hub.http.got[0].body["message"]
    assert body.splitlines() == [
        "咨询 TS-260311-7K2M：设施坏了或缺少", "答复期限：3月18日 23:59", f"https://hub.example/complaints/{row.id}",
    ]  # fmt: skip
    at(hub, row.due_at)
    assert len(hub.told("zhou")) == 1, "it is night"
    at(hub, row.due_at + 8 * HOUR)
    assert hub.told("zhou")[1:] == ["【投诉咨询已逾期】河边驿站"]
    for later in (DAY, 30 * DAY):
        at(hub, row.due_at + later)
    assert len(hub.told("zhou")) == 2
    said = json.dumps([one.body for one in hub.http.got], ensure_ascii=False)
    with Session(hub.engine) as session:
        kept = str([one.model_dump() for one in session.exec(select(Reminder))])
    for secret in (TEXT, CONTACT):
        assert secret not in said + kept
    assert [one.state for one in hub.notices()] == ["sent", "sent"]


def test_what_is_due_goes_with_others_and_in_the_roads_language(scene: Scene) -> None:  # noqa: F811
    hub = scene
    zhou = hub.person("周科", "district")
    hub.road(zhou, "together", language="en")
    hub.road(zhou, "grave", least="high")
    row = complaint(hub, "周科")
    at(hub, remind_at(row.due_at))
    assert hub.http.got == []
    hub.run(after=8 * HOUR)
    assert hub.told("together") == ["[Complaint due soon] Riverside"]
    assert "To be answered by" in hub.http.got[0].body["message"]
    assert hub.told("grave") == []
    at(hub, row.due_at + 10 * HOUR)
    assert hub.told("grave") == ["【投诉咨询已逾期】河边驿站"]


def test_what_is_answered_is_not_reminded_of_and_what_waits_is_taken_back(scene: Scene) -> None:  # noqa: F811
    hub = scene
    hub.road(hub.person("周科", "district"), "zhou")
    row = complaint(hub, "周科")
    at(hub, remind_at(row.due_at))
    act(hub, row, work_store.answer, "已修好", who="周科")
    at(hub, row.due_at + DAY)
    assert hub.http.got == []
    assert hub.states() == [("complaint_due", "withdrawn")]
    act(hub, row, work_store.reopen, "又坏了", who="周科")
    with Session(hub.engine) as session:
        due = session.get_one(Complaint, row.id).due_at
    assert due > hub.at
    at(hub, due + 10 * HOUR)
    assert hub.told("zhou") == ["【投诉咨询已逾期】河边驿站"]


def test_who_is_given_it_is_reminded_although_another_was(scene: Scene) -> None:  # noqa: F811
    hub = scene
    for name, path in (("周科", "zhou"), ("吴科", "wu")):
        hub.road(hub.person(name, "district"), path, digest=False)
    row = complaint(hub, "周科")
    at(hub, remind_at(row.due_at))
    act(hub, row, work_store.assign, "吴科", who="周科")
    hub.run(after=HOUR)
    assert (len(hub.told("zhou")), len(hub.told("wu"))) == (1, 1)


@pytest.mark.parametrize("owner", [None, "走了"])
def test_of_one_nobody_answers_for_its_own_union_is_told_and_not_every_one_above(
    scene: Scene,  # noqa: F811
    owner: str | None,
) -> None:
    hub = scene
    with Session(hub.engine) as session:
        city = unions.add(session, "市总工会", Level.CITY)
        district = unions.add(session, "区总工会", Level.DISTRICT, city.id)
        ids = unions.identity(city), unions.identity(district)
        session.get_one(Station, PLACE).union = ids[1]
        session.commit()
    for union, name in zip(ids, ("city", "district"), strict=True):
        hub.road(hub.person(name, name, union=union), name, digest=False)
    hub.road(hub.person("走了", "district", disabled_at=hub.at), "gone", digest=False)
    row = complaint(hub, owner)
    at(hub, remind_at(row.due_at))
    assert [len(hub.told(path)) for path in ("city", "district", "gone")] == [0, 1, 0]


def test_a_process_that_was_killed_says_it_again_under_the_same_key(scene: Scene) -> None:  # noqa: F811
    hub = scene
    hub.road(hub.person("周科", "district"), "zhou", digest=False)
    row = complaint(hub, "周科")
    hub.http.reply = lambda _got: (500, b"oops")
    at(hub, remind_at(row.due_at))
    hub.http.reply = lambda _got: (200, b"ok")
    hub.run(after=timedelta(seconds=11))
    keys = {one.key for one in hub.http.got}
    assert (len(hub.http.got), len(keys)) == (2, 1)
    assert [one.state for one in hub.notices()] == ["sent"]


def test_a_receipt_names_the_complaint_and_goes_with_it_after_four_hundred_days(
    scene: Scene,  # noqa: F811
    tmp_path,
) -> None:
    hub = scene
    road = hub.road(hub.person("周科", "district"), "zhou", digest=False)
    row = complaint(hub, "周科")
    at(hub, remind_at(row.due_at))
    with Session(hub.engine) as session:
        (receipt,) = store.newest(session, [road])
        assert receipt.reminder is not None
        assert (receipt.reminder.path, receipt.reminder.number) == (f"/complaints/{row.id}", row.number)
    keeping.sweep(hub.engine, HubSettings(folder=tmp_path), "me", lambda: hub.at + 401 * DAY, lambda _s: False)
    with Session(hub.engine) as session:
        assert (
            session.exec(select(Reminder)).all() == session.exec(select(Notice).where(col(Notice.id) > 0)).all() == []
        )


def test_the_first_reminder_is_on_the_working_day_before_in_the_morning() -> None:
    monday_night = datetime(2026, 3, 16, 15, 59, tzinfo=UTC)
    assert remind_at(monday_night) == datetime(2026, 3, 13, 0, 30, tzinfo=UTC)
    assert remind_at(monday_night + DAY) == datetime(2026, 3, 16, 0, 30, tzinfo=UTC)
