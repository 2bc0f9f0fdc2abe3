"""The hub as it is run: real processes, real broker, real database file."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from hub import broker
from hub.alerts.tables import Alert
from hub.checkins.tables import CheckInRow
from hub.database import engine_for
from hub.settings import load
from shared import topics
from shared.envelope import Ack, Envelope
from shared.records import CheckIn
from shared.settings_message import StationSettings
from tests.hub.mqtt_station import MqttStation, eventually
from tests.hub.said import envelope, record, spell

HUB = [sys.executable, "-m", "hub"]


@dataclass(frozen=True)
class Running:
    """A hub, and one station of it."""

    folder: Path
    process: subprocess.Popen[bytes]
    port: int
    station: str
    secret: str

    def children(self) -> dict[str, int]:
        """Pid by program."""
        listed = subprocess.run(
            ["ps", "--ppid", str(self.process.pid), "-o", "pid=,args="], capture_output=True, text=True, check=False
        ).stdout
        found = re.findall(r"^\s*(\d+) .*?(nats-server|-m hub \w+)", listed, re.MULTILINE)
        return {name.removeprefix("-m hub "): int(pid) for pid, name in found}

    def check_ins(self) -> list[str]:
        with Session(engine_for(load(self.folder).url)) as session:
            return sorted(session.exec(select(CheckInRow.id)).all())


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("hub")
    (folder / "hub.toml").write_text("mqtt_port = 0\nweb_port = 0\n")
    added = subprocess.run(
        [*HUB, "station", "add", "站", "--folder", folder], capture_output=True, text=True, check=True
    )
    block = tomllib.loads(added.stdout)["station"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*HUB, "serve", "--folder", folder], stdout=log, stderr=log)
    port = json.loads((folder / "ports.json").read_text())["mqtt"]
    yield Running(folder, process, port, block["id"], block["secret"])
    process.kill()
    process.wait()


def now() -> datetime:
    return datetime.now(UTC)


def connect(running: Running) -> MqttStation:
    return MqttStation(running.port, running.station, running.secret, broker.may_read(running.station))


def acknowledged(station: MqttStation, sent: Envelope) -> bool:
    acks = [Ack.model_validate_json(payload) for topic, payload in station.heard if topic.endswith("/ack")]
    return any(ack.envelope == sent.id and set(ack.committed) == {one.id for one in sent.records} for ack in acks)


def say(running: Running, station: MqttStation, sent: Envelope) -> bool:
    """As a station does: again and again until the hub has committed it."""

    def once() -> bool:
        station.publish(topics.up_now(running.station), sent.model_dump_json())
        return eventually(lambda: acknowledged(station, sent), 1)

    return eventually(once, 30)


def hub_listens(station: MqttStation) -> bool:
    states = [payload for topic, payload in station.heard if topic == topics.HUB_STATE]
    return bool(states) and b'"online":true' in states[-1]


def test_a_check_in_is_committed_and_acknowledged_and_a_fault_comes_back_as_settings(running: Running) -> None:
    with connect(running) as station:
        assert eventually(lambda: hub_listens(station), 20)
        sent = envelope(running.station, record(CheckIn(occupation="courier"), now()))
        assert say(running, station, sent)
        assert running.check_ins() == [sent.records[0].id]
        fault = spell(since=now(), confirmed_at=now())
        assert say(running, station, envelope(running.station, record(fault, now())))

        def told() -> list[str | None]:
            settings = [payload for topic, payload in station.heard if topic.endswith("/settings")]
            return (
                [alert.facility for alert in StationSettings.model_validate_json(settings[-1]).alerts]
                if settings
                else []
            )

        assert eventually(lambda: told() == ["fridge-1"], 20)
    with Session(engine_for(load(running.folder).url)) as session:
        assert [alert.severity for alert in session.exec(select(Alert))] == ["high"]


@pytest.mark.parametrize(("victim", "wiped"), [("ingest", False), ("nats-server", False), ("nats-server", True)])
def test_a_process_killed_at_once_comes_back_and_nothing_is_lost_or_doubled(
    running: Running, victim: str, wiped: bool
) -> None:
    with connect(running) as station:
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
    assert eventually(lambda: len(running.children()) == 4)
    children = running.children().values()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(20) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)
