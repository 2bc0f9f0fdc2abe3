"""When Home Assistant is told, and when it is taken back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from hub.home_assistant.publishing import Publisher
from hub.settings import HubSettings
from hub.stations import store as stations
from shared.records import StationFacts, WiredFacility
from shared.text import Text

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
Said = list[tuple[str, str]]


def wire(engine: Engine, station: str, *ids: str, at: datetime = NOW) -> None:
    rows = [WiredFacility(id=one, kind=one.split("-")[0], label=Text(one, one), quantities=["power"]) for one in ids]
    with Session(engine) as session:
        stations.note_facts(session, station, at, StationFacts(version="0.1.0", facilities=rows, devices=[]))
        session.commit()


@pytest.fixture
def said() -> Said:
    return []


@pytest.fixture
def publisher(tmp_path: Path, engine: Engine, said: Said) -> Callable[..., Publisher]:
    def make(**settings: object) -> Publisher:
        told = HubSettings.model_validate({"folder": tmp_path} | settings)
        return Publisher(told, engine, lambda topic, payload: said.append((topic, payload)))

    return make


def test_by_default_nothing_is_told(
    publisher: Callable[..., Publisher], engine: Engine, station: str, said: Said
) -> None:
    wire(engine, station, "fridge-1")
    publisher().look(True, NOW)
    assert said == []


def test_it_is_told_once_until_something_changes(
    publisher: Callable[..., Publisher], engine: Engine, station: str, said: Said
) -> None:
    wire(engine, station, "fridge-1")
    one = publisher(home_assistant=True)
    one.look(True, NOW)
    for minute in range(3):
        one.look(False, NOW + timedelta(minutes=minute))
    assert [topic for topic, _ in said] == [f"homeassistant/device/waystation_{station}/config"]
    wire(engine, station, "fridge-1", "microwave-1", at=NOW + timedelta(minutes=4))
    one.look(False, NOW + timedelta(minutes=5))
    assert "microwave-1_state" in json.loads(said[-1][1])["cmps"]
    one.look(True, NOW + timedelta(minutes=5))
    assert len(said) == 3, "a broker that came back may have forgotten all"


def test_a_station_without_facilities_is_not_a_device_yet(
    publisher: Callable[..., Publisher], station: str, said: Said
) -> None:
    publisher(home_assistant=True).look(True, NOW)
    assert [payload for _, payload in said] == [""]


def test_a_revoked_station_is_taken_back(
    publisher: Callable[..., Publisher], engine: Engine, station: str, said: Said
) -> None:
    wire(engine, station, "fridge-1")
    one = publisher(home_assistant=True)
    one.look(True, NOW)
    with Session(engine) as session:
        stations.revoke(session, station, NOW)
        session.commit()
    one.look(False, NOW + timedelta(minutes=2))
    assert said[-1] == (f"homeassistant/device/waystation_{station}/config", "")


def test_switched_off_all_is_taken_back_once(
    publisher: Callable[..., Publisher], engine: Engine, station: str, said: Said
) -> None:
    wire(engine, station, "fridge-1")
    publisher(home_assistant=True, home_assistant_prefix="ha/one").look(True, NOW)
    publisher().look(True, NOW)
    publisher().look(True, NOW)
    topic = f"ha/one/device/waystation_{station}/config"
    assert [(name, bool(payload)) for name, payload in said] == [(topic, True), (topic, False)]


def test_another_prefix_takes_the_first_back(
    publisher: Callable[..., Publisher], engine: Engine, station: str, said: Said
) -> None:
    wire(engine, station, "fridge-1")
    publisher(home_assistant=True).look(True, NOW)
    publisher(home_assistant=True, home_assistant_prefix="ha").look(True, NOW)
    assert [(name.partition("/")[0], bool(payload)) for name, payload in said] == [
        ("homeassistant", True), ("homeassistant", False), ("ha", True),
    ]  # fmt: skip
