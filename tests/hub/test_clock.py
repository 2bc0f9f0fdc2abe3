"""What happens because time passes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event, update
from sqlmodel import Session, select

from hub import clock
from hub.accounts.tables import User
from hub.alerts import suspects
from hub.alerts.tables import Alert
from hub.health import present
from hub.ingest import take_in
from hub.listening import Listener
from hub.questions import store as questions
from hub.stations import store as stations
from hub.stations.tables import Facility, Station
from hub.telemetry.tables import Lease
from hub.telling import changed_settings
from hub.upsert import upsert
from shared.records import CheckIn, Retraction, Statement
from shared.settings_message import OCCUPATIONS, StationSettings
from shared.shapes import read
from shared.states import Cause, State
from tests.hub.said import LONG_AGO, NOW, arrived, minute, question, record, spell


class Shelf:
    """Retained messages, as a broker keeps them."""

    def __init__(self) -> None:
        self.published: list[tuple[str, StationSettings]] = []

    def keep(self, topic: str, payload: str) -> None:
        self.published.append((topic, read(payload, StationSettings)))


def tick(
    engine: Engine,
    at: datetime,
    everything: bool = False,
    holder: str = "me",
    rounds: clock.Rounds | None = None,
) -> list[StationSettings]:
    shelf = Shelf()
    clock.tick(engine, holder, shelf.keep, everything, at, rounds)
    return [settings for _, settings in shelf.published]


def listen(engine: Engine, since: datetime, until: datetime) -> None:
    listener = Listener(engine)
    listener.note(1, since)
    listener.note(1, until)


def alerts(engine: Engine) -> list[Alert]:
    with Session(engine) as session:
        return list(session.exec(select(Alert)))


def test_settings_are_numbered_and_published_when_they_change(engine: Engine, station: str) -> None:
    first = tick(engine, NOW)
    assert [(settings.number, settings.hotline) for settings in first] == [(1, "12351")]
    assert first[0].occupations == list(OCCUPATIONS)
    assert tick(engine, NOW) == []
    take_in(engine, [arrived(station, spell())], NOW)
    second = tick(engine, NOW)
    assert [settings.number for settings in second] == [2]
    assert [alert.facility for alert in second[0].alerts] == ["fridge-1"]
    assert [settings.number for settings in tick(engine, NOW, everything=True)] == [2]


def test_a_reaction_that_was_missed_at_ingest_is_made_up_for(engine: Engine, station: str) -> None:
    take_in(engine, [arrived(station, spell())], NOW)
    assert alerts(engine) == []
    tick(engine, NOW)
    assert [alert.facility for alert in alerts(engine)] == ["fridge-1"]


def test_a_silent_station_is_one_alert_until_it_is_heard_again(engine: Engine, station: str) -> None:
    take_in(engine, [arrived(station, CheckIn(occupation="courier"))], NOW)
    later = NOW + timedelta(minutes=11)
    listen(engine, NOW - timedelta(hours=1), later)
    for _ in range(2):
        tick(engine, later)
    assert [(alert.facility, alert.cause, alert.first_symptom_at) for alert in alerts(engine)] == [
        (None, str(Cause.NETWORK), NOW)
    ]
    take_in(engine, [arrived(station, CheckIn(occupation="courier"))], later)
    tick(engine, later + timedelta(seconds=1))
    assert [(alert.resolved_at is None, alert.resolved_why_en) for alert in alerts(engine)] == [
        (False, "The station is heard again")
    ]
    tick(engine, later + timedelta(hours=25))
    assert [alert.closed_at is None for alert in alerts(engine) if alert.station] == [False]


def test_a_hub_that_did_not_listen_calls_nobody_silent(engine: Engine, station: str) -> None:
    take_in(engine, [arrived(station, CheckIn(occupation="courier"))], NOW)
    tick(engine, NOW + timedelta(days=2))
    assert alerts(engine) == []


def test_a_station_that_was_never_heard_is_not_silent(engine: Engine, station: str) -> None:
    listen(engine, NOW, NOW + timedelta(days=1))
    tick(engine, NOW + timedelta(days=1))
    assert alerts(engine) == []


def test_another_holder_does_nothing(engine: Engine, station: str) -> None:
    assert tick(engine, NOW, holder="me")
    assert not tick(engine, NOW + timedelta(seconds=5), everything=True, holder="you")
    clock.let_go(engine, "me")
    assert tick(engine, NOW + timedelta(seconds=5), everything=True, holder="you")


def test_the_facilities_of_a_silent_station_are_unknown_and_say_why(engine: Engine, station: str) -> None:
    with Session(engine) as session:
        session.add(Facility(station=station, id="fridge-1", kind="fridge", label_zh="冰箱", label_en="Fridge"))
        session.add(Facility(station=station, id="outlets-1", kind="outlets", label_zh="插座", label_en="Outlets"))
        session.commit()
    last = minute(NOW, fridge_1=State.DOWN, outlets_1=State.OK)
    take_in(engine, [arrived(station, spell(), last)], NOW)
    listen(engine, NOW - timedelta(hours=1), NOW + timedelta(minutes=12))
    with Session(engine) as session:
        found = present.standing(session, station, NOW + timedelta(minutes=2))
        assert [(one.facility, one.state) for one in found] == [("fridge-1", State.DOWN), ("outlets-1", State.OK)]
        assert found[0].why is not None
        assert found[0].why.en == "warm"
        assert found[0].data_age_s == 60
        found = present.standing(session, station, NOW + timedelta(minutes=12))
        assert {one.state for one in found} == {State.UNKNOWN}
        assert found[0].why is not None
        assert "12 min" in found[0].why.en


def test_an_answer_reaches_the_station_in_its_settings_for_fourteen_days(engine: Engine, station: str) -> None:
    asked = question()
    kiosk = record(
        Statement(question=asked.question, facility=asked.facility, answer="yes", by="attendant"),
        NOW - timedelta(minutes=2),
    )
    take_in(engine, [arrived(station, asked)], NOW)
    assert [settings.answers for settings in tick(engine, NOW)] == [[]]
    with Session(engine) as session:
        shown = questions.get(session, station, asked.question)
        assert shown is not None
        user = User(name="王芳", password_hash="-", role="maintainer", created_at=NOW, everywhere=True)
        questions.answer(session, shown, "no", user, NOW, bytes(10))
        session.commit()
    take_in(engine, [arrived(station, kiosk)], NOW)
    (told,) = tick(engine, NOW)
    assert told.number == 2
    assert [(one.question, one.answer, one.by, one.at) for one in told.answers] == [
        (asked.question, "yes", "attendant", kiosk.at),
        (asked.question, "no", "maintainer", NOW),
    ]
    assert "王芳" not in told.json().decode()
    assert tick(engine, NOW + timedelta(days=13)) == []
    (later,) = tick(engine, NOW + timedelta(days=15))
    assert (later.number, later.answers) == (3, [])


def test_an_answer_taken_back_is_no_longer_told(engine: Engine, station: str) -> None:
    said = record(Statement(question="provided", facility="fridge-1", answer="no", by="head"))
    take_in(engine, [arrived(station, said)], NOW)
    assert [len(settings.answers) for settings in tick(engine, NOW)] == [1]
    take_in(engine, [arrived(station, Retraction(of=said.id))], NOW)
    assert [settings.answers for settings in tick(engine, NOW)] == [[]]


def test_of_many_answers_the_newest_are_told(engine: Engine, station: str) -> None:
    said = [
        record(
            Statement(question=f"q-{n}", facility="fridge-1", answer="no", by="attendant"), NOW - timedelta(minutes=n)
        )
        for n in range(300)
    ]
    take_in(engine, [arrived(station, *said[:150]), arrived(station, *said[150:])], NOW)
    (told,) = tick(engine, NOW)
    assert [one.question for one in told.answers] == [f"q-{n}" for n in range(199, -1, -1)]


def test_another_unit_is_told_to_its_station(engine: Engine, station: str) -> None:
    tick(engine, NOW)
    with Session(engine) as session:
        fridge = Facility(station=station, id="fridge-1", kind="fridge", label_zh="冰箱", label_en="Fridge")
        session.add(fridge)
        session.flush()
        for name in ("SN-1", "SN-2", "SN-2"):
            stations.put_unit(session, fridge, name, "王芳", NOW)
        session.commit()
    (told,) = tick(engine, NOW)
    assert (told.number, told.units) == (2, {"fridge-1": "SN-2"})


MANY = 2 * clock.LEAST + 50


def many(engine: Engine, number: int = MANY) -> list[str]:
    """So many stations, told their settings already, with a fridge each."""
    ids = [f"s{place:09d}" for place in range(number)]
    with Session(engine) as session:
        rows = [
            Station(
                id=id_, name=id_, name_en=id_, commissioned_at=LONG_AGO, mqtt_hash="", mosquitto_hash="",
                sealed_qr_key=b"", opening={"start": "00:00", "end": "24:00"},
            ).model_dump()
            for id_ in ids
        ]  # fmt: skip
        upsert(session, Station, rows)
        fridge = {"id": "fridge-1", "kind": "fridge", "label_zh": "冰箱", "label_en": "Fridge", "quantities": []}
        upsert(
            session,
            Facility,
            [{"station": id_, "options": {}, "removed_at": None, "source": "station", **fridge} for id_ in ids],
        )
        for first in range(0, number, clock.TOGETHER):
            changed_settings(session, ids[first : first + clock.TOGETHER], True, NOW)
        session.commit()
    return ids


def test_what_nobody_marked_is_told_within_a_round(engine: Engine) -> None:
    ids, rounds = many(engine), clock.Rounds()
    assert tick(engine, NOW, rounds=rounds) == []
    with Session(engine) as session:
        session.exec(update(Station).values(name="改名"))
        session.commit()
    told = []
    for step in range(1, 4):
        portion = tick(engine, NOW + timedelta(seconds=5 * step), rounds=rounds)
        assert len(portion) <= clock.LEAST
        told += portion
    assert len(told) == len(ids)
    assert {settings.number for settings in told} == {2}
    assert tick(engine, NOW + timedelta(seconds=25), rounds=rounds) == []


def test_what_is_marked_is_told_at_once(engine: Engine) -> None:
    ids, rounds = many(engine), clock.Rounds()
    tick(engine, NOW, rounds=rounds)
    take_in(engine, [arrived(ids[-1], spell())], NOW)
    (told,) = tick(engine, NOW + timedelta(seconds=5), rounds=rounds)
    assert [alert.facility for alert in told.alerts] == ["fridge-1"]


def test_after_a_brokers_restart_all_are_told_a_portion_a_tick(engine: Engine) -> None:
    ids, rounds = many(engine, clock.MOST + 10), clock.Rounds()
    first = tick(engine, NOW, everything=True, rounds=rounds)
    then = tick(engine, NOW + timedelta(seconds=5), rounds=rounds)
    assert (len(first), len(then)) == (clock.MOST, len(ids) - clock.MOST)
    assert {settings.number for settings in (*first, *then)} == {1}
    assert tick(engine, NOW + timedelta(seconds=10), rounds=rounds) == []


def test_a_tick_that_was_lost_before_it_published_is_made_up_for_by_the_next_restart(engine: Engine) -> None:
    (id_,) = many(engine, 1)
    take_in(engine, [arrived(id_, spell())], NOW)
    with pytest.raises(ConnectionError):
        clock.tick(engine, "me", refuse, False, NOW)
    assert [settings.number for settings in tick(engine, NOW + timedelta(seconds=5), everything=True)] == [2]


def refuse(_topic: str, _payload: str) -> None:
    raise ConnectionError("the broker is away")


def test_a_thousand_faults_nobody_reacted_to_are_found_at_once_and_close_again(engine: Engine) -> None:
    ids, rounds = many(engine, 60), clock.Rounds()
    faults = {id_: spell() for id_ in ids}
    take_in(engine, [arrived(id_, fault) for id_, fault in faults.items()], NOW)
    tick(engine, NOW, rounds=rounds)
    assert len([alert for alert in alerts(engine) if alert.resolved_at is None]) == len(ids)
    over = [arrived(id_, fault.model_copy(update={"revision": 2, "until": NOW})) for id_, fault in faults.items()]
    take_in(engine, over, NOW + timedelta(seconds=5))
    tick(engine, NOW + timedelta(seconds=5), rounds=rounds)
    assert [alert for alert in alerts(engine) if alert.resolved_at is None] == []
    assert len(alerts(engine)) == len(ids)


def test_a_fault_that_says_something_else_than_its_alert_is_found(engine: Engine) -> None:
    (id_,), rounds = many(engine, 1), clock.Rounds()
    said = spell()
    take_in(engine, [arrived(id_, said)], NOW)
    tick(engine, NOW, rounds=rounds)
    take_in(engine, [arrived(id_, spell(spell=said.spell, revision=2, why="warmer"))], NOW)
    with Session(engine) as session:
        assert suspects.suspects(session) == [(id_, "fridge-1")]
    tick(engine, NOW + timedelta(seconds=5), rounds=rounds)
    assert [alert.why_en for alert in alerts(engine)] == ["warmer"]
    with Session(engine) as session:
        assert suspects.suspects(session) == []


def test_a_tick_asks_as_many_statements_however_many_stations_stand_still(engine: Engine) -> None:
    counted: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: counted.append(told[2]))
    asked = []
    for number in (20, 180):
        many(engine, number)
        tick(engine, NOW)
        counted.clear()
        assert tick(engine, NOW + timedelta(seconds=5)) == []
        asked.append(len(counted))
    assert asked[1] - asked[0] <= 6, "settings are made a hundred stations at a time"


def test_the_lease_is_renewed_while_a_tick_works(engine: Engine) -> None:
    passed = [0.0, 9.0, 25.0, 50.0]
    hold = clock.Hold(engine, "me", NOW, iter(passed).__next__)
    lasts = []
    for _ in passed[:-1]:
        assert hold.on()
        with Session(engine) as session:
            lasts.append((session.get_one(Lease, clock.LEASE).until - NOW).total_seconds())
    assert lasts == [30, 30, 55]
    assert not tick(engine, NOW + timedelta(seconds=54), everything=True, holder="you")
    clock.tick(engine, "you", refuse, False, NOW + timedelta(seconds=56))
    assert not hold.on()
