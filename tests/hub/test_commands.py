"""What an operator types, through the real command line."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import Session
from typer.testing import CliRunner, Result

from hub.__main__ import app
from hub.database import engine_for
from hub.errors import BadSettings
from hub.ingest import take_in
from hub.keys import hub_keys
from hub.line import Arrived
from hub.settings import load
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.telemetry import store as telemetry
from hub.telemetry.quarantine_room import make_room
from hub.telemetry.room import Room
from shared import topics
from shared.keys import mqtt_password, qr_key
from shared.records import CheckIn
from tests.databases import Databases, session_at
from tests.hub.said import envelope, record


def run(folder: Path, *words: str, said: str = "") -> Result:
    return CliRunner().invoke(app, [*words, "--folder", str(folder)], input=said)


@pytest.fixture
def folder(tmp_path: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "hub.toml").write_text("mqtt_port = 0\nweb_port = 0\n")
    with databases.of_a_hub() as url:
        monkeypatch.setenv("WAYSTATION_HUB_DATABASE_URL", url)
        yield tmp_path


def add(folder: Path, *more: str) -> dict[str, str]:
    result = run(folder, "station", "add", "玄武湖站", *more)
    assert result.exit_code == 0, result.output
    block: dict[str, str] = tomllib.loads(result.output)["station"]
    return block


def test_adding_a_station_prints_its_block_and_the_hub_keeps_no_secret(folder: Path) -> None:
    block = add(folder, "--adopt", "shanghai_2018", "--commissioned", "2026-01-31T08:00:00+08:00")
    assert block["hub"] == f"mqtt://127.0.0.1:{json.loads((folder / 'ports.json').read_text())['mqtt']}"
    keys = hub_keys(folder)
    with session_at(load(folder).url) as session:
        station = stations.get(session, block["id"])
        assert station is not None
        assert (station.rulebook, station.rubric) == ("anhui_2024", "shanghai_2018")
        assert station.commissioned_at == datetime(2026, 1, 31, tzinfo=UTC)
        assert keys.opened(station.sealed_qr_key) == qr_key(block["secret"])
    stored = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert block["secret"].encode() not in stored
    assert mqtt_password(block["secret"]).encode() not in stored
    assert (folder / "broker" / "nats.conf").read_text().count(block["id"]) > 0
    assert (folder / "hub.keys").stat().st_mode & 0o777 == 0o600


def test_a_revoked_station_leaves_the_brokers_files(folder: Path) -> None:
    block = add(folder)
    assert run(folder, "station", "revoke", block["id"]).exit_code == 0
    assert block["id"] not in (folder / "broker" / "nats.conf").read_text()
    again = run(folder, "station", "revoke", block["id"])
    assert isinstance(again.exception, BadSettings)
    assert "revoked" in run(folder, "station", "list").output


def test_a_station_gets_another_secret_and_the_one_before_is_kept_nowhere(folder: Path) -> None:
    block = add(folder)
    with session_at(load(folder).url) as session:
        before = stations.get(session, block["id"])
        assert before is not None
    result = run(folder, "station", "rotate", block["id"])
    told = tomllib.loads(result.output)["station"]
    assert (told["id"], told["hub"]) == (block["id"], block["hub"])
    assert told["secret"] != block["secret"]
    with session_at(load(folder).url) as session:
        after = stations.get(session, block["id"])
        assert after is not None
        assert hub_keys(folder).opened(after.sealed_qr_key) == qr_key(told["secret"])
        assert after.mqtt_hash != before.mqtt_hash
        assert after.mosquitto_hash != before.mosquitto_hash
        conf = (folder / "broker" / "nats.conf").read_text()
        assert (after.mqtt_hash in conf, before.mqtt_hash in conf) == (True, False)
    assert run(folder, "station", "revoke", block["id"]).exit_code == 0
    assert isinstance(run(folder, "station", "rotate", block["id"]).exception, BadSettings)
    assert isinstance(run(folder, "station", "rotate", "b8c1d4e7f0").exception, BadSettings)


def test_off_loopback_the_block_names_the_authority_and_the_hub_prints_it(folder: Path) -> None:
    (folder / "hub.toml").write_text('mqtt_port = 0\nmqtt_names = ["hub.example"]\n')
    block = add(folder)
    assert block["hub"].startswith("mqtts://hub.example:")
    assert block["ca"] == "hub-ca.pem"
    assert run(folder, "ca").output == (folder / "ca" / "ca.pem").read_text()


def test_on_loopback_a_station_needs_no_authority(folder: Path) -> None:
    assert "ca" not in add(folder)
    assert isinstance(run(folder, "ca").exception, BadSettings)


def test_whoever_runs_another_broker_is_told_what_to_admit(folder: Path) -> None:
    file = folder / "hub.toml"
    file.write_text('mqtt_url = "mqtts://hub:tell-nobody@broker.example"\n')
    file.chmod(0o600)
    result = run(folder, "station", "add", "站")
    block = tomllib.loads(result.output)["station"]
    assert block["hub"] == "mqtts://broker.example:8883"
    assert f"user {block['id']} with password {mqtt_password(block['secret'])}" in result.output
    assert "tell-nobody" not in result.output
    assert "take it out" in run(folder, "station", "revoke", block["id"]).output


def test_history_is_marked_loading_and_done(folder: Path) -> None:
    block = add(folder)
    for mark, loading in (("--loading", True), ("--done", False)):
        assert run(folder, "station", "history", block["id"], mark).exit_code == 0
        with session_at(load(folder).url) as session:
            station = stations.get(session, block["id"])
            assert station is not None
            assert (station.history_until is not None) is loading


def test_a_user_is_added_with_a_password_from_standard_input(folder: Path) -> None:
    words = ("user", "add", "li", "--role", "inspector", "--password-stdin")
    assert run(folder, *words, said="a long password\n").exit_code == 0
    assert isinstance(run(folder, *words, said="a long password\n").exception, BadSettings)


def test_what_lay_in_quarantine_is_taken_in_after_the_station_was_registered(folder: Path) -> None:
    block = add(folder, "--commissioned", "2026-01-01")
    engine = engine_for(load(folder).url)
    payload = envelope(block["id"], record(CheckIn(occupation="courier"))).model_dump_json()
    now = datetime(2026, 3, 12, tzinfo=UTC)
    with engine.begin() as connection:
        connection.execute(update(Station).values(revoked_at=now))
    take_in(engine, [Arrived(topics.up_now(block["id"]), payload.encode(), now)], now)
    assert "revoked station" in run(folder, "quarantine", "list").output
    assert "0 of 1" in run(folder, "quarantine", "retry").output
    with engine.begin() as connection:
        connection.execute(update(Station).values(revoked_at=None))
    assert "1 of 1" in run(folder, "quarantine", "retry").output
    with Session(engine) as session:
        assert telemetry.quarantine_count(session) == 0
        assert telemetry.heard(session, block["id"]) is None
    engine.dispose()


@pytest.mark.parametrize(
    ("toml", "key"),
    [
        ("web_port = 99999", "web_port"),
        ("colour = 1", "colour"),
        ('web_host = "0.0.0.0"', "web_host"),
        ("web_port = ", "hub.toml"),
    ],
)
def test_wrong_settings_name_the_file_and_the_key(folder: Path, toml: str, key: str) -> None:
    (folder / "hub.toml").write_text(toml)
    with pytest.raises(BadSettings, match=key):
        load(folder)


def test_what_the_hub_writes_is_its_owners_alone(folder: Path) -> None:
    folder.chmod(0o755)
    command = [sys.executable, "-m", "hub", "station", "add", "站", "--folder", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    written = [path for path in folder.rglob("*") if path.is_file() and path.name != "hub.toml"]
    database = {"hub.db"} if load(folder).embedded else set()
    assert database | {"nats.conf", "hub.keys"} <= {path.name for path in written}
    assert [path for path in written if path.stat().st_mode & 0o077] == []


def test_a_password_in_a_file_open_to_others_is_refused(folder: Path) -> None:
    file = folder / "hub.toml"
    file.write_text('mqtt_url = "mqtts://hub:tell-nobody@broker.example"\n')
    file.chmod(0o644)
    with pytest.raises(BadSettings, match="chmod 600") as refused:
        load(folder)
    assert "tell-nobody" not in str(refused.value)
    file.chmod(0o600)
    assert load(folder).mqtt_url is not None


def test_a_key_file_open_to_others_is_refused(folder: Path) -> None:
    hub_keys(folder)
    (folder / "hub.keys").chmod(0o644)
    with pytest.raises(BadSettings, match="chmod 600"):
        hub_keys(folder)


def test_quarantine_lists_counts_and_drops_by_station_and_reason(folder: Path) -> None:
    one, other = add(folder)["id"], add(folder)["id"]
    engine = engine_for(load(folder).url)
    now = datetime(2026, 3, 12, tzinfo=UTC)
    take_in(engine, [Arrived(topics.up_now(one), f"{{{number}".encode(), now) for number in range(3)], now)
    take_in(engine, [Arrived(topics.up_now(other), b'{"id": 1}', now)], now)
    with Session(engine) as session:
        assert make_room(session, {one}, now, Room(rows=2, size=1000)) == 1
        session.commit()
    engine.dispose()
    listed = run(folder, "quarantine", "list").output.splitlines()
    assert listed[0].startswith("3 kept, 13 bytes; room for 2000 and 32 MB a station")
    assert f"of {one} 1 had no more room and are lost" in listed[1]
    assert len(listed) == 5
    assert len(run(folder, "quarantine", "list", "--station", other).output.splitlines()) == 3
    counted = run(folder, "quarantine", "list", "--counts", "--why", "not JSON").output.splitlines()[2:]
    assert [line.split()[:2] for line in counted] == [["2", one]]
    assert isinstance(run(folder, "quarantine", "drop").exception, BadSettings)
    assert run(folder, "quarantine", "drop", "--why", "not JSON").output == "2 dropped\n"
    assert run(folder, "quarantine", "list").output.startswith("1 kept")
    assert run(folder, "quarantine", "drop", "--all").output == "1 dropped\n"
