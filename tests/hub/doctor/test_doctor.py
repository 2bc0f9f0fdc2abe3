"""`waystation-hub doctor` before real folders, and beside a hub that runs."""

import json
import socket
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
import structlog
from sqlmodel import Session
from typer.testing import CliRunner

from hub import brokers, mosquitto
from hub.__main__ import app
from hub.database import engine_for, migrate
from hub.doctor.folder import users
from hub.settings import HubSettings, load
from hub.stations import store as stations
from hub.stations.store import BrokerUser
from shared import topics
from shared.records import CheckIn
from tests.hub.mqtt_station import MqttStation, eventually
from tests.hub.said import envelope, record

HUB = [sys.executable, "-m", "hub"]


def doctor(folder: Path, listen: float = 0) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["doctor", "--folder", str(folder), "--listen", str(listen)])
    structlog.reset_defaults()
    return result.exit_code, result.output


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_folder_without_a_hub_is_said_and_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text(f"mqtt_port = {free_port()}\nweb_port = {free_port()}\n")
    code, said = doctor(tmp_path)
    assert code == 1
    assert f"! hub: no hub ever ran in {tmp_path}" in said
    assert "! web: nobody answers" in said
    assert "! database: " in said
    assert [path.name for path in tmp_path.iterdir()] == ["hub.toml"]


def test_settings_that_cannot_be_are_the_first_thing_said(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text("web_prot = 8080\n")
    code, said = doctor(tmp_path)
    assert code == 1
    assert said.startswith("! settings: ")
    assert "web_prot" in said


def test_a_password_others_may_read_is_said(tmp_path: Path) -> None:
    file = tmp_path / "hub.toml"
    file.write_text('mqtt_url = "mqtt://hub:secret@127.0.0.1"\n')
    file.chmod(0o644)
    code, said = doctor(tmp_path)
    assert code == 1
    assert "mode 0644: run chmod 600" in said
    assert "secret" not in said


def test_a_database_from_the_future_is_said(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text(f"mqtt_port = {free_port()}\nweb_port = {free_port()}\n")
    engine = engine_for(load(tmp_path).url)
    migrate(engine)
    engine.dispose()
    with sqlite3.connect(tmp_path / "hub.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    _, said = doctor(tmp_path)
    assert "! database: the database has schema 9999" in said


def test_a_port_another_program_has_is_said(tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as other:
        thread = Thread(target=other.serve_forever, args=[0.01])
        thread.start()
        port = other.server_port
        (tmp_path / "hub.toml").write_text(f"mqtt_port = {free_port()}\nweb_port = {port}\n")
        _, said = doctor(tmp_path)
        other.shutdown()
        thread.join()
    assert f"! web: 127.0.0.1:{port} is taken by another program: set another web_port" in said


def test_mosquittos_files_are_held_against_the_register(tmp_path: Path) -> None:
    hash_ = mosquitto.hashed("one")
    settings = HubSettings(folder=tmp_path, mqtt_url="mqtt://127.0.0.1:1883", mosquitto=Path("mosquitto"))
    there = [BrokerUser("aaaaaaaaaa", "", hash_), BrokerUser("bbbbbbbbbb", "", hash_)]
    logins = [(user.station, user.mosquitto_hash) for user in there]
    mosquitto.write(tmp_path / "mosquitto", ("waystation-hub", hash_), logins)
    same = users(settings, there)
    assert same is not None
    assert (same.missing, same.left_over, same.differing, same.rules, same.served) == (0, 0, 0, True, False)
    others = [BrokerUser("aaaaaaaaaa", "", mosquitto.hashed("two")), BrokerUser("cccccccccc", "", hash_)]
    found = users(settings, others)
    assert found is not None
    assert (found.missing, found.left_over, found.differing) == (1, 1, 1)
    (tmp_path / "mosquitto" / "acl").write_text("topic readwrite #\n")
    loose = users(settings, there)
    assert loose is not None
    assert not loose.rules


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """A hub, and one station of it."""
    folder = tmp_path_factory.mktemp("hub")
    (folder / "hub.toml").write_text("mqtt_port = 0\nweb_port = 0\n")
    added = subprocess.run(
        [*HUB, "station", "add", "站", "--folder", folder], capture_output=True, text=True, check=True
    )
    block = tomllib.loads(added.stdout)["station"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*HUB, "serve", "--folder", folder], stdout=log, stderr=log)
    yield folder, block
    process.kill()
    process.wait()


def test_beside_a_hub_that_runs_it_says_what_is_heard(running: tuple[Path, dict[str, str]]) -> None:
    folder, block = running
    assert eventually(lambda: "  web: answers" in doctor(folder)[1], 120)
    _, before = doctor(folder)
    assert f"! stations: 1 were never heard: {block['id']}" in before
    port = json.loads((folder / "ports.json").read_text())["mqtt"]
    said = envelope(block["id"], record(CheckIn(occupation="courier"), datetime.now(UTC)))
    behind = said.model_copy(update={"sent_at": datetime.now(UTC) - timedelta(hours=2)})
    with MqttStation(port, block["id"], block["secret"]) as station:
        assert station.subscribed.wait(60)
        station.publish(topics.up_now(block["id"]), said.model_dump_json())
        assert eventually(lambda: "1 heard within 3 min, none silent" in doctor(folder)[1], 60)
        code, well = doctor(folder)
        assert (code, well.splitlines()[-1]) == (0, "nothing is wrong"), well
        over = Event()

        def talk() -> None:
            while not over.wait(0.1):
                station.publish(topics.up_now(block["id"]), behind.model_dump_json())

        talking = Thread(target=talk)
        talking.start()
        _, heard = doctor(folder, listen=0.6)
        over.set()
        talking.join()
    assert f"! clocks: {block['id']} 2.0 h behind" in heard
    assert "lets the hub in and lets it read" in heard


def test_a_revoked_station_that_still_talks_is_named(running: tuple[Path, dict[str, str]]) -> None:
    """As with a broker that was not told of it: the register alone says so."""
    folder, block = running
    engine = engine_for(load(folder).url)
    with Session(engine) as session:
        stations.revoke(session, block["id"], datetime.now(UTC) - timedelta(minutes=5))
        session.commit()
    engine.dispose()
    _, said = doctor(folder)
    assert f"! revoked: {block['id']}: revoked, and connected after that" in said
    brokers.tell(load(folder), datetime.now(UTC))
