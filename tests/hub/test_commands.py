"""What an operator types, through the real command line."""

import json
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
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
from hub.telemetry import store as telemetry
from shared import topics
from shared.keys import mqtt_password, qr_key
from shared.records import CheckIn
from tests.hub.said import envelope, record


def run(folder: Path, *words: str, said: str = "") -> Result:
    return CliRunner().invoke(app, [*words, "--folder", str(folder)], input=said)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "hub.toml").write_text("mqtt_port = 0\nweb_port = 0\n")
    return tmp_path


def add(folder: Path, *more: str) -> dict[str, str]:
    result = run(folder, "station", "add", "玄武湖站", *more)
    assert result.exit_code == 0, result.output
    block: dict[str, str] = tomllib.loads(result.output)["station"]
    return block


def test_adding_a_station_prints_its_block_and_the_hub_keeps_no_secret(folder: Path) -> None:
    block = add(folder, "--adopt", "shanghai_2018", "--commissioned", "2026-01-31T08:00:00+08:00")
    assert block["hub"] == f"mqtt://127.0.0.1:{json.loads((folder / 'ports.json').read_text())['mqtt']}"
    keys = hub_keys(folder)
    with Session(engine_for(load(folder).url)) as session:
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


def test_history_is_marked_loading_and_done(folder: Path) -> None:
    block = add(folder)
    for mark, loading in (("--loading", True), ("--done", False)):
        assert run(folder, "station", "history", block["id"], mark).exit_code == 0
        with Session(engine_for(load(folder).url)) as session:
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
        connection.exec_driver_sql("UPDATE station SET revoked_at = 1")
    take_in(engine, [Arrived(topics.up_now(block["id"]), payload.encode(), now)], now)
    assert "revoked station" in run(folder, "quarantine", "list").output
    assert "0 of 1" in run(folder, "quarantine", "retry").output
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE station SET revoked_at = NULL")
    assert "1 of 1" in run(folder, "quarantine", "retry").output
    with Session(engine) as session:
        assert telemetry.quarantine_count(session) == 0
        assert telemetry.heard(session, block["id"]) is None


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
    assert {"hub.db", "nats.conf", "hub.keys"} <= {path.name for path in written}
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
