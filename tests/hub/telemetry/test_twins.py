"""Two boxes of one name: told apart from reboots and late envelopes, alerted once, and never given points."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from hub.alerts import store as alerts
from hub.alerts.tables import Alert
from hub.checkins.tables import CheckInRow
from hub.ingest import take_in
from hub.inspections.evidence_store import evidence
from hub.line import Arrived
from hub.overview import store as overview
from hub.rulebook import rulebooks
from hub.stations import store as stations
from hub.telemetry import boots
from hub.telemetry.twins import LATE, Boot, Twins, set_back, twins, within
from shared import topics
from shared.records import CheckIn, StationFacts, WiredFacility
from shared.states import Cause
from shared.text import Text
from tests.hub.conftest import register
from tests.hub.said import NOW, envelope, record

MINUTE = timedelta(minutes=1)
FRIDGE = WiredFacility(
    id="fridge-1", kind="fridge", label=Text("冰箱", "Fridge"), quantities=["cabinet_temperature", "power"]
)
WIRED = StationFacts(version="1", facilities=[FRIDGE], devices=[])


def boot(name: str, first: float, last: float, connection: int = 1, lowest: int = 1) -> Boot:
    """Minutes from NOW."""
    return Boot(name, NOW + first * MINUTE, NOW + last * MINUTE, connection, connection, lowest, lowest)


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ([boot("a", 0, 100)], []),
        ([boot("a", 0, 100), boot("b", 101, 200)], []),
        ([boot("a", 0, 105), boot("b", 101, 200)], []),
        ([boot("a", 0, 120), boot("b", 101, 200)], [(101, 120)]),
        ([boot("a", 0, 300), boot("b", 101, 200)], [(101, 200)]),
        ([boot("a", 0, 300), boot("b", 100, 150), boot("c", 140, 200)], [(100, 200)]),
    ],
    ids=["one boot", "a reboot", "a late envelope", "in turns", "one gone again", "one of them rebooted"],
)
def test_two_boots_heard_in_turns_are_two_boxes(heard: list[Boot], expected: list[tuple[int, int]]) -> None:
    spans = [Twins(NOW + since * MINUTE, NOW + until * MINUTE) for since, until in expected]
    assert twins(heard) == twins(reversed(heard)) == spans


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 4)), min_size=1, max_size=12))
def test_one_box_however_often_it_reboots_is_one_box(lives: list[tuple[int, int]]) -> None:
    """Each boot lasts so long, and its last envelope may come so late."""
    begun, heard = 0.0, []
    for number, (length, late) in enumerate(lives):
        heard.append(boot(f"b{number}", begun, begun + length + late, connection=number + 1, lowest=number))
        begun += length + 0.1
        if late > length:
            begun += late  # the next boot is not over before the last of this one is heard
    assert twins(heard) == []
    assert set_back(heard) == []


def test_a_window_is_touched_by_the_last_such_time_within_it() -> None:
    spans = [Twins(NOW, NOW + MINUTE), Twins(NOW + 10 * MINUTE, NOW + 20 * MINUTE)]
    assert within(spans, NOW + 15 * MINUTE, NOW + 99 * MINUTE) == spans[1]
    assert within(spans, NOW + 30 * MINUTE, NOW + 99 * MINUTE) is None
    assert within(spans, NOW - 9 * MINUTE, NOW) is None


@pytest.mark.parametrize(("connection", "lowest", "expected"), [(8, 50, 0), (7, 50, 1), (8, 49, 1), (1, 1, 1)])
def test_a_memory_older_than_the_hub_has_heard_of_is_noted(connection: int, lowest: int, expected: int) -> None:
    heard = [boot("a", 0, 10, 7, 50), boot("b", 20, 30, connection, lowest)]
    assert len(set_back(heard)) == expected


def said_by(station: str, name: str, at: datetime, connection: int = 1) -> Arrived:
    sent = envelope(station, record(CheckIn(occupation="courier"), at), connection=connection)
    sent = sent.model_copy(update={"boot": name, "lowest": connection})
    return Arrived(topics.up_now(station), sent.model_dump_json().encode(), at)


def in_turns(engine: Engine, station: str, minutes: int, names: str = "ab") -> datetime:
    """Both boxes, minute by minute; the time after the last."""
    for minute in range(minutes):
        at = NOW + minute * MINUTE
        take_in(engine, [said_by(station, names[minute % len(names)], at, minute + 2)], at)
    return NOW + minutes * MINUTE


def open_alerts(engine: Engine, at: datetime) -> list[tuple[str, str | None]]:
    with Session(engine) as session:
        alerts.judge_twins(session, at)
        session.commit()
        return [(row.cause, row.facility) for row in session.exec(select(Alert).where(Alert.closed_at == None))]  # noqa: E711 — SQL


def test_both_boxes_records_are_kept_and_one_alert_is_open_until_a_day_after(engine: Engine, station: str) -> None:
    other = register(engine, "另一站")
    end = in_turns(engine, station, 30)
    in_turns(engine, other, 30, names="a")
    with Session(engine) as session:
        assert len(session.exec(select(CheckInRow)).all()) == 60
    for _ in range(2):
        assert open_alerts(engine, end) == [(Cause.DUPLICATE, None)]
    assert open_alerts(engine, end + timedelta(hours=23)) == [(Cause.DUPLICATE, None)]
    assert open_alerts(engine, end + timedelta(hours=25)) == []
    with Session(engine) as session:
        assert [row.station for row in session.exec(select(Alert))] == [station]


def test_a_reboot_and_an_envelope_that_was_long_under_way_alert_nobody(engine: Engine, station: str) -> None:
    take_in(engine, [said_by(station, "a", NOW, 1)], NOW)
    take_in(engine, [said_by(station, "b", NOW + MINUTE, 2)], NOW + MINUTE)
    late = NOW + MINUTE + LATE
    take_in(engine, [said_by(station, "a", NOW, 1)], late)
    assert open_alerts(engine, late) == []


def test_both_boxes_in_one_batch_are_heard(engine: Engine, station: str) -> None:
    take_in(engine, [said_by(station, "a", NOW, 9), said_by(station, "b", NOW, 3)], NOW)
    with Session(engine) as session:
        assert [one.name for one in boots.boots(session, station)] == ["a", "b"]


def test_no_points_are_proposed_and_the_page_says_why(engine: Engine, station: str) -> None:
    take_in(
        engine, [Arrived(topics.up_now(station), envelope(station, record(WIRED)).model_dump_json().encode(), NOW)], NOW
    )
    end = in_turns(engine, station, 30)
    with Session(engine) as session:
        found = stations.get(session, station)
        assert found is not None
        about = evidence(session, found, rulebooks()["shanghai_2018"], end)["fridge"][0]
        assert about.two_boxes is not None
        assert about.two_boxes.since == NOW + MINUTE
        said = overview.view(session, found, end).boxes
        assert ["two boxes" in one.en for one in said] == [True]
        later = evidence(session, found, rulebooks()["shanghai_2018"], end + timedelta(days=31))["fridge"][0]
        assert later.two_boxes is None
