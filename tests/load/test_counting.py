"""The count at the end of a load sees what is missing, what is too much, and what is in quarantine."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from hub.database import all_tables, engine_for
from hub.ingest import take_in
from hub.line import Arrived
from hub.stations import store as stations
from hub.stations.roster import Filing
from shared import topics
from tests.benchmarks.load.counting import Put, differences
from tests.benchmarks.load.told import Calendar, Said, Speech

START = datetime(2026, 3, 1, tzinfo=UTC)
NOW = START + timedelta(days=1)


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = engine_for("sqlite://")
    all_tables().create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def station(engine: Engine) -> str:
    filing = Filing("站", "Station", "anhui_2024", START - timedelta(days=1))
    with Session(engine) as session:
        added = stations.add(session, filing, lambda key: key, os.urandom)
        session.commit()
        return added.station.id


def arrived(station: str, said: Said) -> Arrived:
    return Arrived(topics.up_later(station), said.payload, NOW)


def test_what_was_put_is_found_and_anything_else_is_said(engine: Engine, station: str) -> None:
    speech = Speech(station, 1, Calendar(START))
    said = [speech.backlog(0, 100), speech.minute(100), *(speech.minute(minute) for minute in range(101, 105))]
    said.append(speech.quarter(90))
    take_in(engine, [arrived(station, one) for one in (*said, said[0])], NOW)
    minutes, quarters = sum(one.minutes for one in said), sum(one.quarters for one in said)
    assert (minutes, quarters) == (105, 7)
    assert differences(engine, {station: (minutes, quarters)}, START) == []
    others: list[Put] = [{station: (106, 7)}, {station: (104, 7)}, {station: (105, 8)}, {station: (105, 6)}, {}]
    for other in others:
        assert differences(engine, other, START), other


def test_quarantine_is_said(engine: Engine, station: str) -> None:
    take_in(engine, [Arrived(topics.up_now(station), b"{", NOW)], NOW)
    assert differences(engine, {}, START) == ["1 messages in quarantine"]
