"""The life of an alert from what stations and people say, as time passes."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, col, select

from hub.accounts.tables import User
from hub.alerts import deeds, journal
from hub.alerts.flapping import QUIET, RELAPSE_WITHIN
from hub.alerts.holding import GRACE
from hub.alerts.tables import HUB, Alert, AlertEvent
from hub.errors import HubError
from hub.ingest import react, take_in
from hub.listening import Listener
from hub.maintenance import store as maintenance
from hub.stations.tables import Facility, Station
from hub.telemetry.tables import Heard
from hub.upsert import upsert
from shared.records import CheckIn, FaultReport, Retraction, Spell, StationFacts, WiredDevice, WiredFacility
from shared.states import Cause, State
from shared.text import Text
from tests.hub.conftest import register
from tests.hub.said import LONG_AGO, NOW, arrived, new_id, record, spell
from tests.hub.test_clock import tick

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WANG = User(name="王芳", password_hash="-", role="maintainer", created_at=NOW, everywhere=True)
LI = User(name="李工", password_hash="-", role="maintainer", created_at=NOW, everywhere=True)


def say(engine: Engine, station: str, at: datetime, *facts: object) -> None:
    """A station says so, and the hub reacts at once."""
    _, judged = take_in(engine, [arrived(station, *facts, at=at)], at)  # type: ignore[arg-type]
    react(engine, judged, at)


def alerts(engine: Engine) -> list[Alert]:
    with Session(engine) as session:
        return list(session.exec(select(Alert).order_by(col(Alert.id))))


def events(engine: Engine, alert: int | None = None) -> list[tuple[str, str | None]]:
    with Session(engine) as session:
        query = select(AlertEvent).order_by(col(AlertEvent.id))
        rows = session.exec(query if alert is None else query.where(AlertEvent.alert == alert))
        return [(row.what, row.held) for row in rows]


def comes_and_goes(engine: Engine, station: str, at: datetime, lasts: timedelta = 5 * MINUTE, **more: object) -> None:
    """A fault begins at `at` and is over a little later."""
    id_ = new_id()
    began: Spell = spell(since=at - MINUTE, spell=id_, confirmed_at=at, **more)  # type: ignore[arg-type]
    say(engine, station, at, began)
    over = began.model_copy(update={"revision": 2, "until": at + lasts})
    say(engine, station, at + lasts, over)


def test_a_relapse_within_a_day_is_the_same_alert_and_later_another_that_links_it(engine: Engine, station: str) -> None:
    comes_and_goes(engine, station, NOW)
    tick(engine, NOW + 10 * HOUR)
    comes_and_goes(engine, station, NOW + 10 * HOUR)
    (alert,) = alerts(engine)
    assert (alert.occurrences, alert.reopened, alert.closed_at) == (2, 1, None)
    resolved = NOW + 10 * HOUR + 5 * MINUTE
    tick(engine, resolved + RELAPSE_WITHIN - MINUTE)
    assert alerts(engine)[0].closed_at is None
    tick(engine, resolved + RELAPSE_WITHIN)
    assert alerts(engine)[0].closed_at == resolved + RELAPSE_WITHIN
    comes_and_goes(engine, station, NOW + 3 * DAY)
    first, second = alerts(engine)
    assert (second.earlier, second.reopened) == (first.id, 0)
    assert [what for what, _ in events(engine, first.id)] == [
        "opened",
        "works_again",
        "reopened",
        "works_again",
        "closed",
    ]


def test_a_fault_that_comes_and_goes_is_told_once_and_resolved_after_a_quiet_spell(
    engine: Engine, station: str
) -> None:
    for turn in range(6):
        comes_and_goes(engine, station, NOW + turn * 20 * MINUTE)
    (alert,) = alerts(engine)
    assert alert.occurrences == 6
    assert alert.chattering_since == NOW + 40 * MINUTE
    assert alert.resolved_at is None, "quiet, but not for long"
    told = [what for what, held in events(engine) if held is None]
    assert told == ["opened", "works_again", "reopened", "works_again", "flapping"]
    quiet = NOW + 105 * MINUTE
    tick(engine, quiet + QUIET - MINUTE)
    assert alerts(engine)[0].resolved_at is None
    tick(engine, quiet + QUIET)
    (alert,) = alerts(engine)
    assert (alert.resolved_at, alert.chattering_since) == (quiet + QUIET, None)
    assert events(engine)[-1] == ("works_again", None)


def test_a_safety_alert_that_chatters_is_told_each_time(engine: Engine, station: str) -> None:
    for turn in range(5):
        comes_and_goes(engine, station, NOW + turn * 20 * MINUTE, facility="outlets-1", rule="OUT4")
    assert {held for _, held in events(engine)} == {None}


def test_outside_hours_urgent_waits_for_the_opening_and_is_then_told(engine: Engine, station: str) -> None:
    with Session(engine) as session:
        filed = session.get_one(Station, station)
        filed.opening = {"start": "09:00", "end": "17:00"}
        session.add(filed)
        session.commit()
    night = datetime(2026, 3, 11, 18, 0, tzinfo=UTC)
    say(engine, station, night, spell(since=night - HOUR))
    say(engine, station, night, spell(since=night - HOUR, facility="outlets-1", rule="OUT4"))
    assert [(alert.severity, alert.base) for alert in alerts(engine)] == [("normal", "high"), ("safety", "safety")]
    tick(engine, night + 6 * HOUR)
    assert [alert.severity for alert in alerts(engine)] == ["normal", "safety"]
    tick(engine, night + 7 * HOUR)
    assert [alert.severity for alert in alerts(engine)] == ["high", "safety"]
    assert events(engine)[-1] == ("raised", None)


def test_a_power_cut_is_one_alert_and_what_still_holds_afterwards_is_told(engine: Engine, station: str) -> None:
    cut = [
        spell(State.EXCLUDED, NOW - 5 * MINUTE, facility=name, rule="OUT7", cause=Cause.POWER_CUT)
        for name in ("outlets-1", "microwave-1")
    ]
    dead = spell(since=NOW - 4 * MINUTE, facility="fridge-1", rule="FR6")
    say(engine, station, NOW, *cut, dead)
    dark, fridge = sorted(alerts(engine), key=lambda alert: alert.facility or "")
    assert (dark.facility, dark.cause, dark.severity, dark.inhibited) == (None, "power_cut", "high", None)
    assert (fridge.inhibited, fridge.inhibited_by) == ("power_cut", dark.id)
    assert sorted(events(engine), key=str) == [("opened", "power_cut"), ("opened", None)]
    back = NOW + HOUR
    say(engine, station, back, *(one.model_copy(update={"revision": 2, "until": back}) for one in cut))
    assert [alert.resolved_at for alert in alerts(engine) if alert.facility is None] == [back]
    tick(engine, back + GRACE - MINUTE)
    assert events(engine, fridge.id) == [("opened", "power_cut")]
    tick(engine, back + GRACE)
    assert events(engine, fridge.id) == [("opened", "power_cut"), ("released", None)]


def test_a_cut_missed_at_ingest_is_found_by_the_clock(engine: Engine, station: str) -> None:
    dark = spell(State.EXCLUDED, facility="outlets-1", rule="OUT7", cause=Cause.POWER_CUT)
    take_in(engine, [arrived(station, dark)], NOW)
    tick(engine, NOW)
    assert [(alert.rule, alert.resolved_at) for alert in alerts(engine)] == [("OUT7", None)]
    take_in(engine, [arrived(station, dark.model_copy(update={"revision": 2, "until": NOW + MINUTE}))], NOW + MINUTE)
    tick(engine, NOW + MINUTE)
    assert [(alert.rule, alert.resolved_at) for alert in alerts(engine)] == [("OUT7", NOW + MINUTE)]


def test_what_nobody_was_told_of_nobody_is_told_is_over(engine: Engine, station: str) -> None:
    dark = spell(State.EXCLUDED, facility="outlets-1", rule="OUT7", cause=Cause.POWER_CUT)
    dead = spell(facility="fridge-1", rule="FR6")
    say(engine, station, NOW, dark, dead)
    say(engine, station, NOW + MINUTE, dead.model_copy(update={"revision": 2, "until": NOW}))
    assert ("works_again", journal.UNTOLD) in events(engine)


def silent_stations(engine: Engine, number: int, of: int, at: datetime) -> list[str]:
    """So many of so many stations were heard last at `at`, the others speak on."""
    ids = [f"s{place:09d}" for place in range(of)]
    with Session(engine) as session:
        rows = [
            Station(
                id=id_, name=id_, name_en=id_, commissioned_at=LONG_AGO, mqtt_hash="", mosquitto_hash="",
                sealed_qr_key=b"", opening={"start": "00:00", "end": "24:00"},
            ).model_dump()
            for id_ in ids
        ]  # fmt: skip
        upsert(session, Station, rows)
        for place, id_ in enumerate(ids):
            session.add(Heard(station=id_, at=at if place < number else at + HOUR))
        session.commit()
    return ids


def listening(engine: Engine, since: datetime, until: datetime) -> None:
    listener = Listener(engine)
    listener.note(1, since)
    listener.note(1, until)


def test_a_broker_away_is_one_notice_instead_of_one_a_station(engine: Engine) -> None:
    ids = silent_stations(engine, 40, 100, NOW)
    listening(engine, NOW - 2 * HOUR, NOW + 20 * MINUTE)
    for minutes in (4, 6, 12, 13):
        tick(engine, NOW + minutes * MINUTE)
    found = alerts(engine)
    assert [alert.station for alert in found if alert.rule == "HUB-BROKER"] == [HUB]
    assert len(found) == 41, "records are never suppressed"
    assert [(what, held) for what, held in events(engine) if held is None] == [("opened", None)]
    with Session(engine) as session:
        for id_ in ids[:38]:
            session.get_one(Heard, id_).at = NOW + HOUR
        session.commit()
    for minutes in (15, 16):
        tick(engine, NOW + minutes * MINUTE)
    left = [alert for alert in alerts(engine) if alert.resolved_at is None]
    assert sorted(alert.station for alert in left) == ids[38:40]
    # What nobody was told of is over without a word; the two that stay away are told of after a while.
    assert [one for one in events(engine) if one[1] is None] == [("opened", None), ("works_again", None)]
    listening(engine, NOW + 20 * MINUTE, NOW + 30 * MINUTE)
    tick(engine, NOW + 25 * MINUTE)
    assert [one for one in events(engine) if one[1] is None][2:] == [("released", None)] * 2


def test_a_few_silent_stations_are_no_storm(engine: Engine) -> None:
    silent_stations(engine, 4, 100, NOW)
    listening(engine, NOW - 2 * HOUR, NOW + 20 * MINUTE)
    tick(engine, NOW + 12 * MINUTE)
    assert [alert.inhibited for alert in alerts(engine)] == [None] * 4


def test_a_hub_that_hears_no_broker_says_so_and_that_it_is_back(engine: Engine, station: str) -> None:
    listening(engine, NOW - HOUR, NOW)
    tick(engine, NOW + 4 * MINUTE)
    assert [(alert.station, alert.rule) for alert in alerts(engine)] == [(HUB, "HUB-BROKER")]
    listening(engine, NOW + 5 * MINUTE, NOW + 6 * MINUTE)
    tick(engine, NOW + 6 * MINUTE)
    assert alerts(engine)[0].resolved_at == NOW + 6 * MINUTE


def wire(engine: Engine, station: str) -> None:
    with Session(engine) as session:
        session.add(Facility(station=station, id="fridge-1", kind="fridge", label_zh="冰箱", label_en="Fridge"))
        session.commit()


def test_what_people_report_is_one_alert_a_problem_and_counted(engine: Engine, station: str) -> None:
    wire(engine, station)
    for turn in range(2):
        say(
            engine,
            station,
            NOW + 10 * turn * MINUTE,
            record(FaultReport(subject="fridge-1", problem="not_cold"), NOW + 10 * turn * MINUTE),
        )
        tick(engine, NOW + 10 * turn * MINUTE)
    (alert,) = alerts(engine)
    assert (alert.facility, alert.problem, alert.severity, alert.occurrences) == ("fridge-1", "not_cold", "normal", 2)
    say(
        engine,
        station,
        NOW + 20 * MINUTE,
        record(FaultReport(subject="fridge-1", problem="not_cold"), NOW + 20 * MINUTE),
    )
    say(engine, station, NOW + 20 * MINUTE, record(FaultReport(subject="door", problem="other"), NOW + 20 * MINUTE))
    tick(engine, NOW + 20 * MINUTE)
    fridge, door = alerts(engine)
    assert (fridge.severity, fridge.why_en) == ("high", "Reported 3 times: Not cold")
    assert (door.facility, door.problem) == (None, "door:other")
    assert events(engine, fridge.id) == [("opened", None), ("reported", "counted"), ("raised", None)]
    tick(engine, NOW + 21 * MINUTE)
    assert len(events(engine)) == 4, "a report is told once"


def test_who_presses_again_within_ten_minutes_is_counted_and_makes_nothing_louder(engine: Engine, station: str) -> None:
    wire(engine, station)
    for turn in range(5):
        say(
            engine,
            station,
            NOW + 2 * turn * MINUTE,
            record(FaultReport(subject="fridge-1", problem="not_cold"), NOW + 2 * turn * MINUTE),
        )
        tick(engine, NOW + 2 * turn * MINUTE)
    (alert,) = alerts(engine)
    assert (alert.severity, alert.occurrences) == ("normal", 5)


def test_danger_is_safety_at_once_whatever_else_is_away(engine: Engine, station: str) -> None:
    say(engine, station, NOW, CheckIn(occupation="courier"))
    listening(engine, NOW - HOUR, NOW + 12 * MINUTE)
    tick(engine, NOW + 11 * MINUTE)
    say(engine, station, NOW + 11 * MINUTE, FaultReport(subject="outlets-1", problem="danger", danger=True))
    with Session(engine) as session:
        maintenance.file(session, station, None, NOW, NOW + 2 * HOUR, "x", "王芳", NOW)
        session.commit()
    tick(engine, NOW + 12 * MINUTE)
    alert = alerts(engine)[-1]
    assert (alert.severity, alert.inhibited, alert.problem) == ("safety", None, "outlets-1:danger")
    assert events(engine, alert.id) == [("opened", None)]


def test_a_report_taken_back_is_resolved_and_old_ones_alarm_nobody(engine: Engine, station: str) -> None:
    said = record(FaultReport(subject="fridge-1", problem="not_cold"))
    say(engine, station, NOW, said)
    tick(engine, NOW)
    say(engine, station, NOW + MINUTE, Retraction(of=said.id))
    tick(engine, NOW + MINUTE)
    assert [alert.resolved_why_en for alert in alerts(engine)] == ["Whoever reported it took it back"]
    say(engine, station, NOW + 9 * DAY, record(FaultReport(subject="fridge-1", problem="noisy"), NOW))
    tick(engine, NOW + 9 * DAY)
    assert {alert.problem for alert in alerts(engine)} == {"fridge-1:not_cold"}


def test_a_window_holds_notices_until_it_ends_by_itself(engine: Engine, station: str) -> None:
    with Session(engine) as session:
        maintenance.file(session, station, "fridge-1", NOW, NOW + HOUR, "换压缩机", "王芳", NOW)
        session.commit()
    (told,) = tick(engine, NOW)
    assert [(one.facility, one.end) for one in told.maintenance] == [("fridge-1", NOW + HOUR)]
    say(engine, station, NOW + MINUTE, spell())
    assert events(engine) == [("opened", "maintenance")]
    tick(engine, NOW + HOUR - MINUTE)
    assert len(events(engine)) == 1
    tick(engine, NOW + HOUR)
    assert events(engine)[1:] == [("released", None)]


def test_a_window_that_begins_later_holds_what_is_open_by_then(engine: Engine, station: str) -> None:
    say(engine, station, NOW, spell())
    with Session(engine) as session:
        maintenance.file(session, station, None, NOW + HOUR, NOW + 2 * HOUR, "检修", "王芳", NOW)
        session.commit()
    tick(engine, NOW + MINUTE)
    assert [alert.inhibited for alert in alerts(engine)] == [None]
    tick(engine, NOW + HOUR)
    assert [alert.inhibited for alert in alerts(engine)] == ["maintenance"]


def test_who_repaired_it_is_believed_for_a_day(engine: Engine, station: str) -> None:
    say(engine, station, NOW, spell())
    with Session(engine) as session:
        alert = session.exec(select(Alert)).one()
        with pytest.raises(deeds.Wrong):
            deeds.resolve(session, alert, WANG, "换了启动电容", None, None, NOW + HOUR)
        deeds.resolve(session, alert, WANG, "换了启动电容", "0" * 32, None, NOW + HOUR)
        session.commit()
    for hours in (2, 12):
        tick(engine, NOW + hours * HOUR)
    assert [alert.resolved_by for alert in alerts(engine)] == ["王芳"]
    tick(engine, NOW + HOUR + RELAPSE_WITHIN)
    (alert,) = alerts(engine)
    assert (alert.resolved_at, alert.reopened) == (None, 1)
    assert [what for what, _ in events(engine)] == ["opened", "resolved", "comment", "reopened"]


def test_another_fault_after_a_repair_opens_it_again_at_once(engine: Engine, station: str) -> None:
    first = spell()
    say(engine, station, NOW, first)
    with Session(engine) as session:
        deeds.resolve(session, session.exec(select(Alert)).one(), WANG, "换了", "0" * 32, None, NOW)
        session.commit()
    say(engine, station, NOW + HOUR, first.model_copy(update={"revision": 2, "until": NOW + MINUTE}))
    assert alerts(engine)[0].resolved_at == NOW
    say(engine, station, NOW + 2 * HOUR, spell(since=NOW + HOUR))
    assert (alerts(engine)[0].resolved_at, alerts(engine)[0].reopened) == (None, 1)


def test_of_two_people_the_second_finds_what_the_first_did(engine: Engine, station: str) -> None:
    say(engine, station, NOW, spell())
    with Session(engine) as session:
        alert = session.exec(select(Alert)).one()
        for _ in range(2):
            deeds.acknowledge(session, alert, LI, NOW)
            deeds.assign(session, alert, LI, LI, NOW)
            deeds.comment(session, alert, LI, "带了表", None, NOW)
            deeds.promise(session, alert, LI, NOW + HOUR, NOW)
        with pytest.raises(HubError, match="has acknowledged"):
            deeds.acknowledge(session, alert, WANG, NOW)
        with pytest.raises(HubError, match="Nothing shows"):
            deeds.close(session, alert, WANG, NOW)
        for _ in range(2):
            deeds.resolve(session, alert, LI, "好了", "0" * 32, None, NOW)
        deeds.resolve(session, alert, WANG, "我也修了", "1" * 32, None, NOW)
        assert (alert.resolved_by, alert.proof_photo) == ("李工", "0" * 32)
        with pytest.raises(HubError, match="resolved"):
            deeds.promise(session, alert, WANG, NOW + HOUR, NOW)
        for who in (WANG, LI):
            deeds.close(session, alert, who, NOW)
        assert alert.closed_by == "王芳"
        with pytest.raises(HubError, match="closed"):
            deeds.assign(session, alert, WANG, WANG, NOW)
        session.commit()
    assert [what for what, _ in events(engine)] == [
        "opened", "acknowledged", "assigned", "comment", "promised", "resolved", "closed",
    ]  # fmt: skip


def test_a_promise_and_what_was_repaired_are_told_at_the_station(engine: Engine, station: str) -> None:
    fault = spell()
    say(engine, station, NOW, fault)
    with Session(engine) as session:
        deeds.promise(session, session.exec(select(Alert)).one(), WANG, NOW + 3 * HOUR, NOW)
        session.commit()
    (told,) = tick(engine, NOW)
    assert [(one.facility, one.acknowledged, one.promised_at) for one in told.alerts] == [
        ("fridge-1", True, NOW + 3 * HOUR)
    ]
    say(engine, station, NOW + HOUR, fault.model_copy(update={"revision": 2, "until": NOW + HOUR}))
    (told,) = tick(engine, NOW + HOUR)
    assert (told.alerts, [(one.facility, one.repaired_at) for one in told.repaired]) == ([], [("fridge-1", NOW + HOUR)])
    later = tick(engine, NOW + 8 * DAY + HOUR)
    assert [one.repaired for one in later] == [[]]


def test_alerts_of_the_hub_itself_cannot_be_resolved_by_hand(engine: Engine, station: str) -> None:
    listening(engine, NOW - HOUR, NOW)
    tick(engine, NOW + 4 * MINUTE)
    with Session(engine) as session, pytest.raises(HubError, match="by itself"):
        deeds.resolve(session, session.exec(select(Alert)).one(), WANG, "重启", "0" * 32, None, NOW)


def test_ingest_asks_few_statements_where_nothing_changes(engine: Engine) -> None:
    stations = [register(engine, f"站{number}") for number in range(30)]
    faults = {one: spell() for one in stations}
    for one, fault in faults.items():
        say(engine, one, NOW, fault)
    counted: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: counted.append(told[2]))
    react(engine, {(one, "fridge-1") for one in stations}, NOW)
    assert len(counted) <= 5, counted


def test_sensors_that_fail_for_long_are_an_alert_and_a_whole_line_is_one(engine: Engine, station: str) -> None:
    names = ("fridge-1", "microwave-1", "outlets-1")
    wired = [WiredFacility(id=name, kind=name[:-2], label=Text(name, name), quantities=["power"]) for name in names]
    devices = [
        WiredDevice(name=f"meter-{name}", model="pzem004t", line="rs485-b" if name == "outlets-1" else "rs485-a",
                    facilities=[name])
        for name in names
    ]  # fmt: skip
    say(engine, station, NOW, StationFacts(version="1", facilities=wired, devices=devices))
    blind = [
        spell(State.UNKNOWN, NOW - MINUTE, facility=name, rule="SV1", cause=Cause.SENSOR_FAULT, confirmed_at=NOW)
        for name in names[:2]
    ]
    say(engine, station, NOW, *blind)
    tick(engine, NOW + 29 * MINUTE)
    assert alerts(engine) == []
    for minutes in (30, 31):
        tick(engine, NOW + minutes * MINUTE)
    line, *rest = alerts(engine)
    assert (line.rule, line.facility, line.problem, line.severity) == ("HUB-LINE", None, "line:rs485-a", "high")
    assert [(alert.facility, alert.severity, alert.inhibited_by) for alert in rest] == [
        ("fridge-1", "normal", line.id),
        ("microwave-1", "normal", line.id),
    ]
    assert [held for _, held in events(engine)] == [None, "line", "line"]
    over = NOW + HOUR
    say(engine, station, over, blind[0].model_copy(update={"revision": 2, "until": over}))
    tick(engine, over)
    assert [(alert.rule, alert.facility) for alert in alerts(engine) if alert.resolved_at is None] == [
        ("SV1", "microwave-1")
    ]
    tick(engine, over + GRACE)
    assert events(engine)[-1] == ("released", None)
