"""What a station is told of what people said there: taken up, told to somebody, repaired."""

from datetime import datetime, timedelta

from sqlmodel import Session

from hub.alerts.tables import Alert
from hub.feedback.tables import FaultReportRow
from hub.feedback.voices import voices
from hub.telling import changed_settings
from shared.settings_message import StationSettings
from shared.shapes import read
from tests.hub.notices.scene import NOON, PLACE, Scene

MINUTE = timedelta(minutes=1)


def told(hub: Scene) -> StationSettings:
    with Session(hub.engine) as session:
        ((_, payload),) = changed_settings(session, [PLACE], True, hub.at)
        session.commit()
    return read(payload, StationSettings)


def report(hub: Scene, alert: int, at: datetime, **more: object) -> None:
    said = {"subject": "fridge-1", "problem": "not_cold", "danger": False, "received_at": at, "undated": False} | more
    hub.add(FaultReportRow(id=f"r-{alert}-{at.isoformat()}-{len(more)}", station=PLACE, at=at, alert=alert, **said))


def over(hub: Scene, alert: int, by: str | None = None) -> None:
    with Session(hub.engine) as session:
        row = session.get_one(Alert, alert)
        row.resolved_at, row.resolved_by = hub.at, by
        session.add(row)
        session.commit()


def test_that_somebody_was_told_is_said_when_the_notice_arrived_and_not_before(hub: Scene) -> None:
    wang = hub.person("王芳")
    hub.roster(first=[wang])
    hub.road(wang, "wang", quiet_start=None)
    hub.http.reply = lambda _got: (500, b"oops")
    hub.alert()
    hub.run()
    assert told(hub).alerts[0].notified_at is None
    hub.http.reply = lambda _got: (200, b"ok")
    hub.run(after=timedelta(seconds=11))
    assert told(hub).alerts[0].notified_at == hub.at


def test_danger_is_what_somebody_reported_and_has_not_taken_back(hub: Scene) -> None:
    number = hub.alert(problem="danger", rule="PEOPLE")
    assert not told(hub).alerts[0].danger
    report(hub, number, NOON, danger=True, retracted=True)
    assert not told(hub).alerts[0].danger
    report(hub, number, NOON + MINUTE, danger=True)
    assert told(hub).alerts[0].danger
    assert told(hub).alerts[0].subject == "fridge-1"


def test_a_report_on_the_door_says_that_it_is_the_door(hub: Scene) -> None:
    hub.alert(facility=None, problem="door:other", rule="PEOPLE")
    (alert,) = told(hub).alerts
    assert (alert.facility, alert.subject, alert.problem) == (None, "door", "other")


def test_what_people_reported_is_said_and_of_a_rules_alert_nothing(hub: Scene) -> None:
    hub.alert(problem="not_cold", rule="PEOPLE")
    hub.alert(facility="microwave-1")
    told_of = {alert.facility: (alert.subject, alert.problem) for alert in told(hub).alerts}
    assert told_of == {"fridge-1": ("fridge-1", "not_cold"), "microwave-1": (None, None)}


def test_how_many_had_said_so_counts_who_presses_twice_once(hub: Scene) -> None:
    number = hub.alert(problem="not_cold", rule="PEOPLE")
    for minutes in (0, 4, 30):
        report(hub, number, NOON + minutes * MINUTE)
    report(hub, number, NOON + 60 * MINUTE, retracted=True)
    over(hub, number, "王芳")
    assert [one.reports for one in told(hub).repaired] == [2]


def test_what_people_had_said_is_told_with_what_became_of_it(hub: Scene) -> None:
    for facility, problem in (("fridge-1", "not_cold"), (None, "door:danger"), (None, "other:no_supplies")):
        number = hub.alert(facility=facility, problem=problem, rule="PEOPLE")
        report(hub, number, NOON)
        over(hub, number, "王芳")
    over(hub, hub.alert())
    over(hub, hub.alert(facility=None, rule="HUB-LINE", problem="line:/dev/ttyUSB0"))
    assert [(one.facility, one.problem, one.reports, one.by_person) for one in told(hub).repaired] == [
        ("fridge-1", "not_cold", 1, True),
        ("door", "danger", 1, True),
        ("other", "no_supplies", 1, True),
        ("fridge-1", None, 0, False),
    ]


def test_what_was_taken_back_was_not_repaired(hub: Scene) -> None:
    number = hub.alert(problem="not_cold", rule="PEOPLE")
    report(hub, number, NOON, retracted=True)
    over(hub, number)
    assert told(hub).repaired == []


def test_voices_are_ten_minutes_apart_in_whatever_order_they_come() -> None:
    assert voices([]) == 0
    assert voices(NOON + minutes * MINUTE for minutes in (25, 0, 9, 10, 19, 20)) == 3
