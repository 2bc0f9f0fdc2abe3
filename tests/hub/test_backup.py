"""A hub's backup, put back elsewhere, is that hub: all its tables, keys and certificates."""

import io
import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from prometheus_client import start_http_server
from sqlalchemy import select
from typer.testing import CliRunner, Result

from hub import dump
from hub.__main__ import app
from hub.archive import MANIFEST
from hub.database import all_tables, engine_for
from hub.errors import BadSettings, WrongSchema
from hub.ingest import take_in
from hub.keys import hub_keys
from hub.ports import chosen_ports
from hub.settings import load
from shared.records import CheckIn, Feedback
from shared.states import State
from tests.databases import Databases
from tests.hub.conftest import register
from tests.hub.said import NOW, arrived, minute, question, spell

Content = dict[str, list[tuple[object, ...]]]


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def content(folder: Path) -> Content:
    """Every row of every table."""
    engine = engine_for(load(folder).url)
    with engine.connect() as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in all_tables().sorted_tables
        }
    engine.dispose()
    return found


@pytest.fixture
def use(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """From now on the hub's database is another, empty one; SQLite's lies in the hub's folder anyway."""
    opened = []

    def another() -> None:
        made = databases.of_a_hub(empty=bool(opened))
        opened.append(made)
        monkeypatch.setenv("WAYSTATION_HUB_DATABASE_URL", made.__enter__())

    yield another
    for made in reversed(opened):
        made.__exit__(None, None, None)


@pytest.fixture
def folder(tmp_path: Path, use: Callable[[], None]) -> Path:
    """A hub's with something in it."""
    use()
    made = tmp_path / "hub"
    made.mkdir()
    (made / "hub.toml").write_text('mqtt_port = 0\nweb_port = 0\nmqtt_names = ["hub.example"]\n')
    assert run("station", "add", "站", "--folder", made).exit_code == 0
    engine = engine_for(load(made).url)
    said = [spell(), question(), minute(NOW, fridge_1=State.OK), CheckIn(occupation="courier")]
    take_in(engine, [arrived(register(engine), *said)], NOW)
    engine.dispose()
    return made


def test_all_tables_keys_and_certificates_come_back(folder: Path, tmp_path: Path, use: Callable[[], None]) -> None:
    file, elsewhere = tmp_path / "hub.tar", tmp_path / "elsewhere"
    before, keys = content(folder), hub_keys(folder)
    assert sum(len(rows) for rows in before.values()) > 5
    assert "schema 0" in run("backup", file, "--folder", folder).output
    assert file.stat().st_mode & 0o777 == 0o600
    use()
    restored = run("restore", file, "--folder", elsewhere)
    assert restored.exit_code == 0, restored.output
    assert content(elsewhere) == before
    assert hub_keys(elsewhere) == keys
    for name in ("ports.json", "hub.toml", "ca/ca.pem", "ca/ca.key", "ca/server.key"):
        assert (elsewhere / name).read_bytes() == (folder / name).read_bytes()
    assert (elsewhere / "hub.keys").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in elsewhere.glob(".backup*")] == []


def test_a_backup_made_while_ingest_writes_holds_whole_transactions(
    folder: Path, tmp_path: Path, use: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dump, "PAGES", 2)
    engine, stop, written = engine_for(load(folder).url), Event(), Event()
    station = register(engine, "别站")

    def write() -> None:
        while not stop.is_set():
            take_in(engine, [arrived(station, CheckIn(occupation="courier"), Feedback(score=4))], NOW)
            written.set()

    writer = Thread(target=write)
    writer.start()
    assert written.wait(20)
    try:
        made = run("backup", tmp_path / "hub.tar", "--folder", folder)
    finally:
        stop.set()
        writer.join()
        engine.dispose()
    assert made.exit_code == 0, made.output
    use()
    assert run("restore", tmp_path / "hub.tar", "--folder", tmp_path / "elsewhere").exit_code == 0
    found, after = content(tmp_path / "elsewhere"), content(folder)
    assert 0 < len(found["feedback"]) == len(found["check_in"]) - 1
    assert {row[0] for row in found["feedback"]} <= {row[0] for row in after["feedback"]}


def test_what_is_there_is_replaced_only_if_that_is_said(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "hub.tar"
    before = content(folder)
    assert run("backup", file, "--folder", folder).exit_code == 0
    assert "is there already" in str(run("backup", file, "--folder", folder).exception)
    engine = engine_for(load(folder).url)
    take_in(engine, [arrived(register(engine, "别站"), CheckIn(occupation="courier"))], NOW)
    engine.dispose()
    assert content(folder) != before
    refused = run("restore", file, "--folder", folder).exception
    assert isinstance(refused, BadSettings)
    assert "--replace" in str(refused)
    (folder / "ca" / "left-over").touch()
    assert run("restore", file, "--replace", "--folder", folder).exit_code == 0
    assert content(folder) == before
    assert not (folder / "ca" / "left-over").exists()


def test_a_hub_that_runs_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "hub.tar", "--folder", folder).exit_code == 0
    server, thread = start_http_server(chosen_ports(load(folder)).metrics, addr="127.0.0.1")
    try:
        refused = run("restore", tmp_path / "hub.tar", "--replace", "--folder", folder)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert "stop it first" in str(refused.exception)


def spoilt(file: Path, target: Path, name: str, spoil: Callable[[bytes], bytes]) -> Path:
    """The same backup, but for one file."""
    with tarfile.open(file) as old, tarfile.open(target, "w") as new:
        for part in old:
            reader = old.extractfile(part)
            assert reader is not None
            data = spoil(reader.read()) if part.name == name else reader.read()
            part.size = len(data)
            new.addfile(part, io.BytesIO(data))
    return target


def future(manifest: bytes) -> bytes:
    return json.dumps(json.loads(manifest) | {"schema": "9999"}).encode()


@pytest.mark.parametrize(
    ("name", "spoil", "why"),
    [
        ("hub.keys", lambda data: data[:-1] + b" ", "hub.keys is not what was backed up"),
        (MANIFEST, future, "9999"),
        (MANIFEST, lambda _data: b"[]", "no backup"),
        (MANIFEST, lambda data: data.replace(b'"hub.toml"', b'"hub.tome"'), "hub.tome, hub.toml"),
    ],
)
def test_a_backup_that_is_not_whole_changes_nothing(
    folder: Path, tmp_path: Path, name: str, spoil: Callable[[bytes], bytes], why: str
) -> None:
    assert run("backup", tmp_path / "hub.tar", "--folder", folder).exit_code == 0
    before = content(folder)
    file = spoilt(tmp_path / "hub.tar", tmp_path / "spoilt.tar", name, spoil)
    refused = run("restore", file, "--replace", "--folder", folder).exception
    assert isinstance(refused, BadSettings | WrongSchema)
    assert why in str(refused)
    assert content(folder) == before


def test_what_is_no_backup_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(b"not a tar")
    for file in (tmp_path / "x.tar", tmp_path / "missing.tar"):
        refused = run("restore", file, "--folder", tmp_path / "new").exception
        assert isinstance(refused, BadSettings)
        assert file.name in str(refused)


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "x.tar", "w") as tar:
        part = tarfile.TarInfo("../outside")
        tar.addfile(part, io.BytesIO())
    refused = run("restore", tmp_path / "x.tar", "--folder", tmp_path / "new").exception
    assert "../outside" in str(refused)
    assert not (tmp_path / "outside").exists()
