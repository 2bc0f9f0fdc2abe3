"""The hub as it is run: real processes, real broker, real database file."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from hub.alerts.tables import Alert
from hub.settings import load
from shared import topics
from shared.records import CheckIn
from shared.settings_message import StationSettings
from shared.shapes import read
from tests.databases import Databases, session_at
from tests.hub.mqtt_station import eventually
from tests.hub.running import Running, hub_listens, now, runs, say, serving
from tests.hub.said import envelope, record, spell
from tests.mosquitto import listens

PROGRAMS = {"nats-server", "ingest", "clock", "notices", "keep", "web"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Running]:
    with databases.of_a_hub() as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYSTATION_HUB_DATABASE_URL", url)
        with serving(tmp_path_factory.mktemp("hub")) as running:
            yield running


def test_a_check_in_is_committed_and_acknowledged_and_a_fault_comes_back_as_settings(running: Running) -> None:
    with running.connect() as station:
        assert eventually(lambda: hub_listens(station), 20)
        sent = envelope(running.station, record(CheckIn(occupation="courier"), now()))
        assert say(running, station, sent)
        assert running.check_ins() == [sent.records[0].id]
        fault = spell(since=now(), confirmed_at=now())
        assert say(running, station, envelope(running.station, record(fault, now())))

        def told() -> list[str | None]:
            settings = [payload for topic, payload in station.heard if topic.endswith("/settings")]
            return [alert.facility for alert in read(settings[-1], StationSettings).alerts] if settings else []

        assert eventually(lambda: told() == ["fridge-1"], 20)
    with session_at(load(running.folder).url) as session:
        assert [alert.base for alert in session.exec(select(Alert))] == ["high"]


@pytest.mark.parametrize(("victim", "wiped"), [("ingest", False), ("nats-server", False), ("nats-server", True)])
def test_a_process_killed_at_once_comes_back_and_nothing_is_lost_or_doubled(
    running: Running, victim: str, wiped: bool
) -> None:
    with running.connect() as station:
        assert eventually(lambda: hub_listens(station), 20)
        before = running.check_ins()
        sent = envelope(running.station, *[record(CheckIn(occupation="courier"), now()) for _ in range(20)])
        station.publish(topics.up_now(running.station), sent.model_dump_json())
        os.kill(running.children()[victim], signal.SIGKILL)
        if wiped:
            shutil.rmtree(running.folder / "broker" / "store")
        assert say(running, station, sent)
        assert running.check_ins() == sorted([*before, *(one.id for one in sent.records)])


def test_told_to_stop_it_leaves_nothing_behind(running: Running) -> None:
    assert eventually(lambda: running.children().keys() == PROGRAMS)
    children = running.children().values()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(20) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)


def test_killed_with_9_it_leaves_no_broker_behind(tmp_path: Path) -> None:
    with serving(tmp_path) as hub:
        assert eventually(lambda: listens(hub.port), 20)
        broker = hub.children()["nats-server"]
        assert runs(broker)
        hub.process.kill()
        hub.process.wait()
        assert eventually(lambda: not runs(broker) and not listens(hub.port))
