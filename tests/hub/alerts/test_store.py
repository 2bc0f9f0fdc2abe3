"""Alerts from stored spells: said twice or in any order it is one alert."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from hub.alerts import store
from hub.alerts.tables import Alert
from hub.ingest import react, take_in
from hub.stations import store as stations
from shared.records import Spell, StationFacts, Trace, WiredFacility
from shared.states import State
from shared.text import Text
from tests.hub.said import NOW, arrived, new_id, record, spell


def say(engine: Engine, station: str, *spells: Spell) -> list[Alert]:
    _, judged = take_in(engine, [arrived(station, *spells)], NOW)
    react(engine, judged, NOW)
    with Session(engine) as session:
        found = (store.open_alerts, store.resolved_alerts, store.closed_alerts)
        return [alert for some in found for alert in some(session, [station])]


def test_an_alert_opens_once_follows_its_spell_and_closes_with_the_clearing_reading(
    engine: Engine, station: str
) -> None:
    id_ = new_id()
    first = spell(State.DEGRADED, spell=id_, rule="FR1")
    for _ in range(2):
        alerts = say(engine, station, first)
    assert [(alert.severity, alert.first_symptom_at, alert.why_en) for alert in alerts] == [
        ("normal", first.since, "warm")
    ]
    alerts = say(engine, station, spell(State.DOWN, spell=id_, revision=2))
    assert [(alert.severity, alert.closed_at) for alert in alerts] == [("high", None)]
    cooling = Trace(quantity="cabinet_temperature", start=first.since, step_s=60, values=[13.5, 9.0, 6.24, None])
    ended = spell(State.DOWN, spell=id_, revision=3, until=NOW).model_copy(update={"traces": [cooling]})
    alerts = say(engine, station, ended)
    assert [(alert.resolved_at, alert.resolved_why_en, alert.closed_at) for alert in alerts] == [
        (NOW, "It works again: Cabinet temperature 6.2 ℃", None)
    ]


def test_a_facility_wired_no_more_alarms_nobody(engine: Engine, station: str) -> None:
    fridge = WiredFacility(id="fridge-1", kind="fridge", label=Text("冰箱", "Fridge"), quantities=["power"])
    wired = StationFacts(version="1", facilities=[fridge], devices=[])
    take_in(engine, [arrived(station, record(wired, NOW - timedelta(minutes=2)))], NOW)
    assert [alert.closed_at for alert in say(engine, station, spell())] == [None]
    take_in(engine, [arrived(station, record(wired.model_copy(update={"facilities": []}), NOW))], NOW)
    react(engine, {(station, "fridge-1")}, NOW)
    with Session(engine) as session:
        assert store.open_alerts(session, [station]) == []
        assert [row.closed_why_en for row in store.closed_alerts(session, [station])] == [
            "It is wired at this station no more"
        ]
    take_in(engine, [arrived(station, record(wired, NOW + timedelta(minutes=1)))], NOW)
    assert [alert.closed_at for alert in say(engine, station, spell(facility="fridge-1"))] == [None, NOW]


def test_a_fault_that_ended_before_anybody_heard_of_it_alarms_nobody(engine: Engine, station: str) -> None:
    assert say(engine, station, spell(until=NOW - timedelta(minutes=5))) == []


def test_while_history_loads_only_a_fresh_fault_alarms_and_the_others_do_when_it_is_done(
    engine: Engine, station: str
) -> None:
    with Session(engine) as session:
        stations.mark_history(session, station, NOW)
        session.commit()
    old = spell(since=NOW - timedelta(days=9), facility="fridge-1")
    fresh = spell(since=NOW - timedelta(minutes=10), facility="outlets-1")
    assert [alert.facility for alert in say(engine, station, old, fresh)] == ["outlets-1"]
    with Session(engine) as session:
        stations.mark_history(session, station, None)
        store.react_to(session, [(station, "fridge-1")], NOW)
        assert len(store.open_alerts(session, [station])) == 2


def test_more_places_than_a_statement_can_name_are_reacted_to(engine: Engine, station: str) -> None:
    take_in(engine, [arrived(station, spell(facility="fridge-7"))], NOW)
    places = {(station, f"fridge-{number}") for number in range(2 * store.AT_ONCE)}
    places |= {(f"s{number:09d}", "fridge-1") for number in range(33_000)}
    with Session(engine) as session:
        assert len(store.react_to(session, places, NOW)) == 1
        assert [alert.facility for alert in store.open_alerts(session, [station])] == ["fridge-7"]
